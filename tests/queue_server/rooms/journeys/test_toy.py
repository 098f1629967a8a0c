"""A room is added by its folder and one line: everything that it brings is used through the front door.

``toy`` are found things; ``with_toy`` is ``queue-server`` with one line more.
"""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, Browser, expect
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.framework.settings import SettingsError, parse_settings
from queue_server.rooms import ROOMS
from tests.queue_server.house import KNOWN
from tests.queue_server.rooms.toy.room import ROOM as FOUND
from tests.queue_server.web.conftest import browser  # noqa: F401 - a fixture
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.server import CENTRES, SETTINGS, Centre, Server

HERE = CENTRES[0]
#: Managers hear of the second thing.
RULES = "\n[found]\nmost = 1\nkeep_s = 3600\n"


class WithToy(Server):
    command = (sys.executable, "-m", "tests.queue_server.rooms.with_toy")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let tests wait: the server is another process."""


@pytest.fixture(scope="module")
def toy_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with WithToy(tmp_path_factory.mktemp("toy") / "data", SETTINGS + RULES, (HERE,)) as started:
        yield started


@pytest.fixture(scope="module")
def plain_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("plain") / "data", SETTINGS, (HERE,)) as started:
        yield started


def run(server: Server, *arguments: str) -> str:
    ran = subprocess.run(
        [*server.command, *arguments, "--data", str(server.data)], check=True, capture_output=True, text=True
    )
    return ran.stdout


def ask(outside: APIRequestContext, server: Server, path: str, token: str = "") -> APIResponse:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return outside.get(f"{server.address}{path}", headers=headers)


def things(office: Office) -> list[dict[str, Any]]:
    answer = office.context.request.get(f"{office.server.address}/api/v1/centres/{HERE}/found")
    assert answer.ok, answer.text()
    found: list[dict[str, Any]] = answer.json()["things"]
    return found


def followed(office: Office) -> Generator[dict[str, Any]]:
    """Follow what lies here, as the page of somebody who is signed in could; beats are left out."""
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in office.context.cookies())
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{office.server.address}/api/v1/centres/{HERE}/feeds/found",
        headers={"Cookie": cookies, "Accept": "text/event-stream"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own server
        for line in answer:
            frame = json.loads(line.removeprefix(b"data: ")) if line.startswith(b"data: ") else {"type": "beat"}
            if frame["type"] != "beat":
                yield frame


def test_all_that_a_room_brings_is_there(browser: Browser, toy_server: Server) -> None:  # noqa: F811 - the fixture
    centre, outside = Centre(toy_server, HERE), browser.new_context().request
    with Office(browser, centre) as office, Desk(browser, centre) as desk:
        office.look()
        desk.sign_in("ines.moreau", "3")
        desk.open()
        expect(desk.page.locator("#found")).to_have_count(0)

        # A feed: what lies here, then what changes.
        line = followed(office)
        begun = next(line)
        assert (begun["type"], begun["entities"]) == ("snapshot", {})

        # A stream, its table and a route; the part of the counter page comes by itself.
        office.post("found", {"what": "key", "contact": "Specimen: desk 2"})
        (key,) = next(line)["entities"].values()
        assert (key["what"], key["contact"]) == ("key", None)
        expect(desk.page.locator("#found")).to_have_text("1 found thing lies here")
        expect(office.alarm("found things lie here")).to_have_count(0)

        # A setting and an alarm.
        office.post("found", {"what": "umbrella"})
        expect(desk.page.locator("#found")).to_have_text("2 found things lie here")
        expect(office.alarm("2 found things lie here")).to_have_count(1)
        expect(office.alarm("Take them to the house's office.")).to_have_count(1)

        # A permission: for whom it is not said, it is not.
        for path in ("found", "feeds/found"):
            assert ask(outside, toy_server, f"/api/v1/centres/{HERE}/{path}").status == 401
        refused = ask(outside, toy_server, f"/api/v1/centres/{HERE}/found", centre.kiosk.token)
        assert (refused.status, refused.json()["code"]) == (403, "not-permitted")

        shows_it_on_pages(office, desk, outside)

        # A problem with its status, and OpenAPI with its words.
        first, second = sorted(things(office), key=lambda one: one["what"])
        assert (first["contact"], second["contact"]) == ("Specimen: desk 2", None)
        unknown = first["id"][:-1] + ("0" if first["id"][-1] != "0" else "1")
        missing = give_back(office, unknown)
        assert (missing.status, missing.json()["code"]) == (404, "found-unknown")
        described = ask(outside, toy_server, "/api/v1/openapi.json").json()
        operation = described["paths"]["/api/v1/centres/{centre}/found"]["post"]
        assert (operation["operationId"], operation["description"]) == ("write-found", "For: counter, manager.")
        assert {"name": "found", "description": "What people left behind."} in described["tags"]

        # A command line and a figure.
        assert [line.split("\t")[1] for line in run(toy_server, "found", "list", "--centre", HERE).splitlines()] == [
            one["what"] for one in sorted(things(office), key=lambda one: one["id"])
        ]
        assert "queue_found_rooms 1.0" in ask(outside, toy_server, "/metrics").text()

        # Given back, it lies here no more; the record is as it was written.
        assert give_back(office, second["id"]).ok
        assert list(next(line)["entities"]) == [second["id"]]
        assert next(line)["entities"] == {second["id"]: None}
        line.close()
        expect(desk.page.locator("#found")).to_have_text("1 found thing lies here")
        expect(office.alarm("found things lie here")).to_have_count(0)
        assert run(toy_server, "verify").startswith("ok: ")
        assert "found: 0 rows mended" in run(toy_server, "rebuild")

        # How people leave its table: who was to be called is forgotten, the thing stays.
        rules = toy_server.data / "settings.toml"
        rules.write_text(rules.read_text().replace("keep_s = 3600", "keep_s = 0"))
        run(toy_server, "people", "ended")
        assert things(office) == [{"id": first["id"], "what": "key", "contact": None}]

    an_auditor_reads_of_it(browser, centre)


def an_auditor_reads_of_it(browser: Browser, centre: Centre) -> None:  # noqa: F811 - the fixture
    with Desk(browser, centre) as auditor:
        auditor.enter("omar.sayed")
        auditor.go("/audit?view=acted")
        expect(auditor.page.locator("main")).to_contain_text("Elin Marsh")
        expect(auditor.page.locator("main")).to_contain_text("Something was found")
        expect(auditor.page.locator("main")).to_contain_text("A found thing was given back")
        # A view of the record: what was done leads to it.
        auditor.page.get_by_role("link", name="A found thing was given back").click()
        expect(auditor.page.locator("#found-record")).to_have_text("It was given back, or was never here.")
        expect(auditor.page.locator("nav.views a[aria-current]")).to_contain_text("Found things")


def shows_it_on_pages(office: Office, desk: Desk, outside: APIRequestContext) -> None:
    """Look at what pages of staff have of the room: a page, a key, the words of a refusal and of a condition."""
    server, token = office.server, office.centre.kiosk.token
    # A page with its entry in the bar: for those who may open it, and for nobody else.
    expect(office.page.locator("nav.pages a[href='/found']")).to_have_text("Found things")
    expect(desk.page.locator("nav.pages a[href='/found']")).to_have_count(0)
    shown = office.context.request.get(f"{server.address}/found")
    assert (shown.status, sorted(shown.text().split())) == (200, ["key", "umbrella"])
    assert desk.context.request.get(f"{server.address}/found").status == 403
    assert ask(outside, server, "/found").url == f"{server.address}/sign-in"
    assert ask(outside, server, "/found", token).status == 403

    # A key in the list of the counter's.
    expect(desk.page.locator("#all-keys")).to_contain_text("Find a found thing")
    expect(office.page.locator("#all-keys")).not_to_contain_text("Find a found thing")

    # What a refusal means to the person at the page.
    refusal = office.page.locator("#refusals li[data-code='found-unknown']")
    assert refusal.text_content() == "There is no such thing here any more."

    # A condition of the machine: a figure, and an alarm in the room's words.
    cupboard = server.data / "cupboard"
    cupboard.mkdir()
    (cupboard / "hat").touch()
    assert 'queue_condition{code="cupboard-full"} 1.0' in ask(outside, server, "/metrics").text()
    office.page.reload()
    expect(office.alarm("The cupboard holds 1 thing")).to_contain_text("Empty it before you put more there.")
    (cupboard / "hat").unlink()


def give_back(office: Office, thing: str) -> APIResponse:
    return office.context.request.post(
        f"{office.server.address}/api/v1/centres/{HERE}/found/{thing}/give-back",
        headers={
            "Idempotency-Key": thing,
            "X-CSRF-Token": office.find("#page").get_attribute("data-csrf") or "",
            "Origin": office.server.address,
        },
    )


def test_without_the_line_nothing_of_it_is_there(browser: Browser, plain_server: Server) -> None:  # noqa: F811
    centre, outside = Centre(plain_server, HERE), browser.new_context().request
    with Office(browser, centre) as office, Desk(browser, centre) as desk:
        office.look()
        desk.sign_in("ines.moreau", "3")
        desk.open()
        gone = office.context.request.get(f"{plain_server.address}/api/v1/centres/{HERE}/found")
        assert (gone.status, gone.json()["code"]) == (404, "not-found")
        for page in (office.page, desk.page):
            assert "found thing" not in page.content().lower()
        assert office.context.request.get(f"{plain_server.address}/found").status == 404
    assert "/found" not in ask(outside, plain_server, "/api/v1/openapi.json").text()
    assert "queue_found_rooms" not in ask(outside, plain_server, "/metrics").text()
    assert CliRunner().invoke(app, ["found", "list"]).exit_code == 2
    assert "found" not in KNOWN.permissions
    assert "cupboard-full" not in KNOWN.conditions
    assert not [name for name in KNOWN.tables if name.startswith("found_")]
    with pytest.raises(SettingsError):
        parse_settings(RULES, KNOWN.sections)


def test_nothing_else_names_it() -> None:
    """Its folder and one line: no file of the server knows it."""
    assert FOUND not in ROOMS
    root = Path(__file__).parents[4] / "queue_server"
    words = re.compile(r"rooms\.toy|found_things|FoundRules|ThingFound")
    assert [path for path in root.rglob("*.py") if words.search(path.read_text("utf-8"))] == []
