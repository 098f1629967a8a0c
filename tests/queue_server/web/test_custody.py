"""The custody desk in Chromium: where the focus is, what a scanner does, and the keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.custodian import document, hand_in, miss
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_accessibility import SIZES, large_letters


class CustodyBrowser(Desk):
    """Jun Takeda, who works at the custody desk."""

    def come(self) -> None:
        self.enter("jun.takeda")
        self.page.wait_for_url("**/custody")
        self.is_live()
        self.is_at_field()

    def is_at_field(self) -> None:
        expect(self.page.locator("#scan")).to_be_focused()

    def scan(self, text: str) -> None:
        """Type as a scanner does: fast, and Enter behind it."""
        self.page.keyboard.type(text)
        self.press("Enter")

    def said(self, text: str) -> None:
        expect(self.page.locator("#scan-said")).to_contain_text(text)


@pytest.fixture
def custody(browser: Browser, centre: Centre) -> Iterator[CustodyBrowser]:
    with CustodyBrowser(browser, centre) as desk:
        desk.come()
        yield desk


def test_the_field_has_the_focus_whatever_was_done(custody: CustodyBrowser) -> None:
    items = hand_in(custody, 3)
    custody.scan(items[0]["barcode"])
    custody.said("Kept here")
    expect(custody.page.locator(".sleeve")).to_contain_text(items[0]["label"])
    custody.is_at_field()
    # Two scans at once: each is done in its turn, on the page that the one before has left.
    custody.scan(items[1]["barcode"])
    custody.scan("2-D-15")
    custody.said("lies in 2-D-15")
    expect(custody.page.locator(".item-state")).to_contain_text("2-D-15")
    custody.press("F3")
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")
    custody.is_at_field()
    # A key that does nothing says why, and does nothing.
    assert custody.note("ready") == "that is so already"
    custody.press("F3")
    custody.press("F2")
    expect(custody.page.locator("dialog[open]")).to_be_visible()
    custody.press("Digit2")
    custody.press("Enter")
    expect(custody.page.locator(".item-state")).to_contain_text("Handed over")
    custody.is_at_field()
    # Wherever the focus went, the next scan goes into the field.
    custody.page.locator(".custody-scroll").focus()
    custody.scan(items[2]["barcode"])
    expect(custody.page.locator(".sleeve")).to_contain_text(items[2]["label"])
    custody.press("F9")
    custody.press("Digit5")
    expect(custody.page.locator(".item-state")).to_contain_text("not known")
    custody.is_at_field()


def test_a_refused_scan_is_said_and_the_next_one_is_read(custody: CustodyBrowser) -> None:
    items = hand_in(custody, 2)
    custody.scan(items[0]["barcode"])
    custody.scan("2-D-15")
    custody.said("lies in 2-D-15")
    custody.scan(items[1]["barcode"])
    custody.scan("2-D-15")
    custody.said("Another document lies in this place")
    custody.scan("2-D-16")
    custody.said("lies in 2-D-16")


def test_marked_documents_are_done_at_once(custody: CustodyBrowser) -> None:
    hand_in(custody, 4)
    custody.page.reload()
    custody.is_live()
    expect(custody.page.locator("#act-batch-ready")).to_have_attribute("aria-disabled", "true")
    custody.press("ArrowDown")
    custody.press("Space")
    custody.press("ArrowDown")
    custody.press("Space")
    expect(custody.page.locator("#act-batch-ready .act-note")).to_have_text("2 marked")
    custody.press("F4")
    custody.said("2 of 2 done.")
    expect(custody.page.locator("[data-can~=hand-over]")).to_have_count(2)
    custody.press("F9")
    expect(custody.page.locator("#act-batch-ready .act-note")).to_have_text("2 of the 4 marked")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(browser: Browser, centre: Centre, language: str) -> None:
    with CustodyBrowser(browser, centre, language=language) as desk:
        desk.come()
        items = hand_in(desk, 6)
        miss(desk, items[0])
        for query in ("view=items", document(items[1])):
            desk.go(f"/custody?{query}")
            desk.is_live()
            for width, height in SIZES:
                desk.page.set_viewport_size({"width": width, "height": height})
                desk.fits()
            desk.page.set_viewport_size({"width": 1440, "height": 900})
            assert violations(desk.page) == []
            large_letters(desk)
