"""How many counters a coming day needs at each step, from who came on the same weekday before. Pure.

Each half hour is looked at by itself, as a queue in balance (SIPP: L. V. Green, P. J. Kolesar, J. Soares, "Improving
the SIPP approach for staffing service systems that have cyclic demands", Operations Research 49, 2001): the fewest
counters are taken of which four in five people wait no longer than is promised (A. K. Erlang, 1917).
Minutes are minutes of the wall clock after midnight.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import fmean
from typing import Final

from msgspec import Struct

from queue_server.domain.values import Day, StepId

#: Length of a piece of the day, in minutes.
SLOT_MIN: Final = 30
#: So many are called within the promise.
_SERVED: Final = 0.8
#: Fewer days of the same weekday say less than all days together.
MIN_DAYS: Final = 2
#: No centre has more counters; whatever asks for more is a mistake in what was written down.
_MAX_COUNTERS: Final = 200


class PastStop(Struct, frozen=True):
    """Somebody was ready for a step at ``minute`` of a past day, and needed a counter for ``need`` minutes."""

    day: Day
    step: StepId
    minute: int
    need: float


class PlannedSlots(Struct, frozen=True):
    """A coming day: open from ``opens`` until ``closes``, with so many counters ``there`` for a step in each slot.

    Slots are counted from midnight. A counter that takes several steps is counted at each.
    """

    day: Day
    opens: int
    closes: int
    there: Mapping[StepId, Sequence[int]]


class SlotStaffing(Struct, frozen=True):
    """At ``minute`` so many come for a step in the mean, which need so many counters; so many are planned."""

    minute: int
    coming: float
    needed: int
    planned: int


class DayStaffing(Struct, frozen=True):
    """A coming day by step. ``days`` past ones are behind it; ``same_weekday``: they are of its weekday."""

    day: Day
    days: int
    same_weekday: bool
    steps: Mapping[StepId, tuple[SlotStaffing, ...]]


def week_plan(
    past: Iterable[PastStop], days: Sequence[Day], coming: Iterable[PlannedSlots], promises: Mapping[StepId, int]
) -> tuple[DayStaffing, ...]:
    """Say what coming days need, where ``days`` are the past ones, also those on which nobody came to a step.

    ``promises`` are minutes by step; one without needs no more counters than work.
    """
    by_day: dict[Day, list[PastStop]] = defaultdict(list)
    for one in past:
        by_day[one.day].append(one)
    return tuple(_day(by_day, days, one, promises) for one in coming)


def _day(
    by_day: Mapping[Day, Sequence[PastStop]], days: Sequence[Day], plan: PlannedSlots, promises: Mapping[StepId, int]
) -> DayStaffing:
    same = [one for one in days if weekday(one) == weekday(plan.day)]
    of = same if len(same) >= MIN_DAYS else list(days)
    found = [stop for day in of for stop in by_day.get(day, ())]
    steps = {stop.step: () for stop in found} | dict.fromkeys(plan.there, ())
    return DayStaffing(
        plan.day,
        len(of),
        len(same) >= MIN_DAYS,
        {
            step: tuple(_slots([one for one in found if one.step == step], len(of), plan, step, promises.get(step)))
            for step in sorted(steps)
        },
    )


def weekday(day: Day) -> int:
    return date.fromisoformat(day).weekday()


def _slots(
    stops: Sequence[PastStop], days: int, plan: PlannedSlots, step: StepId, promise: int | None
) -> Iterable[SlotStaffing]:
    need = fmean(one.need for one in stops) if stops else 0.0
    there = plan.there.get(step, ())
    counts: dict[int, int] = defaultdict(int)
    for one in stops:
        # Who came before it opens waits at the door; who is still to go on when it closes is served then.
        counts[min(max(one.minute, plan.opens), plan.closes - 1) // SLOT_MIN] += 1
    for slot in range(plan.opens // SLOT_MIN, -(-plan.closes // SLOT_MIN)):
        coming = counts[slot] / days if days else 0.0
        yield SlotStaffing(
            slot * SLOT_MIN,
            coming,
            counters_needed(coming / SLOT_MIN, need, promise),
            there[slot] if slot < len(there) else 0,
        )


def counters_needed(per_min: float, need: float, promise: int | None) -> int:
    """Count the fewest counters that keep up with ``per_min`` people a minute who need ``need`` minutes each.

    Of those four in five wait no longer than ``promise`` minutes; None: however long.
    """
    work = per_min * need
    if work <= 0:
        return 0
    for counters in range(math.floor(work) + 1, _MAX_COUNTERS):
        if promise is None or late_share(counters, work, promise / need) <= 1 - _SERVED:
            return counters
    return _MAX_COUNTERS


def late_share(counters: int, work: float, wait: float) -> float:
    """Give the share that waits longer than ``wait`` times what each needs; ``work`` is how many are served at once."""
    if work >= counters:
        return 1.0
    # Erlang's loss formula by recursion, which does not overflow; from it his formula for waiting.
    loss = 1.0
    for number in range(1, counters + 1):
        loss = work * loss / (number + work * loss)
    waits = loss / (1 - work / counters * (1 - loss))
    return waits * math.exp(-(counters - work) * wait)
