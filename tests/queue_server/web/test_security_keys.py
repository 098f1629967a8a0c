"""The second factor in Chromium: passkeys, and the pages on which factors are set up and taken off."""

import time
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_account import person
from tests.queue_server.web.test_second_factor import code_of, local, set_up_phone
from tests.queue_server.web.walks.public import DESK_LOOKS, Looks, faults_in

__all__ = ["local"]


class Key:
    """A key that is plugged into a browser."""

    def __init__(self, line: CDPSession, ident: str) -> None:
        self.line = line
        self.ident = ident

    def send(self, method: str, **fields: Any) -> Any:
        return self.line.send(f"WebAuthn.{method}", {"authenticatorId": self.ident, **fields})


def add_key(page: Page) -> Key:
    """Plug a security key into the browser that answers by itself (WebAuthn Level 3, section 11)."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return Key(line, line.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])


def test_a_security_key_opens_behind_the_password_and_no_other_does(browser: Browser, local: Centre) -> None:
    password = person(local, "jamila.roy")
    with Desk(browser, local) as desk:
        desk.may_be_cut = True
        key = add_key(desk.page)
        desk.enter("jamila.roy", password)
        desk.go("/account")
        expect(desk.page.locator("#second-head")).to_be_visible()
        desk.page.fill("#second-password", "wrong")
        desk.page.get_by_role("button", name="Set one up").click()
        expect(desk.page.locator("#factor-error")).to_contain_text("The password is wrong")
        desk.page.fill("#second-password", password)
        desk.page.get_by_role("button", name="Set one up").click()
        desk.page.wait_for_url("**/sign-in/set-up")
        desk.page.locator("#passkey").click()
        expect(desk.page.locator(".recovery-codes li")).to_have_count(8)
        desk.go("/account")
        expect(desk.page.locator(".factors")).to_contain_text("Passkey or security key")
        desk.is_live()
        desk.sign_out()
        desk.enter("jamila.roy", password)
        desk.page.wait_for_url("**/sign-in/second")
        with desk.page.expect_request("**/sign-in/passkey") as sent:
            desk.page.locator("#passkey").click()
        desk.page.wait_for_url("**/sign-in/counter")
        # The same key, as somebody copied it before: its counter goes back.
        (kept,) = key.send("getCredentials")["credentials"]
        assert kept["signCount"] > 1
        key.send("removeCredential", credentialId=kept["credentialId"])
        key.send("addCredential", credential=kept | {"signCount": 0})
        desk.context.clear_cookies()
        desk.enter("jamila.roy", password)
        desk.page.locator("#passkey").click()
        expect(desk.page.locator("#passkey-error")).to_be_visible()
        # Another key of the same make opens nothing.
        key.send("removeVirtualAuthenticator")
        add_key(desk.page)
        desk.context.clear_cookies()
        desk.enter("jamila.roy", password)
        desk.page.locator("#passkey").click()
        expect(desk.page.locator("#passkey-error")).to_be_visible()
        desk.go("/account")
        desk.page.wait_for_url("**/sign-in/second")
        is_taken_once(desk, sent.value.post_data)


def is_taken_once(desk: Desk, said: str | None) -> None:
    """Check that what a passkey said opens nothing again, and what none said opens nothing."""
    csrf = desk.page.locator("#passkey").get_attribute("data-csrf") or ""
    headers = {"Content-Type": "application/json", "X-CSRF-Token": csrf, "Origin": desk.server.address}
    address = f"{desk.server.address}/sign-in/passkey"
    for body in (said, "{}", "[]", '{"id": 1}', '{"rawId": "AA", "response": {}}', "not json"):
        answer = desk.context.request.post(address, data=body, headers=headers)
        assert answer.status in {400, 403, 429}, body
    without = desk.context.request.post(address, data=said, headers=headers | {"X-CSRF-Token": "x" * 43})
    assert without.status == 403


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
