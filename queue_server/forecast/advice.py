"""What a manager might do about the hours ahead, and why: more counters, by when; breaks; what to spare. Pure.

Small changes of the plan are tried in a few futures. The one more counter that takes away most trouble is advised, as
late as it still takes away most of that: who opens a counter later than it says should be asked again. Two are advised
where one leaves much of it, and a counter that somebody stands in for during its break where that helps. Where there
is no trouble, it is said which counter is not needed any more, and from when on.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct

from queue_server.domain.values import HOUR, MINUTE, Micros, StepId
from queue_server.forecast.futures import DayOutlook, outlook
from queue_server.forecast.outlook import DayPlan, Forecaster
from queue_server.forecast.what_if import Absent, OneMore, PlanChange, Present, changed
from queue_server.queue.settings import Skills
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
#: Two are advised where one leaves more than this share of the trouble.
_LEFT: Final = 0.3
#: Whoever is away for longer has not a break, but other work.
_MAX_BREAK: Final = 90 * MINUTE
#: A counter is closed at a full half hour, and not for less than an hour; so many alike have one to spare.
_CLOSE_GRID: Final = HOUR // 2
_MIN_SPARED: Final = HOUR
_ALIKE: Final = 2
#: Who is spared brings nobody into trouble, and breaks at most so many of a hundred promises.
_NOBODY: Final = 0.5
_KEPT_PERCENT: Final = 1.0
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
    """Change the plan as ``changes`` say, by their start at the latest; ``then`` is what comes of it.

    They are one kind of change: some ``OneMore`` alike, or one counter that is ``Present`` through a break, or one that
    is ``Absent`` from a time on until closing. ``reason`` is None of what is not needed.
    """

    changes: tuple[OneMore, ...] | tuple[Present] | tuple[Absent]
    then: DayOutlook
    reason: AdviceReason | None


def trouble(found: DayOutlook) -> float:
    """Say how bad it becomes: people who wait too long, and visits that are not served."""
    return found.too_long.mean + found.unserved.mean


class _Trial:
    """What comes of changes of a plan."""

    def __init__(self, forecaster: ForecasterOf, plan: DayPlan, state: DayState, base: DayOutlook) -> None:
        self._forecaster = forecaster
        self._state = state
        self.plan = plan
        self.base = base
        now, closes = base.now, base.closes
        self.starts = tuple(
            Micros(at) for at in range(-(-(now + _LEAD) // _GRID) * _GRID, closes - _MIN_OPEN + 1, _GRID)
        )
        self.before = self.tried()

    def foresee(self, *changes: PlanChange, **futures: int) -> DayOutlook:
        base, known = self.base, changed(self.plan, changes)
        return outlook(self._forecaster(known), self._state, base.now, base.closes, limit=base.limit, **futures)

    def tried(self, *changes: PlanChange) -> DayOutlook:
        return self.foresee(*changes, futures=_TRIED)

    def gain(self, *changes: PlanChange) -> float:
        return trouble(self.before) - trouble(self.tried(*changes))

    @property
    def worth(self) -> float:
        """Say what a change must take away at least."""
        return max(_MIN_GAIN, _MIN_SHARE * trouble(self.before))


def advise(forecaster: ForecasterOf, plan: DayPlan, state: DayState, base: DayOutlook) -> tuple[StaffingAdvice, ...]:
    """Say what to do about what ``base`` foresees of a plan, the best first; nothing where nothing helps."""
    trial = _Trial(forecaster, plan, state, base)
    if not trial.starts:
        return ()
    if trouble(base) < _MIN_GAIN:
        spare = _spare(trial)
        return () if spare is None else (StaffingAdvice((spare,), trial.foresee(spare), None),)
    found = [one for one in (*_more(trial), _through_break(trial)) if one is not None]
    return tuple(one for one in found if trouble(base) - trouble(one.then) >= _MIN_GAIN)


def _more(trial: _Trial) -> Iterator[StaffingAdvice]:
    """Advise one more counter, and two where one leaves much of the trouble, or is too little by itself."""
    starts, closes = trial.starts, trial.base.closes
    gains = {step: trial.gain(OneMore(step, starts[0], closes)) for step in _steps(trial.base)}
    best = max(gains, key=gains.__getitem__, default=None)
    if best is None:
        return
    if gains[best] < trial.worth:
        change = OneMore(best, starts[0], closes)
        if trial.gain(change, change) >= trial.worth:
            yield StaffingAdvice((change, change), trial.foresee(change, change), reason(trial.plan, trial.base, best))
        return
    # Between one that is early enough and one that is not, until they are neighbours.
    early, late = 0, len(starts)
    while late - early > 1:
        middle = (early + late) // 2
        if trial.gain(OneMore(best, starts[middle], closes)) >= _LATER_GAIN * gains[best]:
            early = middle
        else:
            late = middle
    change, why = OneMore(best, starts[early], closes), reason(trial.plan, trial.base, best)
    then = trial.foresee(change)
    yield StaffingAdvice((change,), then, why)
    if trouble(then) > _LEFT * trouble(trial.base):
        twice = trial.foresee(change, change)
        if trouble(then) - trouble(twice) >= trial.worth:
            yield StaffingAdvice((change, change), twice, why)


def _through_break(trial: _Trial) -> StaffingAdvice | None:
    """Advise to have somebody stand in for one counter during its break; of counters alike the first is named."""
    base, best, most = trial.base, None, trial.worth
    seen: set[tuple[Skills, Micros, Micros]] = set()
    for counter in trial.plan.counters:
        for (_, start), (end, _) in pairwise(counter.spans):
            if start <= base.now or end >= base.closes or end - start > _MAX_BREAK:
                continue
            alike = counter.skills, start, end
            gain = 0.0 if alike in seen else trial.gain(Present(counter.id, start, end))
            seen.add(alike)
            if gain >= most:
                best, most = (Present(counter.id, start, end), counter.skills), gain
    if best is None:
        return None
    change, skills = best
    steps = [step for step in _steps(base) if not skills.steps or step in skills.steps]
    return StaffingAdvice((change,), trial.foresee(change), reason(trial.plan, base, steps[0]) if steps else None)


def _spare(trial: _Trial) -> Absent | None:
    """Name a counter that is hardly needed, and from when on: the earliest; one like it stays until closing."""
    base, plan, found = trial.base, trial.plan, list[Absent]()
    seen: set[Skills] = set()
    full = [at for at in trial.starts if at % _CLOSE_GRID == 0 and base.closes - at >= _MIN_SPARED]
    for counter in reversed(plan.counters):
        if counter.skills in seen or sum(one.skills == counter.skills for one in plan.counters) < _ALIKE:
            continue
        seen.add(counter.skills)
        if not counter.spans or counter.spans[-1][1] < base.closes:
            continue
        early, late = -1, len(full)
        while late - early > 1:
            middle = (early + late) // 2
            if _is_spared(trial, Absent(counter.id, full[middle], base.closes)):
                late = middle
            else:
                early = middle
        if late < len(full):
            found.append(Absent(counter.id, full[late], base.closes))
    return min(found, key=lambda one: one.start, default=None)


def _is_spared(trial: _Trial, change: Absent) -> bool:
    """Tell whether a counter can go without anybody being the worse for it, in the futures that are tried."""
    before, then = trial.before, trial.tried(change)
    kept = [0.0 if one.kept is None else one.kept.mean for one in (before, then)]
    return trouble(then) - trouble(before) < _NOBODY and kept[0] - kept[1] <= _KEPT_PERCENT


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
