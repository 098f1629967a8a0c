"""When everybody who waits is expected to be called. Pure.

By what the centre's days have taught and who is planned; where nothing was learned yet, with the counters as they are
now, nobody else coming, and everything taking as long as the set-up says, drawn towards how long it took today.
"""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Final

import msgspec
from msgspec.structs import replace

from queue_server.domain.values import CounterId, CounterState, Micros, ServiceId, StepId, VisitId
from queue_server.forecast.outlook import DayPlan, Forecaster, PlannedCounter
from queue_server.forecast.rates import CentreRates, learn
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState

#: A stop of which the set-up says nothing takes so many minutes.
_UNKNOWN: Final = 10.0


class ForecastBasis(msgspec.Struct, frozen=True):
    """What a centre's days have taught, and who will be there today."""

    rates: CentreRates
    plan: DayPlan


def learned_calls(
    basis: ForecastBasis, state: DayState, more: Collection[Counter], now: Micros
) -> Mapping[VisitId, Micros]:
    """Say when everybody is called by what was learned, if ``more`` open now and stay until the centre closes."""
    opening = {one.id for one in more}
    counters = (
        *(one for one in basis.plan.counters if one.id not in opening),
        *(PlannedCounter(one.id, one.skills, ((now, basis.plan.closes),)) for one in more),
    )
    return Forecaster(basis.rates, replace(basis.plan, counters=counters)).calls_at(state, now)


def expected_calls(
    state: DayState, settings: CentreSettings, more: Collection[Counter], now: Micros, closes: Micros
) -> Mapping[VisitId, Micros]:
    """Say when everybody is called if ``more`` open now beside those that are open, all until the centre closes.

    For a centre of which nothing was learned yet.
    """
    there = [one for one in state.counters.values() if one.state is CounterState.OPEN]
    known: set[CounterId] = {one.id for one in there}
    counters = (*there, *(one for one in more if one.id not in known))
    planned = partial(planned_minutes, settings)
    plan = DayPlan(
        settings,
        tuple(PlannedCounter(one.id, one.skills, ((now, closes),)) for one in counters),
        last_ticket=now,
        closes=closes,
        planned=planned,
    )
    return Forecaster(learn((), planned), plan).calls_at(state, now)


def planned_minutes(settings: CentreSettings, step: StepId, service: ServiceId, people: int) -> float:
    """Say how many minutes a party takes at a stop by the set-up."""
    known = settings.services.get(service)
    found = None if known is None else next((one for one in known.steps if one.step == step), None)
    return _UNKNOWN if found is None else found.minutes + (people - 1) * found.extra_minutes
