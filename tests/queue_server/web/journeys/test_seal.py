"""A seal at the counter and at the reception, in Chromium against a real server that trusts a made-up state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from peripherals.documents.passport import pki
from tests.queue_server.people.test_seals import AUTHORITY, NOW, SIGNER, binary, text
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reader import GENUINE, arrive
from tests.queue_server.web.reception_desk import receive, scan, shows
from tests.queue_server.web.server import CENTRES, SETTINGS, Centre, Server

HOLDS = "Seal read: a state signed it, and nothing was changed"


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("trusting")
    lists = folder / "lists"
    lists.mkdir()
    (lists / "authority.cer").write_bytes(AUTHORITY.certificate)
    (lists / "signer.cer").write_bytes(SIGNER.certificate)
    (lists / "revoked.crl").write_bytes(pki.revocation_list(AUTHORITY, (), NOW))
    with Server(folder / "data", f'{SETTINGS}\n[documents]\ntrust = "{lists}"\n', CENTRES[:20]) as server:
        yield server


@pytest.fixture
def centre(trusting: Server) -> Centre:
    """Give each test a centre of its own."""
    return Centre(trusting, trusting.unused.popleft())


def found(desk: Desk) -> Locator:
    return desk.page.locator("#seal-found")


def typed(desk: Desk, said: str) -> None:
    """Type into the dialog as a scanner does, and end with Enter."""
    desk.page.locator("#seal-text").fill(said)
    desk.press("Enter")


def call(desk: Desk) -> None:
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")


def test_a_seal_is_checked_at_the_counter_and_stands_with_the_visit(desk: Desk) -> None:
    desk.centre.issue()
    call(desk)
    expect(desk.page.locator("#document")).to_contain_text("No document was read")
    desk.press("KeyV")
    expect(desk.page.locator("#seal-text")).to_be_focused()
    typed(desk, "https://elsewhere.example/t/ABC")
    expect(found(desk)).to_contain_text("This is no seal")
    expect(desk.page.locator("#seal-text")).to_be_focused()
    # The next one goes on from there.
    typed(desk, binary().hex())
    expect(found(desk).locator(".st").first).to_have_text(HOLDS)
    expect(found(desk)).to_contain_text("Emergency travel document")
    typed(desk, text())
    expect(found(desk)).to_contain_text("L898902C3")
    expect(found(desk).locator(".st").first).to_have_text(HOLDS)
    expect(found(desk)).to_contain_text("The signature in the seal holds.")
    expect(found(desk)).to_contain_text("Ines Moreau")
    expect(desk.page.locator("#seal-text")).to_have_value("")
    assert violations(desk.page, "dialog[open]") == []
    desk.press("Escape")
    expect(desk.page.locator("#document .st").first).to_have_text(HOLDS)
    put_aside(desk)
    # It stands beside the document that a kiosk has read.
    arrive(desk.centre, GENUINE)
    call(desk)
    desk.press("KeyV")
    typed(desk, text("D23145890"))
    expect(found(desk).locator(".st").first).to_have_text(HOLDS)
    desk.press("Escape")
    expect(desk.page.locator("#document .st").first).to_contain_text("Documents read: 2 of 2")


def put_aside(desk: Desk) -> None:
    """Park the visit, so that the next one comes."""
    desk.press("KeyP")
    desk.press("Enter")
    desk.stage("idle")


def test_at_the_reception_a_seal_is_scanned_from_wherever_the_focus_is(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        page = receive(desk)
        visit = centre.issue()
        # Without a ticket in the hand nobody knows whose it is.
        scan(desk, text())
        expect(found(desk)).to_contain_text("Show the ticket first")
        desk.press("Escape")
        scan(desk, visit.code)
        shows(desk, visit.code)
        page.locator("#document").focus()
        scan(desk, text())
        expect(found(desk).locator(".st").first).to_have_text(HOLDS)
        expect(page.locator("#document")).to_have_value("")
        desk.press("Escape")
        # By hand: the button opens the same.
        page.locator("#act-seal").click()
        expect(page.locator("#seal-text")).to_be_focused()
        expect(found(desk)).to_be_empty()
