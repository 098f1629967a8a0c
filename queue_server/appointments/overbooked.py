"""Find days with more appointments than staff, because the staffing plan shrank after people had booked. Pure."""

from collections.abc import Iterable, Iterator

import msgspec

from queue_server.appointments.capacity import CapacityUse, capacity
from queue_server.appointments.decide import BookableDay
from queue_server.appointments.store import TakenDay
from queue_server.domain.values import Day, Micros


class OverbookedDay(msgspec.Struct, frozen=True):
    """A day, and the ``seconds`` of staff time that are booked but not planned in the rest of it."""

    day: Day
    seconds: int


def overbooked_days(days: Iterable[tuple[BookableDay, TakenDay]], now: Micros) -> Iterator[OverbookedDay]:
    """Return the overbooked ones of ``days``, in the same order. Times that are only held are not counted."""
    for bookable, taken in days:
        use = CapacityUse(capacity(bookable.staffed, taken.changes, bookable.rules), taken.taken)
        if seconds := use.excess(now):
            yield OverbookedDay(bookable.day, seconds)
