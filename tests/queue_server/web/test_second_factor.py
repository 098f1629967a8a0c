"""The second factor without a browser: codes of a phone, recovery codes, and managers who need one."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from queue_server.catalogue import store, toml
from queue_server.database import open_database, parse_url
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import CENTRES, SETTINGS, Centre, Server, run_aside
from tests.queue_server.web.test_account import deeds, person, staff

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
