"""Open fees of a visit are settled by staff: taken by hand, or waived; what was paid too much can go back.

The visit names the payment in the commit that begins its stream, so of several who settle one fee at once one does.
"""

from collections.abc import Callable
from datetime import date

import msgspec
from sqlalchemy import Connection

from queue_server.centre.errors import RefusedError
from queue_server.centre.submit import centre_of, done_before, execute
from queue_server.domain import tariff
from queue_server.domain.tariff import FeeItem
from queue_server.domain.values import CurrencyCode, GovernmentId, PaymentId, ServiceId, VisitId
from queue_server.framework.request_context import RequestContext
from queue_server.payments.errors import (
    FeeDiffersError,
    FeeNotSetError,
    FeePaidError,
    FeeUndecidedError,
    FeeWaivedError,
)
from queue_server.payments.events import FeeWaived, ManualPaymentRecorded, TicketFee
from queue_server.payments.fees_due import Due, PaidTooMuch, dues, open_fees, paid_too_much
from queue_server.payments.model import Payment
from queue_server.payments.party_payments import chain, of_party, tickets
from queue_server.payments.store import PAYMENTS
from queue_server.queue import commands as c
from queue_server.queue.events import VisitPaid
from queue_server.queue.fees import unpayable
from queue_server.queue.state import Visit
from queue_server.writer import CommandResult


class OpenFees(msgspec.Struct, frozen=True):
    """Open fees of a party: what is due of each service, for whom in all, and of which tickets."""

    found: tuple[Due, ...]
    items: tuple[FeeItem, ...]
    fees: tuple[TicketFee, ...]
    governments: tuple[GovernmentId, ...]

    def total(self, currency: CurrencyCode) -> int:
        """Add up what they cost in a currency, in minor units.

        Raises:
            FeeNotSetError: one of them cannot be paid in it.
        """
        amount = 0
        for due in self.found:
            price = next((price for price in due.prices if price.currency == currency), None)
            if price is None:
                raise FeeNotSetError(service=due.service)
            amount += price.amount
        return amount


type Check = Callable[[Connection, VisitId], None]
type Begin = Callable[[VisitId, OpenFees], ManualPaymentRecorded | FeeWaived]


async def settle(
    ask: RequestContext, services: tuple[ServiceId, ...], begin: Begin, also: Check = lambda _connection, _visit: None
) -> PaymentId:
    """Begin a payment, or a waiver, for open fees of the visit of the path, or of that with which its party goes on.

    ``begin`` makes the event of the visit and what is open; ``also`` is checked in the same commit.

    Raises:
        RefusedError: there is no such visit, it is not for this, or it was cancelled.
        FeeNotSetError: one of the services costs nothing today.
        FeePaidError, FeeWaivedError, FeeUndecidedError: one of them is settled, or may be.
        FeeDiffersError: what is open changed meanwhile.
    """
    writer = centre_of(ask).writer
    visit = VisitId(ask.path("visit"))
    if await done_before(ask):
        return _named(await execute(ask, c.NameSettlement(visit, PaymentId(""))))
    went_on = chain(writer.state, visit)
    if not went_on:
        # Refused in the words of the queue.
        return _named(await execute(ask, c.NameSettlement(visit, PaymentId(""), asked=True)))
    goes_on = went_on[-1]
    if (refused := unpayable(goes_on, services)) is not None:
        raise RefusedError(refused.code, refused.placeholders)
    found = await ask.server.log.run(lambda connection: _open(ask, connection, goes_on, services))
    body = begin(goes_on.id, found)

    def rows(connection: Connection) -> None:
        now = writer.state.visits.get(goes_on.id, goes_on)
        if _open(ask, connection, now, services).items != found.items:
            raise FeeDiffersError(service=services[0])
        also(connection, goes_on.id)
        PAYMENTS.advance(
            connection, body.payment, lambda _: (body,), at=ask.server.clock(), command=ask.command, actor=ask.actor
        )

    return _named(await execute(ask, c.NameSettlement(goes_on.id, body.payment, found.items, asked=True), rows))


def too_much(ask: RequestContext, connection: Connection, payment: Payment) -> PaidTooMuch | None:
    """Find what of a payment can go back as less is owed than was paid; None of visits that are not of today."""
    state = centre_of(ask).writer.state
    went_on = chain(state, payment.visit)
    if not went_on:
        return None
    payments = of_party(connection, payment.centre, state, went_on[-1].id)
    found = paid_too_much(went_on[-1], payments, centre_of(ask).settings.tariff, _today(ask))
    return next((one for one in found if one.payment == payment.id), None)


def _today(ask: RequestContext) -> date:
    return date.fromisoformat(centre_of(ask).rule.day_at(ask.server.clock()))


def _open(ask: RequestContext, connection: Connection, visit: Visit, services: tuple[ServiceId, ...]) -> OpenFees:
    """Find the fees of these services, all of which have to be open."""
    state = centre_of(ask).writer.state
    payments = of_party(connection, centre_of(ask).id, state, visit.id)
    known = {due.service: due for due in dues(visit, payments, centre_of(ask).settings.tariff, _today(ask))}
    found = tuple(_checked(service, known.get(service)) for service in services)
    return OpenFees(
        found,
        tariff.added(*(due.items for due in found)),
        open_fees(tickets(state, visit), services, payments),
        centre_of(ask).settings.governments(services),
    )


def _checked(service: ServiceId, due: Due | None) -> Due:
    if due is None:
        raise FeeNotSetError(service=service)
    match due.state:
        case "paid":
            raise FeePaidError(service=service)
        case "waived":
            raise FeeWaivedError(service=service)
        case "undecided":
            raise FeeUndecidedError(service=service, payment="" if due.payment is None else due.payment.id)
    return due


def _named(answer: CommandResult) -> PaymentId:
    """Find which payment the visit was given; of a repeated request it is the one of then.

    Raises:
        FeeNotSetError: the visit names as many as it can, so nothing was settled.
    """
    for event in answer.events:
        if isinstance(event.body, VisitPaid):
            return event.body.settlement
    raise FeeNotSetError
