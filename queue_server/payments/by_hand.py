"""The route by which staff say that they took a fee, at a terminal or a till that stands alone.

The visit names the payment in the commit that begins its stream, so of several who take the same fee at once one does.
"""

from datetime import date

from sqlalchemy import Connection

from queue_server.catalogue import fees
from queue_server.contract import cashier as m
from queue_server.http.ask import Ask
from queue_server.payments import store
from queue_server.payments.due import Due, Price, dues
from queue_server.payments.errors import (
    FeeDiffersError,
    FeeNotSetError,
    FeePaidError,
    FeeUndecidedError,
    FeeWaivedError,
    SlipCardError,
)
from queue_server.payments.events import TakenByHand
from queue_server.payments.handlers import find, named, staff_of
from queue_server.payments.masking import may_be_card
from queue_server.payments.party import of_party
from queue_server.payments.views import payment_view
from queue_server.queue import commands as c
from queue_server.values import CurrencyCode, PaymentId, ServiceId, TerminalReference, VisitId, new_id


async def take(ask: Ask) -> m.PaymentAnswer:
    """Write down what staff took.

    Raises:
        SlipCardError: what is given as the slip's number may be a card's.
        FeeNotSetError: one of the services costs nothing today in this currency.
        FeeDiffersError: they cost another amount.
        FeePaidError, FeeWaivedError, FeeUndecidedError: one of them is settled, or may be.
    """
    wanted, staff = ask.body(m.TakeRequest), staff_of(ask)
    if may_be_card(wanted.slip):
        raise SlipCardError
    body = TakenByHand(
        payment=PaymentId(new_id()),
        centre=ask.centre.id,
        visit=VisitId(ask.path("visit")),
        services=tuple(dict.fromkeys(map(ServiceId, wanted.services))),
        amount=wanted.amount,
        currency=CurrencyCode(wanted.currency),
        slip=TerminalReference(wanted.slip),
        staff=staff,
    )
    stored = await ask.server.catalogues.get(ask.centre.id)
    today = date.fromisoformat(ask.centre.rule.day_at(ask.server.clock()))

    def prices(service: ServiceId) -> tuple[Price, ...]:
        found = fees.fees_on(stored.setup, service, today)
        return tuple(Price(fees.minor(fee), fee.currency, fee.waivable) for fee in found)

    state = ask.centre.writer.state

    def begin(connection: Connection) -> None:
        _check(body, dues(body.services, prices, of_party(connection, body.centre, state, body.visit)))
        store.advance(
            connection, body.payment, lambda _: (body,), at=ask.server.clock(), command=ask.command, actor=ask.actor
        )

    answer = await ask.execute(c.NamePayment(body.visit, body.payment, body.services), begin)
    return m.PaymentAnswer(payment_view(await find(ask, named(answer))))


def _check(body: TakenByHand, found: tuple[Due, ...]) -> None:
    known = {due.service: due for due in found}
    total = 0
    for service in body.services:
        due = known.get(service)
        if due is None:
            raise FeeNotSetError(service=service)
        match due.state:
            case "paid":
                raise FeePaidError(service=service)
            case "waived":
                raise FeeWaivedError(service=service)
            case "undecided":
                raise FeeUndecidedError(service=service, payment="" if due.payment is None else due.payment.id)
            case "open":
                price = next((price for price in due.prices if price.currency == body.currency), None)
        if price is None:
            raise FeeNotSetError(service=service)
        total += price.amount
    if total != body.amount:
        raise FeeDiffersError(service=body.services[0])
