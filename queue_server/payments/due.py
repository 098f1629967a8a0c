"""What a visit has to pay, and what has become of it. Pure.

A fee is settled by a payment that is charged and of which something is left, or by a waiver. What went back, or is
about to, settles nothing; of what is not certain nobody may take it a second time.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import msgspec

from queue_server.payments.model import Payment
from queue_server.values import CurrencyCode, RefundState, ServiceId, Standing


class Price(msgspec.Struct, frozen=True):
    """What a service costs in one currency, in minor units."""

    amount: int
    currency: CurrencyCode
    waivable: bool = False


class Due(msgspec.Struct, frozen=True):
    """The fee of one service of a visit; ``payment`` is what settled it, or of what nothing is certain."""

    service: ServiceId
    prices: tuple[Price, ...]
    state: Literal["open", "undecided", "paid", "waived"] = "open"
    payment: Payment | None = None


class Bill(msgspec.Struct, frozen=True):
    """One amount that can be taken at once, and what for."""

    services: tuple[ServiceId, ...]
    amount: int
    currency: CurrencyCode


def kept(payment: Payment) -> int:
    """Tell how much of a charged payment did not go back, in minor units; 0 where it is not charged."""
    if payment.standing is not Standing.CHARGED:
        return 0
    return payment.amount - sum(one.amount for one in payment.refunds if one.state is RefundState.DONE)


def settles(payment: Payment) -> tuple[ServiceId, ...]:
    """Name the services whose fees are settled by a payment as it now stands."""
    return payment.services if kept(payment) > 0 or payment.standing is Standing.WAIVED else ()


def dues(
    services: Iterable[ServiceId], prices: Callable[[ServiceId], Iterable[Price]], payments: Iterable[Payment]
) -> tuple[Due, ...]:
    """List the fees of a visit's services; one that costs nothing is left out."""
    made = tuple(payments)
    return tuple(
        _due(service, found, made)
        for service in dict.fromkeys(services)
        if (found := tuple(price for price in prices(service) if price.amount > 0))
    )


def _due(service: ServiceId, prices: tuple[Price, ...], payments: tuple[Payment, ...]) -> Due:
    mine = [one for one in payments if service in one.services]
    for payment in mine:
        if kept(payment) > 0:
            return Due(service, prices, "paid", payment)
    for payment in mine:
        if payment.standing is Standing.WAIVED:
            return Due(service, prices, "waived", payment)
    for payment in mine:
        if payment.standing is Standing.UNDECIDED:
            return Due(service, prices, "undecided", payment)
    return Due(service, prices)


def bills(found: Iterable[Due]) -> tuple[Bill, ...]:
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


def _bill(unpaid: list[Due], currency: CurrencyCode) -> Bill:
    amount = sum(price.amount for due in unpaid for price in due.prices if price.currency == currency)
    return Bill(tuple(due.service for due in unpaid), amount, currency)


def _alone(unpaid: list[Due]) -> Iterator[Bill]:
    for due in unpaid:
        for price in due.prices:
            yield Bill((due.service,), price.amount, price.currency)
