"""How many people are here through a day, and between which numbers that usually lies. Pure.

Times are microseconds from the start of a service day. They are cut into slots of half an hour; a number belongs to the
instant at which a slot begins.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from queue_server.domain.values import HOUR, MINUTE, Day
from queue_server.reports.day_readings import Coming
from queue_server.reports.quantiles import HALF, NINE_OF_TEN, ONE_OF_TEN, quantile_of

SLOT = 30 * MINUTE
#: Fewer days than these say nothing of what is usual.
MIN_DAYS = 4


class BandSlot(msgspec.Struct, frozen=True):
    """What is usual at one instant: of ten days one has fewer than ``low`` visits here and one more than ``high``."""

    low: int
    middle: int
    high: int


def present(comings: Iterable[Coming], at: Sequence[int]) -> tuple[int, ...]:
    """Count the visits that are here at each of these instants; who comes or goes just then has done so."""
    came, ended = [], []
    for one in comings:
        came.append(one.came)
        if one.ended is not None:
            ended.append(one.ended)
    came.sort()
    ended.sort()
    return tuple(max(0, bisect_right(came, instant) - bisect_right(ended, instant)) for instant in at)


def slots(days: Iterable[Iterable[Coming]], least: tuple[int, int] | None = None) -> tuple[int, ...]:
    """List the instants to look at: from before the first comes until the last is gone, on any of these days.

    ``least`` is what is looked at in any case, as far as the hours of the centre are known.
    """
    first, last = ([], []) if least is None else ([least[0]], [least[1]])
    for day in days:
        for one in day:
            first.append(one.came)
            last.append(one.came if one.ended is None else one.ended)
    if not first:
        return ()
    begin, end = min(first) // SLOT, -(-max(last) // SLOT)
    return tuple(number * SLOT for number in range(begin, end + 1))


def band(days: Mapping[Day, Sequence[Coming]], at: Sequence[int]) -> tuple[BandSlot, ...]:
    """Say what is usual at each of these instants; nothing where too few days are known.

    A day on which nobody came is no day like the others: the centre was closed.
    """
    open_days = [present(comings, at) for comings in days.values() if comings]
    if len(open_days) < MIN_DAYS:
        return ()
    found = []
    for numbers in zip(*open_days, strict=True):
        low, middle, high = (quantile_of(numbers, share) or 0 for share in (ONE_OF_TEN, HALF, NINE_OF_TEN))
        found.append(BandSlot(low, middle, high))
    return tuple(found)


def came_by_hour(comings: Iterable[Coming]) -> dict[int, int]:
    """Count who came in each hour of a service day, 0 being the one with which it begins."""
    found: dict[int, int] = {}
    for one in comings:
        found[one.came // HOUR] = found.get(one.came // HOUR, 0) + 1
    return found


def usual_by_hour(days: Mapping[Day, Sequence[Coming]], hours: Iterable[int]) -> dict[int, BandSlot]:
    """Say how many usually come in each of these hours; nothing where too few days are known."""
    counted = [came_by_hour(comings) for comings in days.values() if comings]
    if len(counted) < MIN_DAYS:
        return {}
    found = {}
    for hour in hours:
        numbers = [day.get(hour, 0) for day in counted]
        low, middle, high = (quantile_of(numbers, share) or 0 for share in (ONE_OF_TEN, HALF, NINE_OF_TEN))
        found[hour] = BandSlot(low, middle, high)
    return found
