"""How many arrive and are finished in each hour, and how many are at the centre at its end. Pure."""

from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from queue_server.domain.values import HOUR, Micros, VisitState
from queue_server.queue.state import Visit
from queue_server.web.times import Clockface

#: Hours that are drawn: so many at least, so that the frame is there before it fills, and no more than fit.
FEWEST, MOST = 8, 12


class Hour(msgspec.Struct, frozen=True):
    """One hour from ``start``; ``present`` at its end, or now where it is not over. All 0 in an hour to come."""

    start: Micros
    arrived: int
    finished: int
    present: int
    begun: bool
    current: bool


def left_at(visit: Visit) -> Micros | None:
    """Say when a party left the centre; one that missed its call was not there when it was called last."""
    if visit.state is VisitState.MISSED:
        return visit.last_call_at
    return visit.ended_at


def full_hour(instant: Micros, clock: Clockface) -> Micros:
    """Give the beginning of the hour of the centre's clock in which ``instant`` lies."""
    local = clock.local(instant)
    within = (local.minute * 60 + local.second) * 1_000_000 + local.microsecond
    return Micros(instant - within)


def window(first: Micros, last: Micros, now: Micros, clock: Clockface) -> tuple[Micros, int]:
    """Choose the hours to draw: from that of ``first`` to that of ``last``, the present one always among them.

    Returns:
        The beginning of the first hour, and how many.
    """
    start, end = full_hour(min(first, now), clock), full_hour(max(last, now), clock)
    count = (end - start) // HOUR + 1
    if count < FEWEST:
        return start, FEWEST
    if count > MOST:
        # The newest past counts most; of what is to come as much as still fits.
        start = max(start, Micros(full_hour(now, clock) - (MOST - 1) * HOUR))
        count = min(MOST, (end - start) // HOUR + 1)
    return start, count


def throughput(visits: Iterable[Visit], start: Micros, count: int, now: Micros) -> tuple[Hour, ...]:
    """Count ``visits`` in ``count`` hours from ``start``."""
    seen = tuple(visits)
    arrived = sorted(visit.issued_at for visit in seen)
    left = sorted(at for visit in seen if (at := left_at(visit)) is not None)
    done = sorted(visit.ended_at for visit in seen if visit.state is VisitState.DONE and visit.ended_at is not None)

    def hour(begin: int) -> Hour:
        # An instant on the hour belongs to the hour that it begins.
        end = begin + HOUR - 1
        until = min(end, now)
        return Hour(
            start=Micros(begin),
            arrived=bisect_right(arrived, end) - bisect_right(arrived, begin - 1),
            finished=bisect_right(done, end) - bisect_right(done, begin - 1),
            present=bisect_right(arrived, until) - bisect_right(left, until) if begin <= now else 0,
            begun=begin <= now,
            current=begin <= now <= end,
        )

    return tuple(hour(start + index * HOUR) for index in range(count))
