"""How many people are here through a day, and between which numbers that usually lies. Pure.

A service day is cut into slots of half an hour, 0 being the one with which it begins; a number belongs to the instant
at which a slot begins.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from queue_server.domain.values import HOUR, Day
from queue_server.reports.quantiles import HALF, NINE_OF_TEN, ONE_OF_TEN, quantile_of
from queue_server.reports.tallying import HALF_HOUR

SLOT = HALF_HOUR
#: Slots of an hour.
SLOTS = HOUR // SLOT
#: Fewer days than these say nothing of what is usual.
MIN_DAYS = 4


class DayVisits(msgspec.Struct, frozen=True):
    """How many visits of a day came, and how many ended, in each of its slots; slots without any are not there."""

    came: Mapping[int, int] = {}
    ended: Mapping[int, int] = {}


class BandSlot(msgspec.Struct, frozen=True):
    """What is usual at one instant: of ten days one has fewer than ``low`` visits here and one more than ``high``."""

    low: int
    middle: int
    high: int


def present(day: DayVisits, at: Iterable[int]) -> tuple[int, ...]:
    """Count the visits that are here when each of these slots begins."""
    return tuple(
        sum(times for slot, times in day.came.items() if slot < begin)
        - sum(times for slot, times in day.ended.items() if slot < begin)
        for begin in at
    )


def slots(days: Iterable[DayVisits]) -> range:
    """Give the slots to look at: from before the first comes until the last is gone, on any of these days."""
    found = [slot for day in days for slot in (*day.came, *day.ended)]
    return range(min(found), max(found) + 2) if found else range(0)


def band(days: Mapping[Day, DayVisits], at: Sequence[int]) -> tuple[BandSlot, ...]:
    """Say what is usual when each of these slots begins; nothing where too few days are known.

    A day on which nobody came is no day like the others: the centre was closed.
    """
    open_days = [present(day, at) for day in days.values() if day.came]
    if len(open_days) < MIN_DAYS:
        return ()
    return tuple(map(_usual, zip(*open_days, strict=True)))


def came_by_hour(day: DayVisits) -> dict[int, int]:
    """Count who came in each hour of a service day, 0 being the one with which it begins."""
    found: dict[int, int] = {}
    for slot, times in day.came.items():
        found[slot // SLOTS] = found.get(slot // SLOTS, 0) + times
    return found


def usual_by_hour(days: Mapping[Day, DayVisits], hours: Iterable[int]) -> dict[int, BandSlot]:
    """Say how many usually come in each of these hours; nothing where too few days are known."""
    counted = [came_by_hour(day) for day in days.values() if day.came]
    if len(counted) < MIN_DAYS:
        return {}
    return {hour: _usual([day.get(hour, 0) for day in counted]) for hour in hours}


def _usual(numbers: Sequence[int]) -> BandSlot:
    return BandSlot(*(quantile_of(numbers, share) or 0 for share in (ONE_OF_TEN, HALF, NINE_OF_TEN)))
