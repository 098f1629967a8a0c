"""Scans and keys at the reception desk that are faster than the page: each is for what the one before it shows."""

import json

from playwright.sync_api import expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.held import HeldRequests
from tests.queue_server.web.reception_desk import scan, shows
from tests.queue_server.web.server import PASSWORD
from tests.queue_server.web.test_lock import is_locked, is_open, type_password
from tests.queue_server.web.test_reception_turn import (
    NOT_COME,
    PAGES,
    is_paper_of,
)


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
