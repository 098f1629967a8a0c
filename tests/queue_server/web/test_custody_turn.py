"""Scans and keys of the custody desk that are faster than the page: each is done on what the one before it left."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.queue_server.web.custodian import hand_in, state
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_custody import CustodyBrowser

NOT_COME = "The page has not come yet: nothing more was done."
#: However slow the machine is, a page that is held is not given up.
PATIENT = "htmx.config.defaultTimeout = 60000"


class Pages:
    """Pages of the custody desk on their way: all wait, until the test has them come, or cuts them off."""

    def __init__(self, page: Page) -> None:
        self._held: list[Route] = []
        self._carry: Callable[[Route], None] = self._held.append
        page.evaluate(PATIENT)
        page.route("**/custody/page?*", self._on_route)

    def _on_route(self, route: Route) -> None:
        self._carry(route)

    def is_one_held(self, page: Page) -> None:
        while not self._held:
            page.wait_for_timeout(5)

    def go_on(self, carry: Callable[[Route], None]) -> None:
        """Have those that wait come (``Route.continue_``) or cut off (``Route.abort``), and all after them."""
        self._carry = carry
        while self._held:
            carry(self._held.pop(0))


class QuickDesk(CustodyBrowser):
    """Somebody who does not look at the page before the next scan."""

    pages: Pages

    def hold(self) -> None:
        """Have pages wait from now on."""
        self.pages = Pages(self.page)

    def is_held(self) -> None:
        self.pages.is_one_held(self.page)

    def let_come(self) -> None:
        self.pages.go_on(Route.continue_)

    def cut_off(self) -> None:
        self.may_be_cut = True
        self.pages.go_on(Route.abort)

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


def test_a_key_right_behind_a_scan_is_for_what_was_scanned(custody: QuickDesk) -> None:
    before, after = hand_in(custody, 2)
    custody.show(before)
    custody.hold()
    custody.scan(after["barcode"])
    custody.press("F3")
    custody.is_held()
    custody.said(after["label"])
    custody.shows(before)
    custody.let_come()
    custody.shows(after)
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")
    assert state(custody, before) == "kept"


def test_a_key_is_for_what_was_scanned_while_its_page_is_on_the_way(custody: QuickDesk) -> None:
    before, after = hand_in(custody, 2)
    custody.show(before)
    custody.hold()
    custody.scan(after["barcode"])
    custody.is_held()
    custody.press("F3")
    custody.shows(before)
    custody.let_come()
    custody.shows(after)
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")
    assert state(custody, before) == "kept"


def test_scans_and_keys_in_turn_without_a_look_at_the_page(custody: QuickDesk) -> None:
    items = hand_in(custody, 4)
    for item in items:
        custody.scan(item["barcode"])
        custody.press("F3")
    custody.shows(items[-1])
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")
    assert [state(custody, item) for item in items] == ["ready"] * len(items)


def test_a_page_that_does_not_come_has_nothing_done_on_the_one_before(custody: QuickDesk) -> None:
    page, sent = custody.page, list[str]()
    items = hand_in(custody, 3)
    custody.show(items[0])
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/ready") else None)
    custody.hold()
    # What was typed behind it was meant for a page that is not there either.
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
    custody.shows(items[1])
    expect(page.locator(".item-state")).to_contain_text("Ready to be collected")
    assert [state(custody, item) for item in items] == ["kept", "ready", "kept"]


def test_a_mouse_does_not_press_what_stands_there_from_before(custody: QuickDesk) -> None:
    before, after = hand_in(custody, 2)
    custody.show(before)
    custody.hold()
    custody.scan(after["barcode"])
    custody.is_held()
    custody.page.click("#act-ready")
    custody.said(NOT_COME)
    custody.let_come()
    custody.shows(after)
    custody.page.click("#act-ready")
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")
    assert state(custody, before) == "kept"


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


@pytest.mark.parametrize(
    ("quickly", "is_done"), [(_begins_a_bag, _bag_is_begun), (_counts, _is_counted), (_hands_in, _is_handed_in)]
)
def test_another_view_is_waited_for(
    custody: QuickDesk, quickly: Callable[[QuickDesk, dict[str, str]], None], is_done: Callable[[QuickDesk], None]
) -> None:
    (item,) = hand_in(custody, 1)
    custody.show(item)
    custody.hold()
    quickly(custody, item)
    custody.let_come()
    is_done(custody)


def test_another_view_behind_a_scan_is_the_one_that_is_shown(custody: QuickDesk) -> None:
    (item,) = hand_in(custody, 1)
    custody.hold()
    custody.scan(item["barcode"])
    custody.press("Alt+Digit4")
    custody.press("F2")
    custody.let_come()
    _bag_is_begun(custody)
    assert custody.page.url.endswith("view=bags")
