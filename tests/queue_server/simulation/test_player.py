"""A day that is played: times by hand, breaks, people who leave, and the product's own order throughout."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.values import MINUTE, Category, CounterState, VisitState
from queue_server.queue import order
from queue_server.queue.events import CallRule, CounterClosed, CounterPaused, DayEvent, VisitCalled, VisitRecalled
from queue_server.queue.state import DayState
from queue_server.queue.stops import StopOutcome, stops
from queue_server.simulation.model import SimulatedDay
from queue_server.simulation.player import play
from queue_server.simulation.policies import CallingPolicy
from tests.queue_server.simulation.town import OPENS, PAPERS, SUBMISSION, after, counter, drawn, party, small

TWO_HOURS = (0.0, 120.0)


def outcomes(day: SimulatedDay) -> list[StopOutcome]:
    return sorted(stops(play(day)), key=lambda one: (one.ready_at, one.number))


def minutes(at: int | None) -> float | None:
    return None if at is None else (at - OPENS) / MINUTE


def test_times_are_those_of_paper_and_pencil() -> None:
    """One counter for papers, one to hand in: two come together, need eight and four, and walk a minute."""
    day = small(
        (counter("p", TWO_HOURS, steps=(PAPERS,)), counter("s", TWO_HOURS, steps=(SUBMISSION,))),
        party(0, 8, 4, walk=MINUTE),
        party(0, 8, 4, walk=MINUTE),
    )
    found = [
        (one.step, minutes(one.ready_at), minutes(one.called_at), minutes(one.finished_at)) for one in outcomes(day)
    ]
    assert found == [
        (PAPERS, 0, 0, 9),
        (PAPERS, 0, 9, 18),
        (SUBMISSION, 9, 9, 14),
        (SUBMISSION, 18, 18, 23),
    ]


def test_a_counter_finishes_whom_it_serves_before_its_break_and_before_it_closes() -> None:
    seen: list[DayEvent] = []
    day = small((counter("p", (0, 10), (20, 30)),), party(8, 5), party(9, 5), party(28, 5))
    state = play(day, watch=lambda _, event: seen.append(event))
    called = [minutes(event.at) for event in seen if isinstance(event.body, VisitCalled)]
    assert called == [8, 20, 28]
    assert [minutes(event.at) for event in seen if isinstance(event.body, CounterPaused)] == [13]
    assert [minutes(event.at) for event in seen if isinstance(event.body, CounterClosed)] == [33]
    assert {visit.state for visit in state.visits.values()} == {VisitState.DONE}


def test_who_still_waits_at_closing_is_not_served() -> None:
    state = play(small((counter("p", (0, 10)),), party(0, 12), party(1, 5, patience=600 * MINUTE)))
    assert [visit.state for visit in state.visits.values()] == [VisitState.DONE, VisitState.NOT_SERVED]
    assert {one.state for one in state.counters.values()} == {CounterState.CLOSED}
    assert [minutes(visit.ended_at) for visit in state.visits.values()] == [12, 120]


def test_who_says_that_they_leave_is_not_called_and_who_does_not_is_called_in_vain() -> None:
    seen: list[DayEvent] = []
    leaving = {"patience": 5 * MINUTE}
    day = small(
        (counter("p", TWO_HOURS),),
        party(0, 20),
        party(1, 5, **leaving, notifies=True),
        party(2, 5, **leaving),
        party(3, 5),
    )
    state = play(day, watch=lambda _, event: seen.append(event))
    assert [visit.state.value for visit in state.visits.values()] == ["done", "cancelled", "missed", "done"]
    # The third is called when the first is finished, again after two minutes, and given up after four.
    assert [minutes(event.at) for event in seen if isinstance(event.body, VisitRecalled)] == [22]
    assert [minutes(event.at) for event in seen if isinstance(event.body, VisitCalled)] == [0, 20, 24]


def test_an_appointment_counts_from_its_time() -> None:
    day = small((counter("p", TWO_HOURS),), party(0, 30), party(1, 5), party(2, 5, booked_at=after(15)))
    found = outcomes(day)
    assert [one.category for one in found] == [Category.WALK_IN, Category.WALK_IN, Category.APPOINTMENT]
    assert [minutes(one.called_at) for one in found] == [0, 35, 30]
    assert minutes(found[2].waits_from) == 15


@settings(max_examples=8)
@given(st.integers(0, 10_000), st.sampled_from((0.3, 1.0, 1.6)))
def test_the_products_rule_is_kept_and_a_seed_is_a_day(seed: int, load: float) -> None:
    """Nobody is passed over; each visit is over at the end; all is the same the second time."""
    seen: list[DayEvent] = []

    def watch(state: DayState, event: DayEvent) -> None:
        seen.append(event)
        if isinstance(event.body, VisitCalled):
            here = state.counters[event.body.counter]
            for other in order.servable(state, here, day.settings, event.at):
                assert state.visits[other].key > state.visits[event.body.visit].key
            assert event.body.rule in (CallRule.DUE_EARLIEST, CallRule.URGENT)

    (day,) = drawn(load, seed=seed)
    first = play(day, watch=watch)
    assert len(first.visits) == len(day.parties)
    over = {VisitState.DONE, VisitState.MISSED, VisitState.CANCELLED, VisitState.NOT_SERVED}
    assert {visit.state for visit in first.visits.values()} <= over
    assert all(before.at <= later.at for before, later in pairwise(seen))
    assert play(drawn(load, seed=seed)[0]).visits == first.visits


def test_policies_call_the_same_people_in_other_orders() -> None:
    (day,) = drawn(1.1)
    ends = {policy: play(day, policy) for policy in CallingPolicy}
    assert len({tuple(one.visits) for one in ends.values()}) == 1
    calls = [tuple((one.visit, one.called_at) for one in stops(state)) for state in ends.values()]
    assert len(set(calls)) == len(CallingPolicy)
