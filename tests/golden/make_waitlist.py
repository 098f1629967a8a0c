"""Writes golden streams of the waiting list: ``python -m tests.golden.make_waitlist 1``.

Under a new number when an event gets a new version, and never again for an old one.
"""

import sys
from collections.abc import Iterator

from queue_server.appointments import waitlist_events as e
from queue_server.appointments.waitlist_store import WAITLIST
from queue_server.domain.appointments import AppointmentId, HoldId, WaitlistId
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import BandId, CentreId, Day, Language, Micros, ServiceId
from queue_server.eventlog.payload import Payload
from tests.golden.make_custody import COMMAND
from tests.golden.stored import ROOT, START, Deed, played, write

FOLDER = ROOT / "waitlist"
_ID = "01a21000-0000-7000-8000-0000000000"
ENTRY, HOLD, OTHER = WaitlistId(f"{_ID}01"), HoldId(f"{_ID}b1"), HoldId(f"{_ID}b2")
DAY, LAST = Day("2026-11-26"), Day("2026-11-30")
AT = Micros(START + 86_400_000_000)


def entries() -> Iterator[tuple[str, list[Deed]]]:
    """Give what happened to each who waits, in its order, by the name of their stream."""
    joined = e.WaitlistJoined(
        entry=ENTRY,
        centre=CentreId("harbour"),
        services=(ServiceId("uto-passport-renewal"),),
        party_size=3,
        people=(Headcount(BandId("adult"), 2), Headcount(BandId("child"), 1)),
        language=Language("ar"),
        first_day=DAY,
        last_day=LAST,
        earliest_min=480,
        latest_min=720,
    )
    until, held = Micros(START + 600_000_000), Micros(START + 900_000_000)
    offered = e.WaitlistOffered(ENTRY, HOLD, DAY, AT, until, held)
    again = e.WaitlistOffered(ENTRY, OTHER, DAY, Micros(AT + 900_000_000), until, held)
    lapsed = e.WaitlistOfferLapsed(ENTRY, HOLD)
    served = e.WaitlistServed(ENTRY, AppointmentId(f"{_ID}a1"))
    yield "served-{}", _deeds(joined, offered, lapsed, again, served)
    yield "left-{}", _deeds(joined, offered, e.WaitlistLeft(ENTRY))
    yield "ended-{}", _deeds(joined, e.WaitlistEnded(ENTRY))


def _deeds(*bodies: Payload) -> list[Deed]:
    return [lambda _, body=body: (body,) for body in bodies]  # type: ignore[misc]


def write_all(number: str) -> None:
    for name, deeds in entries():
        bodies, found = played(WAITLIST, deeds)
        write(FOLDER / name.format(number), bodies, found, COMMAND, "public")


if __name__ == "__main__":
    write_all(sys.argv[1])
