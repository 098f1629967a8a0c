"""What people bring, at the counter: ticked by keyboard, seen by everybody at once, asked for before somebody waits."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from queue_server.contract.base import People
from queue_server.contract.visits import VisitView
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.till_browser import Till

SERVICE, GATED = "uto-passport-renewal", "uto-permit-work"
FAMILY = (People("adult", 2), People("child", 1))
#: What another counter sends when it ticks the photo.
TICKED = {"service": SERVICE, "requirement": "photo", "band": "adult", "status": "seen"}


class Papers(Till):
    def cell(self, line: str, whose: str = "adult-1", service: str = SERVICE) -> str:
        return f"#paper-{service}-{line}-{whose}"

    def says(self, cell: str, text: str) -> None:
        expect(self.page.locator(cell)).to_contain_text(text)

    def ring(self, cell: str) -> None:
        expect(self.page.locator(cell)).to_be_focused()

    def papers(self, text: str) -> None:
        expect(self.page.locator("#papers-line")).to_have_text(text)

    def serve(self, service: str, language: str = "en", people: tuple[People, ...] = ()) -> VisitView:
        visit = self.centre.issue(service, language=language, people=people)
        self.start(visit.code)
        return visit

    def start(self, code: str) -> None:
        self.fetch(code)
        self.press("Enter")
        self.stage("serving")

    def told(self, visit: VisitView, kind: str) -> int:
        return self.centre.events(kind, f"checklist/{visit.id}")


@pytest.fixture
def papers(browser: Browser, centre: Centre) -> Iterator[Papers]:
    with Papers(browser, centre) as seated:
        seated.sit("ines.moreau")
        yield seated


def test_staff_tick_by_keyboard_and_another_counter_is_seen_at_once(papers: Papers) -> None:
    visit = papers.serve(SERVICE, language="fr")
    papers.papers("Papers: 0 of 5 seen")
    papers.press("KeyZ")
    papers.ring(papers.cell("old-passport"))
    papers.press("Enter")
    papers.ring(papers.cell("form"))
    papers.press("KeyD")
    papers.press("KeyX")
    papers.press("KeyB")
    papers.says(papers.cell("old-passport"), "Seen")
    papers.says(papers.cell("form"), "Differs")
    papers.says(papers.cell("photo"), "Missing")
    papers.says(papers.cell("address"), "Will bring")
    papers.papers("Papers: 1 of 5 seen · missing: Application form, signed, One photo, Proof of address")
    papers.page.locator(papers.cell("photo")).focus()
    papers.press("KeyU")
    papers.says(papers.cell("photo"), "Not yet")
    papers.ring(papers.cell("photo"))
    papers.press("ArrowUp")
    papers.ring(papers.cell("form"))
    with papers.page.expect_popup() as opened:
        papers.press("KeyL")
    opened.value.wait_for_load_state("domcontentloaded")
    expect(opened.value.locator("h1")).to_have_text("Veuillez apporter")
    opened.value.close()
    # Where the ring is not, the keys mean what they mean on the page.
    papers.press("Escape")
    papers.press("KeyN")
    expect(papers.page.locator("dialog[open] textarea")).to_be_focused()
    papers.press("Escape")
    assert papers.told(visit, "requirement-checked") == 4
    assert papers.told(visit, "requirement-reverted") == 1
    # Somebody else ticks it.
    with PageClient(papers.centre) as other:
        other.sign_in("samir.nasser", "4")
        other.api(f"visits/{visit.id}/checklist", TICKED)
    papers.says(papers.cell("photo"), "Seen")
    # With a mouse the words above do it.
    papers.page.click(papers.cell("photo"))
    papers.page.click("[data-check=differs]")
    papers.says(papers.cell("photo"), "Differs")
    papers.page.click(papers.cell("photo"))
    papers.page.click("[data-uncheck]")
    papers.says(papers.cell("photo"), "Seen")
    papers.go(f"/counter/missing/{visit.id}")
    assert violations(papers.page) == []


def test_each_person_of_a_family_is_ticked_in_their_column(papers: Papers) -> None:
    papers.serve(SERVICE, people=FAMILY)
    papers.press("KeyZ")
    papers.press("ArrowRight")
    papers.ring(papers.cell("old-passport", "adult-2"))
    papers.press("ArrowRight")
    papers.press("Enter")
    papers.says(papers.cell("old-passport", "child-1"), "Seen")
    papers.says(papers.cell("old-passport", "adult-1"), "Not yet")


def test_nobody_is_sent_where_they_would_wait_for_nothing(papers: Papers) -> None:
    visit = papers.serve(GATED)
    papers.press("KeyF")
    papers.stage("idle")
    papers.start(visit.code)
    expect(papers.page.locator(".papers-gate")).to_contain_text("Hand in your application needs all of it")
    papers.press("KeyF")
    dialog = papers.page.locator("dialog[open]")
    expect(dialog).to_contain_text("Something is missing")
    expect(dialog.locator("li")).to_have_count(5)
    assert violations(papers.page) == []
    papers.page.click("dialog[open] #act-bring-it")
    expect(dialog).to_contain_text("Park")
    papers.press("Escape")
    papers.closed()
    papers.press("KeyF")
    papers.page.click("dialog[open] #act-go-on")
    papers.closed()
    papers.stage("idle")
    assert papers.told(visit, "incomplete-accepted") == 1
