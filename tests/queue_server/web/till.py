"""A kiosk that was paid, for pages in a browser: reports as it sends them, with a receipt."""

from datetime import UTC, datetime
from typing import Literal

from queue_server.contract import payments as pay
from queue_server.contract.client import ApiClient
from queue_server.domain.values import JournalState, PaymentId, VisitId, new_id
from tests.queue_server.web.server import Centre, run_aside

J = JournalState
PAID = (J.CREATED, J.PREFLIGHT_OK, J.SENT, J.APPROVED, J.GOODS_ISSUED, J.COMMITTED, J.RECEIPT_DONE)
DOUBT = (J.CREATED, J.PREFLIGHT_OK, J.SENT, J.IN_DOUBT, J.NEEDS_STAFF)
#: When the journals of cash desks say that all of it was: the same rows are told again.
BEGUN = datetime(2026, 11, 25, 10, tzinfo=UTC)
RECEIPT = ("SPECIMEN CENTRE", "EUR 82.50", "Card ************0018", "Receipt 0042", "APPROVED")


def kiosk_tells(
    centre: Centre,
    visit: VisitId,
    states: tuple[JournalState, ...] = PAID,
    *,
    service: str = "uto-passport-renewal",
    amount: int = 8250,
    currency: str = "EUR",
    kind: Literal["customer", "merchant", "admin"] = "customer",
) -> PaymentId:
    """Tell of an attempt to pay at the centre's kiosk, and give its id."""
    ident = PaymentId(new_id())
    charged = J.COMMITTED in states
    told = pay.PaymentReport(
        id=ident,
        visit=visit,
        services=(service,),
        amount=amount,
        currency=currency,
        driver="zvt+tcp",
        terminal="52500038",
        rows=tuple(
            pay.JournalRow(number, state, datetime.now(UTC), reference="0042" if number > 3 and charged else "")
            for number, state in enumerate(states, start=1)
        ),
        receipts=(pay.ReceiptText(1, kind, RECEIPT),) if charged else (),
    )

    async def tell() -> pay.ReportAnswer:
        async with ApiClient(centre.server.address, centre.kiosk.token) as client:
            return await client.report_payment(centre.id, told)

    assert run_aside(tell()).row == len(states)
    return ident


def kiosk_asks(
    centre: Centre,
    states: tuple[JournalState, ...] = PAID[:3],
    *,
    ident: PaymentId | None = None,
    visit: VisitId | None = None,
    amount: int = 8250,
    back: bool = False,
    slip: str = "",
) -> PaymentId:
    """Tell of an attempt whose money staff move: with the rows up to SENT the kiosk waits for them.

    ``back``: it goes on, and asks for the money back. Of the same ``ident`` more is told.
    """
    ident = ident or PaymentId(new_id())
    journal = [*states, *([J.REVERSAL_SENT] if back else [])]
    told = pay.PaymentReport(
        id=ident,
        visit=visit or ident,
        services=("uto-passport-renewal",),
        amount=amount,
        currency="EUR",
        driver="manual",
        terminal="",
        attended=True,
        rows=tuple(
            pay.JournalRow(
                number,
                state,
                BEGUN,
                reference=slip if state in {J.APPROVED, J.COMMITTED} else "",
            )
            for number, state in enumerate(journal, start=1)
        ),
    )

    async def tell() -> pay.ReportAnswer:
        async with ApiClient(centre.server.address, centre.kiosk.token) as client:
            return await client.report_payment(centre.id, told)

    assert run_aside(tell()).row == len(journal)
    return ident


def kiosk_hears(centre: Centre, payment: PaymentId) -> tuple[pay.ManualConfirmation, ...]:
    """Ask what staff said, as the kiosk does."""

    async def ask() -> pay.ManualConfirmationsAnswer:
        async with ApiClient(centre.server.address, centre.kiosk.token) as client:
            return await client.payment_confirmations(centre.id, payment)

    return run_aside(ask()).confirmations
