"""The fee of a visit at the counter: taken by hand, waived, given back, with its receipt, and who may do it."""

import re

import pytest

from tests.queue_server.web.cashier import come, fee, listed, needed, refusal, sit, take
from tests.queue_server.web.counter_page import form, press, send
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.till import DOUBT, RECEIPT, kiosk_tells


@pytest.fixture
def cashier(client: PageClient) -> PageClient:
    return sit(client)


def test_a_fee_is_taken_by_hand_with_the_number_of_the_slip(cashier: PageClient) -> None:
    come(cashier, "uto-passport-renewal")
    assert fee(cashier) == "To pay: EUR 82.50"
    taking = form(cashier, "take")
    assert "EUR 82.50" in taking.one(".amount").text
    # Without a number the browser sends nothing, and a card's number is refused.
    slip = taking.one("input[name=slip]")
    assert "required" in slip
    assert re.fullmatch(slip["pattern"], "T-004711")
    assert not re.fullmatch(slip["pattern"], "no number")
    take(cashier, "4111111111111111", refused="slip-card-number")
    assert "never type one" in refusal(cashier, "slip-card-number")
    take(cashier)
    assert fee(cashier) == "Paid: EUR 82.50"
    assert cashier.centre.events("visit-paid") == 1
    assert not cashier.get("/counter").has("[data-form=take], [data-dialog=take]")


def test_a_fee_is_waived_with_a_reason(cashier: PageClient) -> None:
    come(cashier, "uto-certified-copy")
    assert fee(cashier) == "To pay: EUR 12.00"
    waiver = form(cashier, "waive")
    send(cashier, waiver, reason=waiver.all("input[name=reason]")[2]["value"])
    assert fee(cashier) == "Waived: EUR 12.00"
    assert not cashier.get("/counter").has("#money button, #money a")


def test_a_receipt_of_a_kiosk_is_printed_again_as_a_copy(cashier: PageClient) -> None:
    visit = cashier.centre.issue("uto-passport-renewal")
    payment = kiosk_tells(cashier.centre, visit.id)
    press(cashier, "#act-call-next")
    assert fee(cashier) == "Paid: EUR 82.50"
    link = cashier.get("/counter").one("#money a[data-code=KeyY][target=paper]")
    assert link["href"] == f"/counter/receipt/{payment}"
    page = cashier.get(link["href"])
    assert page.one("h1").text == "COPY"
    assert RECEIPT[-1] in page.one("pre").text
    assert "EUR 82.50" in page.one(".paper").text
    assert f"By card, ending {RECEIPT[2][-4:]}" in page.one(".paper").text


def test_money_taken_by_hand_gets_a_receipt(cashier: PageClient) -> None:
    come(cashier, "uto-passport-renewal")
    code = cashier.get("/counter").one(".ticket .code").text
    take(cashier)
    page = cashier.get(cashier.get("/counter").one("#money a[data-code=KeyY]")["href"])
    assert page.one("h1").text == "Receipt"
    for said in (code, "EUR 82.50", "At the cash desk", "T-004711", "Keep this receipt"):
        assert said in page.one(".paper").text
    assert "COPY" not in page.one(".paper").text


def test_a_refund_that_one_asks_for_is_confirmed_by_somebody_else(cashier: PageClient) -> None:
    come(cashier, "uto-certified-copy")
    take(cashier, "T-1")
    assert needed(cashier) == 0
    send(cashier, form(cashier, "refund"), amount=750)
    assert fee(cashier) == "Paid: EUR 12.00 · 1 refund waits"
    assert needed(cashier) == 1
    own = listed(cashier).one(".refund")
    assert "Refund of EUR 7.50" in own.text
    assert "You asked for it: somebody else has to confirm it." in own.text
    assert own.texts("button") == ["Take it back"]
    with PageClient(cashier.centre) as other:
        sit(other, "ivo.brandt", "4")
        assert needed(other) == 1
        refund = listed(other).one(".refund")
        assert "Asked by Paula Costa" in refund.text
        other.press(refund.one("button[data-act=confirm]"))
        refund = listed(other).one(".refund")
        assert "Confirmed by Ivo Brandt" in refund.text
        send(other, refund.one("form"), reference="T-2")
        assert needed(other) == 0
    assert fee(cashier) == "Paid: EUR 4.50"


