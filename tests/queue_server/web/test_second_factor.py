"""The second factor: passkeys in Chromium; codes of a phone, recovery codes, and managers who need one without."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, CDPSession, Page, expect

from queue_server.catalogue import store, toml
from queue_server.database import open_database, parse_url
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import CENTRES, SETTINGS, Centre, Server, run_aside
from tests.queue_server.web.test_account import deeds, person, staff
from tests.queue_server.web.walks.public import DESK_LOOKS, Looks, faults_in

#: A page is asked for as browsers ask.
NAVIGATION = {"Accept": "text/html"}


class LocalServer(Server):
    """Reached as ``localhost``: only so do browsers offer passkeys without TLS."""

    def start(self) -> None:
        self.address = f"http://localhost:{self.port}"
        (self.data / "settings.toml").write_text(f'{SETTINGS}\n[http]\npublic_url = "{self.address}"\n')
        super().start()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """Give a centre that asks its managers for a second factor."""
    with LocalServer(tmp_path_factory.mktemp("local") / "data", centres=CENTRES[:2]) as server:
        ask_managers(server, CENTRES[0])
        yield Centre(server, CENTRES[0])


def ask_managers(server: Server, centre: str) -> None:
    """Import the set-up of a centre with the rule."""

    async def change() -> None:
        async with open_database(parse_url(None, server.data)) as database:
            setup = toml.parse(store.demo_catalogues()[0])
            rules = replace(setup.rules, manager_second_factor=True)
            setup = replace(setup, centre=replace(setup.centre, id=centre), rules=rules)
            await database.write(lambda connection: store.save(connection, setup))

    run_aside(change())


def code_of(secret: str, step: int) -> str:
    """Make the code that a phone shows at a step, by another hand."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


class Phone(NamedTuple):
    """An app for sign-in codes: its secret, the step of the code that was used, and the recovery codes beside it."""

    secret: str
    step: int
    recovery: list[str]


def set_up_phone(client: PageClient) -> Phone:
    """Scan what the page shows, and say the first code."""
    page = client.get("/sign-in/set-up")
    secret, step = page.one(".secret").text, int(time.time()) // 30
    shown = client.submit(page.one("form[action='/sign-in/set-up']"), code=code_of(secret, step))
    recovery = shown.texts(".recovery-codes li")
    assert len(set(recovery)) == 8
    assert shown.role("link", "I have them")["href"]
    return Phone(secret, step, recovery)


def say_code(client: PageClient, code: str, status: int | None = 200) -> HtmlPage:
    """Answer the question behind the password; return the page that follows."""
    return client.submit(client.get("/sign-in/second").one("form[action='/sign-in/second']"), status, code=code)


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


# --- without a browser ---------------------------------------------------------------------------------------------


def test_a_manager_sets_up_a_phone_before_anything_else(local: Centre) -> None:
    password = person(local, "hala.nasri", "manager")

    def enter(client: PageClient, path: str) -> None:
        assert client.enter("hala.nasri", password).address.endswith(path)

    with PageClient(local, headers=NAVIGATION) as client:
        enter(client, "/sign-in/set-up")
        for path in ("/manager", "/counter", "/account", "/sign-in/counter"):
            assert client.get(path).address.endswith("/sign-in/set-up"), path
        client.get(f"/api/v1/centres/{local.id}/queue", 401)
        form = client.get("/sign-in/set-up").one("form[action='/sign-in/set-up']")
        assert "not the code that the phone shows" in client.submit(form, None, code="000000").one("#error").text
        phone = set_up_phone(client)
        assert client.get("/manager").address.endswith("/manager")
    with PageClient(local, headers=NAVIGATION) as client:
        enter(client, "/sign-in/second")
        assert client.get("/manager").address.endswith("/sign-in/second")
        # What was used is used; the next one is taken, though its half minute has hardly begun.
        page = say_code(client, code_of(phone.secret, phone.step), 403)
        assert "was used before" in page.one("#error").text
        assert say_code(client, code_of(phone.secret, phone.step + 1)).address.endswith("/manager")
    with PageClient(local, headers=NAVIGATION) as client:
        enter(client, "/sign-in/second")
        assert say_code(client, phone.recovery[0].lower().replace("-", " ")).address.endswith("/manager")
    with PageClient(local, headers=NAVIGATION) as client:
        enter(client, "/sign-in/second")
        assert "was used before" in say_code(client, phone.recovery[0], 403).one("#error").text
        assert say_code(client, phone.recovery[1]).address.endswith("/manager")
    told = deeds(local.server, "hala.nasri")
    used = ["recovery-code-used"] * 2
    assert [kind for kind, _, _ in told] == ["second-factor-added", "recovery-codes-made", *used]
    assert {payload for kind, _, payload in told if kind in used} == {'{"staff":"hala.nasri"}'}


def test_wrong_codes_have_to_wait(local: Centre) -> None:
    password = person(local, "idris.bakr", "manager")
    with PageClient(local) as client, PageClient(local) as again:
        client.enter("idris.bakr", password)
        set_up_phone(client)
        again.enter("idris.bakr", password)
        said, tries = "", 0
        while "Too many wrong tries" not in said:
            tries += 1
            assert tries < 20
            said = say_code(again, "12345", None).one("#error").text
    assert tries > 3


def test_the_last_factor_of_a_manager_stays_and_the_command_line_takes_all_off(local: Centre) -> None:
    password = person(local, "lina.haddad", "manager")
    with PageClient(local) as client:
        client.enter("lina.haddad", password)
        set_up_phone(client)
        form = client.get("/account").one("form[action='/account/second']")
        assert "8 left" in form.one(".factors").text
        page = client.submit(form, 409, password=password, factor=form.role("button", "Take off")["value"])
        assert "Set up another one first" in page.one("#factor-error").text
        assert staff(local.server, "second-factor", "reset", "lina.haddad").strip() == "taken off: 1"
    assert json.loads(staff(local.server, "sessions", "lina.haddad", "--json")) == []
    with PageClient(local) as client:
        assert client.enter("lina.haddad", password).address.endswith("/sign-in/set-up")
    assert deeds(local.server, "lina.haddad")[-1] == (
        "second-factor-reset",
        "system",
        '{"count":1,"staff":"lina.haddad"}',
    )


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
        # Whoever is signed in elsewhere by the password alone is asked for it now.
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
