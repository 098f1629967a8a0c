"""What people bring, at the counter: ticked by keyboard, seen by everybody at once, asked for before somebody waits."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.contract.base import People
from queue_server.contract.requirements import StatedItem
from queue_server.contract.visits import VisitView
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_counter_money import Till

SIZES = ((1440, 900), (720, 450))
SERVICE, GATED = "uto-passport-renewal", "uto-permit-work"
FAMILY = (People("adult", 2), People("child", 1))


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


def test_staff_tick_by_keyboard_item_by_item(papers: Papers) -> None:
    visit = papers.serve(SERVICE)
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
    # Where the ring is not, the keys mean what they mean on the page.
    papers.press("Escape")
    papers.press("KeyN")
    expect(papers.page.locator("dialog[open] textarea")).to_be_focused()
    papers.press("Escape")
    assert papers.told(visit, "requirement-checked") == 4
    assert papers.told(visit, "requirement-reverted") == 1


def test_with_a_mouse_the_words_above_do_it(papers: Papers) -> None:
    papers.serve(SERVICE)
    papers.page.click(papers.cell("photo"))
    papers.page.click("[data-check=differs]")
    papers.says(papers.cell("photo"), "Differs")
    papers.page.click(papers.cell("photo"))
    papers.page.click("[data-uncheck]")
    papers.says(papers.cell("photo"), "Not yet")


def test_each_person_of_a_family_has_a_column(papers: Papers) -> None:
    papers.serve(SERVICE, people=FAMILY)
    heads = papers.page.locator("#papers thead th")
    expect(heads).to_have_text(
        ["To bring", "Person 1 (Adults)", "Person 2 (Adults)", "Person 3 (Children)", "All together", "Wanted"]
    )
    papers.press("KeyZ")
    papers.press("ArrowRight")
    papers.ring(papers.cell("old-passport", "adult-2"))
    papers.press("ArrowRight")
    papers.press("Enter")
    papers.says(papers.cell("old-passport", "child-1"), "Seen")
    papers.says(papers.cell("old-passport", "adult-1"), "Not yet")
    papers.says(papers.cell("both-parents", "party-1"), "Not yet")
    expect(papers.page.locator(papers.cell("address", "child-1"))).to_have_count(0)


def test_another_counter_sees_it_at_once(papers: Papers, browser: Browser) -> None:
    papers.serve(SERVICE)
    papers.press("KeyZ")
    papers.press("KeyX")
    papers.says(papers.cell("old-passport"), "Missing")
    visit = papers.page.locator("#papers").get_attribute("data-url")
    assert visit is not None
    body = {"service": SERVICE, "requirement": "photo", "band": "adult", "status": "seen"}
    with Papers(browser, papers.centre) as other:
        other.sign_in("samir.nasser", "4")
        token = other.page.locator("#page").get_attribute("data-csrf")
        answer = other.context.request.post(
            papers.server.address + visit,
            data=body,
            headers={
                "X-CSRF-Token": token or "",
                "Idempotency-Key": "another-desk-0001",
                "Origin": papers.server.address,
            },
        )
        assert answer.ok, answer.text()
    papers.says(papers.cell("photo"), "Seen")


def test_what_is_missing_is_printed_in_the_language_of_the_person(papers: Papers) -> None:
    visit = papers.serve(SERVICE, language="fr")
    papers.press("KeyZ")
    papers.press("Enter")
    papers.press("KeyX")
    papers.says(papers.cell("form"), "Missing")
    with papers.page.expect_popup() as opened:
        papers.page.locator(papers.cell("form")).focus()
        papers.press("KeyL")
    opened.value.wait_for_load_state("domcontentloaded")
    assert opened.value.url.endswith(f"/counter/missing/{visit.id}")
    papers.go(f"/counter/missing/{visit.id}")
    paper = papers.page.locator(".paper")
    expect(papers.page.locator("h1")).to_have_text("Veuillez apporter")
    for said in ("Formulaire de demande signé", "45 mm", "Application form, signed: Missing"):
        expect(paper).to_contain_text(said)
    expect(paper).not_to_contain_text("Votre ancien passeport")
    assert violations(papers.page) == []


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_list_can_be_read_in_every_language_and_size(
    browser: Browser, centre: Centre, language: str, size: tuple[int, int]
) -> None:
    with Papers(browser, centre, language=language, size=size) as seated:
        seated.sit("ines.moreau")
        seated.serve(SERVICE, people=FAMILY)
        seated.press("KeyZ")
        seated.ring(seated.cell("old-passport"))
        if language == "ar":
            seated.press("ArrowLeft")
            seated.ring(seated.cell("old-passport", "adult-2"))
        assert violations(seated.page) == []
        assert _wide(seated.page) <= size[0]


def _wide(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


def test_what_was_said_at_the_kiosk_stands_there_until_somebody_has_looked(papers: Papers) -> None:
    lacking = (StatedItem(SERVICE, "photo", "adult"), StatedItem(SERVICE, "fee", "party"))
    visit = papers.centre.issue(SERVICE, lacking=lacking)
    papers.start(visit.code)
    expect(papers.page.locator(".papers-said")).to_have_text("Said at the kiosk: 2 things are not here.")
    papers.says(papers.cell("photo"), "Says: not here")
    papers.says(papers.cell("form"), "Not yet")
    papers.page.locator(papers.cell("photo")).focus()
    papers.press("Enter")
    papers.says(papers.cell("photo"), "Seen")
    expect(papers.page.locator(".papers-said")).to_have_text("Said at the kiosk: they have all but the money.")
    assert papers.told(visit, "checklist-stated") == 1
