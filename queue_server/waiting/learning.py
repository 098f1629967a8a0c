"""What a centre's days teach, day after day, each judged by what those before it had taught. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from immutables import Map

from queue_server.catalogue.model import Stored, settings
from queue_server.domain.values import CentreId, Day, Micros
from queue_server.forecast.errors import JudgedForecast, LearnedErrors, learn_errors
from queue_server.forecast.judging import ForecastJudge, JudgedStop
from queue_server.forecast.outlook import ExpectedBooking, Forecaster
from queue_server.forecast.rates import CentreRates, PlannedMinutes, learn
from queue_server.queue.events import DayEvent, StepFinished, VisitIssued
from queue_server.queue.evolve import evolve
from queue_server.queue.state import DayState
from queue_server.waiting.plan import DayFrame, day_plan

#: Fewer days before one teach too little to judge it by.
MIN_DAYS: Final = 5


class TaughtRates(msgspec.Struct, frozen=True):
    """Rates of some days, and the share of those who had booked on them who came; None where nobody had."""

    rates: CentreRates
    showing: float | None


class WaitingDay(msgspec.Struct, frozen=True):
    """A day that is over: what it and those before it teach, and how forecasts on it went that did not know it."""

    day: Day
    taught: TaughtRates
    judged: tuple[JudgedStop, ...]


class PastDay(msgspec.Struct, frozen=True):
    """A day as it went; ``bookings`` are None where none was ever made for it."""

    state: DayState
    bookings: tuple[ExpectedBooking, ...] | None


def replay(centre: CentreId, day: Day, events: Iterable[DayEvent]) -> DayState:
    """Lead a day to its end, and keep of it what teaches: who came, when they were called and served."""
    state = DayState(centre, day)
    for event in events:
        evolve(state, event)
    # Whole months are held at a time while they are learned from.
    state.history, state.undoable, state.acts, state.calls = Map(), Map(), Map(), ()
    return state


def teach(days: Sequence[PastDay], planned: PlannedMinutes) -> TaughtRates:
    """Learn from days that are over."""
    with_bookings = [one for one in days if one.bookings is not None]
    booked = sum(len(one.bookings or ()) for one in with_bookings)
    came = sum(visit.booked_at is not None for one in with_bookings for visit in one.state.visits.values())
    return TaughtRates(learn([one.state for one in days], planned), min(1.0, came / booked) if booked else None)


def errors_of(days: Iterable[WaitingDay]) -> LearnedErrors:
    """Learn from forecasts that were judged what such forecasts are wrong by."""
    return learn_errors(
        JudgedForecast(one.step, one.category, one.forecast, one.waited)
        for day in days
        for one in day.judged
        if isinstance(one.forecast, float) and one.waited is not None
    )


class JudgedBy(msgspec.Struct, frozen=True):
    """What was known the evening before a day: what days before it had taught, and its place in the set-up."""

    stored: Stored
    frame: DayFrame
    planned: PlannedMinutes
    taught: TaughtRates
    errors: LearnedErrors


def judge(
    known: JudgedBy,
    events: Sequence[DayEvent],
    day: Day,
    bookings: tuple[ExpectedBooking, ...] | None,
    asked: int,
) -> tuple[JudgedStop, ...]:
    """Go through a day as it was, ask at about ``asked`` stops what would have been said, and see what came of it."""
    centre = settings(known.stored)
    stops = sum(isinstance(event.body, VisitIssued | StepFinished) for event in events)
    showing = 1.0 if known.taught.showing is None else known.taught.showing

    def forecaster(state: DayState, now: Micros) -> Forecaster | None:
        if not known.frame.opens <= now < known.frame.closes:
            return None
        plan = day_plan(known.frame, centre, state, known.planned, bookings, showing, now)
        return Forecaster(known.taught.rates, plan)

    judged = ForecastJudge(forecaster, known.errors, max(1, stops // asked))
    state = DayState(known.stored.setup.centre.id, day)
    for event in events:
        evolve(state, event)
        judged.watch(state, event)
    return tuple(judged.end())
