"""A day that was, played again: who came, what they needed and who was there are read from its events."""

import pytest

from queue_server.domain.values import MINUTE
from queue_server.queue.events import DayEvent
from queue_server.queue.state import DayState
from queue_server.queue.stops import StopOutcome, stops
from queue_server.simulation.model import SimulatedDay
from queue_server.simulation.past import past_day, shifts_of
from queue_server.simulation.player import play
from tests.queue_server.simulation.town import PAPERS, after, counter, drawn, party, setup, small


def played(day: SimulatedDay) -> tuple[DayState, list[DayEvent]]:
    events: list[DayEvent] = []
    return play(day, watch=lambda _, event: events.append(event)), events


def again(day: SimulatedDay) -> SimulatedDay:
    state, events = played(day)
    return past_day(setup(), day.settings, state, events, grace=day.grace, late=day.late)


def test_counters_were_there_between_their_breaks() -> None:
    day = small((counter("p", (0, 30), (40, 60), steps=(PAPERS,)), counter("q", (5, 50))), party(0, 2))
    assert tuple(shifts_of(played(day)[1], after(60))) == day.counters


def test_what_was_not_seen_is_as_others_were_or_as_the_catalogue_says() -> None:
    """The second is not served, the third never needed papers of its own: nobody else had them taken in."""
    day = small((counter("p", (0, 5), steps=(PAPERS,)),), party(0, 7, walk=MINUTE), party(1, 60), party(2, 60, 60))
    first, second, third = again(day).parties
    assert (first.needs, first.walk) == ((7 * MINUTE,), MINUTE)
    assert second.needs == (7 * MINUTE,)
    assert third.needs == (8 * MINUTE, 5 * MINUTE)


@pytest.mark.parametrize("seed", range(3))
def test_a_day_played_again_is_the_same_day(seed: int) -> None:
    """Whoever was served is called and finished at the same time as before."""
    (day,) = drawn(0.7, seed=seed)
    before, _ = played(day)
    after_that = play(again(day))
    assert len(before.visits) == len(after_that.visits)
    times = [sorted(map(moments, stops(state))) for state in (before, after_that)]
    assert times[0] == times[1]
    assert len(times[0]) > 400


def moments(stop: StopOutcome) -> tuple[int, ...]:
    return stop.ready_at, stop.called_at or 0, stop.finished_at or 0, stop.ended_at or 0
