"""Tickets that the reception prints, by a browser that prints: told once each, counted, and never in anybody's way."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.queue_server.web.chromium import be_patient
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reception_desk import in_hand, issued, keys, receive, scan, shows
from tests.queue_server.web.server import CENTRES, SETTINGS, Centre, Server

#: Figures follow at once here.
_FOLLOWED = f"{SETTINGS}\n[reports]\npoll_s = 0.1\n"


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("papers") / "data", _FOLLOWED, CENTRES[:12]) as started:
        yield started


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


def print_ticket(desk: Desk) -> None:
    """Press the key, and wait until the paper has come and gone."""
    with desk.context.expect_page() as opened:
        desk.press("F7")
    wait_closed(opened.value)


def wait_closed(paper: Page) -> None:
    if not paper.is_closed():
        paper.wait_for_event("close")


def reprints_become(browser: Browser, centre: Centre, count: int) -> None:
    """Ask for the figures of today as a manager does, until they say so."""
    with Desk(browser, centre) as manager:
        manager.enter("elin.marsh")
        address = f"{centre.server.address}/api/v1/centres/{centre.id}/figures"
        deadline = time.monotonic() + 60
        while True:
            rows = manager.context.request.get(address).json()["rows"]
            found = sum(row["reprints"] for row in rows)
            if rows and found == count:
                return
            assert time.monotonic() < deadline, found
            manager.page.wait_for_timeout(100)


def test_a_kiosks_ticket_that_is_printed_here_was_printed_again(
    printing: Desk, browser: Browser, centre: Centre
) -> None:
    visit = centre.issue()
    issued(printing, 1)
    scan(printing, visit.code)
    shows(printing, visit.code)
    print_ticket(printing)
    assert centre.events("ticket-printed") == 1
    reprints_become(browser, centre, 1)
    printing.go(f"/waiting?visit={visit.id}")
    printing.is_live()
    newest = printing.page.locator(".history li").first
    expect(newest).to_contain_text("Ticket printed")
    expect(newest).to_contain_text("you")


def test_the_first_paper_of_a_ticket_of_the_reception_is_none_but_the_second_is(
    printing: Desk, browser: Browser, centre: Centre
) -> None:
    keys(printing, "1", "1", "1", "Enter")
    issued(printing, 1)
    assert in_hand(printing)
    print_ticket(printing)
    assert centre.events("ticket-printed") == 1
    # The day is followed up to that paper: what it then says is not what it said before.
    visit = centre.issue()
    reprints_become(browser, centre, 0)
    issued(printing, 2)
    print_ticket(printing)
    assert centre.events("ticket-printed") == 2
    reprints_become(browser, centre, 1)
    assert visit.code != in_hand(printing)


def test_a_paper_that_stays_is_told_once_each_time_that_it_is_opened(printing: Desk, centre: Centre) -> None:
    visit, paper = centre.issue(), printing.page
    said = posts(paper)
    printing.go(f"/reception/paper/{visit.id}")
    told = paper.locator("main[data-told]")
    expect(told).to_have_count(1)
    paper.click("#print")
    paper.reload()
    expect(told).to_have_count(1)
    assert centre.events("ticket-printed") == 2
    assert len(said) == 2
    assert len({one.headers["idempotency-key"] for one in said}) == 2


def posts(page: Page) -> list[Request]:
    found: list[Request] = []
    page.on("request", lambda one: found.append(one) if one.method == "POST" and "/papers" in one.url else None)
    return found


@pytest.mark.parametrize("fails", [2, 9])
def test_whoever_prints_hears_nothing_of_a_bad_line(printing: Desk, centre: Centre, fails: int) -> None:
    visit = centre.issue()
    tried: list[str] = []

    def cut(route: Route) -> None:
        tried.append(route.request.headers["idempotency-key"])
        if len(tried) > fails:
            route.continue_()
        else:
            route.abort()

    printing.context.route("**/papers", cut)
    with printing.context.expect_page() as opened:
        printing.page.evaluate(f"window.open('/reception/paper/{visit.id}')")
    wait_closed(opened.value)
    assert len(set(tried)) == 1, "the same word, said again"
    assert len(tried) == 3
    assert centre.events("ticket-printed") == (1 if fails == 2 else 0)
    printing.page.bring_to_front()
    expect(printing.page.locator("dialog[open]")).to_have_count(0)


def test_a_paper_of_a_visit_that_is_over_is_told_too(printing: Desk, centre: Centre) -> None:
    visit = centre.issue()
    issued(printing, 1)
    scan(printing, visit.code)
    shows(printing, visit.code)
    printing.page.click("#act-cancel")
    printing.page.click("dialog#cancel button.filled")
    expect(printing.page.locator("#hand .ticket-head")).to_have_text("cancelled")
    print_ticket(printing)
    assert centre.events("ticket-printed") == 1
