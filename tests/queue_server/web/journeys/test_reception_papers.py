"""Tickets that the reception prints, by a browser that prints: told once each, and never in anybody's way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.queue_server.web.chromium import be_patient
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reception_desk import issued, receive, scan, shows
from tests.queue_server.web.server import Centre

#: How often the browser says that a paper was printed, at most.
TRIES = 3


@pytest.fixture
def printing(browser: Browser, centre: Centre) -> Iterator[Desk]:
    """Give the reception in a browser that prints: it asks nothing, and says at once that it has."""
    with Desk(browser, centre) as desk:
        receive(desk)
        known = desk.context.storage_state()
        desk.context.close()
        desk.context = browser.new_context(storage_state=known, viewport={"width": 1440, "height": 900}, locale="en")
        desk.context.set_default_timeout(60_000)
        be_patient(desk.context)
        desk.page = desk.context.new_page()
        desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
        desk.go("/reception")
        desk.is_live()
        yield desk


def wait_closed(paper: Page) -> None:
    if not paper.is_closed():
        paper.wait_for_event("close")


def print_ticket(desk: Desk) -> None:
    """Press the key, and wait until the paper has come and gone."""
    with desk.context.expect_page() as opened:
        desk.press("F7")
    wait_closed(opened.value)


def print_on_bad_line(desk: Desk, visit: str, fails: int) -> list[str]:
    """Print while so many requests about the paper fail; return the key of each request."""
    tried: list[str] = []

    def cut(route: Route) -> None:
        tried.append(route.request.headers["idempotency-key"])
        if len(tried) > fails:
            route.continue_()
        else:
            route.abort()

    desk.context.route("**/papers", cut)
    with desk.context.expect_page() as opened:
        desk.page.evaluate(f"window.open('/reception/paper/{visit}')")
    wait_closed(opened.value)
    desk.context.unroute("**/papers", cut)
    return tried


def posts(page: Page) -> list[Request]:
    found: list[Request] = []
    page.on("request", lambda one: found.append(one) if one.method == "POST" and "/papers" in one.url else None)
    return found


def test_each_paper_is_told_once_and_whoever_prints_hears_nothing_of_a_bad_line(printing: Desk, centre: Centre) -> None:
    page, visit = printing.page, centre.issue()
    issued(printing, 1)
    scan(printing, visit.code)
    shows(printing, visit.code)
    print_ticket(printing)
    assert centre.events("ticket-printed") == 1
    # That of a visit that is over is told too.
    page.click("#act-cancel")
    page.click("dialog#cancel button.filled")
    expect(page.locator("#hand .ticket-head")).to_have_text("cancelled")
    print_ticket(printing)
    told = 2
    assert centre.events("ticket-printed") == told
    for fails in (TRIES - 1, 9):
        keys = print_on_bad_line(printing, visit.id, fails)
        assert len(keys) == TRIES
        assert len(set(keys)) == 1, "the same word, said again"
        told += fails < TRIES
        assert centre.events("ticket-printed") == told
    page.bring_to_front()
    expect(page.locator("dialog[open]")).to_have_count(0)
    # A paper that stays is told once each time that it is opened.
    said = posts(page)
    printing.go(f"/reception/paper/{visit.id}")
    expect(page.locator("main[data-told]")).to_have_count(1)
    page.click("#print")
    page.reload()
    expect(page.locator("main[data-told]")).to_have_count(1)
    assert centre.events("ticket-printed") == told + 2
    assert len(said) == 2
    assert len({one.headers["idempotency-key"] for one in said}) == 2
