"""Whoever has an appointment: from when it counts, when it no longer does, and that nobody gains by coming early."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import HOUR, MINUTE, Category, Day, Micros, SettlementId, TicketCode, VisitId
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.day import carried
from queue_server.queue.issue import issue
from queue_server.queue.refusals import Refusal
from tests.queue_server.queue.centre import (
    KIOSK,
    ONE,
    RECORD,
    ROUND_THE_CLOCK,
    SERIES,
    SETTINGS,
    START,
    TWO,
    VISA,
    Play,
    booking,
    ticket,
)

GRACE, LATE = 10 * MINUTE, 30 * MINUTE


@pytest.fixture
def play() -> Play:
    return Play().open_day()


def issued(play: Play, command: c.IssueTicket) -> e.VisitIssued:
    (body,) = play.do(command)
    assert isinstance(body, e.VisitIssued)
    return body


def arriving(play: Play, late: int) -> e.VisitIssued:
    """Issue the ticket of somebody who comes so long after the time that they have booked, or before it."""
    return issued(play, ticket(VisitId("v1"), VISA, booking=booking(play.now - late)))


@pytest.mark.parametrize("late", [-3 * HOUR, -1, 0, 1, GRACE])
def test_early_or_within_the_grace_it_counts_from_the_booked_time(play: Play, late: int) -> None:
    body = arriving(play, late)
    assert (body.category, body.counts_from) == (Category.APPOINTMENT, play.now - late)
    assert body.due == body.counts_from + 10 * MINUTE
    assert body.issued_at == play.now, "when they came stays known"
    assert play.visit(body.visit).records[-1].ready_at == play.now


@pytest.mark.parametrize("late", [GRACE + 1, LATE])
def test_later_it_counts_from_when_they_came(play: Play, late: int) -> None:
    body = arriving(play, late)
    assert (body.category, body.counts_from, body.promise) == (Category.APPOINTMENT, play.now, 10)


def test_too_late_they_are_a_walk_in_and_their_appointment_stays_known(play: Play) -> None:
    body = arriving(play, LATE + 1)
    assert (body.category, body.counts_from, body.promise) == (Category.WALK_IN, play.now, 45)
    visit = play.visit(body.visit)
    assert (visit.appointment, visit.booked_at) == ("appointment-1", play.now - LATE - 1)


@given(late=st.integers(-12 * HOUR, 4 * HOUR))
def test_what_counts_is_one_of_three_and_never_before_the_booked_time(late: int) -> None:
    play = Play().open_day()
    body = arriving(play, late)
    at = play.now - late
    assert body.counts_from >= at, "nobody is due before their time and its promise"
    assert body.counts_from in {at, play.now}
    assert (body.category is Category.WALK_IN) == (late > LATE)
    assert body.due == body.counts_from + body.promise * MINUTE


@given(early=st.lists(st.integers(0, 3 * HOUR), min_size=2, max_size=6))
def test_of_one_booked_time_whoever_came_first_is_called_first_and_nobody_before_it(early: list[int]) -> None:
    """However early they come: a walk-in who is due before that time is called before all of them."""
    play = Play().open_day()
    at = play.now + 4 * HOUR
    visits = []
    for number, one in enumerate(sorted(early, reverse=True)):
        play.now = Micros(max(play.now, at - one))
        visits.append(play.issue(VISA, Category.APPOINTMENT, booking=booking(at, f"appointment-{number}")))
        assert play.visit(visits[-1]).due == at + 10 * MINUTE
    play.now = Micros(max(play.now, at - 36 * MINUTE))
    walk_in = play.issue(VISA)
    first = play.visit(walk_in).due <= at + 10 * MINUTE
    play.open(ONE)
    called = []
    for _ in range(len(visits) + 1):
        called.append(play.call(ONE))
        play.serve(ONE)
    # Due at once goes by issue: the walk-in came last.
    before = first and play.visit(walk_in).due < at + 10 * MINUTE
    assert called == ([walk_in, *visits] if before else [*visits, walk_in])


def test_only_a_booking_proves_an_appointment(play: Play) -> None:
    assert play.code_of(ticket(VisitId("v1"), category=Category.APPOINTMENT)) == "appointment-unproved"
    printed = issued(play, ticket(VisitId("v1"), category=Category.APPOINTMENT, code="B001"))
    assert (printed.category, printed.appointment) == (Category.WALK_IN, None), "paper is never refused"


@pytest.mark.parametrize("category", [Category.PRIORITY, Category.URGENT])
def test_what_staff_set_stands_and_counts_from_when_they_came(play: Play, category: Category) -> None:
    body = issued(play, ticket(VisitId("v1"), category=category, booking=booking(play.now + HOUR)))
    assert (body.category, body.counts_from, body.appointment) == (category, play.now, "appointment-1")


def test_priority_never_makes_a_booked_visit_due_later(play: Play) -> None:
    """Two have booked the same time; the first to come gets priority and is still called first."""
    at = Micros(play.now + 15 * MINUTE)
    visit = play.issue(VISA, Category.APPOINTMENT, booking=booking(at))
    play.now = at
    other = play.issue(VISA, Category.APPOINTMENT, booking=booking(at, "appointment-2"))
    play.do(c.Reclassify(visit, Category.PRIORITY))
    play.do(c.Reclassify(other, Category.PRIORITY))
    assert play.visit(visit).due == at, "15 minutes after the arrival"
    assert play.visit(other).due == at + 10 * MINUTE, "15 minutes after the arrival would be later than the appointment"
    play.open(ONE)
    assert play.call(ONE) == visit


@given(early=st.integers(-2 * HOUR, 2 * HOUR), category=st.sampled_from([Category.PRIORITY, Category.URGENT]))
def test_priority_is_due_alike_if_it_is_given_with_the_ticket_or_after_it(early: int, category: Category) -> None:
    play = Play().open_day()
    at = Micros(play.now + early)
    visit = play.issue(VISA, Category.APPOINTMENT, booking=booking(at))
    plain = play.visit(visit).due
    play.do(c.Reclassify(visit, category))
    after = play.visit(visit)
    assert after.due <= plain
    assert after.due == after.counts_from + after.promise * MINUTE
    issued_so = play.issue(VISA, category, booking=booking(at, "appointment-2"))
    assert play.visit(issued_so).due == after.due
    play.do(c.Reclassify(visit, Category.APPOINTMENT))
    if early >= -30 * MINUTE:
        assert play.visit(visit).due == plain, "staff give back what was proved"


def test_staff_give_the_appointment_back_to_whoever_came_with_one(play: Play) -> None:
    visit = play.issue(VISA, Category.APPOINTMENT, booking=booking(play.now + 20 * MINUTE))
    play.do(c.Reclassify(visit, Category.PRIORITY))
    play.do(c.Reclassify(visit, Category.APPOINTMENT))
    assert play.visit(visit).due == play.now + 30 * MINUTE
    assert play.code_of(c.Reclassify(play.issue(VISA), Category.APPOINTMENT)) == "appointment-unproved"


def printed(issued_at: int, last_contact: int, at: int) -> c.IssueTicket:
    """Make a ticket that a kiosk printed while the server was away."""
    return c.IssueTicket(
        visit=VisitId("v9"),
        services=(VISA,),
        category=Category.WALK_IN,
        party_size=1,
        language=ticket(VisitId("v9")).language,
        device=KIOSK,
        series=SERIES,
        code=TicketCode("B009"),
        issued_at=Micros(issued_at),
        last_contact=Micros(last_contact),
        booking=booking(at),
    )


def test_a_ticket_that_comes_late_counts_by_when_it_was_printed(play: Play) -> None:
    """The server was away: its person was there in time, whenever the ticket arrives."""
    at = play.now
    play.wait(2 * HOUR)
    body = issued(play, printed(at - MINUTE, at - HOUR, at))
    assert (body.category, body.counts_from, body.issued_at) == (Category.APPOINTMENT, at, at - MINUTE)


def test_a_clock_that_is_wrong_makes_nobody_be_in_time(play: Play) -> None:
    """What the device can have meant ends with its last contact: an hour ago it had nothing to deliver."""
    at = play.now
    play.wait(3 * HOUR)
    body = issued(play, printed(at, play.now - HOUR, at))
    assert (body.category, body.counts_from) == (Category.WALK_IN, play.now - HOUR)


def test_the_time_of_a_day_that_has_just_begun(play: Play) -> None:
    """A booking for the first minute of the day, and one for the last of the day before that comes minutes after it."""
    at = Micros(START + MINUTE)
    body = issued(play, printed(START - HOUR, START - 2 * HOUR, at))
    assert body.issued_at == START, "nobody was there before the day began"
    assert body.counts_from == at
    other = Play(ROUND_THE_CLOCK).open_day()
    other.now = Micros(START + 5 * MINUTE)
    last = issued(other, ticket(VisitId("v1"), booking=booking(START - MINUTE)))
    assert (last.category, last.counts_from) == (Category.APPOINTMENT, START - MINUTE)


def test_an_appointment_is_carried_over_midnight_as_it_is() -> None:
    play = Play(ROUND_THE_CLOCK).open_day()
    visit = play.issue(VISA, Category.APPOINTMENT, booking=booking(play.now + HOUR))
    before = play.visit(visit)
    play.wait(20 * HOUR)
    play.do(c.SettleDay(play.state.day))
    over = carried(play.state, play.now, round_the_clock=True)
    morning = Play(ROUND_THE_CLOCK, Day("2026-11-26"))
    morning.now = play.now
    morning.open_after(play, over)
    after = morning.visit(visit)
    assert (after.appointment, after.booked_at, after.due) == (before.appointment, before.booked_at, before.due)


def test_nobody_goes_before_their_appointment_by_paying_early(play: Play) -> None:
    """The cash desk goes, and the time stays."""
    at = play.now + 2 * HOUR
    visit = play.issue(RECORD, Category.APPOINTMENT, booking=booking(at))
    play.do(c.NameSettlement(visit, SettlementId("payment-1"), play.visit(visit).items))
    after = play.visit(visit)
    assert after.step.step == "submission"
    assert (after.counts_from, after.due) == (at, at + after.promise * MINUTE)
    assert after.records[-1].ready_at == play.now
    walk_in = play.issue(RECORD)
    play.do(c.NameSettlement(walk_in, SettlementId("payment-2"), play.visit(walk_in).items))
    play.open(TWO)
    assert play.call(TWO) == walk_in


def test_where_it_was_decided_no_later_rule_changes_it(play: Play) -> None:
    """The event has the category and the times: a replay knows of no grace."""
    body = arriving(play, GRACE)
    assert (body.counts_from, body.booked_at) == (play.now - GRACE, play.now - GRACE)


def test_a_device_of_another_series_brings_no_appointment(play: Play) -> None:
    wrong = c.IssueTicket(
        visit=VisitId("v1"),
        services=(VISA,),
        category=Category.WALK_IN,
        party_size=1,
        language=ticket(VisitId("v1")).language,
        device=KIOSK,
        series=Series("C", 1, 999),
        code=TicketCode("B001"),
        booking=booking(play.now),
    )
    assert isinstance(issue(play.state, wrong, SETTINGS, play.now), Refusal)
