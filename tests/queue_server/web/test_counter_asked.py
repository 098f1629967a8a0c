"""A kiosk waits for the cash desk: cashiers see it at once on the counter page, and answer by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from queue_server.contract.payments import ManualConfirmation
from tests.queue_server.web.cashier import sit
from tests.queue_server.web.counter_page import send
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import KIOSK, Centre
from tests.queue_server.web.till import PAID, J, kiosk_asks, kiosk_hears
from tests.queue_server.web.till_browser import Till


@pytest.fixture
def till(browser: Browser, centre: Centre) -> Iterator[Till]:
    """Give a browser in which Paula Costa, a cashier, sits at counter 3."""
    with Till(browser, centre) as seated:
        seated.sit()
        yield seated


def strip(desk: Desk) -> Locator:
    return desk.page.locator(".asked .help")


def dialog(desk: Desk) -> Locator:
    return desk.page.locator("dialog[open]")


def test_what_a_kiosk_waits_for_is_there_at_once_and_answered_by_keys(till: Till) -> None:
    expect(strip(till)).to_have_count(0)
    payment = kiosk_asks(till.centre)
    expect(strip(till)).to_contain_text(f"{KIOSK} waits for EUR 82.50")
    expect(till.page.locator("#say")).to_contain_text(f"{KIOSK}: waits for EUR 82.50.")
    till.needs(1)
    till.dialog("KeyL")
    till.press("Enter")
    expect(dialog(till).locator("input:invalid")).to_have_count(1)
    till.page.keyboard.type("T-004711")
    till.press("Enter")
    till.closed()
    expect(strip(till)).to_have_count(0)
    assert kiosk_hears(till.centre, payment) == (ManualConfirmation(3, True, 8250, "T-004711"),)
    kiosk_asks(till.centre, PAID, ident=payment, slip="T-004711")
    till.needs(0)
    till.press("KeyL")
    till.closed()
    # Not taken needs no slip.
    payment = kiosk_asks(till.centre)
    expect(strip(till)).to_have_count(1)
    till.dialog("KeyL")
    till.press("Tab")
    till.press("Tab")
    expect(dialog(till).get_by_role("button", name="Not taken")).to_be_focused()
    till.press("Enter")
    till.closed()
    expect(strip(till)).to_have_count(0)
    assert kiosk_hears(till.centre, payment) == (ManualConfirmation(3, False, 8250),)


def test_an_answer_that_comes_too_late_is_refused_beside_what_was_typed(till: Till) -> None:
    payment = kiosk_asks(till.centre)
    expect(strip(till)).to_have_count(1)
    till.dialog("KeyL")
    with PageClient(till.centre) as other:
        sit(other, "ivo.brandt", "4")
        send(other, other.get("/counter").one(f"[data-form='asked-{payment}'] form[data-act=say]"), slip="T-1")
    till.page.keyboard.type("T-2")
    till.press("Enter")
    expect(dialog(till).locator("[data-error]")).to_contain_text("Somebody has told the kiosk something else already.")
    till.press("Escape")
    expect(strip(till)).to_have_count(0)
    # A kiosk that waits no more is gone from the page, though its dialog is still open.
    payment = kiosk_asks(till.centre)
    expect(strip(till)).to_have_count(1)
    till.dialog("KeyL")
    kiosk_asks(till.centre, (*PAID[:3], J.CANCELLED), ident=payment)
    expect(strip(till)).to_have_count(0)
    till.page.keyboard.type("T-3")
    till.press("Enter")
    expect(dialog(till).locator("[data-error]")).to_contain_text("No kiosk waits for this any more.")
    till.press("Escape")
    assert kiosk_hears(till.centre, payment) == ()
