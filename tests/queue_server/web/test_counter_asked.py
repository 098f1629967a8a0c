"""A kiosk waits for the cash desk: cashiers see it at once on the counter page, and answer by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from queue_server.contract.payments import ManualConfirmation
from queue_server.domain.values import HelpKind
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import KIOSK, Centre
from tests.queue_server.web.test_controls import Presser
from tests.queue_server.web.test_counter_money import Till, in_the_window
from tests.queue_server.web.till import PAID, J, kiosk_asks, kiosk_hears

SIZES = ((1920, 1080), (1440, 900), (1280, 720))


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
    expect(dialog(till).locator("h2")).to_have_text(f"Payment at {KIOSK}")
    # There is no field for the amount, and nothing is sent without a slip or with a card's number.
    expect(dialog(till).locator("input:visible")).to_have_count(1)
    till.press("Enter")
    expect(dialog(till).locator("input:invalid")).to_have_count(1)
    till.page.keyboard.type("4111111111111111")
    till.press("Enter")
    expect(dialog(till).locator("[data-error]")).to_contain_text("never type one")
    till.page.fill("dialog[open] input[name=slip]", "T-004711")
    till.press("Enter")
    till.closed()
    expect(strip(till)).to_have_count(0)
    assert kiosk_hears(till.centre, payment) == (ManualConfirmation(3, True, 8250, "T-004711"),)
    kiosk_asks(till.centre, PAID, ident=payment, slip="T-004711")
    till.needs(0)
    till.press("KeyL")
    till.closed()


def test_not_taken_needs_no_slip(till: Till) -> None:
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


def test_money_that_a_kiosk_asks_back_is_given_back(till: Till) -> None:
    payment = kiosk_asks(till.centre)
    expect(strip(till)).to_have_count(1)
    till.dialog("KeyL")
    till.page.keyboard.type("T-004711")
    till.press("Enter")
    till.closed()
    kiosk_asks(till.centre, PAID[:6], ident=payment, slip="T-004711", back=True)
    expect(strip(till)).to_contain_text("give back EUR 82.50")
    till.dialog("KeyL")
    expect(dialog(till).locator(".amount")).to_contain_text("slip T-004711")
    till.page.keyboard.type("T-004712")
    till.press("Enter")
    till.closed()
    assert kiosk_hears(till.centre, payment)[-1] == ManualConfirmation(7, True, 8250, "T-004712")


def test_whoever_is_second_is_told_so(till: Till, browser: Browser) -> None:
    payment = kiosk_asks(till.centre)
    expect(strip(till)).to_have_count(1)
    till.dialog("KeyL")
    with Till(browser, till.centre) as other:
        other.sit("ivo.brandt", "4")
        expect(strip(other)).to_have_count(1)
        other.dialog("KeyL")
        other.page.keyboard.type("T-1")
        other.press("Enter")
        other.closed()
    till.page.keyboard.type("T-2")
    till.press("Enter")
    expect(dialog(till).locator("[data-error]")).to_contain_text("Somebody has told the kiosk something else already.")
    till.press("Escape")
    assert [word.slip for word in kiosk_hears(till.centre, payment)] == ["T-1"]
    # The person stopped it meanwhile: that contradicts what staff said, and somebody has to find out.
    kiosk_asks(till.centre, (*PAID[:3], J.CANCELLED), ident=payment)
    till.needs(1)
    till.dialog("KeyS")
    row = dialog(till).locator(".payments > li")
    expect(row).to_contain_text("not certain")
    expect(row).to_contain_text("Staff and the kiosk say different things about it.")
    till.press("ArrowDown")
    till.press("Digit1")
    till.press("Enter")
    till.closed()
    till.needs(0)


def test_a_kiosk_that_waits_no_more_is_gone_from_the_page_and_refused(till: Till) -> None:
    payment = kiosk_asks(till.centre)
    expect(strip(till)).to_have_count(1)
    till.dialog("KeyL")
    kiosk_asks(till.centre, (*PAID[:3], J.CANCELLED), ident=payment)
    expect(strip(till)).to_have_count(0)
    till.page.keyboard.type("T-1")
    till.press("Enter")
    expect(dialog(till).locator("[data-error]")).to_contain_text("No kiosk waits for this any more.")
    till.press("Escape")
    assert kiosk_hears(till.centre, payment) == ()


def test_all_that_wait_are_in_the_list(till: Till) -> None:
    payments = [kiosk_asks(till.centre, amount=8250 + number) for number in range(4)]
    expect(strip(till)).to_have_count(2)
    expect(till.page.locator(".asked .more")).to_have_text("and 2 more")
    till.needs(4)
    till.dialog("KeyS")
    rows = dialog(till).locator(".payments > li")
    expect(rows).to_have_count(4)
    last = rows.nth(3)
    expect(last).to_contain_text("EUR 82.53")
    # What the kiosk waits for is said to it; there is nothing to resolve.
    expect(dialog(till).locator("[data-act=resolve]")).to_have_count(0)
    last.locator("input[name=slip]").fill("T-4")
    till.press("Enter")
    till.closed()
    till.needs(3)
    assert [word.slip for word in kiosk_hears(till.centre, payments[3])] == ["T-4"]


def test_who_is_no_cashier_is_not_asked(desk: Desk) -> None:
    kiosk_asks(desk.centre)
    desk.centre.issue()
    desk.waits(1)
    expect(strip(desk)).to_have_count(0)
    expect(desk.page.locator("[data-form^=asked]")).to_have_count(0)


def test_every_control_does_something(till: Till) -> None:
    till.may_be_cut = True
    for number in range(2):
        kiosk_asks(till.centre, amount=8250 + number)
    expect(strip(till)).to_have_count(2)
    presser = Presser(till)
    presser.page_itself()
    presser.dialog("KeyL")
    assert len(presser.pressed) > 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(browser: Browser, centre: Centre, language: str) -> None:
    with Till(browser, centre, language=language) as till:
        till.sit()
        centre.crowd(40)
        kiosk_asks(centre, amount=123_456_789)
        kiosk_asks(centre, PAID[:6], slip="T-004711", back=True)
        kiosk_asks(centre)
        expect(strip(till)).to_have_count(2)
        every_size(till)
        till.dialog("KeyL")
        in_the_window(till)
        till.press("Escape")
        till.dialog("KeyS")
        in_the_window(till)
        till.press("Escape")
        till.press("Space")
        till.stage("called")
        every_size(till)
        centre.call_help(HelpKind.PRIVATE)
        expect(till.page.locator(".helps:not(.asked) .help")).to_have_count(1)
        every_size(till)


def every_size(till: Till) -> None:
    for width, height in SIZES:
        till.page.set_viewport_size({"width": width, "height": height})
        till.fits()
    till.page.set_viewport_size({"width": 1440, "height": 900})
    assert violations(till.page) == []
