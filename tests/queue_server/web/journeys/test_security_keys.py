"""The second factor in Chromium: passkeys, and the pages on which factors are set up and taken off."""

import time

import pytest
from playwright.sync_api import Browser, expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_account import person
from tests.queue_server.web.test_second_factor import code_of, local, set_up_phone
from tests.queue_server.web.test_security_keys import add_key
from tests.queue_server.web.walks.public import DESK_LOOKS, Looks, faults_in

__all__ = ["local"]


def factor_faults(browser: Browser, local: Centre, looks: Looks) -> list[str]:
    """Look at the pages of the second factor; axe-core judges the English ones, and one in Arabic.

    The names and roles of controls are those of the templates.
    """
    password = person(local, "nora.falk", "manager")
    found: list[str] = []

    def look(desk: Desk, where: str, language: str) -> None:
        found.extend(faults_in(desk.page, f"{where}, {language}", looks[language]))
        desk.page.set_viewport_size({"width": 1440, "height": 900})
        if language == "en" or (language == "ar" and where == "set-up"):
            found.extend(f"{where}, {language}: {violation}" for violation in violations(desk.page))

    with Desk(browser, local) as desk:
        page = desk.page
        add_key(page)
        desk.enter("nora.falk", password)
        for language in sorted(looks, key="en".__eq__):
            desk.go(f"/sign-in/set-up?lang={language}")
            look(desk, "set-up", language)
        page.keyboard.type(code_of(page.locator(".secret").inner_text(), int(time.time()) // 30))
        desk.press("Enter")
        expect(page.locator(".recovery-codes li")).to_have_count(8)
        look(desk, "recovery codes", "en")
        desk.go("/account?lang=en")
        look(desk, "account", "en")
        desk.may_be_cut = True
        desk.context.clear_cookies()
        desk.enter("nora.falk", password)
        for language in looks:
            desk.go(f"/sign-in/second?lang={language}")
            look(desk, "second", language)
    return found


@pytest.mark.timeout(180)
def test_the_pages_of_the_second_factor_are_whole(browser: Browser, local: Centre) -> None:
    found = factor_faults(browser, local, DESK_LOOKS)
    assert not found, "\n".join(found)


def test_who_needs_none_takes_it_off(browser: Browser, local: Centre) -> None:
    password = person(local, "mira.costa")
    with Desk(browser, local) as other, PageClient(local) as client:
        other.may_be_cut = True
        other.enter("mira.costa", password)
        other.go("/account")
        client.enter("mira.costa", password)
        form = client.get("/account").one("form[action='/account/second']")
        assert "The password is wrong" in client.submit(form, 403, password="wrong", do="add").one("#factor-error").text
        assert client.submit(form, password=password, do="add").address.endswith("/sign-in/set-up")
        phone = set_up_phone(client)
        # A session in another browser that used only the password is asked for it now.
        other.page.wait_for_url("**/sign-in/second")
        other.page.keyboard.type(code_of(phone.secret, phone.step + 1))
        other.press("Enter")
        other.page.wait_for_url("**/sign-in/counter")
        form = client.get("/account").one("form[action='/account/second']")
        page = client.submit(form, password=password, factor=form.role("button", "Take off")["value"])
        assert "Taken off" in page.one(".done").text
        assert "Take off" not in page.one("form[action='/account/second']").text
    with PageClient(local) as client:
        assert client.enter("mira.costa", password).address.endswith("/sign-in/counter")
