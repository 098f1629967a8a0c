"""Money at the counter: the line of a visit, and all that cashiers do about it, by keyboard against a real server."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Response, Route, expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.cashier import listed, sit
from tests.queue_server.web.held import wait_until_carried
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.presser import Presser
from tests.queue_server.web.server import Centre
from tests.queue_server.web.till import DOUBT, kiosk_asks, kiosk_tells
from tests.queue_server.web.till_browser import Till


@pytest.fixture
def till(browser: Browser, centre: Centre) -> Iterator[Till]:
    """Give a browser in which Paula Costa, a cashier, sits at counter 3."""
    with Till(browser, centre) as seated:
        seated.sit()
        yield seated


def test_a_fee_is_taken_by_keyboard_and_its_receipt_opens(till: Till) -> None:
    till.call("uto-passport-renewal")
    till.line("To pay: EUR 82.50")
    till.dialog("KeyB")
    # Without a number nothing is written down, and a card's number is refused beside what was typed.
    till.press("Enter")
    expect(till.page.locator("dialog[open] input:invalid")).to_have_count(1)
    till.page.keyboard.type("4111111111111111")
    till.press("Enter")
    expect(till.page.locator("dialog[open] [data-error]")).to_contain_text("never type one")
    till.page.fill("dialog[open] input[name=slip]", "T-004711")
    till.press("Enter")
    till.closed()
    till.line("Paid: EUR 82.50")
    assert till.centre.events("visit-paid") == 1
    till.press("KeyB")
    till.closed()
    with till.page.expect_popup() as opened:
        till.press("KeyY")
    opened.value.wait_for_load_state("domcontentloaded")
    expect(opened.value.locator("h1")).to_have_text("Receipt")
    till.go("/counter" + opened.value.url.partition("/counter")[2])
    assert violations(till.page) == []


def test_a_refund_is_asked_for_and_settled_by_keyboard(till: Till) -> None:
    till.call("uto-certified-copy")
    till.dialog("KeyB")
    till.page.keyboard.type("T-1")
    till.press("Enter")
    till.line("Paid: EUR 12.00")
    till.needs(0)
    till.dialog("KeyE")
    amount = till.page.locator("dialog[open] input[name=amount]")
    amount.fill("12.01")
    till.press("Enter")
    expect(till.page.locator("dialog[open] [data-error]")).to_have_text("More than what is left cannot go back.")
    for wrong in ("12.001", "1e1", "-1", "12..0"):
        amount.fill(wrong)
        till.press("Enter")
        expect(till.page.locator("dialog[open] input:invalid")).to_have_count(1)
    # A comma is a point, and one digit behind it is tens. What is typed stays while the page is rendered anew.
    amount.fill("7,5")
    for count in (1, 2, 3):
        till.centre.issue("uto-certified-copy")
        till.waits(count)
    expect(amount).to_have_value("7,5")
    # The page is rendered anew at the very moment of the key.
    till.page.evaluate("htmx.trigger(document.getElementById('page'), 'live:refresh')")
    till.press("Enter")
    till.closed()
    till.line("Paid: EUR 12.00 · 1 refund waits")
    till.needs(1)
    till.dialog("KeyS")
    expect(till.page.locator("dialog[open] .refund")).to_contain_text("Refund of EUR 7.50")
    till.press("Escape")
    with PageClient(till.centre) as other:
        sit(other, "ivo.brandt", "4")
        other.press(listed(other).one(".refund button[data-act=confirm]"))
    till.dialog("KeyS")
    expect(till.page.locator("dialog[open] .refund")).to_contain_text("Confirmed by Ivo Brandt")
    # By keyboard: from the field into the list.
    till.press("ArrowDown")
    till.page.keyboard.type("T-2")
    till.press("Enter")
    till.closed()
    till.needs(0)
    till.line("Paid: EUR 4.50")


def test_the_page_behind_a_dialog_does_not_run_ahead_of_it(till: Till) -> None:
    """The server tells all pages of a change before the answer to it is here; the next keys are those of the page."""
    till.only_told()
    till.call("uto-certified-copy")
    page = till.page
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/manual-payments", lambda route: held.append((route, route.fetch())), times=1)
    wait_until_carried(page)
    till.dialog("KeyB")
    page.keyboard.type("T-1")
    drawn: list[Response] = []
    page.on("response", lambda answer: drawn.append(answer) if answer.url.endswith("/counter/page") else None)
    till.press("Enter")
    until = time.monotonic() + 60
    # The page of the call before may come only now.
    while not any("Paid" in answer.text() for answer in drawn):
        assert time.monotonic() < until
        page.wait_for_timeout(20)
    # Somebody who is quick: nothing of this is typed into the dialog, nor sent twice.
    page.keyboard.type("e")
    till.press("Enter")
    expect(page.locator("dialog[open] input[name=slip]")).to_have_value("T-1")
    till.line("To pay: EUR 12.00")
    ((route, answer),) = held
    route.fulfill(response=answer)
    till.closed()
    till.line("Paid: EUR 12.00")
    till.dialog("KeyE")
    till.press("Enter")
    till.closed()
    till.line("Paid: EUR 12.00 · 1 refund waits")


def test_a_claim_slip_is_found_while_it_is_typed(till: Till) -> None:
    visit = till.centre.issue("uto-passport-renewal")
    payment = kiosk_tells(till.centre, visit.id, DOUBT)
    kiosk_tells(till.centre, till.centre.issue("uto-passport-renewal").id, DOUBT)
    till.fetch(visit.code)
    till.line("Not certain: EUR 82.50")
    till.needs(2)
    tail = payment.replace("-", "")[-12:].upper()
    number = "-".join(tail[at : at + 4] for at in (0, 4, 8))
    found = till.page.locator("dialog[open] .payments li h3")
    till.dialog("KeyS")
    expect(found).to_have_count(2)
    till.page.locator("dialog[open] [data-search]").press_sequentially(number)
    expect(found).to_have_count(1)
    expect(found).to_contain_text(number)
    # What is still on its way for a part of the number would take the place of what is chosen.
    expect(till.page.locator("dialog[open] [data-find]")).to_have_attribute("data-shown", number)
    till.press("ArrowDown")
    till.press("Digit2")
    till.press("Enter")
    till.closed()
    till.line("To pay: EUR 82.50")
    till.needs(1)


def test_every_control_of_money_does_something(till: Till) -> None:
    till.may_be_cut = True
    kiosk_tells(till.centre, till.centre.issue("uto-passport-renewal").id, DOUBT)
    for number in range(2):
        kiosk_asks(till.centre, amount=8250 + number)
    till.call("uto-certified-copy")
    till.needs(3)
    expect(till.page.locator(".asked .help")).to_have_count(2)
    presser = Presser(till)
    presser.page_itself()
    for key in ("KeyB", "KeyW", "KeyS", "KeyL"):
        presser.dialog(key)
    till.page.unroute_all()
    till.dialog("KeyB")
    till.page.keyboard.type("T-1")
    till.press("Enter")
    till.line("Paid: EUR 12.00")
    again = Presser(till)
    again.pressed.append("taken")
    again.dialog("KeyE")
    assert len(presser.pressed) > 18
    assert len(again.pressed) >= 4
