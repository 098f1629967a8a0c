"""A range is given where it is known, and otherwise why it is not."""

import pytest
from msgspec.structs import replace

from queue_server.domain.values import (
    MINUTE,
    Actor,
    Category,
    GovernmentId,
    Language,
    ServiceId,
    TicketCode,
    VisitId,
    VisitState,
)
from queue_server.forecast.errors import NOTHING_JUDGED, JudgedForecast, LearnedErrors, learn_errors
from queue_server.forecast.estimate import HiddenWait, WaitRange, estimate
from queue_server.forecast.outlook import ExpectedBooking, Forecaster
from queue_server.forecast.rates import learn
from queue_server.queue.commands import IssueTicket
from queue_server.queue.decide import decide
from queue_server.queue.events import DayEvent
from queue_server.queue.evolve import evolve
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import Skills
from queue_server.simulation.model import SimulatedDay
from queue_server.simulation.player import play
from tests.queue_server.forecast.moments import EXACT, PLANNED, one_more, plan, state_at
from tests.queue_server.simulation.town import PAPERS, RECORD, SUBMISSION, after, counter, drawn, party, small

#: Waits come out four minutes shorter to six longer than forecast.
ERRORS = learn_errors(
    [
        JudgedForecast(step, Category.WALK_IN, 10, 10 + error)
        for step in (PAPERS, SUBMISSION)
        for error in [-4.0] * 20 + [1.0] * 60 + [6.0] * 20
    ]
)
DAY = small((counter("p", (0, 60)),), party(0, 6), party(0, 6), party(1, 6))
LAST = VisitId("visit-2")


def told(day: SimulatedDay = DAY, *, errors: LearnedErrors = ERRORS, visit: VisitId = LAST) -> WaitRange | HiddenWait:
    """Ask in the second minute."""
    return estimate(Forecaster(EXACT, plan(day)), errors, state_at(day, after(1)), visit, after(1))


def test_a_range_by_paper_and_pencil() -> None:
    """One is served since a minute, of six in the mean; one waits before. The last is called after about eleven."""
    found = told()
    assert isinstance(found, WaitRange)
    middle = found.middle / MINUTE
    assert 11 < middle < 13
    assert (found.low, found.high) == (found.middle - 5 * MINUTE, found.middle + 5 * MINUTE)
    assert found.latest == after(1) + found.high


def test_what_is_not_reached_before_closing_is_said() -> None:
    day = small((counter("p", (0, 10)),), *DAY.parties)
    assert told(day) is HiddenWait.NOT_BEFORE_CLOSING
    assert told(day, visit=VisitId("visit-1")) is not HiddenWait.NOT_BEFORE_CLOSING


def test_where_nobody_serves_nothing_is_guessed() -> None:
    there = counter("p", (0, 60))
    day = small((replace(there, skills=Skills(governments=(GovernmentId("XAL"),))),), *DAY.parties)
    assert told(day) is HiddenWait.NOBODY_SERVES


def test_a_ticket_for_what_is_no_more_is_foreseen_like_any() -> None:
    """It was printed while the kiosk was away: whoever is free tells the person."""
    state, now = state_at(DAY, after(1)), after(1)
    printed = IssueTicket(
        visit=VisitId("printed"),
        services=(ServiceId("gone"),),
        category=Category.WALK_IN,
        party_size=1,
        language=Language("en"),
        device=None,
        series=None,
        code=TicketCode("B500"),
    )
    decided = decide(state, printed, DAY.settings, now)
    assert not isinstance(decided, Refusal)
    (body,) = decided
    evolve(state, DayEvent(state.seq + 1, now, body.type, body.v, "", Actor("system"), body))
    forecaster = Forecaster(EXACT, plan(DAY))
    last = forecaster.call_at(state, LAST, now)
    at = forecaster.call_at(state, VisitId("printed"), now)
    assert at is not None
    assert last is not None
    assert at > last


def test_what_would_be_a_guess_is_hidden() -> None:
    assert told(errors=NOTHING_JUDGED) is HiddenWait.TOO_LITTLE_SEEN
    wide = learn_errors([JudgedForecast(PAPERS, Category.WALK_IN, 10, wait) for wait in [10.0] * 60 + [60.0] * 40])
    assert told(errors=wide) is HiddenWait.TOO_WIDE


def test_who_is_early_for_an_appointment_waits_from_its_time() -> None:
    day = small((counter("p", (0, 60)),), party(0, 6), party(1, 6, booked_at=after(15)))
    found = told(day, visit=VisitId("visit-1"))
    assert isinstance(found, WaitRange)
    assert found.low == 0
    assert found.latest == after(15) + found.high


def test_who_has_booked_is_expected_until_they_are_late() -> None:
    """Their time is in a quarter of an hour: they are due before a walk-in that is here."""
    day = small((counter("p", (0, 120)),), party(0, 30), party(1, 5))
    booked = ExpectedBooking(after(15), (RECORD,), 1)
    state, now = state_at(day, after(10)), after(10)
    without, with_them, late = (
        Forecaster(EXACT, replace(plan(day), bookings=bookings)).calls_at(state, now)
        for bookings in ((), (booked,), (replace(booked, at=after(-15)),))
    )
    visit = VisitId("visit-1")
    assert with_them[visit] - without[visit] == pytest.approx(6 * MINUTE, abs=MINUTE)
    assert late == without


def test_nobody_waits_longer_for_one_more_counter() -> None:
    rates = learn([play(day) for day in drawn(1.2, days=3)], PLANNED)
    (day,) = drawn(1.2, seed=11)
    now = after(150)
    state = state_at(day, now)
    as_it_is = Forecaster(rates, plan(day))
    with_one_more = Forecaster(rates, plan(day, one_more(day)))
    before, after_that = as_it_is.calls_at(state, now), with_one_more.calls_at(state, now)
    waiting = [one.id for one in state.visits.values() if one.state is VisitState.WAITING]
    assert len(waiting) > 10
    assert sum(after_that[one] for one in waiting) < sum(before[one] for one in waiting)
    assert with_one_more.unserved_at(state, now, day.closes) < as_it_is.unserved_at(state, now, day.closes)
    # The one and only look is the same for one visit and for all.
    assert all(as_it_is.call_at(state, one, now) == before[one] for one in waiting[:3])


def test_ranges_of_a_whole_day_are_in_order() -> None:
    days = drawn(1.1, days=3)
    rates = learn([play(day) for day in days[:2]], PLANNED)
    forecaster = Forecaster(rates, plan(days[2]))
    seen = 0
    for moment in range(60, 480, 60):
        state = state_at(days[2], after(moment))
        for visit in list(state.visits.values())[::10]:
            if visit.state is VisitState.WAITING:
                found = estimate(forecaster, ERRORS, state, visit.id, after(moment))
                if isinstance(found, WaitRange):
                    seen += 1
                    assert 0 <= found.low <= found.middle <= found.high
                    assert found.latest is not None
                    assert found.latest >= after(moment) + found.high
    assert seen > 5
