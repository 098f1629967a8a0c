"""What services cost a party: people of each age band, times services. Pure; server and kiosks count by it.

What a visit is for is a sum of items: so many of a band, and so many parties, for a service. Items of tickets that are
joined are added, and those of what was paid are taken away, so a bill is the same in whatever order that was done. A
count below zero takes away: the items of a difference are what is wanted now, less what was paid before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal

import msgspec

from queue_server.domain.values import BandId, CurrencyCode, ServiceId

#: Counts parties, for fees that a party pays once; no band may be called so.
PARTY: Final = BandId("party")
#: Counts people of whom nobody said how old they are: they pay as the first band of the tariff.
ANYONE: Final = BandId("anyone")
#: The bands that no catalogue names.
RESERVED: Final = frozenset({PARTY, ANYONE})


class Headcount(msgspec.Struct, frozen=True):
    """``count`` people of one age band."""

    band: BandId
    count: int


class FeeItem(msgspec.Struct, frozen=True):
    """``count`` people of a band, or parties (``PARTY``), for one service; below zero: that many fewer."""

    service: ServiceId
    band: BandId
    count: int


class Rate(msgspec.Struct, frozen=True):
    """A fee: ``amount`` in minor units for each person of ``bands`` (empty: of any), or for each party.

    It holds on the service days from ``valid_from`` to ``valid_until``, both among them; None: without such an end.
    """

    service: ServiceId
    amount: int
    currency: CurrencyCode
    per: Literal["person", "party"] = "person"
    bands: tuple[BandId, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    waivable: bool = False

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_until or day)

    def is_for(self, band: BandId) -> bool:
        """Tell whether each of a band pays it."""
        return band == PARTY if self.per == "party" else band != PARTY and (not self.bands or band in self.bands)


class Price(msgspec.Struct, frozen=True):
    """What something costs in one currency, in minor units; ``waivable`` where staff may let all of it be."""

    amount: int
    currency: CurrencyCode
    waivable: bool = False


class Tariff(msgspec.Struct, frozen=True):
    """The fees of a centre, and its age bands with the one first as which whoever is not counted by age pays."""

    bands: tuple[BandId, ...] = ()
    rates: tuple[Rate, ...] = ()

    def prices(self, items: Iterable[FeeItem], day: date) -> tuple[Price, ...]:
        """Give what items cost on a service day, in each currency that all of them can be paid in.

        The currency of the first fee stands first. What costs nothing in any currency has no price.
        """
        sums = self.sums(items, day)
        return sums[0] if len(sums) == 1 else ()

    def sums(self, items: Iterable[FeeItem], day: date) -> tuple[tuple[Price, ...], ...]:
        """Give the sums that items cost on a service day, each in the currencies that it can be paid in.

        It is one sum where all services can be paid in one currency. Else each service is added to the first sum that
        can be paid in a currency of its own. What costs nothing is in no sum.
        """
        by_service: dict[ServiceId, Counter[BandId]] = {}
        for item in items:
            by_service.setdefault(item.service, Counter())[self._as_band(item.band)] += item.count
        found = [prices for service, people in by_service.items() if (prices := self._of(service, people, day))]
        if shared := _shared(found):
            return (_total(found, shared),)
        groups: list[list[dict[CurrencyCode, Price]]] = []
        for prices in found:
            group = next((one for one in groups if _shared((*one, prices))), None)
            if group is None:
                groups.append([prices])
            else:
                group.append(prices)
        return tuple(_total(group, _shared(group)) for group in groups)

    def charges(self, service: ServiceId, band: BandId, day: date) -> bool:
        """Tell whether one of a band, or a party, costs anything for a service on a day."""
        return bool(self.prices((FeeItem(service, band, 1),), day))

    def counted(self, people: Iterable[Headcount]) -> tuple[Headcount, ...]:
        """Count people by the bands of this tariff: whom it does not know are of the first."""
        total: Counter[BandId] = Counter()
        for one in people:
            total[self._as_band(one.band)] += one.count
        return tuple(Headcount(band, count) for band, count in total.items() if count > 0)

    def _of(self, service: ServiceId, people: Counter[BandId], day: date) -> dict[CurrencyCode, Price]:
        prices: dict[CurrencyCode, Price] = {}
        for rate in self.rates:
            count = sum(count for band, count in people.items() if rate.is_for(band))
            if rate.service == service and rate.holds_on(day) and rate.amount * count != 0:
                before = prices.get(rate.currency, Price(0, rate.currency, waivable=True))
                prices[rate.currency] = Price(
                    before.amount + rate.amount * count, rate.currency, before.waivable and rate.waivable
                )
        return {currency: price for currency, price in prices.items() if price.amount}

    def _as_band(self, band: BandId) -> BandId:
        return band if band == PARTY or band in self.bands or not self.bands else self.bands[0]


def of_party(services: Iterable[ServiceId], people: Iterable[Headcount]) -> tuple[FeeItem, ...]:
    """List what one party comes for: each of its people and itself, times each of its services."""
    party = (Headcount(PARTY, 1), *people)
    return tuple(
        FeeItem(service, one.band, one.count) for service in dict.fromkeys(services) for one in party if one.count > 0
    )


def added(*parts: Iterable[FeeItem]) -> tuple[FeeItem, ...]:
    """Add up items, in the order in which each first comes."""
    return _items(_sum(*parts))


def remaining(wanted: Iterable[FeeItem], *covered: Iterable[FeeItem]) -> tuple[FeeItem, ...]:
    """Give what is left of ``wanted`` when ``covered`` is taken away; never less than nothing of any.

    What counts below zero in ``covered`` is wanted as well.
    """
    left = _sum(wanted)
    left.subtract(_sum(*covered))
    return tuple(one for one in _items(left) if one.count > 0)


def exchanged(items: Iterable[FeeItem]) -> tuple[FeeItem, ...]:
    """Give items to take away."""
    return tuple(FeeItem(one.service, one.band, -one.count) for one in items)


def _shared(found: Sequence[dict[CurrencyCode, Price]]) -> tuple[CurrencyCode, ...]:
    """List the currencies that all services can be paid in, in the order of the first."""
    first = found[0] if found else {}
    return tuple(currency for currency in first if all(currency in prices for prices in found))


def _total(found: Sequence[dict[CurrencyCode, Price]], currencies: Iterable[CurrencyCode]) -> tuple[Price, ...]:
    return tuple(
        Price(
            sum(prices[currency].amount for prices in found),
            currency,
            all(prices[currency].waivable for prices in found),
        )
        for currency in currencies
    )


def _sum(*parts: Iterable[FeeItem]) -> Counter[tuple[ServiceId, BandId]]:
    total: Counter[tuple[ServiceId, BandId]] = Counter()
    for item in (one for part in parts for one in part):
        total[item.service, item.band] += item.count
    return total


def _items(total: Mapping[tuple[ServiceId, BandId], int]) -> tuple[FeeItem, ...]:
    return tuple(FeeItem(service, band, count) for (service, band), count in total.items() if count)


def size(people: Iterable[Headcount]) -> int:
    """Count everybody."""
    return sum(one.count for one in people)
