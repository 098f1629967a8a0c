"""Scans and keys at the reception desk that are faster than the page: each is for what the one before it shows."""

from playwright.sync_api import Page, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import HeldRequests
from tests.queue_server.web.reception_desk import in_hand, issued, keys, scan, shows
from tests.queue_server.web.server import Centre

PAGES = "**/reception/page"
NOT_COME = "The page has not come yet: nothing more was done."


def is_paper_of(paper: Page, code: str) -> None:
    expect(paper.locator(".paper .code")).to_have_text(f"{code[0]}\N{NO-BREAK SPACE}{code[1:]}")
    paper.close()


def test_a_page_that_does_not_come_has_nothing_printed(reception: Desk, codes: tuple[str, str]) -> None:
    page, (before, after) = reception.page, codes
    reception.may_be_cut = True
    pages = HeldRequests(page, PAGES)
    scan(reception, after)
    reception.press("F7")
    pages.one_waits()
    pages.cut_off()
    expect(page.locator("#notice")).to_contain_text(NOT_COME)
    shows(reception, before)
    assert len(reception.context.pages) == 1
    # The next press fetches it.
    pages.let_come()
    with reception.context.expect_page() as opened:
        reception.press("F7")
    is_paper_of(opened.value, after)
    # The ticket in the hand changes as fast as one scans.
    for code in (before, after):
        scan(reception, code)
        with reception.context.expect_page() as opened:
            reception.press("F7")
        is_paper_of(opened.value, code)


def test_keys_right_behind_a_ticket_and_behind_words_are_about_what_these_bring(
    reception: Desk, centre: Centre
) -> None:
    page = reception.page
    birth, passport = centre.issue("uto-birth"), centre.issue("uto-passport-renewal")
    issued(reception, 2)
    # Without words the newest stands first in the list.
    expect(page.locator("#found-rows button").first).to_contain_text(passport.code[1:])
    pages = HeldRequests(page, PAGES)
    keys(reception, "F4")
    page.keyboard.type("birth", delay=80)
    reception.press("Enter")
    pages.one_waits()
    pages.let_come()
    shows(reception, birth.code)
    page.press("#find", "Escape")
    keys(reception, "F2")
    tickets = HeldRequests(page, "**/visits")
    keys(reception, "1", "1", "1", "Enter")
    with reception.context.expect_page() as opened:
        reception.press("F7")
        tickets.one_waits()
        tickets.let_come()
    issued(reception, 3)
    assert in_hand(reception) not in {birth.code, passport.code}
    is_paper_of(opened.value, in_hand(reception))
