"""The cash desk in Chromium by keyboard, and money that goes back, which takes two members of staff."""

import re

from playwright.sync_api import expect

from queue_server.contract.visits import VisitView
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.person import Person
from tests.queue_server.web.presser import Presser
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_accessibility import SIZES
from tests.queue_server.web.till import DOUBT, kiosk_asks, kiosk_tells


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
