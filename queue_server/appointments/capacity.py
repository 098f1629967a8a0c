"""What of a day can be booked, exact in whole seconds, and where in it a journey fits. Pure.

Capacity is the time of people: each pool of the staffing plan has so many counters at a time. A day is cut into
periods, and of what a pool can serve in one, a share is for bookings. A booking takes its seconds at each stop of its
journey, from the period of its time on.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from queue_server.domain.appointments import DayChangeId, DayChangeKind, PoolId
from queue_server.domain.values import SECOND, Day, GovernmentId, Micros, ServiceId, StepId

#: A pool that can take any service, step or government counts as one with so many of them.
_ANY: Final = 1_000
_PERCENT: Final = 100


class Load(msgspec.Struct, frozen=True):
    """Seconds of a pool that a booking takes in the period that begins at ``at``."""

    pool: PoolId
    """The pool."""
    at: Micros
    """When the period begins."""
    seconds: int
    """How much of it is taken."""


class StopDemand(msgspec.Struct, frozen=True):
    """A stop of a booked journey: how long a counter is needed, and how long the party may wait for it."""

    step: StepId
    service: ServiceId
    government: GovernmentId
    seconds: int
    promise_s: int


class CapacityRules(msgspec.Struct, frozen=True):
    """``walk_in_percent`` of what staff can serve is kept for others, ``work_percent`` of the rest is given away."""

    period_s: int
    work_percent: int
    walk_in_percent: int

    def share_of(self, seconds: int) -> int:
        """Give how many of so many seconds of counters are for bookings."""
        return seconds * self.work_percent * (_PERCENT - self.walk_in_percent) // (_PERCENT * _PERCENT)


class StaffedSpan(msgspec.Struct, frozen=True):
    """So many counters from ``start`` on, until ``end``."""

    start: Micros
    end: Micros
    counters: int


class StaffedPool(msgspec.Struct, frozen=True):
    """A pool on one day, as the staffing plan has it; no skills of a sort means any."""

    id: PoolId
    spans: tuple[StaffedSpan, ...]
    steps: tuple[StepId, ...] = ()
    services: tuple[ServiceId, ...] = ()
    governments: tuple[GovernmentId, ...] = ()


class StaffedDay(msgspec.Struct, frozen=True):
    """A day as the set-up has it: the periods in which the centre is open, in their order, and who is there."""

    day: Day
    periods: tuple[tuple[Micros, Micros], ...]
    pools: tuple[StaffedPool, ...]

    @property
    def begins(self) -> Micros:
        """When the first period begins; 0 where there is none."""
        return self.periods[0][0] if self.periods else Micros(0)

    @property
    def ends(self) -> Micros:
        """When the last period ends; 0 where there is none."""
        return self.periods[-1][1] if self.periods else Micros(0)


class DayChange(msgspec.Struct, frozen=True):
    """What a manager changed on one day; ``pool`` is None where it is all of them."""

    id: DayChangeId
    kind: DayChangeKind
    start: Micros
    end: Micros
    pool: PoolId | None
    counters: int


class PoolCapacity(msgspec.Struct, frozen=True):
    """What a pool has in each period of a day.

    ``counters`` are the most at a time, ``alone`` the seconds of a single one, ``bookable`` those of all for bookings.
    """

    id: PoolId
    steps: tuple[StepId, ...]
    services: tuple[ServiceId, ...]
    governments: tuple[GovernmentId, ...]
    counters: tuple[int, ...]
    alone: tuple[int, ...]
    bookable: tuple[int, ...]

    @property
    def breadth(self) -> int:
        """Say how much it can take: whoever can do less goes first, so that others are left for the rest."""
        return (len(self.services) or _ANY) * (len(self.steps) or _ANY) * (len(self.governments) or _ANY)


def can_take(pool: StaffedPool | PoolCapacity, stop: StopDemand) -> bool:
    """Tell whether a stop can be at a pool."""
    return (
        (not pool.steps or stop.step in pool.steps)
        and (not pool.services or stop.service in pool.services)
        and (not pool.governments or stop.government in pool.governments)
    )


class DayCapacity(msgspec.Struct, frozen=True):
    """All that can be booked of a day; the pools that can do the least stand first."""

    day: Day
    rules: CapacityRules
    periods: tuple[tuple[Micros, Micros], ...]
    pools: tuple[PoolCapacity, ...]

    def starting(self, at: Micros) -> int | None:
        """Find the period that begins then."""
        found = self.holding(at)
        return found if found is not None and self.periods[found][0] == at else None

    def holding(self, at: Micros) -> int | None:
        """Find the period in which an instant lies."""
        low, high = 0, len(self.periods)
        while low < high:
            middle = (low + high) // 2
            if self.periods[middle][1] <= at:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.periods) and self.periods[low][0] <= at else None


def capacity(staffed: StaffedDay, changes: Iterable[DayChange], rules: CapacityRules) -> DayCapacity:
    """Count what can be booked of a day, as the set-up has it and as it was changed since, in the order of changes."""
    listed = tuple(changes)
    pools = sorted((_pool(one, staffed, listed, rules) for one in staffed.pools), key=lambda one: (one.breadth, one.id))
    return DayCapacity(staffed.day, rules, staffed.periods, tuple(pools))


def _pool(pool: StaffedPool, staffed: StaffedDay, changes: Sequence[DayChange], rules: CapacityRules) -> PoolCapacity:
    spans = changed_pool(pool, changes).spans
    most, alone, bookable = [], [], []
    for start, end in staffed.periods:
        parts = [(min(end, span.end) - max(start, span.start), span.counters) for span in spans]
        within = [(length // SECOND, counters) for length, counters in parts if length > 0]
        most.append(max((counters for _, counters in within), default=0))
        alone.append(sum(seconds for seconds, _ in within))
        bookable.append(rules.share_of(sum(seconds * counters for seconds, counters in within)))
    return PoolCapacity(
        pool.id, pool.steps, pool.services, pool.governments, tuple(most), tuple(alone), tuple(bookable)
    )


def changed_pool(pool: StaffedPool, of_day: Iterable[DayChange]) -> StaffedPool:
    """Give a pool as it is once all was changed, one change after the other; nobody where nobody is left."""
    changes = [one for one in of_day if one.pool in {None, pool.id}]
    touched: list[StaffedSpan | DayChange] = [*pool.spans, *changes]
    edges = sorted({edge for one in touched for edge in (one.start, one.end)})
    found = []
    for start, end in pairwise(edges):
        counters = sum(one.counters for one in pool.spans if one.start <= start < one.end)
        for change in changes:
            if change.start <= start < change.end:
                closes = change.kind is DayChangeKind.CLOSE
                counters = 0 if closes else max(0, counters + change.counters)
        if counters:
            found.append(StaffedSpan(start, end, counters))
    return msgspec.structs.replace(pool, spans=tuple(found))


#: What a stop takes: the number of the pool, that of the period, and seconds.
type _Part = tuple[int, int, int]


class CapacityUse:
    """How much of a day is taken: loads are added and removed, and a journey is placed in what is left."""

    def __init__(self, day: DayCapacity, loads: Iterable[Load] = ()) -> None:
        self.day = day
        self._number = {pool.id: number for number, pool in enumerate(day.pools)}
        #: The pools at which a stop can be, by what it is: asked for each time of a day again.
        self._able: dict[tuple[StepId, ServiceId, GovernmentId], tuple[int, ...]] = {}
        self._share = day.rules.share_of(day.rules.period_s)
        self._taken: defaultdict[tuple[int, int], int] = defaultdict(int)
        #: Of loads in no period, or at no pool, that there is any more: by what they name.
        self._outside: defaultdict[tuple[PoolId, Micros], int] = defaultdict(int)
        self.add(loads)

    def add(self, loads: Iterable[Load]) -> None:
        self._count(loads, 1)

    def remove(self, loads: Iterable[Load]) -> None:
        self._count(loads, -1)

    def _count(self, loads: Iterable[Load], sign: int) -> None:
        for load in loads:
            pool, period = self._number.get(load.pool), self.day.holding(load.at)
            if pool is None or period is None:
                self._outside[load.pool, load.at] += sign * load.seconds
            else:
                self._taken[pool, period] += sign * load.seconds

    def taken(self, pool: PoolId, period: int) -> int:
        """Give how many seconds of a pool are taken in a period."""
        return self._taken.get((self._number[pool], period), 0)

    def oversold(self, load: Load) -> bool:
        """Tell whether more is taken than there is, where a load lies."""
        pool, period = self._number.get(load.pool), self.day.holding(load.at)
        if pool is None or period is None:
            return True
        return self._taken.get((pool, period), 0) > self.day.pools[pool].bookable[period]

    def excess(self, since: Micros) -> int:
        """Return the booked seconds beyond the capacity, over the periods that begin at ``since`` or later."""
        periods, pools = self.day.periods, self.day.pools
        within = (
            taken - pools[pool].bookable[period]
            for (pool, period), taken in self._taken.items()
            if periods[period][0] >= since
        )
        outside = (seconds for (_, at), seconds in self._outside.items() if at >= since)
        return sum(one for one in (*within, *outside) if one > 0)

    def place(self, stops: Sequence[StopDemand], at: Micros) -> tuple[Load, ...] | None:
        """Find where a journey fits that begins in the period that begins at ``at``; None where it does not.

        Each stop is at one pool, and takes what is free there from the period on in which the one before ended: not
        more than the party itself can be served in it, and in no more periods than a single counter would need, and the
        promise allows to wait. It begins at once at the first stop, and goes on over no time at which nobody is there.
        """
        first = self.day.starting(at)
        parts = None if first is None or not stops else self._place(stops, first)
        if parts is None:
            return None
        pools, periods = self.day.pools, self.day.periods
        return tuple(Load(pools[pool].id, periods[period][0], seconds) for pool, period, seconds in parts)

    def times(
        self, stops_at: Callable[[Micros], Sequence[StopDemand]], earliest: Micros, latest: Micros
    ) -> Iterator[Micros]:
        """List the times from ``earliest`` to ``latest`` at which a journey fits; ``stops_at`` says what it needs."""
        for number, (start, _) in enumerate(self.day.periods):
            if earliest <= start <= latest and (stops := stops_at(start)) and self._place(stops, number) is not None:
                yield start

    def _place(self, stops: Sequence[StopDemand], first: int) -> list[_Part] | None:
        placed: list[_Part] = []
        own: dict[tuple[int, int], int] = {}
        spent: dict[int, int] = {}
        here = first
        for number, stop in enumerate(stops):
            for pool in self._able_for(stop):
                parts = self._at(pool, stop, here, own, spent, at_once=not number)
                if parts is not None:
                    break
            else:
                return None
            for pool, period, seconds in parts:
                own[pool, period] = own.get((pool, period), 0) + seconds
                spent[period] = spent.get(period, 0) + seconds
                here = period
            placed += parts
        return placed

    def _able_for(self, stop: StopDemand) -> tuple[int, ...]:
        named = (stop.step, stop.service, stop.government)
        found = self._able.get(named)
        if found is None:
            found = tuple(number for number, pool in enumerate(self.day.pools) if can_take(pool, stop))
            self._able[named] = found
        return found

    def _at(  # noqa: PLR0917 - the innermost loop
        self,
        number: int,
        stop: StopDemand,
        first: int,
        own: dict[tuple[int, int], int],
        spent: dict[int, int],
        at_once: bool,
    ) -> list[tuple[int, int, int]] | None:
        pool, periods, rules = self.day.pools[number], self.day.periods, self.day.rules
        share = rules.share_of(rules.period_s)
        if not share:
            return None
        left = stop.seconds
        last = first + -(-left // share) + -(-stop.promise_s // rules.period_s)
        parts: list[tuple[int, int, int]] = []
        for period in range(first, min(last, len(periods))):
            start, end = periods[period]
            if period > first and periods[period - 1][1] != start:
                return None
            free = pool.bookable[period] - self._taken.get((number, period), 0) - own.get((number, period), 0)
            own_time = min(pool.alone[period], (end - start) // SECOND - spent.get(period, 0))
            seconds = min(left, free, own_time)
            if seconds > 0:
                parts.append((number, period, seconds))
                left -= seconds
                if not left:
                    return parts
            elif at_once and period == first:
                return None
        return None
