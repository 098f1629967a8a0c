"""More time and "on my way": whoever asks for it waits longer, and nobody else by a second."""

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, CallReason, Category, Micros, ParkReason, VisitId, VisitState
from queue_server.queue import commands as c
from queue_server.queue import events as e
from tests.queue_server.queue.centre import ONE, PASSPORT, SETTINGS, TWO, VISA, Play


@pytest.fixture
def play() -> Play:
    play = Play().open_day()
    play.open(ONE, TWO)
    return play


def test_it_is_as_if_the_ticket_had_been_taken_later(play: Play) -> None:
    first = play.issue()
    play.wait(5 * MINUTE)
    second = play.issue()
    play.wait(10 * MINUTE)
    third = play.issue()
    before = play.visit(first)
    play.do(c.StepBack(first, 10))
    after = play.visit(first)
    assert (after.due, after.place) == (before.due + 10 * MINUTE, before.due + 10 * MINUTE)
    assert (after.issued_at, after.promise) == (before.issued_at, before.promise), "the paper stays true"
    assert [visit for _, visit in play.state.waiting] == [second, first, third]
    assert (play.call(), play.call(TWO)) == (second, third), "nobody calls it before its time"
    play.serve()
    assert play.call() is None
    play.wait(10 * MINUTE)
    assert play.call() == first


def test_who_is_back_sooner_is_called_sooner_and_stands_where_they_stood(play: Play) -> None:
    visit, other = play.issue(), play.issue()
    play.do(c.StepBack(visit, 30))
    assert (play.call(), play.call(TWO)) == (other, None)
    key = play.visit(visit).key
    play.do(c.SayOnTheWay(visit))
    assert play.ask(c.SayOnTheWay(visit)) == (), "it is known"
    assert (play.visit(visit).key, play.visit(visit).on_the_way_at) == (key, play.now)
    assert play.call(TWO) == visit
    assert play.visit(visit).on_the_way_at == play.now, "the counter sees it"
    play.do(c.StartServing(TWO))
    assert play.visit(visit).on_the_way_at is None


def test_who_is_called_frees_the_counter_by_stepping_back(play: Play) -> None:
    visit, other = play.issue(), play.issue()
    play.call()
    (body,) = play.do(c.StepBack(visit, 20))
    assert isinstance(body, e.VisitSteppedBack)
    assert body.counter == ONE
    after = play.visit(visit)
    assert (after.state, after.counter, after.calls, after.records[-1].called_at) == (VisitState.WAITING, None, 0, None)
    assert after.records[-1].more_min == 20
    assert play.call() == other
    assert play.code_of(c.UndoCommand(TWO)) == "undo-nothing"
    play.do(c.CallVisit(TWO, visit, CallReason.RETURNING))
    assert play.visit(visit).away_until is None, "staff may call whom they see"


def test_how_often_is_a_rule_of_the_centre(play: Play) -> None:
    visit = play.issue()
    assert play.code_of(c.StepBack(visit, 15)) == "more-time-not-offered"
    play.do(c.StepBack(visit, 10))
    play.do(c.StepBack(visit, 10))
    assert play.visit(visit).records[-1].more_min == 20
    assert play.code_of(c.StepBack(visit, 10)) == "more-time-used"
    play.settings = replace(SETTINGS, more_time_times=0)
    assert play.code_of(c.StepBack(play.issue(), 10)) == "more-time-used"


def test_only_who_waits_or_is_called_steps_back_and_only_who_is_elsewhere_is_on_the_way(play: Play) -> None:
    assert play.code_of(c.StepBack(VisitId("nobody"), 10)) == "visit-unknown"
    assert play.code_of(c.SayOnTheWay(VisitId("nobody"))) == "visit-unknown"
    visit = play.issue()
    play.call()
    play.do(c.SayOnTheWay(visit))
    play.do(c.StartServing(ONE))
    for command in (c.StepBack(visit, 10), c.SayOnTheWay(visit)):
        assert play.code_of(command) == "visit-being-served"
    play.do(c.Park(ONE, ParkReason.PHOTO))
    assert play.code_of(c.StepBack(visit, 10)) == "visit-not-waiting"
    assert play.visit(visit).on_the_way_at is None, "they were here"
    play.do(c.SayOnTheWay(visit))
    assert play.visit(visit).state is VisitState.PARKED
    play.do(c.Cancel(visit))
    for command in (c.StepBack(visit, 10), c.SayOnTheWay(visit)):
        assert play.code_of(command) == "visit-ended"


