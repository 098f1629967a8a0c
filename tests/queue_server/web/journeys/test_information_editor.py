"""Managers write what people read: the editor in Chromium, and on rendered HTML what became of each page."""

from playwright.sync_api import Browser, Route, expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_information_editor import (
    manager,
    opened,
    put,
    text,
)


def test_the_editor_previews_keeps_what_is_typed_and_breaks_no_rule(
    browser: Browser, written: Centre, client: PageClient
) -> None:
    with manager(browser, written) as desk:
        page = desk.page
        assert violations(page) == []
        page.get_by_role("link", name="Fees").click()
        column = page.locator('[data-language="fr"]')
        column.get_by_role("button", name="Preview").click()
        phone, kiosk = page.locator(".preview-phone"), page.locator(".preview-kiosk")
        expect(phone).to_contain_text("EUR 65,00")
        expect(kiosk).to_contain_text("EUR 65,00")
        column.locator('[data-part="text"]').fill("# Bonjour\n\n**Tout** est gratuit.")
        expect(phone.locator(".information-text h2", has_text="Bonjour")).to_have_count(1)
        expect(kiosk.locator("h4", has_text="Bonjour")).to_have_count(1)
        # What cannot be stored says so where it is typed, and in which language.
        column.locator('[data-part="text"]').fill("{{prix}}")
        expect(page.locator("#editor-said")).to_contain_text("fr · {{prix}}")
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/preview", hold)
        with page.expect_request("**/preview"):
            column.locator('[data-part="text"]').fill("Tout est gratuit.")
        # Of two managers the second one is told, and the answer to an earlier request does not hide it.
        client.enter("elin.marsh")
        put(client, "fees", opened(client, "fees"), "en", "Nothing costs anything.")
        page.get_by_role("button", name="Store the page").click()
        expect(page.locator("#editor-said")).to_contain_text("Somebody else has stored this page")
        with page.expect_response("**/preview"):
            held[0].fallback()
        page.unroute("**/preview")
        expect(page.locator("#editor-said")).to_contain_text("Somebody else has stored this page")
        expect(page.locator(text("fr"))).to_have_value("Tout est gratuit.")
        desk.may_be_cut = True
        page.on("dialog", lambda dialog: dialog.accept())
        for path in ("topic=emergency&lang=en", "topic=fees&version=1&lang=en", "lang=ar"):
            desk.go(f"/information/edit?{path}")
            desk.is_live()
            assert violations(page) == [], path
