"""Scans and keys of the custody desk that are faster than the page: each is done on what the one before it left."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.queue_server.web.custodian import hand_in, look, state
from tests.queue_server.web.custody_browser import CustodyBrowser
from tests.queue_server.web.held import HeldRequests
from tests.queue_server.web.server import PASSWORD, Centre
from tests.queue_server.web.test_lock import is_locked, is_open, type_password

NOT_COME = "The page has not come yet: nothing more was done."


class QuickDesk(CustodyBrowser):
    """Somebody who does not look at the page before the next scan."""

    pages: HeldRequests

    def hold(self) -> None:
        """Have pages wait from now on."""
        self.pages = HeldRequests(self.page, "**/custody/page?*")

    def is_held(self) -> None:
        self.pages.one_waits()

    def let_come(self) -> None:
        self.pages.let_come()

    def cut_off(self) -> None:
        self.may_be_cut = True
        self.pages.cut_off()

    def show(self, item: dict[str, str]) -> None:
        self.scan(item["barcode"])
        self.shows(item)

    def shows(self, item: dict[str, str]) -> None:
        expect(self.page.locator(".sleeve")).to_contain_text(item["label"])


@pytest.fixture
def custody(browser: Browser, centre: Centre) -> Iterator[QuickDesk]:
    with QuickDesk(browser, centre) as desk:
        desk.come()
        yield desk


def is_ready(custody: QuickDesk, item: dict[str, str]) -> None:
    """Wait until the page shows this document, ready to be collected."""
    custody.shows(item)
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")


def test_a_key_behind_a_scan_is_for_what_was_scanned(custody: QuickDesk) -> None:
    before, behind, on_the_way, *others = hand_in(custody, 6)
    custody.show(before)
    # The key comes right behind the scan.
    custody.hold()
    custody.scan(behind["barcode"])
    custody.press("F3")
    custody.is_held()
    custody.said(behind["label"])
    custody.shows(before)
    custody.let_come()
    is_ready(custody, behind)
    # The key comes while the page is on its way.
    custody.hold()
    custody.scan(on_the_way["barcode"])
    custody.is_held()
    custody.press("F3")
    custody.shows(behind)
    custody.let_come()
    is_ready(custody, on_the_way)
    assert state(custody, before) == "kept"
    # Scans and keys in turn, without a look at the page.
    for item in others:
        custody.scan(item["barcode"])
        custody.press("F3")
    is_ready(custody, others[-1])
    assert [state(custody, item) for item in others] == ["ready"] * len(others)


def test_on_a_page_from_before_nothing_is_done(custody: QuickDesk) -> None:
    page, sent = custody.page, list[str]()
    items, (clicked,) = hand_in(custody, 3), hand_in(custody, 1)
    custody.show(items[0])
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/ready") else None)
    # A mouse does not press what stands there from before.
    custody.hold()
    custody.scan(clicked["barcode"])
    custody.is_held()
    page.click("#act-ready")
    custody.said(NOT_COME)
    custody.let_come()
    custody.shows(clicked)
    assert not sent
    page.click("#act-ready")
    is_ready(custody, clicked)
    assert state(custody, items[0]) == "kept"
    custody.show(items[0])
    sent.clear()
    # A page does not come. What was typed behind it was meant for a page that is not there either.
    custody.hold()
    for item in items[1:]:
        custody.scan(item["barcode"])
        custody.press("F3")
    custody.cut_off()
    custody.said(NOT_COME)
    custody.shows(items[0])
    assert not sent
    # The next press fetches it.
    custody.let_come()
    custody.press("F3")
    is_ready(custody, items[1])
    assert [state(custody, item) for item in items] == ["kept", "ready", "kept"]


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
