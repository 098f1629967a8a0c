"""Days for which more is booked than staff are planned for: the plan became smaller after people had booked. Pure."""

from collections.abc import Iterable, Iterator

import msgspec

from queue_server.appointments.capacity import CapacityUse, capacity
from queue_server.appointments.decide import BookableDay
from queue_server.appointments.store import TakenDay
from queue_server.domain.values import Day, Micros


class OverbookedDay(msgspec.Struct, frozen=True):
    """``seconds`` of the staff's time are booked that nobody is planned for, in what lies ahead of the day."""

    day: Day
    seconds: int


def overbooked_days(days: Iterable[tuple[BookableDay, TakenDay]], now: Micros) -> Iterator[OverbookedDay]:
    """Find them, in the order of ``days``. What is only held for somebody who has not booked yet is not counted."""
    for bookable, taken in days:
        use = CapacityUse(capacity(bookable.staffed, taken.changes, bookable.rules), taken.taken)
        if seconds := use.excess(now):
            yield OverbookedDay(bookable.day, seconds)
