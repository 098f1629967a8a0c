"""Forecasts judged on simulated days that they have not seen: learn on some, be asked on others. Pure."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import msgspec

from queue_server.catalogue.model import Setup, duration
from queue_server.domain.values import HOUR, MINUTE, Micros, ServiceId, StepId, VisitState
from queue_server.forecast.errors import NOTHING_JUDGED, JudgedForecast, LearnedErrors, learn_errors
from queue_server.forecast.judging import ForecastJudge, JudgedStop
from queue_server.forecast.outlook import DayPlan, ExpectedBooking, Forecaster, PlannedCounter
from queue_server.forecast.rates import CentreRates, PlannedMinutes, is_over, learn
from queue_server.queue.events import DayEvent
from queue_server.queue.state import DayState
from queue_server.simulation.model import SimulatedDay
from queue_server.simulation.player import play

#: Errors are learned on each half of the days with what the other half taught.
_FOLDS: Final = 2
#: What a stop takes that the catalogue does not know.
_USUAL_MIN: Final = 10
#: The backlog at closing is forecast so long after the centre opens.
_NOON: Final = 4 * HOUR


class JudgedBacklog(msgspec.Struct, frozen=True):
    """How many were not served at closing, and how many had been forecast at noon; ``visits`` of the whole day.

    ``ahead`` of these had something ahead of them at noon, or came later: whoever is not served is one of them.
    """

    forecast: float
    came: int
    visits: int
    ahead: int


class LearnedCentre(msgspec.Struct, frozen=True):
    """What days taught: rates, and the errors of forecasts made with them."""

    rates: CentreRates
    errors: LearnedErrors
    planned: PlannedMinutes
    showing: float


def planned_minutes(setup: Setup) -> PlannedMinutes:
    """Look up what a catalogue says of a party at a step of a service; of one that is no more, as of any step."""
    services = {one.id: one for one in setup.services}
    steps = {one.id: one for one in setup.steps}

    @cache
    def minutes(step: StepId, service: ServiceId, people: int) -> float:
        known = services.get(service), steps.get(step)
        return _USUAL_MIN if known[0] is None or known[1] is None else duration(known[0], known[1], people)

    return minutes


def learn_centre(days: Sequence[SimulatedDay], setup: Setup, *, every: int = 1) -> LearnedCentre:
    """Learn rates from days, and errors from each half of them by what the other half taught."""
    planned, booked = planned_minutes(setup), sum(len(day.bookings) for day in days)
    came = sum(party.booked_at is not None for day in days for party in day.parties)
    showing = came / booked if booked else 1.0
    played = [play(day) for day in days]
    judged: list[JudgedForecast] = []
    for fold in range(_FOLDS):
        rates = learn([state for index, state in enumerate(played) if index % _FOLDS != fold], planned)
        blind = LearnedCentre(rates, NOTHING_JUDGED, planned, showing)
        for day in days[fold::_FOLDS]:
            judged += [
                JudgedForecast(one.step, one.category, one.forecast, one.waited)
                for one in judge_day(day, blind, setup, every=every)
                if isinstance(one.forecast, float) and one.waited is not None
            ]
    return LearnedCentre(learn(played, planned), learn_errors(judged), planned, showing)


def plan_of(day: SimulatedDay, setup: Setup, learned: LearnedCentre) -> DayPlan:
    """Say what a centre knows of a day ahead: the plan of its counters, and who has booked."""
    counters = tuple(PlannedCounter(one.id, one.skills, one.spans) for one in day.counters)
    last_ticket = Micros(day.closes - setup.rules.last_ticket_min * MINUTE)
    bookings = tuple(ExpectedBooking(one.at, one.services, one.people) for one in day.bookings)
    return DayPlan(
        day.settings, counters, last_ticket, day.closes, learned.planned, bookings or None, showing=learned.showing
    )


def judge_day(day: SimulatedDay, learned: LearnedCentre, setup: Setup, *, every: int = 1) -> list[JudgedStop]:
    """Play a day, and ask for a forecast at every ``every``-th stop as somebody is ready there."""
    forecaster = Forecaster(learned.rates, plan_of(day, setup, learned))
    judge = ForecastJudge(lambda _state, _now: forecaster, learned.errors, every)
    play(day, watch=judge.watch)
    return judge.end()


def judge_backlog(day: SimulatedDay, learned: LearnedCentre, setup: Setup) -> JudgedBacklog:
    """Play a day, and forecast at noon who will still wait when it closes."""
    forecaster = Forecaster(learned.rates, plan_of(day, setup, learned))
    noon, found, over = day.starts_at + _NOON, list[float](), 0

    def watch(state: DayState, event: DayEvent) -> None:
        nonlocal over
        if not found and event.at >= noon:
            found.append(forecaster.unserved_at(state, event.at, day.closes))
            over = sum(map(is_over, state.visits.values()))

    state = play(day, watch=watch)
    unserved = sum(visit.state is VisitState.NOT_SERVED for visit in state.visits.values())
    return JudgedBacklog(found[0] if found else 0.0, unserved, len(state.visits), len(state.visits) - over)
