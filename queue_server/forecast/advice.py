"""What a manager might do about the hours ahead, and why: one more counter, for what, by when. Pure.

Small changes of the plan are tried in a few futures. The one that takes away most trouble is advised, as late as it
still takes away most of that: who opens a counter later than it says should be asked again.
"""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from queue_server.domain.values import HOUR, MINUTE, Micros, StepId
from queue_server.forecast.futures import DayOutlook, outlook
from queue_server.forecast.outlook import DayPlan, Forecaster
from queue_server.forecast.what_if import OneMore, changed
from queue_server.queue.state import DayState

#: A counter is not open at once; starts are tried at the full ten minutes after that.
_LEAD: Final = 5 * MINUTE
_GRID: Final = 10 * MINUTE
#: For less time nobody opens a counter.
_MIN_OPEN: Final = HOUR // 2
#: Futures in which a change is tried; of what is advised all are looked at.
_TRIED: Final = 6
#: So much of what opening at once takes away must be taken away by opening later.
_LATER_GAIN: Final = 0.8
#: Trouble of less is within what chance does; of a large trouble it must be a share.
_MIN_GAIN: Final = 2.0
_MIN_SHARE: Final = 0.15
#: Steps for which a counter is tried, those with most trouble first.
_STEPS: Final = 3

type ForecasterOf = Callable[[DayPlan], Forecaster]


class AdviceReason(Struct, frozen=True):
    """Why there is trouble at a step.

    ``waiting`` visits wait for it now, and most of them, ``peak``, at ``peak_at``. ``hands`` counters are there for it
    now; fewest of them, ``fewest``, from ``fewest_at``.
    """

    waiting: int
    peak: int
    peak_at: Micros
    hands: int
    fewest: int
    fewest_at: Micros


class StaffingAdvice(Struct, frozen=True):
    """Open one more counter as ``change`` says, by its start at the latest; ``then`` is what comes of it."""

    change: OneMore
    then: DayOutlook
    reason: AdviceReason


def trouble(found: DayOutlook) -> float:
    """Say how bad it becomes: people who wait too long, and visits that are not served."""
    return found.too_long.mean + found.unserved.mean


def advise(forecaster: ForecasterOf, plan: DayPlan, state: DayState, base: DayOutlook) -> StaffingAdvice | None:
    """Say what to do about what ``base`` foresees of a plan; None where nothing is to be done, or nothing helps."""
    now, closes, limit = base.now, base.closes, base.limit

    def foresee(change: OneMore | None, **futures: int) -> DayOutlook:
        known = plan if change is None else changed(plan, (change,))
        return outlook(forecaster(known), state, now, closes, limit=limit, **futures)

    starts = tuple(Micros(at) for at in range(-(-(now + _LEAD) // _GRID) * _GRID, closes - _MIN_OPEN + 1, _GRID))
    if not starts or trouble(base) < _MIN_GAIN:
        return None
    before = trouble(foresee(None, futures=_TRIED))

    def gain(step: StepId, start: Micros) -> float:
        return before - trouble(foresee(OneMore(step, start, closes), futures=_TRIED))

    gains = {step: gain(step, starts[0]) for step in _steps(base)}
    best = max(gains, key=gains.__getitem__, default=None)
    if best is None or gains[best] < max(_MIN_GAIN, _MIN_SHARE * before):
        return None
    # Between one that is early enough and one that is not, until they are neighbours.
    early, late = 0, len(starts)
    while late - early > 1:
        middle = (early + late) // 2
        if gain(best, starts[middle]) >= _LATER_GAIN * gains[best]:
            early = middle
        else:
            late = middle
    change = OneMore(best, starts[early], closes)
    then = foresee(change)
    if trouble(base) - trouble(then) < _MIN_GAIN:
        return None
    return StaffingAdvice(change, then, reason(plan, base, best))


def _steps(base: DayOutlook) -> list[StepId]:
    """Name the steps with most trouble."""
    left = base.waiting[-1].steps
    found = {step: base.too_long_at.get(step, 0.0) + band.mean for step, band in left.items()}
    return sorted((step for step in found if found[step] > 0), key=lambda step: -found[step])[:_STEPS]


def reason(plan: DayPlan, base: DayOutlook, step: StepId) -> AdviceReason:
    """Say why there is trouble at a step of a plan."""
    counts = [(one.steps[step].mean, one.at) for one in base.waiting if step in one.steps]
    peak, peak_at = max(counts, key=lambda one: (one[0], -one[1]), default=(0.0, base.now))
    edges = {edge for one in plan.counters for span in one.spans for edge in span if base.now < edge < base.closes}
    fewest, fewest_at = min((hands(plan, step, at), at) for at in (base.now, *map(Micros, edges)))
    return AdviceReason(
        waiting=round(counts[0][0]) if counts else 0,
        peak=round(peak),
        peak_at=peak_at,
        hands=hands(plan, step, base.now),
        fewest=fewest,
        fewest_at=fewest_at,
    )


def hands(plan: DayPlan, step: StepId, at: Micros) -> int:
    """Count the counters that a plan has for a step at an instant."""
    return sum(
        (not one.skills.steps or step in one.skills.steps) and any(start <= at < end for start, end in one.spans)
        for one in plan.counters
    )
