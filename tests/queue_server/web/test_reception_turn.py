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


def test_a_key_right_behind_a_scan_prints_what_was_scanned(reception: Desk, codes: tuple[str, str]) -> None:
    before, after = codes
    pages = HeldRequests(reception.page, PAGES)
    scan(reception, after)
    with reception.context.expect_page() as opened:
        reception.press("F7")
        pages.one_waits()
        shows(reception, before)
        pages.let_come()
    is_paper_of(opened.value, after)
    shows(reception, after)


def test_a_key_right_behind_a_new_ticket_prints_the_new_one(reception: Desk, codes: tuple[str, str]) -> None:
    keys(reception, "F2")
    asked = HeldRequests(reception.page, "**/visits")
    keys(reception, "1", "1", "1", "Enter")
    with reception.context.expect_page() as opened:
        reception.press("F7")
        asked.one_waits()
        asked.let_come()
    issued(reception, 3)
    assert in_hand(reception) not in codes
    is_paper_of(opened.value, in_hand(reception))


def test_a_page_that_does_not_come_has_nothing_printed(reception: Desk, codes: tuple[str, str]) -> None:
    before, after = codes
    reception.may_be_cut = True
    pages = HeldRequests(reception.page, PAGES)
    scan(reception, after)
    reception.press("F7")
    pages.one_waits()
    pages.cut_off()
    expect(reception.page.locator("#notice")).to_contain_text(NOT_COME)
    shows(reception, before)
    assert len(reception.context.pages) == 1
    # The next press fetches it.
    pages.let_come()
    with reception.context.expect_page() as opened:
        reception.press("F7")
    is_paper_of(opened.value, after)


def test_a_mouse_does_not_press_what_stands_there_from_before(reception: Desk, codes: tuple[str, str]) -> None:
    page, (before, after) = reception.page, codes
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


def test_a_seal_right_behind_a_ticket_is_about_that_ticket(reception: Desk, codes: tuple[str, str]) -> None:
    before, after = codes
    pages = HeldRequests(reception.page, PAGES)
    scan(reception, after)
    with reception.page.expect_request("**/seal") as asked:
        scan(reception, "DC03" + "A" * 80)
        pages.one_waits()
        shows(reception, before)
        pages.let_come()
    shows(reception, after)
    hand = json.loads(reception.page.locator("#hand [data-visit]").get_attribute("data-visit") or "")
    assert f"visit={hand['id']}" in (asked.value.post_data or "")


def test_enter_right_behind_words_takes_what_is_found_by_them(reception: Desk, centre: Centre) -> None:
    birth, passport = centre.issue("uto-birth"), centre.issue("uto-passport-renewal")
    issued(reception, 2)
    # Without words the newest stands first in the list.
    expect(reception.page.locator("#found-rows button").first).to_contain_text(passport.code[1:])
    pages = HeldRequests(reception.page, PAGES)
    keys(reception, "F4")
    reception.page.keyboard.type("birth", delay=80)
    reception.press("Enter")
    pages.one_waits()
    pages.let_come()
    shows(reception, birth.code)


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
    assert len(reception.context.pages) == 2


def test_the_ticket_in_the_hand_changes_as_fast_as_one_scans(reception: Desk, codes: tuple[str, str]) -> None:
    for code in (*codes, *codes):
        scan(reception, code)
        with reception.context.expect_page() as opened:
            reception.press("F7")
        is_paper_of(opened.value, code)
        opened.value.close()
