"""A ticket that is printed once more is known, and changes nothing: whoever waits waits as before."""

from queue_server.domain.values import CallReason, VisitId
from queue_server.queue import commands as c
from queue_server.queue.undo import undoable
from tests.queue_server.queue.centre import DAY, ONE, PASSPORT, ROUND_THE_CLOCK, Play
from tests.queue_server.queue.digest import plain


def state_of(play: Play) -> dict[str, object]:
    """Everything of the day but how many events it has."""
    return {name: value for name, value in plain(play.state).items() if name not in ("seq", "at")}


def served() -> tuple[Play, VisitId]:
    play = Play().open_day()
    play.open(ONE)
    visit = play.issue(PASSPORT)
    play.call(ONE)
    return play, visit


def test_a_paper_is_an_event_that_changes_nothing() -> None:
    play, visit = served()
    before, seq = state_of(play), play.state.seq
    for _ in range(3):
        play.do(c.CountPaper(visit))
        play.wait(1)
    assert state_of(play) == before
    assert play.state.seq == seq + 3
    assert [event.type for event in play.state.history[visit]][-3:] == ["ticket-printed"] * 3


def test_undo_takes_back_what_was_done_before_the_paper() -> None:
    play, visit = served()
    play.do(c.StartServing(ONE))
    started = play.state.seq
    play.do(c.CountPaper(visit))
    newest = undoable(play.state, ONE, play.settings, play.now)
    assert newest is not None
    assert (newest.seq, newest.type) == (started, "visit-started")
    play.do(c.UndoCommand(ONE))
    assert play.visit(visit).state.value == "called"
    play.do(c.UndoCommand(ONE))
    assert play.visit(visit).state.value == "waiting"
    assert play.code_of(c.UndoCommand(ONE)) == "undo-nothing", "a paper is nothing that a counter did"


def test_one_that_is_cancelled_may_have_a_paper() -> None:
    play, visit = served()
    play.do(c.Cancel(visit))
    play.do(c.CountPaper(visit))


def test_one_that_went_on_with_another_ticket_may_have_a_paper_too() -> None:
    play, visit = served()
    other = play.issue(PASSPORT)
    play.do(c.Merge(other, visit))
    before = state_of(play)
    play.do(c.CountPaper(other))
    play.do(c.CountPaper(visit))
    assert state_of(play) == before


def test_one_that_is_served_to_the_end_may_have_a_paper() -> None:
    play, visit = served()
    while play.visit(visit).ended_at is None:
        if play.state.counters[ONE].visit is None:
            play.do(c.CallVisit(ONE, visit, CallReason.AGREED))
        play.do(c.StartServing(ONE))
        play.do(c.Finish(ONE))
    play.do(c.CountPaper(visit))


def test_nobody_prints_what_is_not_of_today() -> None:
    play, visit = served()
    assert play.code_of(c.CountPaper(VisitId("nobody"))) == "visit-unknown"
    around = Play(ROUND_THE_CLOCK).open_day()
    visit = around.issue(PASSPORT)
    around.do(c.SettleDay(DAY))
    assert around.code_of(c.CountPaper(visit)) == "day-closed", "it belongs to the next day"
