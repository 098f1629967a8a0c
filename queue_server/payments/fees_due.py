"""What a visit has to pay, what has become of it, and whether a payment is what was owed. Pure.

A fee is settled by a payment that is charged and of which something is left, or by a waiver. What went back, is about
to, or differs from what was owed settles nothing; of what is not certain nobody may take it a second time. What tickets
that are joined owe is the sum of what each owes, and so is what was paid for them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from queue_server.domain import tariff
from queue_server.domain.tariff import FeeItem, Price, Tariff
from queue_server.domain.values import CurrencyCode, PaymentDiscrepancy, PaymentStanding, ServiceId, VisitState
from queue_server.payments.events import TicketFee
from queue_server.payments.model import Payment
from queue_server.queue.state import Visit


class Due(msgspec.Struct, frozen=True):
    """The fee of one service of a visit: ``prices`` are for ``items``, which are open, or were settled altogether.

    ``payment`` is what settled it, or of what nothing is certain.
    """

    service: ServiceId
    prices: tuple[Price, ...]
    state: Literal["open", "undecided", "paid", "waived"] = "open"
    payment: Payment | None = None
    items: tuple[FeeItem, ...] = ()


class DueBill(msgspec.Struct, frozen=True):
    """One amount that can be taken at once, and what for."""

    services: tuple[ServiceId, ...]
    amount: int
    currency: CurrencyCode


def dues(visit: Visit, payments: Iterable[Payment], known: Tariff, day: date) -> tuple[Due, ...]:
    """List the fees of a visit's services on a service day; one that costs nothing is left out.

    ``payments`` are those of all tickets that go on with the visit.
    """
    made = tuple(payments)
    services = dict.fromkeys(item.service for item in visit.items)
    found = (_due(service, visit, made, known, day) for service in services)
    return tuple(due for due in found if due.prices)


def _due(service: ServiceId, visit: Visit, payments: tuple[Payment, ...], known: Tariff, day: date) -> Due:
    wanted = _of(service, visit.items)
    mine = [one for one in payments if _of(service, one.items)]
    settling = [one for one in mine if one.settles]
    unsure = [one for one in mine if one.standing is PaymentStanding.UNDECIDED]
    left = tariff.remaining(wanted, *(_of(service, one.settles) for one in settling))
    prices = known.prices(left, day)
    if prices and unsure:
        return Due(service, prices, "undecided", unsure[0], left)
    if prices:
        return Due(service, prices, items=left)
    if not settling:
        return Due(service, ())
    paid = next((one for one in settling if one.retained > 0), None)
    all_of_it = known.prices(wanted, day)
    if paid is None:
        return Due(service, all_of_it, "waived", settling[0], wanted)
    return Due(service, all_of_it, "paid", paid, wanted)


def _of(service: ServiceId, items: Iterable[FeeItem]) -> tuple[FeeItem, ...]:
    return tuple(one for one in items if one.service == service)


def discrepancy(
    payment: Payment, visits: Sequence[Visit], others: Iterable[Payment], known: Tariff, days: Iterable[date]
) -> PaymentDiscrepancy | None:
    """Say in what a payment that was charged differs from what was owed; None where it does not.

    ``visits`` are the ticket that it was made for, up to that with which its party goes on, as far as they are known.
    ``others`` are the other payments of these, ``days`` the service days on which it may have been made.
    """
    on = tuple(days)
    amounts = {one.amount for day in on for one in known.prices(payment.items, day) if one.currency == payment.currency}
    if payment.amount not in amounts:
        return PaymentDiscrepancy.AMOUNT
    if not visits:
        return None
    own, goes_on = visits[0], visits[-1]
    if goes_on.state is VisitState.CANCELLED:
        return PaymentDiscrepancy.CANCELLED
    made = tuple(others)
    settled = {fee.service for fee in settled_fees(made) if fee.visit == own.id}
    left = tariff.remaining(goes_on.items, *(one.settles for one in made))
    above = (
        *(one for one in payment.items if one.service in settled),
        *tariff.remaining(payment.items, own.items),
        *tariff.remaining(payment.items, left),
    )
    # Of what costs nothing there is never too much.
    if any(known.charges(one.service, one.band, day) for one in above for day in on):
        return PaymentDiscrepancy.NOT_OWED
    return None


def open_fees(
    tickets: Iterable[Visit], services: Collection[ServiceId], payments: Iterable[Payment]
) -> tuple[TicketFee, ...]:
    """List the fees of these services of which nothing is settled, ticket by ticket."""
    settled = settled_fees(payments)
    found = (TicketFee(one.id, service) for one in tickets for service in dict.fromkeys(i.service for i in one.items))
    return tuple(fee for fee in found if fee.service in services and fee not in settled)


def settled_fees(payments: Iterable[Payment]) -> frozenset[TicketFee]:
    return frozenset(fee for one in payments if one.settles for fee in one.fees)


def bills(found: Iterable[Due]) -> tuple[DueBill, ...]:
    """List what can be taken now: all that is open in each currency that all of it has, else one by one."""
    unpaid = [due for due in found if due.state == "open"]
    if not unpaid:
        return ()
    shared = [
        price.currency
        for price in unpaid[0].prices
        if all(any(other.currency == price.currency for other in due.prices) for due in unpaid)
    ]
    if shared:
        return tuple(_bill(unpaid, currency) for currency in shared)
    return tuple(_alone(unpaid))


def _bill(unpaid: list[Due], currency: CurrencyCode) -> DueBill:
    amount = sum(price.amount for due in unpaid for price in due.prices if price.currency == currency)
    return DueBill(tuple(due.service for due in unpaid), amount, currency)


def _alone(unpaid: list[Due]) -> Iterator[DueBill]:
    for due in unpaid:
        for price in due.prices:
            yield DueBill((due.service,), price.amount, price.currency)
