"""What somebody has chosen so far. It travels in the address, and is looked at anew at every step. Pure."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final
from urllib.parse import urlencode

import msgspec

from queue_server.catalogue.model import ServiceDefinition, Setup
from queue_server.contract.base import People
from queue_server.domain.tariff import ANYONE, Headcount
from queue_server.domain.values import BandId, GovernmentId, ServiceId

#: Fields of an address and of a form.
SERVICE: Final = "service"
PEOPLE: Final = "people"
BAND: Final = "age-"

#: How a number of people is written: nobody brings as many as a hundred.
_COUNTS: Final = frozenset(map(str, range(1, 100)))

#: Reads all that was said for a field.
Asked = Callable[[str], Sequence[str]]


class BookingChoice(msgspec.Struct, frozen=True):
    """``people`` is the party by age band where the centre has bands; ``party_size`` is 0 while it is not known."""

    services: tuple[ServiceId, ...] = ()
    party_size: int = 0
    people: tuple[People, ...] = ()

    @property
    def headcounts(self) -> tuple[Headcount, ...]:
        """The party, as fees are counted."""
        if self.people:
            return tuple(Headcount(BandId(one.band), one.count) for one in self.people)
        return (Headcount(ANYONE, max(1, self.party_size)),)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """As fields of a form, or parts of an address."""
        party = [(f"{BAND}{one.band}", str(one.count)) for one in self.people]
        if not party and self.party_size:
            party = [(PEOPLE, str(self.party_size))]
        return (*((SERVICE, one) for one in self.services), *party)

    def query(self, *more: tuple[str, str]) -> str:
        """Write it as the query of an address, with ``more`` behind it."""
        return urlencode([*self.fields, *more])


def bookable(setup: Setup) -> tuple[ServiceDefinition, ...]:
    """List the services for which an appointment may be made."""
    return tuple(one for one in setup.services if one.bookable)


def governments(setup: Setup) -> tuple[GovernmentId, ...]:
    """List the governments for which an appointment may be made, in the order of the set-up."""
    given = {one.government for one in bookable(setup)}
    return tuple(one.id for one in setup.governments if one.id in given)


def max_people(setup: Setup) -> int:
    """Say how many people at most come for one appointment."""
    return min(20, setup.rules.max_party)


def max_services(setup: Setup) -> int:
    """Say for how many services at most one appointment is made."""
    return setup.rules.kiosk_services


def read_choice(asked: Asked, setup: Setup, most: int | None = None) -> BookingChoice:
    """Read what was chosen; what does not fit (any more) was not chosen.

    ``most`` are so many services at most; left out, as many as whoever books by themselves may have.
    """
    known = {one.id for one in bookable(setup)}
    services = dict.fromkeys(ServiceId(one) for one in asked(SERVICE) if one in known)
    people: tuple[People, ...] = ()
    if setup.bands:
        people = tuple(_bands(asked, (one.id for one in setup.bands)))
        size = sum(one.count for one in people)
    else:
        size = _number(asked(PEOPLE))
    if size > max_people(setup):
        size, people = 0, ()
    return BookingChoice(tuple(services)[: max_services(setup) if most is None else most], size, people)


def _bands(asked: Asked, bands: Iterable[BandId]) -> Iterable[People]:
    for band in bands:
        if count := _number(asked(f"{BAND}{band}")):
            yield People(band, count)


def _number(said: Sequence[str]) -> int:
    text = said[0] if said else ""
    return int(text) if text in _COUNTS else 0
