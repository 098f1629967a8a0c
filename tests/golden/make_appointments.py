"""Writes golden streams of days of appointments: ``python -m tests.golden.make_appointments 1``.

Under a new number when an event gets a new version, and never again for an old one.
"""

import sys
from collections.abc import Iterator
from typing import Any

from queue_server.appointments import events as e
from queue_server.appointments.capacity import Load
from queue_server.appointments.store import DAYS
from queue_server.domain.appointments import (
    AppointmentCode,
    AppointmentDocumentId,
    AppointmentId,
    BookedThrough,
    DayChangeId,
    DayChangeKind,
    HoldId,
    PoolId,
    RemoteChannel,
)
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import BandId, CentreId, Day, Language, Micros, ServiceId, VisitId
from tests.golden.make_custody import COMMAND
from tests.golden.stored import ROOT, START, Deed, played, write

FOLDER = ROOT / "appointments"
_ID = "01a21000-0000-7000-8000-0000000000"
AT = Micros(START + 86_400_000_000)
LATER = Micros(AT + 900_000_000)
UNTIL = Micros(START + 600_000_000)
DAY, OTHER = Day("2026-11-26"), Day("2026-11-27")
POOL = PoolId("windows")
HOLD, CHANGE, VISIT = HoldId(f"{_ID}b1"), DayChangeId(f"{_ID}c1"), VisitId(f"{_ID}d1")


def ident(number: int) -> AppointmentId:
    return AppointmentId(f"{_ID}{number:02}")


def terms(number: int, hold: HoldId | None = None) -> dict[str, Any]:
    return {
        "appointment": ident(number),
        "code": AppointmentCode("HS4K7KM2"),
        "at": AT,
        "services": (ServiceId("uto-passport-renewal"),),
        "party_size": 3,
        "people": (Headcount(BandId("adult"), 2), Headcount(BandId("child"), 1)),
        "language": Language("ar"),
        "through": BookedThrough.PUBLIC,
        "seconds": 1_200,
        "remote": RemoteChannel.VIDEO if number == 2 else None,
        "document": AppointmentDocumentId(f"{_ID}e1") if number == 1 else None,
        "hold": hold,
        "loads": (Load(POOL, AT, 600), Load(POOL, LATER, 600)),
    }


def held(hold: HoldId) -> e.TimeHeld:
    loads = (Load(POOL, AT, 600),)
    return e.TimeHeld(hold, AT, (ServiceId("uto-birth"),), 1, (), loads, UNTIL)


def days() -> Iterator[tuple[str, list[Deed]]]:
    """Give what happened to each day, in its order, by the name of its stream."""
    opened = e.AppointmentDayOpened(CentreId("harbour"), DAY)
    moved_in: dict[str, Any] = terms(3) | {"booked_at": Micros(START - 7), "revision": 1, "from_day": OTHER}
    booked = [
        opened,
        held(HOLD),
        e.AppointmentBooked(**terms(1, HOLD)),
        held(HoldId(f"{_ID}b2")),
        e.HoldReleased(HoldId(f"{_ID}b2")),
        held(HoldId(f"{_ID}b3")),
        e.AppointmentBooked(**terms(2)),
        e.AppointmentRescheduled(ident(1), LATER, None, (Load(POOL, LATER, 1_200),), UNTIL),
        e.AppointmentMovedIn(**moved_in),
        e.AppointmentBooked(**terms(4)),
        e.AppointmentMovedOut(ident(4), OTHER, Micros(AT + 86_400_000_000), UNTIL),
        e.AppointmentBooked(**terms(5)),
        e.AppointmentCancelled(ident(5), UNTIL),
        e.AppointmentCheckedIn(ident(1), VISIT),
        e.AppointmentMissed(ident(2)),
    ]
    yield "booked-{}", [lambda _, body=body: (body,) for body in booked]  # type: ignore[misc]
    changed = [
        opened,
        e.AppointmentBooked(**terms(1)),
        e.AppointmentBooked(**terms(2)),
        e.AppointmentDayChanged(CHANGE, DayChangeKind.CLOSE, AT, LATER, POOL, 0),
        e.AppointmentDayChanged(DayChangeId(f"{_ID}c2"), DayChangeKind.COUNTERS, AT, LATER, None, -1),
        e.AppointmentDisplaced(ident(2), CHANGE),
        e.AppointmentReassigned(ident(1), (Load(PoolId("papers"), AT, 1_200),)),
        e.AppointmentDayRestored(CHANGE),
    ]
    yield "changed-{}", [lambda _, body=body: (body,) for body in changed]  # type: ignore[misc]


def write_all(number: str) -> None:
    for name, deeds in days():
        bodies, found = played(DAYS, deeds)
        write(FOLDER / name.format(number), bodies, found, COMMAND, "public")


if __name__ == "__main__":
    write_all(sys.argv[1])