def test_a_word_of_theirs_takes_no_undo_from_the_counter_and_stays_said(play: Play) -> None:
    first, second = play.issue(), play.issue()
    play.call()
    called = play.state.seq
    play.wait(MINUTE)
    play.do(c.SayOnTheWay(first))
    said = play.now
    play.wait(MINUTE // 2)
    play.do(c.UndoCommand(ONE, called))
    after = play.visit(first)
    assert (after.state, after.on_the_way_at, play.state.counters[ONE].visit) == (VisitState.WAITING, said, None)
    assert play.call() == first
    # What is taken back after they came forgets nothing that was said before.
    play.do(c.StartServing(ONE))
    play.do(c.UndoCommand(ONE))
    assert play.visit(first).on_the_way_at == said
    # One who was away and was called in particular is not away again.
    play.do(c.StepBack(second, 30))
    play.do(c.CallVisit(TWO, second, CallReason.RETURNING))
    play.do(c.SayOnTheWay(second))
    play.do(c.UndoCommand(TWO))
    assert (play.visit(second).away_until, play.visit(second).on_the_way_at) == (None, play.now)


def test_who_did_not_come_may_say_anew_that_they_come(play: Play) -> None:
    visit = play.issue()
    play.call()
    play.do(c.SayOnTheWay(visit))
    play.do(c.Recall(ONE))
    play.wait(4 * MINUTE)
    play.do(c.Missed(ONE))
    assert play.visit(visit).on_the_way_at is None
    play.do(c.SayOnTheWay(visit))
    assert (play.visit(visit).state, play.visit(visit).on_the_way_at) == (VisitState.MISSED, play.now)


def test_an_urgent_one_and_an_appointment_may_too(play: Play) -> None:
    urgent, booked = play.issue(VISA, Category.URGENT), play.issue(VISA, Category.APPOINTMENT)
    other = play.issue()
    play.do(c.StepBack(urgent, 10))
    play.do(c.StepBack(booked, 30))
    assert play.call() == other
    play.wait(10 * MINUTE)
    assert play.call(TWO) == urgent


def test_at_a_later_step_nothing_of_it_is_owed(play: Play) -> None:
    """Time that somebody asked for is not lateness of the centre."""
    visit = play.issue(PASSPORT)
    play.do(c.StepBack(visit, 30))
    play.wait(play.visit(visit).due - play.now)
    play.call()
    play.serve()
    assert play.visit(visit).late == 0
    assert play.visit(visit).records[-1].more_min == 0


def test_tickets_that_are_put_together_are_here(play: Play) -> None:
    first, second = play.issue(), play.issue()
    play.do(c.StepBack(first, 30))
    play.do(c.Merge(second, first))
    assert play.visit(first).away_until is None


SERVING = 7 * MINUTE


def _called(play: Play, until: int) -> dict[VisitId, Micros]:
    """Call and serve one after the other, each for as long, and say when each was called."""
    called: dict[VisitId, Micros] = {}
    while play.now < until:
        for counter in (ONE, TWO):
            if play.state.counters[counter].visit is not None:
                play.serve(counter)
            visit = play.call(counter)
            if visit is not None:
                called[visit] = play.now
        play.wait(SERVING)
    return called


@given(
    waits=st.lists(st.integers(0, 20), min_size=1, max_size=12),
    steps=st.lists(st.tuples(st.integers(0, 11), st.sampled_from((10, 20, 30))), min_size=1, max_size=6),
    late=st.integers(0, 60),
)
def test_nobody_is_called_later_because_others_step_back(
    waits: list[int], steps: list[tuple[int, int]], late: int
) -> None:
    """Play any crowd twice: with and without people who ask for more time, however late all are."""
    worlds = []
    for asks in ((), steps):
        play = Play().open_day()
        play.open(ONE, TWO)
        crowd = []
        for wait in waits:
            crowd.append(play.issue(VISA, Category.APPOINTMENT if wait % 3 == 0 else Category.WALK_IN))
            play.wait(wait * MINUTE)
        play.wait(late * MINUTE)
        for number, minutes in asks:
            command = c.StepBack(crowd[number % len(crowd)], minutes)
            if isinstance(play.ask(command), tuple):
                play.do(command)
        worlds.append(_called(play, play.now + (len(crowd) + 20) * SERVING))
    without, with_it = worlds
    stepped = {VisitId(f"v{number % len(waits) + 1}") for number, _ in steps}
    assert with_it.keys() == without.keys(), "everybody is called in the end"
    assert all(with_it[visit] <= at for visit, at in without.items() if visit not in stepped)
