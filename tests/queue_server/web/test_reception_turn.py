"""Scans and keys at the reception desk that are faster than the page: each is for what the one before it shows."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import HeldRequests
from tests.queue_server.web.reception_desk import in_hand, issued, keys, scan, shows
from tests.queue_server.web.server import PASSWORD, Centre
from tests.queue_server.web.test_lock import is_locked, is_open, type_password

PAGES = "**/reception/page"
NOT_COME = "The page has not come yet: nothing more was done."


@pytest.fixture
def codes(reception: Desk, centre: Centre) -> tuple[str, str]:
    """Give the tickets of two visits; the first is in the hand."""
    before, after = centre.issue("uto-birth"), centre.issue("uto-birth")
    issued(reception, 2)
    scan(reception, before.code)
    shows(reception, before.code)
    return before.code, after.code


def is_paper_of(paper: Page, code: str) -> None:
    expect(paper.locator(".paper .code")).to_have_text(f"{code[0]}\N{NO-BREAK SPACE}{code[1:]}")
    paper.close()


def test_a_key_right_behind_a_scan_is_about_what_was_scanned(reception: Desk, codes: tuple[str, str]) -> None:
    """Papers, seals and the mouse, with a page that comes late."""
    page, (before, after) = reception.page, codes
    # A paper is that of what was scanned last.
    pages = HeldRequests(page, PAGES)
    scan(reception, after)
    with reception.context.expect_page() as opened:
        reception.press("F7")
        pages.one_waits()
        shows(reception, before)
        pages.let_come()
    is_paper_of(opened.value, after)
    shows(reception, after)
    # A seal is on that paper.
    pages = HeldRequests(page, PAGES)
    scan(reception, before)
    with page.expect_request("**/seal") as asked:
        scan(reception, "DC03" + "A" * 80)
        pages.one_waits()
        shows(reception, after)
        pages.let_come()
    shows(reception, before)
    hand = json.loads(page.locator("#hand [data-visit]").get_attribute("data-visit") or "")
    assert f"visit={hand['id']}" in (asked.value.post_data or "")
    expect(page.locator("dialog#seal[open]")).to_have_count(1)
    reception.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    # A mouse does not press what stands there from before.
    pages = HeldRequests(page, PAGES)
    scan(reception, after)
    pages.one_waits()
    page.click("#act-cancel")
    expect(page.locator("#notice")).to_contain_text(NOT_COME)
    expect(page.locator("dialog[open]")).to_have_count(0)
    shows(reception, before)
    pages.let_come()
    shows(reception, after)
    page.click("#act-cancel")
    expect(page.locator("dialog#cancel .dialog-code")).to_have_text(f"{after[0]}\N{NO-BREAK SPACE}{after[1:]}")
    reception.press("Escape")


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


def test_a_key_that_waits_when_the_desk_locks_prints_nothing_afterwards(
    reception: Desk, codes: tuple[str, str]
) -> None:
    page, (before, after) = reception.page, codes
    reception.may_be_cut = True
    pages = HeldRequests(page, PAGES)
    scan(reception, after)
    reception.press("F7")
    pages.one_waits()
    with page.expect_response("**/lock"):
        page.evaluate("document.querySelector('[data-lock-now]').click()")
    is_locked(page)
    type_password(page, PASSWORD)
    is_open(page)
    pages.let_come()
    shows(reception, after)
    expect(page.locator("#notice")).to_contain_text(NOT_COME)
    # What is pressed now is done after all that waited.
    scan(reception, before)
    with reception.context.expect_page() as opened:
        reception.press("F7")
    is_paper_of(opened.value, before)
    assert len(reception.context.pages) == 1
