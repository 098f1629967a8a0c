"""A morning without kiosks: every kiosk is broken, and one person at the reception desk keeps the centre going.

A real server process, a real browser at the desk, one at a counter and one in somebody's hand. People arrive, are
issued, joined, put first, called, served; one loses the paper, one does not come. In the end the day's log verifies.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.queue_server.web.chromium import chromium
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import COMMAND, QUICK, Centre, Server

#: Documents of ICAO's specimens (Doc 9303), and one that is made up.
ANNA, LOST = "L898902C3", "D23145890"
#: Digits of the picker: Utopia, records, and the first service of them.
BIRTH = ("1", "3", "1")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: server and browsers are other processes."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("morning") / "data", centres=QUICK) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


class Reception(Desk):
    """The person at the desk."""

    def receive(self) -> None:
        self.enter("noor.haddad")
        self.page.wait_for_url("**/reception")
        self.is_live()

    def issue(self, *, document: str = "", people: int = 1) -> str:
        """Issue a ticket for the registration of a birth; gives its code."""
        hand = self.page.locator("#hand .code.big")
        before = hand.inner_text() if hand.count() else ""
        self.page.focus("#pick")
        for key in BIRTH:
            self.press(key)
        if document:
            self.page.fill("#document", document)
        self.page.fill("#party", str(people))
        self.page.press("#party", "Enter")
        expect(hand).to_be_visible()
        expect(hand).not_to_have_text(before)
        return self.in_hand()

    def in_hand(self) -> str:
        return self.page.locator("#hand .code.big").inner_text().replace("\N{NO-BREAK SPACE}", "")

    def take(self, wanted: str) -> None:
        """Find a ticket by its number or by its person's document."""
        self.page.fill("#find", wanted)
        self.page.press("#find", "Enter")

    def holds(self, code: str) -> None:
        expect(self.page.locator("#hand .code.big")).to_have_text(f"{code[0]}\N{NO-BREAK SPACE}{code[1:]}")

    def stands(self, words: str) -> None:
        expect(self.page.locator("#hand .ticket-head")).to_contain_text(words)

    def paper(self) -> Page:
        self.context.add_init_script("window.print = () => {}")
        with self.context.expect_page() as opened:
            self.press("F7")
        opened.value.wait_for_load_state()
        return opened.value


def call(counter: Desk) -> str:
    counter.press("Space")
    counter.stage("called")
    return counter.code()


def serve(counter: Desk) -> str:
    """Call the next, serve it, and hand it on."""
    code = call(counter)
    counter.press("Enter")
    counter.stage("serving")
    counter.press("KeyF")
    counter.stage("idle")
    return code


def read_qr(page: Page, picture: Path) -> str:
    page.locator(".paper-qr").screenshot(path=picture)
    (found,) = zxingcpp.read_barcodes(Image.open(picture))
    return found.text


def test_a_morning_without_kiosks(server: Server, browser: Browser, tmp_path: Path) -> None:  # noqa: PLR0915 - it is long
    centre = Centre(server, QUICK[1])
    with (
        Reception(browser, centre) as desk,
        Desk(browser, centre) as counter,
        Desk(browser, centre, size=(390, 844)) as phone,
    ):
        desk.receive()
        counter.sign_in("ines.moreau", "3")
        counter.open()

        # Five parties are in the line; nobody has a ticket from a machine.
        first = desk.issue()
        lost = desk.issue(document=LOST)
        mother, father = desk.issue(document=ANNA), desk.issue()
        hurry = desk.issue(people=2)
        assert len({first, lost, mother, father, hurry}) == 5
        assert {code[0] for code in (first, lost, mother, father, hurry)} == {first[0]}
        counter.waits(5)

        # The parents belong together, and the last party cannot wait.
        desk.take(mother)
        desk.holds(mother)
        desk.page.click("#act-merge")
        desk.page.fill("#merge-code", father)
        desk.page.press("#merge-code", "Enter")
        expect(desk.page.locator("#family li")).to_have_count(2)
        desk.page.click("#merge-now")
        expect(desk.page.locator("#hand .tags")).to_contain_text("Party of 2")
        counter.waits(4)
        desk.take(hurry)
        desk.holds(hurry)
        desk.page.click("#act-category")
        desk.press("3")
        desk.press("Enter")
        expect(desk.page.locator("#hand .tags")).to_contain_text("Urgent")
        assert serve(counter) == hurry

        # Somebody has lost the paper: the same document finds the same number, and it is printed again.
        desk.page.focus("#pick")
        for key in BIRTH:
            desk.press(key)
        desk.page.fill("#document", LOST)
        desk.page.press("#document", "Enter")
        expect(desk.page.locator("dialog#twice")).to_be_visible()
        desk.press("Enter")
        desk.holds(lost)
        paper = desk.paper()
        expect(paper.locator(".paper .code")).to_have_text(f"{lost[0]}\N{NO-BREAK SPACE}{lost[1:]}")
        phone.page.goto(read_qr(paper, tmp_path / "qr.png"))
        expect(phone.page.locator("#on")).to_be_visible()
        expect(phone.page.locator("h1")).to_have_text("Please wait")
        paper.close()

        # The urgent party goes on first at its second step; then the first in the line is called and does not come.
        assert serve(counter) == hurry
        assert call(counter) == first
        counter.press("KeyR")
        expect(counter.page.locator("#act-recall .act-note")).to_contain_text("1 so far")
        expect(counter.page.locator("#act-missed .act-note")).to_have_text("nobody came")
        counter.press("KeyM")
        counter.stage("idle")

        # The phone learns that it is its turn, by itself.
        assert call(counter) == lost
        expect(phone.page.locator(".called .number")).to_have_text("3")
        counter.press("Enter")
        counter.stage("serving")
        counter.press("KeyF")
        counter.stage("idle")

        # Who was missed comes to the desk, and waits again.
        desk.take(first)
        desk.holds(first)
        desk.stands("did not come")
        desk.page.click("#act-reinstate")
        desk.stands("waits for")

        # Everybody is served to the end; the father's number is never called.
        served = []
        while counter.page.locator(".queue .count").inner_text() != "0":
            served.append(serve(counter))
        assert sorted(served) == sorted([first, first, lost, mother, mother])
        assert father not in served
        expect(phone.page.locator("h1")).to_have_text("Your visit is over")
        desk.take(mother)
        desk.stands("served to the end")
        counts = {kind: centre.events(f"visit-{kind}") for kind in ("issued", "done", "merged", "missed", "reinstated")}
        assert counts == {"issued": 5, "done": 4, "merged": 1, "missed": 1, "reinstated": 1}

    server.stop()
    verified = subprocess.run(
        [COMMAND, "verify", "--data", server.data, "--json"], capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert json.loads(verified.stdout)["ok"] is True
    # What was typed of people is in no line of the server's log, nor anywhere in its database.
    said = (server.data / "server.log").read_bytes()
    stored = b"".join(file.read_bytes() for file in server.data.glob("queue.sqlite*"))
    assert not re.findall(rb"L898902C3|D23145890", said + stored)
