"""A day goes on from a snapshot as it would from all its events, wherever it was cut."""

import msgspec
import pytest

from queue_server.domain.values import Actor, CentreId, Day, Micros
from queue_server.queue import commands as c
from queue_server.queue.events import DayEvent, decode
from queue_server.queue.evolve import evolve
from queue_server.queue.past import PastEvents, starts_of
from queue_server.queue.state import DayState
from tests.golden.test_golden import STREAMS, lines
from tests.queue_server.queue.centre import ONE, PASSPORT, Play
from tests.queue_server.queue.cutting import assert_goes_on, stored_and_restored


@pytest.mark.parametrize("name", STREAMS)
def test_a_golden_day_goes_on_wherever_it_is_cut(name: str) -> None:
    events = [
        DayEvent(
            line.seq,
            Micros(line.at),
            line.type,
            line.v,
            line.command,
            Actor(line.actor),
            decode(line.type, line.v, line.payload.encode()),
        )
        for line in lines(name)
    ]
    day = DayState(CentreId("harbour"), Day(msgspec.json.decode(lines(name)[0].payload)["day"]))
    # Older lines are up-cast when they are read, and stored as they were: a cut has them as this release knows them.
    events = [msgspec.structs.replace(event, v=event.body.v) for event in events]
    for cut in range(len(events) + 1):
        assert_goes_on(day, events, cut)


def test_what_was_long_ago_is_told_only_when_somebody_asks() -> None:
    play = Play().open_day()
    play.open(ONE)
    visits = [play.issue(PASSPORT) for _ in range(600)]
    for _ in range(5):
        play.call(ONE)
        play.do(c.StartServing(ONE))
        play.do(c.Finish(ONE))
    restored = stored_and_restored(play.state, play.events)
    history = restored.history[visits[0]]
    assert isinstance(history, PastEvents)
    assert len(history) == len(play.state.history[visits[0]])
    assert history[0] == play.state.history[visits[0]][0]
    assert history[1:] == tuple(play.state.history[visits[0]])[1:]
    assert [starts_of(own) for own in restored.history.values()] == [
        starts_of(own) for own in play.state.history.values()
    ]
    assert sum(len(starts_of(own)) for own in restored.history.values()) == 5


def test_what_is_asked_again_is_found_by_its_key_and_by_no_other() -> None:
    play = Play().open_day()
    play.open(ONE)
    for _ in range(600):
        play.issue(PASSPORT)
    restored = stored_and_restored(play.state, play.events)
    history = next(iter(restored.history.values()))
    assert isinstance(history, PastEvents)
    past = history._past
    keys = {event.command.partition("#")[0] for event in play.events}
    for key in keys:
        wanted = tuple(event for event in play.events if event.command.partition("#")[0] == key)
        assert past.of_command(key) == wanted
    assert not any(past.of_command(f"{key}-") for key in keys)
    day = DayState(play.state.centre, play.state.day)
    for event in play.events:
        evolve(day, event)
    assert day.seq == restored.seq
