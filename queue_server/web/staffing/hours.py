"""A day's pools by the hours of the clock. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from queue_server.contract.appointments import PoolDayView, PoolPeriodView
from queue_server.domain.appointments import PoolId


class PoolHour(msgspec.Struct, frozen=True):
    """A pool in one hour: seconds for bookings, and how many of them are taken; counters at least and at most."""

    bookable: int
    taken: int
    fewest: int
    most: int


class StaffedHour(msgspec.Struct, frozen=True):
    """A piece of the day within one hour of the clock, from the first instant at which somebody is there to the last.

    An hour that the clock shows twice is two. ``starts`` are those of its periods, the earliest first.
    """

    starts: tuple[datetime, ...]
    end: datetime
    pools: dict[PoolId, PoolHour]

    @property
    def start(self) -> datetime:
        return self.starts[0]


def by_hour(pools: Iterable[PoolDayView], zone: ZoneInfo) -> tuple[StaffedHour, ...]:
    """Put the periods of a day together by the hours of the centre's clock, the earliest first."""
    found: defaultdict[datetime, defaultdict[PoolId, list[PoolPeriodView]]] = defaultdict(lambda: defaultdict(list))
    for pool in pools:
        for period in pool.periods:
            found[_hour_of(period.at, zone)][pool.id].append(period)
    return tuple(_hour(found[hour]) for hour in sorted(found))


def _hour_of(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    return at - timedelta(minutes=local.minute, seconds=local.second)


def _hour(pools: dict[PoolId, list[PoolPeriodView]]) -> StaffedHour:
    periods = [one for those in pools.values() for one in those]
    return StaffedHour(
        starts=tuple(sorted({one.at for one in periods})),
        end=max(one.at + timedelta(minutes=one.minutes) for one in periods),
        pools={pool: total(those) for pool, those in pools.items()},
    )


def total(periods: Iterable[PoolPeriodView]) -> PoolHour:
    """Add up what a pool has in periods, of which there is one at least."""
    those = tuple(periods)
    counters = [one.counters for one in those]
    return PoolHour(
        bookable=sum(one.bookable for one in those),
        taken=sum(one.taken for one in those),
        fewest=min(counters),
        most=max(counters),
    )


def edges(pools: Iterable[PoolDayView]) -> tuple[datetime, ...]:
    """List the instants at which a period of any pool begins or ends: between them a change can lie."""
    found: set[datetime] = set()
    for pool in pools:
        for one in pool.periods:
            found |= {one.at, one.at + timedelta(minutes=one.minutes)}
    return tuple(sorted(found))