def test_what_was_paid_too_much_is_said_and_offered_to_go_back(cashier: PageClient) -> None:
    visit = come(cashier, "uto-passport-renewal")
    take(cashier, "T-1")
    cashier.api(f"visits/{visit}/change", {"people": [{"band": "child", "count": 1}]})
    assert fee(cashier) == "Paid too much: EUR 41.25 · Paid: EUR 82.50"
    asked = form(cashier, "refund")
    assert asked.one("input[name=amount]")["value"] == "41.25"
    assert asked.one("select[name=reason] option[selected]")["value"] == "wrong-fee"
    send(cashier, asked, amount=4125)
    assert fee(cashier) == "Paid: EUR 82.50 · 1 refund waits"


def test_nobody_confirms_their_own_refund(cashier: PageClient) -> None:
    come(cashier, "uto-certified-copy")
    take(cashier, "T-1")
    send(cashier, form(cashier, "refund"), amount=750)
    reject = listed(cashier).one("button[data-act=reject]")["data-url"]
    refund = reject.removesuffix("/reject").partition(f"/centres/{cashier.centre.id}/")[2]
    cashier.api(f"{refund}/confirm", refused="refund-same-person")
    cashier.press(listed(cashier).one("button[data-act=reject]"))
    assert (fee(cashier), needed(cashier)) == ("Paid: EUR 12.00", 0)


def test_more_than_what_is_left_does_not_go_back(cashier: PageClient) -> None:
    come(cashier, "uto-certified-copy")
    take(cashier, "T-1")
    asked = form(cashier, "refund")
    amount = asked.one("input[name=amount]")
    assert "required" in amount
    typed = ("7.50", "7,5", "12", "12.001", "1e1", "-1", "12..0")
    assert [one for one in typed if re.fullmatch(amount["pattern"], one)] == ["7.50", "7,5", "12"]
    send(cashier, asked, refused="refund-exceeds-payment", amount=1201)
    assert refusal(cashier, "refund-exceeds-payment") == "More than what is left cannot go back."
    assert fee(cashier) == "Paid: EUR 12.00"


def test_a_claim_slip_is_found_and_staff_say_what_became_of_it(cashier: PageClient) -> None:
    visit = cashier.centre.issue("uto-passport-renewal")
    payment = kiosk_tells(cashier.centre, visit.id, DOUBT)
    kiosk_tells(cashier.centre, cashier.centre.issue("uto-passport-renewal").id, DOUBT)
    press(cashier, "#act-call-next")
    # What may have been charged is not taken a second time.
    assert fee(cashier) == "Not certain: EUR 82.50"
    assert not cashier.get("/counter").has("#money button")
    assert needed(cashier) == 2
    tail = payment.replace("-", "")[-12:].upper()
    number = "-".join(tail[at : at + 4] for at in (0, 4, 8))
    for typed, count in (("ZZZZ", 0), ("%%%%", 2), (number.lower(), 1), (f"claim:{number}", 1)):
        assert len(listed(cashier, typed).all(".payments li h3")) == count, typed
    found = listed(cashier, number).one(".payments > li")
    assert number in found.one("h3").text
    assert "required" in found.all("input[name=standing]")[0]
    send(cashier, found.one("form[data-act=resolve]"), standing="not-charged")
    assert fee(cashier) == "To pay: EUR 82.50"
    assert needed(cashier) == 1


def test_a_clerk_who_is_no_cashier_sees_the_line_and_touches_no_money(clerk: PageClient) -> None:
    come(clerk, "uto-passport-renewal")
    assert fee(clerk) == "To pay: EUR 82.50"
    assert not clerk.get("/counter").has("#money button, #money a, [data-form=take], [data-dialog=payments]")
    clerk.post("/cash/payments", {"q": ""}, status=403)
