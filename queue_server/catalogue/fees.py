"""What services cost, as a set-up says it. Pure.

A fee holds on service days, from the first to the last, both among them; of one service, one currency, one age band (or
the party) and one day there is one at most.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from queue_server.catalogue.errors import (
    CatalogueBandsError,
    CatalogueFeesError,
    CatalogueMoneyError,
    CatalogueReferenceError,
)
from queue_server.catalogue.model import FeeDefinition, Setup
from queue_server.domain.money import MoneyError, to_minor
from queue_server.domain.tariff import ANYONE, PARTY, RESERVED
from queue_server.domain.values import BandId, CurrencyCode, ServiceId


def minor(fee: FeeDefinition) -> int:
    """Give the amount of a checked fee in minor units."""
    return to_minor(fee.amount, fee.currency)


def without_desk(setup: Setup) -> tuple[ServiceId, ...]:
    """Name the services that cost something while no stop of theirs takes fees: only a kiosk can take theirs."""
    desks = {step.id for step in setup.steps if step.takes_fees}
    charged = {fee.service for fee in setup.fees if minor(fee)}
    return tuple(one.id for one in setup.services if one.id in charged and desks.isdisjoint(one.steps))


def check_fees(setup: Setup) -> None:
    """Check what the types of ``AgeBand`` and ``Fee`` cannot say.

    Raises:
        CatalogueReferenceError: a fee is for a service, or an age band, that is not set up.
        CatalogueBandsError: the youngest are in no band, two begin at one age, one has a name that is taken;
            or a fee of a party names bands.
        CatalogueMoneyError: there is no such currency, or the amount has not the digits that it has.
        CatalogueFeesError: a fee ends before it begins, two hold on the same day, or what is charged for in one
            currency is free in another.
    """
    _check_bands(setup)
    services, bands = {service.id for service in setup.services}, {band.id for band in setup.bands}
    alike: dict[tuple[ServiceId, CurrencyCode, BandId], list[tuple[date, date, int]]] = defaultdict(list)
    for index, fee in enumerate(setup.fees):
        section = f"fees[{index}]"
        _check_fee(fee, section, services, bands)
        if _last(fee) < _first(fee):
            raise CatalogueFeesError(section=section, key="valid_until", service=fee.service)
        for payer in _payers(setup, fee):
            alike[fee.service, fee.currency, payer].append((_first(fee), _last(fee), index))
    for (service, _, _), periods in alike.items():
        for before, after in pairwise(sorted(periods)):
            if after[0] <= before[1]:
                section = f"fees[{max(before[2], after[2])}]"
                raise CatalogueFeesError(section=section, key="valid_from", service=service)
    _check_currencies(setup)


def _check_bands(setup: Setup) -> None:
    ages = [band.from_age for band in setup.bands]
    if ages and 0 not in ages:
        raise CatalogueBandsError(section="bands", key="from_age")
    for index, band in enumerate(setup.bands):
        if band.id in RESERVED:
            raise CatalogueBandsError(section=f"bands[{index}]", key="id")
        if ages.index(band.from_age) < index:
            raise CatalogueBandsError(section=f"bands[{index}]", key="from_age")


def _check_fee(fee: FeeDefinition, section: str, services: set[ServiceId], bands: set[BandId]) -> None:
    if fee.service not in services:
        raise CatalogueReferenceError(section=section, key="service", value=fee.service)
    if other := set(fee.bands) - bands:
        raise CatalogueReferenceError(section=section, key="bands", value=min(other))
    if fee.per == "party" and fee.bands:
        raise CatalogueBandsError(section=section, key="bands")
    try:
        minor(fee)
    except MoneyError as error:
        raise CatalogueMoneyError(section=section, key="amount", **error.placeholders) from error


def _check_currencies(setup: Setup) -> None:
    """What costs nothing in a currency is not paid by whoever chooses that one: all are for the same people."""
    payers: dict[ServiceId, dict[CurrencyCode, set[BandId]]] = defaultdict(lambda: defaultdict(set))
    for fee in setup.fees:
        payers[fee.service][fee.currency].update(_payers(setup, fee))
    for index, fee in enumerate(setup.fees):
        if payers[fee.service][fee.currency] != set().union(*payers[fee.service].values()):
            raise CatalogueFeesError(section=f"fees[{index}]", key="currency", service=fee.service)


def _payers(setup: Setup, fee: FeeDefinition) -> Iterator[BandId]:
    """Name who pays a fee: the bands, or the party."""
    if fee.per == "party":
        yield PARTY
    else:
        yield from fee.bands or tuple(band.id for band in setup.bands) or (ANYONE,)


def _first(fee: FeeDefinition) -> date:
    return fee.valid_from or date.min


def _last(fee: FeeDefinition) -> date:
    return fee.valid_until or date.max
