"""The cash desk in Chromium by keyboard, and money that goes back, which takes two members of staff."""

from playwright.sync_api import expect

from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.person import Person, hire
from tests.queue_server.web.server import Centre
from tests.queue_server.web.till import kiosk_asks, kiosk_hears, kiosk_tells


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
