"""When those who wait are called, as it looks now: a range, or nothing where nobody can say. Pure.

The day is played on from here with the counters that are open: everybody who waits goes, in order, to the first counter
free that may serve them. A stop takes what the set-up says, drawn towards what it took today (``_PRIOR`` stops of the
set-up weigh as much as as many of today). The range comes from playing it quicker and slower; the slower time is
stretched by those who come later and go first, as many as came in the last hour (docs/who-is-next.md has the measure).
"""

from collections.abc import Callable
from typing import Final

import msgspec

from queue_server.domain.values import HOUR, MINUTE, CounterId, CounterState, Micros, StepId, VisitId, VisitState
from queue_server.queue import order
from queue_server.queue.guards import HELD
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState, StepPlan, Visit

#: As many stops as the set-up's word weighs against those of today.
_PRIOR: Final = 5
#: Bounds of how much quicker or slower a day may be than its set-up says.
_SLOWEST, _QUICKEST = 3.0, 1 / 3
#: How much quicker, and how much slower, than expected the range reaches.
_QUICK, _SLOW = 0.7, 1.3
#: No more of the counters' time than this is taken to go to those who come later and go first.
_MAX_OVERTAKEN: Final = 0.5
#: A stop of which the set-up says nothing takes so long (microseconds).
_UNKNOWN: Final = 10 * MINUTE


class CallRange(msgspec.Struct, frozen=True):
    """Between when a visit is called, as it looks now."""

    earliest: Micros
    latest: Micros


def forecast(state: DayState, settings: CentreSettings, now: Micros) -> dict[VisitId, CallRange]:
    """Say of everybody who waits when they are called; whom no open counter may serve has no time."""
    pace = _pace(state, settings)
    counters = [one for one in state.counters.values() if one.state is CounterState.OPEN]
    quick = _play(state, settings, counters, now, lambda step: _QUICK * pace.get(step, 1.0))
    slow = _play(state, settings, counters, now, lambda step: _SLOW * pace.get(step, 1.0))
    overtaken = _Overtaken(state, settings, counters, now)
    found = {}
    for visit, earliest in quick.items():
        latest = now + (slow[visit] - now) / (1 - overtaken.share(state.visits[visit]))
        found[visit] = CallRange(Micros(earliest), Micros(round(max(earliest, latest))))
    return found


def expected(stop: StepPlan, people: int, settings: CentreSettings) -> int:
    """Say how long a stop takes by the set-up, in microseconds."""
    service = settings.services.get(stop.service)
    known = None if service is None else next((one for one in service.steps if one.step == stop.step), None)
    return _UNKNOWN if known is None else (known.minutes + (people - 1) * known.extra_minutes) * MINUTE


def _pace(state: DayState, settings: CentreSettings) -> dict[StepId, float]:
    """Say for each step how much longer it takes today than the set-up says, from call to finish."""
    ratios: dict[StepId, list[float]] = {}
    for visit in state.visits.values():
        plans = {stop.step: stop for stop in visit.steps}
        for record in visit.records:
            if record.called_at is None or record.started_at is None or record.finished_at is None:
                continue
            if record.finished_at < record.started_at or record.step not in plans:
                continue
            usual = expected(plans[record.step], visit.party_size, settings)
            ratios.setdefault(record.step, []).append((record.finished_at - record.called_at) / max(usual, MINUTE))
    return {
        step: min(_SLOWEST, max(_QUICKEST, (_PRIOR + sum(min(one, _SLOWEST) for one in found)) / (_PRIOR + len(found))))
        for step, found in ratios.items()
    }


def _play(
    state: DayState,
    settings: CentreSettings,
    counters: list[Counter],
    now: Micros,
    pace: Callable[[StepId], float],
) -> dict[VisitId, int]:
    """Play the calls of all who wait."""

    def takes(visit: Visit) -> int:
        usual = expected(visit.step, visit.party_size, settings)
        return max(MINUTE, round(usual * pace(visit.step.step)))

    free: dict[CounterId, int] = {}
    for counter in counters:
        held = None if counter.visit is None else state.visits.get(counter.visit)
        free[counter.id] = now
        if held is not None and held.state in HELD:
            needs = takes(held)
            # Who is served for longer than expected is taken to need a little longer still.
            free[counter.id] = max((held.called_at or now) + needs, now + needs // 4)
    calls = {}
    for _, ident in state.waiting:
        visit = state.visits[ident]
        from_when = max(now, visit.away_until or 0)
        able = [one for one in counters if order.may_call(state, one, visit, settings, Micros(from_when))]
        if not able:
            continue
        chosen = min(able, key=lambda one: free[one.id])
        calls[ident] = max(free[chosen.id], from_when)
        free[chosen.id] = calls[ident] + takes(visit)
    return calls


class _Overtaken:
    """Which share of the counters' time goes to those who come later and go first, by the last hour."""

    def __init__(self, state: DayState, settings: CentreSettings, counters: list[Counter], now: Micros) -> None:
        self._settings, self._counters = settings, counters
        #: Of each step how much work came in the last hour, by the promise with which it came (minutes).
        self._work: dict[StepId, list[tuple[int, int]]] = {}
        self._shares: dict[tuple[StepId, int], float] = {}
        since = now - HOUR
        for visit in state.visits.values():
            if visit.state is VisitState.CANCELLED:
                continue
            plans = {stop.step: stop for stop in visit.steps}
            for record in visit.records:
                stop = plans.get(record.step)
                if stop is not None and since < record.ready_at <= now:
                    work = expected(stop, visit.party_size, settings)
                    promise = 0 if visit.urgent else stop.promise
                    self._work.setdefault(record.step, []).append((promise, work))

    def share(self, visit: Visit) -> float:
        """Give the share for one visit: those who are promised less than it go first."""
        step = visit.step.step
        key = step, 0 if visit.urgent else visit.promise
        if key not in self._shares:
            able = sum(order.can_serve(one.skills, visit, language_filters=False) for one in self._counters)
            work = sum(work for promise, work in self._work.get(step, ()) if promise < key[1])
            self._shares[key] = min(_MAX_OVERTAKEN, work / (HOUR * max(1, able)))
        return self._shares[key]
