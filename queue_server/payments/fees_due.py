"""What a visit has to pay, what has become of it, and whether a payment is what was owed. Pure.

A fee is settled by a payment that is charged and of which something is left, or by a waiver. What went back, is about
to, or differs from what was owed settles nothing; of what is not certain nobody may take it a second time. What tickets
that are joined owe is the sum of what each owes, and so is what was paid for them.

Where an age or a service was corrected after paying, the visit has paid for what it is not for any more. By the tariff
of the day that covers what it is for now: the difference is owed, or can go back.
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

    ``payment`` is what settled it, or of what nothing is certain. Where only a difference is open, ``items`` have what
    it is instead of with a count below zero.
    """

    service: ServiceId
    prices: tuple[Price, ...]
    state: Literal["open", "undecided", "paid", "waived"] = "open"
    payment: Payment | None = None
    items: tuple[FeeItem, ...] = ()


class PaidTooMuch(msgspec.Struct, frozen=True):
    """``amount`` of a payment that can go back, in minor units; ``items`` are what that changes of what is settled."""

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
    made = tuple(payments)
    return _balance(visit, made, tuple(_Settled(one, one.settles) for one in made), known, day).dues


def paid_too_much(visit: Visit, payments: Iterable[Payment], known: Tariff, day: date) -> tuple[PaidTooMuch, ...]:
    """List the payments of which something can go back, as less is owed than was paid.

    A waiver is no money, and a payment that is not certain may yet settle what is open. What is about to go back counts
    as gone.
    """
    made = tuple(payments)
    found = _balance(visit, made, tuple(_Settled(one, one.settles_then) for one in made), known, day)
    if found.left <= 0 or any(due.state not in {"paid", "waived"} for due in found.dues):
        return ()
    left, instead, back = found.left, found.instead, list[PaidTooMuch]()
    for one in found.settled:
        amount = min(left, one.payment.remaining)
        if amount <= 0:
            continue
        left -= amount
        if not left:
            return (*back, PaidTooMuch(one.payment.id, amount, instead))
        # All of it goes back, and what it settled with it.
        instead = tariff.added(instead, one.items)
        back.append(PaidTooMuch(one.payment.id, amount, tariff.exchanged(one.items)))
    return tuple(back)


class _Settled(msgspec.Struct, frozen=True):
    payment: Payment
    items: tuple[FeeItem, ...]

    @property
    def kept(self) -> int:
        """What of it is money that stays, or was waived, in minor units."""
        return self.payment.amount if self.payment.standing is PaymentStanding.WAIVED else self.payment.remaining


class _Balance(msgspec.Struct, frozen=True):
    """What is due, and the ``left`` minor units that were settled beyond that, by ``settled``.

    ``instead`` takes what is settled to what is wanted.
    """

    dues: tuple[Due, ...]
    left: int = 0
    settled: tuple[_Settled, ...] = ()
    instead: tuple[FeeItem, ...] = ()


def _balance(
    visit: Visit, payments: tuple[Payment, ...], made: tuple[_Settled, ...], known: Tariff, day: date
) -> _Balance:
    """Count what is wanted against what is settled; what was settled for nothing wanted pays for what is open."""
    settling = tuple(one for one in made if one.items)
    unsure = tuple(one for one in payments if one.standing is PaymentStanding.UNDECIDED)
    services = dict.fromkeys(item.service for item in visit.items)
    found = (_due(service, visit, settling, unsure, known=known, day=day) for service in services)
    charged = tuple(due for due in found if due.prices)
    surplus = tariff.remaining(tariff.added(*(one.items for one in settling)), visit.items)
    currencies = {one.payment.currency for one in settling}
    worth = next((one for one in known.prices(surplus, day) if one.currency in currencies), None)
    if worth is None:
        return _Balance(charged)
    parts = {(one.service, one.band) for one in surplus}
    # Those that settled it come first; what was paid for a difference may have to go back from several.
    settling = tuple(sorted(settling, key=lambda one: parts.isdisjoint((i.service, i.band) for i in one.items)))
    same = tuple(one for one in settling if one.payment.currency == worth.currency)
    return _covered(charged, surplus, worth, same, _given_back(same, worth.currency, known, day))


def _given_back(settled: tuple[_Settled, ...], currency: CurrencyCode, known: Tariff, day: date) -> int:
    """Count the money that went back of what still counts as settled, in minor units."""
    prices = known.prices(tariff.added(*(one.items for one in settled)), day)
    value = next((one.amount for one in prices if one.currency == currency), 0)
    return max(0, value - sum(one.kept for one in settled))


def _covered(
    charged: tuple[Due, ...], surplus: tuple[FeeItem, ...], worth: Price, settled: tuple[_Settled, ...], back: int
) -> _Balance:
    """Let a surplus pay for what is open, in its order."""
    left, after, instead = worth.amount, list[Due](), tariff.exchanged(surplus)
    payments = [one.payment for one in settled]
    for due in charged:
        price = next((one for one in due.prices if one.currency == worth.currency), None)
        if due.state != "open" or price is None or not left:
            after.append(due)
        elif price.amount <= left:
            left -= price.amount
            instead = tariff.added(instead, due.items)
            paid = next((one for one in payments if one.standing is not PaymentStanding.WAIVED), None)
            after.append(replace(due, state="paid" if paid else "waived", payment=paid or payments[0]))
        else:
            rest = Price(price.amount - left, price.currency, price.waivable)
            after.append(replace(due, prices=(rest,), items=tariff.added(due.items, instead)))
            left = 0
    return _Balance(tuple(after), left - back, settled, instead)


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
    paid = next((one.payment for one in settling if one.payment.standing is not PaymentStanding.WAIVED), None)
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
