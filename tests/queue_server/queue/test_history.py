"""What has happened to a visit: every event of it, in order, whoever caused it."""

from queue_server.domain.values import CallReason, NoteId, ParkReason, VisitId
from queue_server.queue import commands as c
from queue_server.queue.evolve import evolve
from queue_server.queue.state import DayState
from tests.queue_server.queue.centre import CENTRE, DAY, ONE, PASSPORT, TWO, Play


def kinds(state: DayState, visit: VisitId) -> list[str]:
    return [event.type for event in state.history[visit]]


def test_a_visit_keeps_all_that_has_happened_to_it() -> None:
    play = Play().open_day()
    play.open(ONE, TWO)
    visit, other = play.issue(PASSPORT), play.issue(PASSPORT)
    play.call(ONE)
    play.do(c.Recall(ONE))
    play.do(c.UndoCommand(ONE))
    play.do(c.Park(ONE, ParkReason.FORM))
    play.do(c.AddNote(visit, NoteId("n1")))
    play.do(c.CallVisit(TWO, visit, CallReason.RETURNING))
    assert kinds(play.state, visit) == [
        "visit-issued",
        "visit-called",
        "visit-recalled",
        "undone",
        "visit-parked",
        "visit-noted",
        "visit-called",
    ]
    assert kinds(play.state, other) == ["visit-issued"]
    # It follows from the stream alone, and a copy is its own.
    again = DayState(CENTRE, DAY)
    for event in play.events:
        evolve(again, event)
    assert again.history == play.state.history
    copy = play.state.copy()
    play.do(c.StartServing(TWO))
    assert copy.history == again.history != play.state.history


def test_one_that_joined_stands_in_the_history_of_both() -> None:
    play = Play().open_day()
    one, into = play.issue(PASSPORT), play.issue(PASSPORT)
    play.do(c.Merge(one, into))
    assert kinds(play.state, one) == ["visit-issued", "visit-merged"]
    assert "visit-merged" in kinds(play.state, into)
