"""What somebody has served: each stop once, by whoever began with it."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import MINUTE, Actor
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue.events import DayEvent
from queue_server.queue.evolve import evolve
from queue_server.queue.refusals import Refusal
from queue_server.team.served import ServedFigures, served_at, served_by
from tests.queue_server.queue.centre import COUNTERS, ONE, PASSPORT, TWO, Play

INES, SAMIR = Actor("staff/ines"), Actor("staff/samir")
DEEDS = ("call", "start", "finish", "undo", "transfer", "park", "issue", "wait")


class Staffed(Play):
    """A day of which each deed is somebody's."""

    actor = INES

    def append(self, body: Payload) -> DayEvent:
        event = DayEvent(self.state.seq + 1, self.now, body.type, body.v, "test", self.actor, body)
        evolve(self.state, event)
        self.events.append(event)
        return event

    def tries(self, command: c.Command) -> None:
        if not isinstance(self.ask(command), Refusal):
            self.do(command)


def test_it_is_counted_for_whoever_began_with_it() -> None:
    play = Staffed()
    play.open_day()
    play.open(ONE, TWO)
    visit = play.issue(PASSPORT)
    play.do(c.CallNext(ONE))
    play.do(c.StartServing(ONE, visit))
    play.wait(6 * MINUTE)
    play.actor = SAMIR
    play.do(c.Finish(ONE, visit))
    assert served_by(play.state, INES) == ServedFigures(1, 6 * MINUTE)
    assert served_by(play.state, INES).mean == 6 * MINUTE
    assert served_by(play.state, SAMIR) == ServedFigures()
    assert served_by(play.state, SAMIR).mean is None
    assert served_at(play.state, {ONE}) == ServedFigures(1, 6 * MINUTE)
    assert served_at(play.state, {TWO}) == ServedFigures()
    undone = play.state.undoable[visit].seq
    play.do(c.UndoCommand(ONE, undone))
    assert served_by(play.state, INES) == ServedFigures(), "it was taken back"


@given(
    st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from(COUNTERS), st.sampled_from([INES, SAMIR])), max_size=60)
)
def test_people_and_counters_add_up_to_all_that_was_served(deeds: list[tuple[str, str, Actor]]) -> None:
    play = Staffed()
    play.open_day()
    play.open(*COUNTERS)
    for deed, ident, actor in deeds:
        counter = next(one for one in COUNTERS if one == ident)
        visit = play.state.counters[counter].visit
        play.actor = actor
        play.wait(MINUTE)
        if deed == "issue":
            play.issue(PASSPORT)
        elif deed == "call":
            play.tries(c.CallNext(counter))
        elif visit is not None and deed == "start":
            play.tries(c.StartServing(counter, visit))
        elif visit is not None and deed == "finish":
            play.tries(c.Finish(counter, visit))
        elif deed == "undo":
            newest = max((one.seq for one in play.state.undoable.values() if one.counter == counter), default=0)
            play.tries(c.UndoCommand(counter, newest))
    records = [
        record
        for visit in play.state.visits.values()
        for record in visit.records
        if record.started_at is not None and record.finished_at is not None
    ]
    total = sum((record.finished_at or 0) - (record.started_at or 0) for record in records)
    for parts in (
        [served_by(play.state, one) for one in (INES, SAMIR)],
        [served_at(play.state, {one}) for one in COUNTERS],
        [served_at(play.state, COUNTERS)],
    ):
        assert (sum(one.count for one in parts), sum(one.total for one in parts)) == (len(records), total)
