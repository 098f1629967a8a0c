"""What is asked for in the address of the page: an appointment, some that were found, or a time for a party. Pure."""

from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlencode

import msgspec

from queue_server.catalogue.model import Setup
from queue_server.contract.base import People
from queue_server.web.booking.choice import BAND, PEOPLE, BookingChoice, read_choice

#: Services of one appointment at most, as the API takes them.
MAX_SERVICES: Final = 5
#: Appointments at most that are shown of what was found.
MAX_FOUND: Final = 20
_MAX_ID: Final = 64
#: An instant as an address writes it has so many digits at most.
_MAX_DIGITS: Final = 16
_PARTY: Final = (PEOPLE, BAND)

#: Reads all that was said for a field.
Asked = Callable[[str], Sequence[str]]


class DeskQuery(msgspec.Struct, frozen=True):
    """``appointment`` is looked at, or moved; ``found`` were found; else ``choice`` is what somebody needs.

    ``visit`` is the visit for which it is booked: what it came for stands there until something else is chosen. ``at``
    is the time that ``hold`` holds. A ``choice`` with services and a party of 0 is more people than come together.
    """

    appointment: str = ""
    found: tuple[str, ...] = ()
    choice: BookingChoice = BookingChoice()
    visit: str = ""
    language: str = ""
    day: str = ""
    at: int | None = None
    hold: str = ""
    moving: bool = False
    done: str = ""

    def written(self, **changed: str) -> str:
        """Write it as the query of an address, with some of it changed."""
        named = {
            "appointment": self.appointment,
            "found": ",".join(self.found),
            "visit": self.visit,
            "language": self.language,
            "day": self.day,
            "at": "" if self.at is None else str(self.at),
            "hold": self.hold,
            "move": "1" if self.moving else "",
            "done": self.done,
        } | changed
        return urlencode([*self.choice.fields, *((name, value) for name, value in named.items() if value)])

    def written_for(self, appointment: str) -> str:
        """Write the query at which one of those that are listed is looked at; what was found stays listed."""
        return DeskQuery(appointment=appointment, found=self.found).written()


def read(asked: Asked, names: Sequence[str], setup: Setup) -> DeskQuery:
    """Read an address with the fields ``names``; what makes no sense was not asked for."""

    def one(name: str) -> str:
        found = asked(name)
        return found[0] if found and len(found[0]) <= _MAX_ID else ""

    choice = read_choice(asked, setup, MAX_SERVICES)
    if not choice.party_size and not any(name.startswith(_PARTY) for name in names):
        choice = BookingChoice(choice.services, *_one_person(setup))
    at = one("at")
    found = (asked("found") or [""])[0].split(",")[:MAX_FOUND]
    return DeskQuery(
        appointment=one("appointment"),
        found=tuple(each for each in found if 0 < len(each) <= _MAX_ID),
        choice=choice,
        visit=one("visit"),
        language=one("language"),
        day=one("day"),
        at=int(at) if at.isascii() and at.isdigit() and len(at) <= _MAX_DIGITS else None,
        hold=one("hold"),
        moving=one("move") == "1",
        done=one("done"),
    )


def _one_person(setup: Setup) -> tuple[int, tuple[People, ...]]:
    first = next(iter(setup.bands), None)
    return 1, () if first is None else (People(first.id, 1),)
