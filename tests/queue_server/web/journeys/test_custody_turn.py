"""Scans and keys of the custody desk that are faster than the page: each is done on what the one before it left."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.queue_server.web.custodian import hand_in, look, state
from tests.queue_server.web.custody_browser import NOT_COME, QuickDesk
from tests.queue_server.web.held import HeldRequests
from tests.queue_server.web.server import PASSWORD
from tests.queue_server.web.test_lock import is_locked, is_open, type_password


def _begins_a_bag(custody: QuickDesk, _: dict[str, str]) -> None:
    custody.press("Alt+Digit4")
    custody.press("F2")


def _bag_is_begun(custody: QuickDesk) -> None:
    expect(custody.page.locator("dialog[open]")).to_contain_text("For which government?")


def _counts(custody: QuickDesk, item: dict[str, str]) -> None:
    custody.press("Alt+Digit5")
    custody.scan("2-D")
    custody.scan(item["barcode"])


def _is_counted(custody: QuickDesk) -> None:
    expect(custody.page.locator("#seen-count")).to_have_text("1")


def _hands_in(custody: QuickDesk, _: dict[str, str]) -> None:
    custody.press("Alt+Digit1")
    custody.scan("1")


def _is_handed_in(custody: QuickDesk) -> None:
    expect(custody.page.locator("#last")).to_be_visible()


def test_another_view_is_waited_for(custody: QuickDesk) -> None:
    (item,) = hand_in(custody, 1)
    ways: tuple[tuple[Callable[[QuickDesk, dict[str, str]], None], Callable[[QuickDesk], None]], ...] = (
        (_hands_in, _is_handed_in),
        (_begins_a_bag, _bag_is_begun),
        (_counts, _is_counted),
    )
    for quickly, is_done in ways:
        custody.go("/custody")
        custody.is_live()
        custody.show(item)
        custody.hold()
        quickly(custody, item)
        custody.let_come()
        is_done(custody)
    # Behind a scan the view is the one that is shown.
    custody.go("/custody")
    custody.is_live()
    custody.hold()
    custody.scan(item["barcode"])
    custody.press("Alt+Digit4")
    custody.press("F2")
    custody.let_come()
    _bag_is_begun(custody)
    assert custody.page.url.endswith("view=bags")


def _lock(custody: QuickDesk) -> None:
    with custody.page.expect_response("**/lock"):
        custody.page.evaluate("document.querySelector('[data-lock-now]').click()")
    is_locked(custody.page)


def test_a_key_that_waits_when_the_desk_locks_does_nothing_afterwards(custody: QuickDesk) -> None:
    before, after, other = hand_in(custody, 3)
    custody.may_be_cut = True
    custody.show(before)
    custody.hold()
    custody.scan(after["barcode"])
    custody.press("F3")
    # Neither is what was scanned behind it looked at.
    custody.scan(other["barcode"])
    custody.is_held()
    custody.said(after["label"])
    _lock(custody)
    type_password(custody.page, PASSWORD)
    is_open(custody.page)
    custody.let_come()
    custody.shows(after)
    custody.said(NOT_COME)
    # What is done now is done after all that waited.
    custody.scan(before["barcode"])
    custody.press("F3")
    custody.shows(before)
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")
    assert [state(custody, item) for item in (before, after, other)] == ["ready", "kept", "kept"]
    # Neither is done what a scan means, where the desk has locked meanwhile.
    (item,) = hand_in(custody, 1)
    custody.show(item)
    scans = HeldRequests(custody.page, "**/custody/scan")
    # A place: the document that is shown is put there.
    custody.scan("2-D-15")
    scans.one_waits()
    _lock(custody)
    type_password(custody.page, PASSWORD)
    is_open(custody.page)
    scans.let_come()
    custody.said(NOT_COME)
    custody.scan(item["barcode"])
    custody.press("F3")
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")
    assert look(custody, item)["place"] is None
