"""Promises that will break soon if nothing is done. Pure.

A visit is called in time in the minute in which it is due, as every page counts it. Who is late already is an alarm of
its own, and so is who waits for something that no open counter takes.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from queue_server.domain.values import MINUTE, CounterId, CounterState, Micros, StepId, VisitId
from queue_server.early_warnings.model import BreakingPromises
from queue_server.early_warnings.unserved import lack
from queue_server.queue import order
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState, Visit

#: With how many further counters it is tried.
_MAX_MORE: Final = 3

#: When everybody who waits is expected to be called if these counters open too; who is not named is not called.
type ExpectedCalls = Callable[[tuple[CounterId, ...]], Mapping[VisitId, Micros]]
#: Who will be called too late, and when; None: not at all.
type _Late = list[tuple[Visit, Micros | None]]


def breaking_promises(
    state: DayState,
    settings: CentreSettings,
    expected: ExpectedCalls,
    idle: Sequence[Counter],
    now: Micros,
    *,
    ahead: int,
) -> tuple[BreakingPromises, ...]:
    """Find the promises that come due within ``ahead`` microseconds and will not be kept, a warning for each step.

    ``idle`` are counters that could open, with what they would take then, those that are to be asked first.
    """
    found = _breaking(state, settings, expected(()), now, ahead)
    warnings = []
    for step, late in found.items():
        able = [one.id for one in idle if any(lack((one.skills,), visit, settings) is None for visit, _ in late)]
        tries = (tuple(able[:many]) for many in range(1, min(_MAX_MORE, len(able)) + 1))
        enough = (more for more in tries if step not in _breaking(state, settings, expected(more), now, ahead))
        over = [None if call is None else call - visit.due for visit, call in late]
        longest = max((one for one in over if one is not None), default=None)
        warnings.append(
            BreakingPromises(
                step,
                Micros(min(visit.due for visit, _ in late)),
                len(late),
                None if None in over else longest,
                next(enough, ()),
            )
        )
    return tuple(warnings)


def _breaking(
    state: DayState, settings: CentreSettings, calls: Mapping[VisitId, Micros], now: Micros, ahead: int
) -> dict[StepId, _Late]:
    opened = [one for one in state.counters.values() if one.state is CounterState.OPEN]
    skills = [one.skills for one in opened]
    found: dict[StepId, _Late] = {}
    for _, ident in state.waiting:
        visit = state.visits[ident]
        is_ahead = now - MINUTE < visit.due <= now + ahead
        if not is_ahead or order.is_away(visit, now):
            continue
        if lack(skills, visit, settings) is not None and all(one.id != visit.for_counter for one in opened):
            continue
        call = calls.get(ident)
        if call is None or call - visit.due >= MINUTE:
            found.setdefault(visit.step.step, []).append((visit, call))
    return found
