"""Managers write what people read: languages side by side, a preview, and no change of a colleague is lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from queue_server.database import open_database, parse_url
from queue_server.domain.values import Actor, now_micros
from queue_server.information import store
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre, run_aside


@pytest.fixture
def written(centre: Centre) -> Centre:
    """Give a centre with the pages of the demo, looked through today."""
    text = store.demo_pages()[0].replace('centre = "demo"', f'centre = "{centre.id}"')

    async def write() -> None:
        async with open_database(parse_url(None, centre.server.data)) as database:
            await database.write(
                lambda connection: store.import_pages(connection, text, actor=Actor("system"), now=now_micros())
            )

    run_aside(write())
    return centre


@contextmanager
def manager(browser: Browser, centre: Centre) -> Iterator[Desk]:
    with Desk(browser, centre) as desk:
        desk.enter("elin.marsh")
        desk.page.get_by_role("link", name="Information").click()
        desk.page.wait_for_url("**/information")
        yield desk


def text(language: str) -> str:
    return f'[data-language="{language}"] [data-part="text"]'


def test_a_language_that_was_left_is_behind_until_somebody_says_it_is_not(browser: Browser, written: Centre) -> None:
    with manager(browser, written) as desk:
        page = desk.page
        row = page.locator(".information-table tbody tr").filter(has_text="Opening hours")
        expect(row.locator(".st.good")).to_have_count(3)
        row.get_by_role("link").click()
        page.locator(text("en")).fill("{{hours}}\n\nWe never sleep.")
        # Keys alone store it.
        page.locator(text("en")).press("Control+Enter")
        page.wait_for_url("**/information?done=saved")
        expect(page.locator(".done")).to_be_visible()
        expect(row.locator(".st.good")).to_have_count(1)
        expect(row.locator(".st.bad")).to_have_count(2)
        row.get_by_role("link").click()
        page.wait_for_load_state()
        for tick in page.locator('[data-part="confirmed"]').all():
            tick.check()
        page.get_by_role("button", name="Store the page").click()
        page.wait_for_url("**/information?done=saved")
        expect(row.locator(".st.good")).to_have_count(3)
        desk.go(f"/info/opening-hours?centre={written.id}&lang=en")
        expect(page.locator(".information-text")).to_contain_text("We never sleep.")


def test_the_preview_is_what_people_see_and_follows_what_is_typed(browser: Browser, written: Centre) -> None:
    with manager(browser, written) as desk:
        page = desk.page
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


def test_of_two_managers_the_second_is_told_and_keeps_what_they_typed(browser: Browser, written: Centre) -> None:
    with manager(browser, written) as one, manager(browser, written) as other:
        for desk in (one, other):
            desk.may_be_cut = True
            desk.page.get_by_role("link", name="How to get here").click()
        one.page.locator(text("en")).fill("Tram 4.")
        one.page.get_by_role("button", name="Store the page").click()
        one.page.wait_for_url("**/information?done=saved")
        other.page.locator(text("en")).fill("Tram 5.")
        other.page.get_by_role("button", name="Store the page").click()
        expect(other.page.locator("#editor-said")).to_contain_text("Somebody else has stored this page")
        expect(other.page.locator(text("en"))).to_have_value("Tram 5.")


def test_a_page_is_written_new_and_taken_out(browser: Browser, written: Centre) -> None:
    with manager(browser, written) as desk:
        page = desk.page
        page.get_by_role("link", name="Write a new page").click()
        page.locator('[name="topic"]').fill("toilets")
        page.locator('[name="owner"]').fill("Front of house")
        page.locator('[data-language="en"] [data-part="title"]').fill("Toilets")
        page.locator(text("en")).fill("Behind the stairs.")
        page.locator('[data-contact] [data-part="telephone"]').last.fill("112")
        page.locator('[data-contact] [data-name="en"]').last.fill("Porter")
        page.get_by_role("button", name="Store the page").click()
        expect(page.locator("#editor-said")).to_contain_text("no telephone number")
        page.locator('[data-contact] [data-part="telephone"]').last.fill("+32 2 555 01 42")
        page.get_by_role("button", name="Store the page").click()
        page.wait_for_url("**/information?done=saved")
        row = page.locator(".information-table tbody tr").filter(has_text="Toilets")
        expect(row.locator(".st.bad")).to_have_count(2)
        row.get_by_role("link").click()
        expect(page.locator("#editor")).to_contain_text("stored by Elin Marsh")
        page.get_by_text("Take this page out").click()
        page.get_by_role("button", name="Take it out").click()
        page.wait_for_url("**/information?done=removed")
        expect(row).to_have_count(0)


def test_what_became_of_a_page_is_seen_and_an_earlier_version_comes_back(browser: Browser, written: Centre) -> None:
    with manager(browser, written) as desk:
        page, versions = desk.page, desk.page.locator(".information-past li")
        page.get_by_role("link", name="How to get here").click()
        before = page.locator(text("en")).input_value()
        # Of a page that was stored once there is nothing to compare.
        expect(page.locator(".information-past")).to_have_count(0)
        for field, typed in ((text("en"), "Tram 5."), ('[name="owner"]', "Hall")):
            page.fill(field, typed)
            page.get_by_role("button", name="Store the page").click()
            page.wait_for_url("**/information?done=saved")
            page.get_by_role("link", name="How to get here").click()
            page.wait_for_url("**topic=*")
        page.get_by_text("All versions of this page").click()
        expect(versions).to_have_count(3)
        expect(versions.nth(0)).to_contain_text("Elin Marsh · Changed: owner, days or contacts")
        expect(versions.nth(1)).to_contain_text("Changed: English")
        expect(versions.nth(2)).to_contain_text("Written new")
        assert violations(page) == []
        versions.nth(2).get_by_role("link").click()
        expect(page.locator("#old-version")).to_be_visible()
        expect(page.locator(text("en"))).to_have_value(before)
        assert violations(page) == []
        page.get_by_role("button", name="Store the page").click()
        page.wait_for_url("**/information?done=saved")
        page.get_by_role("link", name="How to get here").click()
        expect(page.locator("#old-version")).to_have_count(0)
        expect(page.locator(text("en"))).to_have_value(before)
        expect(versions).to_have_count(4)
        desk.may_be_cut = True
        assert desk.context.request.get(f"{written.server.address}/information/edit?topic=fees&version=9").status == 404


REDRAWN = """() => new Promise((done) => {
  const page = document.querySelector("[data-live]");
  page.addEventListener("htmx:after:swap", () => done(), {once: true});
  htmx.trigger(page, "live:refresh");
})"""


def test_a_page_that_was_taken_out_comes_back(browser: Browser, written: Centre) -> None:
    with manager(browser, written) as desk:
        page, row = desk.page, desk.page.locator(".information-table tbody tr").filter(has_text="How to get here")
        row.get_by_role("link").click()
        page.get_by_text("Take this page out").click()
        page.get_by_role("button", name="Take it out").click()
        page.wait_for_url("**/information?done=removed")
        expect(row).to_have_count(0)
        page.locator("#taken-out summary").click()
        # Whatever happens at the centre draws the page anew.
        page.evaluate(REDRAWN)
        page.locator("#taken-out a").click()
        expect(page.locator("#remove-page")).to_have_count(0)
        page.get_by_role("button", name="Store the page").click()
        page.wait_for_url("**/information?done=saved")
        expect(row).to_have_count(1)
        expect(page.locator("#taken-out")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_it_breaks_a_rule(browser: Browser, written: Centre, language: str) -> None:
    with manager(browser, written) as desk:
        for path in ("/information?", "/information/edit?topic=emergency&", "/information/edit?"):
            desk.go(f"{path}lang={language}")
            desk.is_live()
            assert violations(desk.page) == []


def test_only_managers_write(browser: Browser, written: Centre) -> None:
    with Desk(browser, written) as desk:
        desk.sign_in("ines.moreau", "3")
        for path in ("/information", "/information/edit"):
            assert desk.context.request.get(written.server.address + path).status == 403
