"""What services cost. Pure.

A fee holds on service days, from the first to the last, both among them; of one service, one currency and one day there
is one at most.
"""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from queue_server.catalogue.errors import CatalogueFeesError, CatalogueMoneyError, CatalogueReferenceError
from queue_server.catalogue.model import Fee, Setup
from queue_server.money import MoneyError, to_minor
from queue_server.values import ServiceId


def minor(fee: Fee) -> int:
    """Give the amount of a checked fee in minor units."""
    return to_minor(fee.amount, fee.currency)


def fees_on(setup: Setup, service: ServiceId, day: date) -> tuple[Fee, ...]:
    """List what a service costs on a service day: a fee in each currency, the first of them offered first."""
    return tuple(fee for fee in setup.fees if fee.service == service and _first(fee) <= day <= _last(fee))


def check_fees(setup: Setup) -> None:
    """Check what the types of ``Fee`` cannot say.

    Raises:
        CatalogueReferenceError: a fee is for a service that is not set up.
        CatalogueMoneyError: there is no such currency, or the amount has not the digits that it has.
        CatalogueFeesError: a fee ends before it begins, or two hold on the same day.
    """
    services = {service.id for service in setup.services}
    alike: dict[tuple[ServiceId, str], list[tuple[date, date, int]]] = defaultdict(list)
    for index, fee in enumerate(setup.fees):
        section = f"fees[{index}]"
        if fee.service not in services:
            raise CatalogueReferenceError(section=section, key="service", value=fee.service)
        try:
            minor(fee)
        except MoneyError as error:
            raise CatalogueMoneyError(section=section, key="amount", **error.placeholders) from error
        if _last(fee) < _first(fee):
            raise CatalogueFeesError(section=section, key="valid_until", service=fee.service)
        alike[fee.service, fee.currency].append((_first(fee), _last(fee), index))
    for (service, _), periods in alike.items():
        for before, after in pairwise(sorted(periods)):
            if after[0] <= before[1]:
                section = f"fees[{max(before[2], after[2])}]"
                raise CatalogueFeesError(section=section, key="valid_from", service=service)


def _first(fee: Fee) -> date:
    return fee.valid_from or date.min


def _last(fee: Fee) -> date:
    return fee.valid_until or date.max
