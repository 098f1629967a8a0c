"""Where today leaves what is usual on its weekday: in who came, and in who is here now. Pure.

Usual is what lies within p10 and p90 of the same weekday of the last weeks, as in the band that is drawn.
"""

from collections.abc import Iterable, Mapping
from math import ceil, floor

import msgspec

from queue_server.domain.values import HOUR, Day, Micros, VisitState
from queue_server.queue.state import Visit
from queue_server.web.figures.band import (
    SLOT,
    BandSlot,
    DayVisits,
    band,
    came_by_hour,
    present,
    usual_by_hour,
)


class UnusualArrivals(msgspec.Struct, frozen=True):
    """Since the hour ``since`` of the service day more or fewer came in each full hour than usual.

    ``percent`` is how far their sum is above (or, below 0, under) the middle of the same hours.
    """

    since: int
    came: int
    usual: int
    percent: int


class UnusualCrowd(msgspec.Struct, frozen=True):
    """``here`` now are ``by`` more than the upper edge of what is usual, or (below 0) fewer than the lower one."""

    here: int
    by: int
    low: int
    high: int


def counted(visits: Iterable[Visit], starts_at: Micros) -> DayVisits:
    """Count when visits of a day that is not over came and ended. Who was carried over came on another day."""
    came: dict[int, int] = {}
    ended: dict[int, int] = {}
    for visit in visits:
        if visit.issued_at < starts_at:
            continue
        slot = (visit.issued_at - starts_at) // SLOT
        came[slot] = came.get(slot, 0) + 1
        if (left := _left_at(visit)) is not None:
            slot = max(0, left - starts_at) // SLOT
            ended[slot] = ended.get(slot, 0) + 1
    return DayVisits(came, ended)


def _left_at(visit: Visit) -> Micros | None:
    """Say when a party left; one that missed its call was not there when it was called last."""
    return visit.last_call_at if visit.state is VisitState.MISSED else visit.ended_at


def arrivals(today: DayVisits, usual: Mapping[Day, DayVisits], elapsed: int) -> UnusualArrivals | None:
    """Look at the hours that are over, the last first, as long as all of them lie on one side of what is usual.

    None where the last one lies within, where too few days are known, and where usually nobody comes any more.
    """
    over = elapsed // HOUR
    known = usual_by_hour(usual, range(over))
    came = came_by_hour(today)
    side = since = 0
    for hour in reversed(range(over)):
        of = known.get(hour)
        at = 0 if of is None else _side(came.get(hour, 0), of)
        if at == 0 or of is None or of.high == 0 or (side and at != side):
            break
        side, since = at, hour
    if not side:
        return None
    run = range(since, over)
    middle = sum(known[hour].middle for hour in run)
    total = sum(came.get(hour, 0) for hour in run)
    return UnusualArrivals(since, total, middle, round(100 * (total - middle) / middle)) if middle else None


def _side(number: int, usual: BandSlot) -> int:
    return (number > usual.high) - (number < usual.low)


def crowd(today: DayVisits, usual: Mapping[Day, DayVisits], elapsed: int) -> UnusualCrowd | None:
    """Compare who is here now with what is usual at this time, between the half hours that the band knows."""
    slot = elapsed // SLOT
    edges = band(usual, (slot, slot + 1))
    if not edges:
        return None
    share = elapsed % SLOT / SLOT
    low, high = (
        before + (after - before) * share
        for before, after in ((edges[0].low, edges[1].low), (edges[0].high, edges[1].high))
    )
    # Whatever is known of today has happened by now.
    (here,) = present(today, (slot + 1,))
    if here > high:
        return UnusualCrowd(here, here - floor(high), floor(low), ceil(high))
    return UnusualCrowd(here, here - ceil(low), floor(low), ceil(high)) if here < low else None
