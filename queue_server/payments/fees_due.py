"""What a visit has to pay, what has become of it, and whether a payment is what was owed. Pure.

A fee is settled by a payment that is charged and of which something is left, or by a waiver. What went back, is about
to, or differs from what was owed settles nothing; of what is not certain nobody may take it a second time. What tickets
that are joined owe is the sum of what each owes, and so is what was paid for them.

If an age or a service was corrected after paying, the visit has paid for people or services that it is not for now.
Their price, by the tariff of the day, pays for the people and services that it is for. The difference is owed, or can
be refunded.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Literal

import msgspec
from msgspec.structs import replace

from queue_server.domain import tariff
from queue_server.domain.tariff import FeeItem, Price, Tariff
from queue_server.domain.values import (
    CurrencyCode,
    PaymentId,
    PaymentStanding,
    ServiceId,
)
from queue_server.payments.events import TicketFee
from queue_server.payments.model import Payment
from queue_server.queue.state import Visit


class Due(msgspec.Struct, frozen=True):
    """The fee of one service of a visit: ``prices`` are for ``items``, which are open, or were settled altogether.

    ``payment`` is what settled it, or of what nothing is certain. If only a difference is open, ``items`` also have the
    people and services that were paid for before, with counts below zero.
    """

    service: ServiceId
    prices: tuple[Price, ...]
    state: Literal["open", "undecided", "paid", "waived"] = "open"
    payment: Payment | None = None
    items: tuple[FeeItem, ...] = ()


class PaidTooMuch(msgspec.Struct, frozen=True):
    """The ``amount`` of a payment that can be refunded, in minor units; the refund adds ``items`` to those settled."""

    payment: PaymentId
    amount: int
    items: tuple[FeeItem, ...]


class DueBill(msgspec.Struct, frozen=True):
    """One amount that can be taken at once, and what for."""

    services: tuple[ServiceId, ...]
    amount: int
    currency: CurrencyCode


def dues(visit: Visit, payments: Iterable[Payment], known: Tariff, day: date) -> tuple[Due, ...]:
    """List the fees of a visit's services on a service day; one that costs nothing is left out.

    ``payments`` are those of all tickets that go on with the visit.
    """
    return _balance(visit, tuple(_Settled(one, one.settles) for one in payments), known, day).dues


def paid_too_much(visit: Visit, payments: Iterable[Payment], known: Tariff, day: date) -> tuple[PaidTooMuch, ...]:
    """List the payments of which an amount can be refunded, because the visit owes less than was paid.

    Refunds that were requested count as done. Nothing can be refunded while a fee is open or not certain, and no waived
    fee is ever refunded.
    """
    found = _balance(visit, tuple(_Settled(one, one.settles_then) for one in payments), known, day)
    if found.refundable <= 0 or any(due.state not in {"paid", "waived"} for due in found.dues):
        return ()
    left, instead, back = found.refundable, found.instead, list[PaidTooMuch]()
    for one in found.settled:
        amount = min(left, one.payment.remaining)
        if amount <= 0:
            continue
        left -= amount
        if not left:
            return (*back, PaidTooMuch(one.payment.id, amount, instead))
        # The whole payment is refunded, so it settles nothing any more.
        instead = tariff.added(instead, one.items)
        back.append(PaidTooMuch(one.payment.id, amount, tariff.exchanged(one.items)))
    return tuple(back)


class _Settled(msgspec.Struct, frozen=True):
    """A payment or waiver, and the items that it settles."""

    payment: Payment
    items: tuple[FeeItem, ...]

    @property
    def is_waived(self) -> bool:
        return self.payment.standing is PaymentStanding.WAIVED

    @property
    def kept(self) -> int:
        """The money that was not refunded, or the amount that was waived, in minor units."""
        return self.payment.amount if self.is_waived else self.payment.remaining


class _Balance(msgspec.Struct, frozen=True):
    """The fees of a visit, and the ``refundable`` minor units that the payments ``settled`` have beyond them.

    Added to the settled items, ``instead`` gives the items that the visit is for now.
    """

    dues: tuple[Due, ...]
    refundable: int = 0
    settled: tuple[_Settled, ...] = ()
    instead: tuple[FeeItem, ...] = ()


def _balance(visit: Visit, made: tuple[_Settled, ...], known: Tariff, day: date) -> _Balance:
    """Compare the items of a visit with the settled ones. Items that are settled but not wanted pay for open fees."""
    settling = tuple(one for one in made if one.items)
    unsure = tuple(one.payment for one in made if one.payment.standing is PaymentStanding.UNDECIDED)
    services = dict.fromkeys(item.service for item in visit.items)
    found = (_due(service, visit, settling, unsure, known=known, day=day) for service in services)
    charged = tuple(due for due in found if due.prices)
    surplus = tariff.remaining(tariff.added(*(one.items for one in settling)), visit.items)
    currencies = {one.payment.currency for one in settling}
    worth = next((one for one in known.prices(surplus, day) if one.currency in currencies), None)
    if worth is None:
        return _Balance(charged)
    parts = {(one.service, one.band) for one in surplus}
    # Payments that settled the surplus come first; one refund may have to be taken from several payments.
    settling = tuple(sorted(settling, key=lambda one: parts.isdisjoint((i.service, i.band) for i in one.items)))
    same = tuple(one for one in settling if one.payment.currency == worth.currency)
    balance, left = _covered(charged, surplus, worth, same)

    def value(items: Iterable[FeeItem]) -> int:
        return next((one.amount for one in known.prices(items, day) if one.currency == worth.currency), 0)

    refunded = max(0, value(tariff.added(*(one.items for one in same))) - sum(one.kept for one in same))
    paid = tariff.added(*(one.items for one in same if not one.is_waived))
    refundable = min(left - refunded, value(tariff.remaining(paid, visit.items)))
    return replace(balance, refundable=refundable, settled=same)


def _covered(
    charged: tuple[Due, ...], surplus: tuple[FeeItem, ...], worth: Price, settled: tuple[_Settled, ...]
) -> tuple[_Balance, int]:
    """Let a surplus pay for open fees, in their order. Return the amount of it that is left, too."""
    left, after, instead = worth.amount, list[Due](), tariff.exchanged(surplus)
    first = settled[0]
    for due in charged:
        price = next((one for one in due.prices if one.currency == worth.currency), None)
        if due.state != "open" or price is None or not left:
            after.append(due)
        elif price.amount <= left:
            left -= price.amount
            instead = tariff.added(instead, due.items)
            after.append(replace(due, state="waived" if first.is_waived else "paid", payment=first.payment))
        else:
            rest = Price(price.amount - left, price.currency, price.waivable)
            after.append(replace(due, prices=(rest,), items=tariff.added(due.items, instead)))
            left = 0
    return _Balance(tuple(after), instead=instead), left


def _due(
    service: ServiceId,
    visit: Visit,
    settled: tuple[_Settled, ...],
    unsure: tuple[Payment, ...],
    *,
    known: Tariff,
    day: date,
) -> Due:
    wanted = _of(service, visit.items)
    settling = [one for one in settled if _of(service, one.items)]
    left = tariff.remaining(wanted, *(_of(service, one.items) for one in settling))
    prices = known.prices(left, day)
    open_at = next((one for one in unsure if _of(service, one.items)), None)
    if prices and open_at:
        return Due(service, prices, "undecided", open_at, left)
    if prices:
        return Due(service, prices, items=left)
    if not settling:
        return Due(service, ())
    paid = next((one.payment for one in settling if not one.is_waived), None)
    all_of_it = known.prices(wanted, day)
    if paid is None:
        return Due(service, all_of_it, "waived", settling[0].payment, wanted)
    return Due(service, all_of_it, "paid", paid, wanted)


def _of(service: ServiceId, items: Iterable[FeeItem]) -> tuple[FeeItem, ...]:
    return tuple(one for one in items if one.service == service)


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
