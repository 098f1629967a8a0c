"""The list of who waits in Chromium: narrowed by service, language and words, and what is done there by keyboard."""

from urllib.parse import parse_qs

import hypothesis.strategies as st
from hypothesis import given
from playwright.sync_api import Page, expect

from queue_server.domain.values import Language, ServiceId, StepId, VisitId
from queue_server.web.waiting.page import WaitingFilter
from queue_server.web.waiting.waiting_filter import toggled, wish_of, written
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
lists = st.lists(texts, max_size=3, unique=True).map(tuple)


@given(lists, lists, lists, texts | st.just(""), texts | st.none())
def test_what_is_asked_for_is_read_again_as_it_was_written(
    steps: tuple[str, ...], services: tuple[str, ...], languages: tuple[str, ...], text: str, visit: str | None
) -> None:
    wish = WaitingFilter(
        tuple(map(StepId, steps)),
        tuple(map(ServiceId, services)),
        tuple(map(Language, languages)),
        text,
        None if visit is None else VisitId(visit),
    )
    assert wish_of(parse_qs(written(wish))) == wish
    assert toggled(toggled(wish, "steps", "one"), "steps", "one") == wish


@given(st.dictionaries(texts, st.lists(texts, max_size=60)))
def test_any_address_is_some_wish(query: dict[str, list[str]]) -> None:
    wish = wish_of(query)
    assert len(wish.steps) <= 40
    assert len(wish.text) <= 80


def rows(page: Page, count: int) -> None:
    expect(page.locator("[data-row]")).to_have_count(count)


def choose(page: Page, facet: str, name: str) -> None:
    page.locator(f"section:has(#facet-{facet}) a").filter(has_text=name).click()


def test_the_list_is_narrowed_and_what_is_done_there_by_keyboard(desk: Desk) -> None:
    """A visit is looked at, cancelled, waits again, and is called out of turn."""
    a_key_that_has_nothing_to_do_says_why(desk)
    page = desk.page
    desk.centre.crowd(12)
    desk.waits(12)
    desk.press("KeyQ")
    page.wait_for_url("**/waiting")
    desk.is_live()
    rows(page, 12)
    choose(page, "languages", "Arabic")
    rows(page, 4)
    expect(page.locator("h1:visible")).to_contain_text("4 of 12")
    choose(page, "services", "Renew a passport")
    rows(page, 1)
    assert "language=ar" in page.url
    # The address is all there is: loaded anew it shows the same.
    page.reload()
    desk.is_live()
    rows(page, 1)
    choose(page, "languages", "Arabic")
    rows(page, 3)
    desk.press("Slash")
    page.keyboard.type("fren")
    rows(page, 1)
    desk.press("Escape")
    desk.press("ArrowDown")
    detail = page.locator(".chosen-visit")
    expect(detail.locator(".history li")).to_have_count(1)
    expect(detail).to_contain_text("Ticket issued")
    expect(detail).to_contain_text("Kiosk 2, entrance")
    expect(detail.locator(".able li")).to_contain_text(["you, free"])
    last = desk.centre.issue()
    desk.go(f"/waiting?visit={last.id}")
    desk.is_live()
    rows(page, 13)
    page.click("#act-cancel")
    desk.press("Enter")
    expect(page.locator(".chosen-visit .st").first).to_contain_text("cancelled at")
    rows(page, 12)
    expect(page.locator("#act-cancel")).to_have_count(0)
    desk.press("KeyK")
    rows(page, 13)
    desk.press("KeyG")
    expect(page.locator("dialog[open]")).to_be_visible()
    assert violations(page, "dialog[open]") == []
    desk.press("Digit3")
    desk.press("Enter")
    page.wait_for_url("**/counter")
    desk.stage("called")
    assert desk.code() == last.code


def a_key_that_has_nothing_to_do_says_why(desk: Desk) -> None:
    """Press such keys at a counter without a visit; what was said is gone once somebody is called and cancelled."""
    said = desk.page.locator("#notice-text")
    desk.press("KeyD")
    expect(said).to_have_text("D does nothing now. What was checked of the document. When: a document was read.")
    desk.press("KeyB")
    expect(said).to_contain_text("for cashiers")
    desk.press("KeyR")
    expect(said).to_have_text("R does nothing now. Recall. When: called.")
    visit = desk.centre.issue()
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    expect(said).to_be_hidden()
    desk.api(f"visits/{visit.id}/cancel")
    desk.stage("idle")
