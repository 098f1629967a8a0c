"""The second factor in Chromium: passkeys, and the pages on which factors are set up and taken off."""

from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_account import person
from tests.queue_server.web.test_second_factor import local

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
