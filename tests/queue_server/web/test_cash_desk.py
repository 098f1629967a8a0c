"""The cash desk in Chromium by keyboard, and money that goes back, which takes two members of staff."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from queue_server.contract.visits import VisitView
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.person import Person, hire
from tests.queue_server.web.presser import Presser
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_accessibility import SIZES
from tests.queue_server.web.till import DOUBT, kiosk_asks, kiosk_hears, kiosk_tells


@pytest.fixture
def cashier(browser: Browser, centre: Centre) -> Iterator[Person]:
    with Person(browser, centre, "Hana Kovac", "cashier") as person:
        yield person


def test_a_cashier_alone_takes_waives_and_answers_kiosks_by_keyboard(cashier: Person) -> None:
    centre = cashier.centre
    copy, renewal = centre.issue("uto-certified-copy"), centre.issue("uto-passport-renewal")
    asking = kiosk_asks(centre, visit=centre.issue("uto-passport-renewal").id)
    cashier.come("/cash")
    # The visit that a kiosk serves is not in the list of those who have to pay here.
    expect(cashier.page.locator("#to-pay")).to_have_text("2")
    expect(cashier.page.locator(".asked")).to_contain_text("waits for EUR 82.50")
    cashier.dialog("KeyL")
    cashier.does("T-100", "Enter")
    expect(cashier.page.locator(".asked")).to_have_count(0)
    assert [(word.done, word.slip) for word in kiosk_hears(centre, asking)] == [(True, "T-100")]
    cashier.press("KeyN")
    cashier.page.wait_for_url(f"**/cash?visit={copy.id}")
    cashier.is_live()
    cashier.line("To pay: EUR 12.00")
    cashier.dialog("KeyW")
    cashier.does("Digit2", "Enter")
    cashier.line("Waived: EUR 12.00")
    cashier.find(renewal.code)
    cashier.line("To pay: EUR 82.50")
    assert cashier.note("waive") == "no fee that may be waived"
    assert cashier.note("refund") == "nothing was paid"
    cashier.dialog("KeyB")
    cashier.does("T-101", "Enter")
    cashier.line("Paid: EUR 82.50")
    expect(cashier.page.locator("#to-pay")).to_have_text("0")
    expect(cashier.page.locator(".paid tbody tr")).to_have_count(1)
    expect(cashier.page.locator(".paid tbody")).to_contain_text("slip T-101")
    # A key that does nothing now says why, and opens nothing.
    assert cashier.note("take") == "nothing to pay"
    cashier.press("KeyB")
    expect(cashier.page.locator("dialog[open]")).to_have_count(0)


def test_two_cashiers_give_money_back(cashier: Person) -> None:
    centre = cashier.centre
    visit = centre.issue("uto-passport-renewal")
    kiosk_tells(centre, visit.id)
    cashier.come("/cash")
    cashier.find(visit.code)
    cashier.line("Paid: EUR 82.50")
    cashier.dialog("KeyE")
    cashier.page.fill("dialog[open] input[name=amount]", "20.00")
    cashier.does("Enter")
    cashier.line("Paid: EUR 82.50 · 1 refund waits")
    cashier.dialog("KeyS")
    expect(cashier.page.locator("dialog[open] .refund")).to_contain_text("somebody else has to confirm it")
    cashier.press("Escape")
    with PageClient(centre) as second:
        # Who serves at counters too chooses one first, and the cash desk is one link away.
        page = second.enter(*hire(centre, "Nadia Ferrer", "cashier", "counter"))
        assert page.address.endswith("/sign-in/counter")
        second.get(page.role("link", "Cash desk")["href"])
        refund = second.post("/cash/payments").one(".refund")
        assert "Asked by Hana Kovac" in refund.text
        second.press(refund.role("button", "Confirm the refund"))
        assert "Confirmed by Nadia Ferrer" in second.post("/cash/payments").one(".refund").text
    cashier.dialog("KeyS")
    expect(cashier.page.locator("dialog[open] .refund")).to_contain_text("Confirmed by Nadia Ferrer")
    cashier.does("ArrowDown", "R-7", "Enter")
    cashier.line("Paid: EUR 62.50")


def test_two_managers_see_to_a_refund_that_one_of_them_asked_for(centre: Centre) -> None:
    visit = centre.issue("uto-passport-renewal")
    kiosk_tells(centre, visit.id)
    with PageClient(centre) as first, PageClient(centre) as second:
        home = first.enter("elin.marsh")
        assert first.get(home.role("link", "Cash desk")["href"]).address.endswith("/cash")
        form = first.get(f"/cash?visit={visit.id}").one("form[data-act=refund]")
        assert form.fields()["amount"] == "82.50"
        first.press(form, amount=8250, reason=form.fields()["reason"])
        page = first.get(f"/cash?visit={visit.id}")
        assert page.one("#money-line").text == "Paid: EUR 82.50 · 1 refund waits"
        alarm = second.enter(*hire(centre, "Mona Brandt", "manager")).with_text(".alarms li", "EUR 82.50")
        second.press(alarm.role("button", "Confirm the refund"))
        alarm = second.get("/manager").with_text(".alarms li", "EUR 82.50")
        assert "Confirm the refund" not in alarm.text
        assert "Confirmed by Mona Brandt" in first.post("/cash/payments").one(".refund").text


def busy(centre: Centre) -> VisitView:
    """Make everything that the cash page can show; return a visit that has paid."""
    for service in ("uto-passport-renewal", "uto-certified-copy") * 6:
        centre.issue(service)
    kiosk_asks(centre, visit=centre.issue("uto-passport-renewal").id)
    kiosk_tells(centre, centre.issue("uto-passport-renewal").id, DOUBT)
    paid = centre.issue("uto-passport-renewal")
    kiosk_tells(centre, paid.id)
    return paid


def test_axe_finds_nothing_at_the_cash_desk(cashier: Person) -> None:
    """Names and roles of controls are those of the template: one language shows them, and one from right to left."""
    page, cashier.may_be_cut = cashier.page, True
    cashier.come("/cash")
    assert violations(page) == []
    paid = busy(cashier.centre)
    expect(page.locator("#to-pay")).to_have_text("12")
    expect(page.locator(".asked")).to_have_count(1)
    assert violations(page) == []
    cashier.find(paid.code)
    assert violations(page) == []
    for key in ("KeyE", "KeyL", "KeyS", "Slash", "Shift+Slash"):
        cashier.dialog(key)
        assert violations(page, "dialog[open]") == [], key
        cashier.press("Escape")
    cashier.press("KeyN")
    expect(page.locator("#act-take")).to_have_class(re.compile("primary"))
    cashier.is_live()
    cashier.dialog("KeyB")
    assert violations(page, "dialog[open]") == []
    cashier.press("Escape")
    # Whoever has the most pages has the longest bar.
    cashier.roles("--role", "manager", "--role", "cashier", "--role", "reception", "--role", "counter")
    expect(page.locator("nav.pages a")).to_have_count(5)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        cashier.fits()
    cashier.go(f"/cash?visit={paid.id}&lang=ar")
    cashier.is_live()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    cashier.fits()
    assert violations(page) == []
    cashier.cut(cashier.server.freeze)
    try:
        page.evaluate("document.getElementById('page').dataset.silence = '1000'")
        expect(page.locator("#band")).to_be_visible()
        cashier.fits()
        assert violations(page) == []
    finally:
        cashier.server.thaw()


def test_every_control_of_the_cash_desk_does_something(cashier: Person) -> None:
    cashier.may_be_cut = True
    paid = busy(cashier.centre)
    cashier.come("/cash")
    cashier.find(paid.code)
    presser = Presser(cashier)
    # What locks the page is pressed by test_lock.
    buttons = cashier.page.locator("#page button:visible:not([aria-disabled=true]):not([data-lock-now])")
    for index in range(buttons.count()):
        presser.press(buttons.nth(index))
        presser.leave()
    # The list of all keys is that of every page: test_controls presses what it has.
    for key in ("KeyE", "KeyL", "KeyS"):
        presser.dialog(key)
    assert len(presser.pressed) > 15
