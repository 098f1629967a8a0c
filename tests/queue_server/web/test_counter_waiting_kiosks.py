"""A kiosk that waits for the cash desk, on the counter page: what cashiers are asked, and what the kiosk hears."""

import pytest

from queue_server.contract.payments import ManualConfirmation
from queue_server.domain.values import PaymentId
from tests.queue_server.web.cashier import listed, needed, refusal, sit
from tests.queue_server.web.counter_page import send
from tests.queue_server.web.html_page import Element
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import KIOSK
from tests.queue_server.web.till import PAID, J, kiosk_asks, kiosk_hears


@pytest.fixture
def cashier(client: PageClient) -> PageClient:
    return sit(client)


def asked(client: PageClient) -> list[Element]:
    return client.get("/counter").all(".asked .help")


def dialog(client: PageClient, payment: PaymentId) -> Element:
    return client.get("/counter").one(f"[data-form='asked-{payment}']")


def answer(client: PageClient, payment: PaymentId, slip: str, *, refused: str = "") -> None:
    """Say that the money was taken, or given back."""
    send(client, dialog(client, payment).one("form[data-act=say]"), slip=slip, refused=refused)


def test_what_a_kiosk_waits_for_is_shown_to_cashiers_and_answered(cashier: PageClient) -> None:
    assert not cashier.get("/counter").has(".asked")
    payment = kiosk_asks(cashier.centre)
    (strip,) = asked(cashier)
    assert f"{KIOSK} waits for EUR 82.50" in strip.text
    assert strip.one("button[data-code=KeyL]")["data-dialog"] == f"asked-{payment}"
    assert needed(cashier) == 1
    shown = dialog(cashier, payment)
    assert shown.one("h2").text == f"Payment at {KIOSK}"
    # There is no field for the amount, and nothing is sent without a slip or with a card's number.
    (slip,) = shown.all("input:not([type=hidden])")
    assert (slip["name"], "required" in slip) == ("slip", True)
    answer(cashier, payment, "4111111111111111", refused="slip-card-number")
    answer(cashier, payment, "T-004711")
    assert asked(cashier) == []
    assert kiosk_hears(cashier.centre, payment) == (ManualConfirmation(3, True, 8250, "T-004711"),)
    kiosk_asks(cashier.centre, PAID, ident=payment, slip="T-004711")
    assert needed(cashier) == 0


def test_not_taken_needs_no_slip(cashier: PageClient) -> None:
    payment = kiosk_asks(cashier.centre)
    shown = dialog(cashier, payment)
    # The button stands between Cancel and Taken, and sends the form that has no slip.
    assert shown.all("footer button")[1]["form"] == shown.one("form[data-act=say-not]")["data-id"]
    assert shown.all("footer button")[1].text == "Not taken"
    send(cashier, shown.one("form[data-act=say-not]"))
    assert asked(cashier) == []
    assert kiosk_hears(cashier.centre, payment) == (ManualConfirmation(3, False, 8250),)


def test_money_that_a_kiosk_asks_back_is_given_back(cashier: PageClient) -> None:
    payment = kiosk_asks(cashier.centre)
    answer(cashier, payment, "T-004711")
    kiosk_asks(cashier.centre, PAID[:6], ident=payment, slip="T-004711", back=True)
    assert "give back EUR 82.50" in asked(cashier)[0].text
    assert "slip T-004711" in dialog(cashier, payment).one(".amount").text
    answer(cashier, payment, "T-004712")
    assert kiosk_hears(cashier.centre, payment)[-1] == ManualConfirmation(7, True, 8250, "T-004712")


def test_the_second_answer_is_refused_and_a_contradiction_needs_somebody(cashier: PageClient) -> None:
    payment = kiosk_asks(cashier.centre)
    late = dialog(cashier, payment).one("form[data-act=say]")
    with PageClient(cashier.centre) as other:
        sit(other, "ivo.brandt", "4")
        assert len(asked(other)) == 1
        answer(other, payment, "T-1")
    send(cashier, late, slip="T-2", refused="payment-confirmation-differs")
    said = refusal(cashier, "payment-confirmation-differs")
    assert said == "Somebody has told the kiosk something else already. Ask your colleagues."
    assert [word.slip for word in kiosk_hears(cashier.centre, payment)] == ["T-1"]
    # The person stopped it meanwhile: that contradicts what staff said, and somebody has to find out.
    kiosk_asks(cashier.centre, (*PAID[:3], J.CANCELLED), ident=payment)
    assert needed(cashier) == 1
    row = listed(cashier).one(".payments > li")
    assert "not certain" in row.text
    assert "Staff and the kiosk say different things about it." in row.text
    send(cashier, row.one("form[data-act=resolve]"), standing="charged")
    assert needed(cashier) == 0


def test_a_kiosk_that_waits_no_more_is_gone_from_the_page_and_an_answer_is_refused(cashier: PageClient) -> None:
    payment = kiosk_asks(cashier.centre)
    late = dialog(cashier, payment).one("form[data-act=say]")
    kiosk_asks(cashier.centre, (*PAID[:3], J.CANCELLED), ident=payment)
    assert asked(cashier) == []
    send(cashier, late, slip="T-1", refused="payment-confirmation-not-pending")
    assert refusal(cashier, "payment-confirmation-not-pending").startswith("No kiosk waits for this any more.")
    assert kiosk_hears(cashier.centre, payment) == ()


def test_all_that_wait_are_in_the_list(cashier: PageClient) -> None:
    payments = [kiosk_asks(cashier.centre, amount=8250 + number) for number in range(4)]
    assert len(asked(cashier)) == 2
    assert cashier.get("/counter").one(".asked .more").text == "and 2 more"
    assert needed(cashier) == 4
    rows = listed(cashier).all(".payments > li")
    assert len(rows) == 4
    assert "EUR 82.53" in rows[3].text
    # What the kiosk waits for is said to it; there is nothing to resolve.
    assert not listed(cashier).has("[data-act=resolve]")
    send(cashier, rows[3].one("form[data-act=say]"), slip="T-4")
    assert needed(cashier) == 3
    assert [word.slip for word in kiosk_hears(cashier.centre, payments[3])] == ["T-4"]


def test_a_clerk_who_is_no_cashier_is_not_asked(clerk: PageClient) -> None:
    payment = kiosk_asks(clerk.centre)
    assert asked(clerk) == []
    assert not clerk.get("/counter").has(f"[data-form^=asked], [data-dialog='asked-{payment}']")
