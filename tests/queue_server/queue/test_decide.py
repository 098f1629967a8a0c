"""Each command: what it comes to, what it is refused for, and what is asked for again."""

import pytest

from queue_server.domain.values import (
    HOUR,
    MINUTE,
    SECOND,
    CounterId,
    CounterState,
    Day,
    DeviceId,
    HelpId,
    HelpKind,
    HelpSubject,
    Hex,
    KeyId,
    Language,
    Micros,
    NoteId,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    PauseReason,
    StaffId,
    VisitId,
    VisitState,
)
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.day import Carried, carried
from queue_server.queue.notices import MAX_SHOWN
from queue_server.queue.refusals import Refusal, RefusalCode
from queue_server.queue.state import DayState
from queue_server.queue.undo import undoable
from tests.queue_server.queue.centre import (
    ANY,
    DAY,
    DOCUMENTS_ONLY,
    KIOSK,
    ONE,
    PASSPORT,
    ROUND_THE_CLOCK,
    STAFF,
    START,
    THREE,
    TWO,
    VISA,
    Play,
    ticket,
)

CLOSE = c.CloseDay(DAY, (), KeyId("key"), Hex("00"))
NOBODY = VisitId("nobody")


@pytest.fixture
def play() -> Play:
    """An open day with counter 1 open."""
    play = Play().open_day()
    play.open(ONE)
    return play


def test_nothing_is_decided_before_the_day_is_open() -> None:
    play = Play()
    for command in (ticket(VisitId("v1")), c.CallNext(ONE), c.SettleDay(DAY), CLOSE):
        assert play.code_of(command) == "day-not-open"
    assert play.do(c.OpenDay(DAY, START))
    assert play.ask(c.OpenDay(DAY, START)) == ()


def test_calling_needs_an_open_free_counter(play: Play) -> None:
    assert play.code_of(c.CallNext(CounterId("elsewhere"))) == "counter-unknown"
    assert play.code_of(c.CallNext(TWO)) == "counter-not-open"
    assert play.do(c.CallNext(ONE)) == (), "nobody to call is no event"
    play.issue()
    play.issue()
    play.call()
    assert play.code_of(c.CallNext(ONE)) == "counter-busy"
    play.do(c.StartServing(ONE))
    assert play.code_of(c.CallNext(ONE)) == "counter-busy"
    play.do(c.Finish(ONE))
    play.do(c.PauseCounter(ONE, PauseReason.BREAK))
    assert play.code_of(c.CallNext(ONE)) == "counter-not-open"


@pytest.mark.parametrize("verb", [c.Recall, c.StartServing, c.Finish, c.Missed])
def test_a_counter_acts_only_on_its_own_visit(play: Play, verb: type[c.Recall]) -> None:
    assert play.code_of(verb(ONE)) == "counter-free"
    assert play.code_of(verb(ONE, NOBODY)) == "visit-unknown"
    assert play.code_of(verb(CounterId("elsewhere"))) == "counter-unknown"
    play.open(TWO)
    play.issue()
    other = play.issue()
    play.call(ONE)
    play.call(TWO)
    assert play.code_of(verb(ONE, other)) == "visit-not-here"


def test_the_states_of_a_visit_follow_one_another(play: Play) -> None:
    visit = play.issue(PASSPORT)
    play.call()
    assert play.code_of(c.Finish(ONE, visit)) == "visit-not-started"
    play.do(c.Recall(ONE, visit))
    assert play.visit(visit).calls == 2
    assert play.state.calls[-1].repeats == 1
    play.do(c.StartServing(ONE))
    assert play.ask(c.StartServing(ONE)) == ()
    assert play.code_of(c.Recall(ONE)) == "visit-not-called"
    assert play.code_of(c.Missed(ONE)) == "visit-not-called"
    assert play.code_of(c.Cancel(visit)) == "visit-being-served"
    for step in ("documents", "biometrics"):
        play.do(c.Finish(ONE))
        assert play.visit(visit).step.step == step
        assert play.visit(visit).state is VisitState.WAITING
        assert play.visit(visit).calls == 0
        play.call()
        play.do(c.StartServing(ONE))
    (done,) = play.do(c.Finish(ONE))
    assert isinstance(done, e.VisitDone)
    assert play.visit(visit).state is VisitState.DONE
    assert [record.finished_at is not None for record in play.visit(visit).records] == [True] * 3
    assert play.code_of(c.Cancel(visit)) == "visit-ended"


def test_a_visit_is_missed_after_its_calls_and_its_time(play: Play) -> None:
    visit = play.issue()
    play.call()
    decision = play.ask(c.Missed(ONE))
    assert decision == Refusal(RefusalCode.MISSED_TOO_EARLY, {"seconds": 240, "calls": 1})
    play.wait(4 * MINUTE)
    assert play.ask(c.Missed(ONE)) == Refusal(RefusalCode.MISSED_TOO_EARLY, {"seconds": 0, "calls": 1})
    play.do(c.Recall(ONE))
    play.do(c.Missed(ONE))
    assert play.visit(visit).state is VisitState.MISSED
    assert play.state.counters[ONE].visit is None
    assert play.ask(c.Missed(ONE, visit)) == ()


def test_cancelling_frees_the_counter_that_had_called(play: Play) -> None:
    waiting, called = play.issue(), play.issue()
    play.do(c.Cancel(waiting))
    play.call()
    (cancelled,) = play.do(c.Cancel(called))
    assert cancelled == e.VisitCancelled(called, ONE)
    assert play.state.counters[ONE].visit is None
    assert play.ask(c.Cancel(called)) == ()
    assert play.code_of(c.Cancel(NOBODY)) == "visit-unknown"
    assert not play.state.waiting


def test_a_state_asked_for_again_is_no_event(play: Play) -> None:
    assert play.ask(c.OpenCounter(ONE, STAFF, ANY)) == ()
    assert play.do(c.OpenCounter(ONE, StaffId("staff-2"), ANY)), "somebody else is news"
    assert play.do(c.OpenCounter(ONE, StaffId("staff-2"), DOCUMENTS_ONLY)), "other skills are news"
    play.do(c.PauseCounter(ONE, PauseReason.BREAK))
    assert play.ask(c.PauseCounter(ONE, PauseReason.BREAK)) == ()
    assert play.do(c.PauseCounter(ONE, PauseReason.TRAINING))
    play.do(c.OpenCounter(ONE, STAFF, ANY))
    assert play.state.counters[ONE].pause is None
    play.do(c.CloseCounter(ONE))
    assert play.ask(c.CloseCounter(ONE)) == ()
    assert play.code_of(c.PauseCounter(ONE, PauseReason.BREAK)) == "counter-not-open"
    assert play.ask(c.CloseCounter(TWO)) == (), "a counter nobody opened is closed"


def test_nobody_called_or_served_is_left_standing(play: Play) -> None:
    play.issue()
    play.call()
    assert play.code_of(c.CloseCounter(ONE)) == "counter-busy"
    assert play.code_of(c.PauseCounter(ONE, PauseReason.BREAK)) == "counter-busy"


def test_help_is_taken_once(play: Play) -> None:
    call = HelpId("h1")
    assert play.code_of(c.TakeHelp(call, ONE, STAFF)) == "help-unknown"
    play.do(c.CallHelp(call, HelpKind.PRIVATE, KIOSK))
    assert play.ask(c.CallHelp(call, HelpKind.PRIVATE, KIOSK)) == ()
    play.do(c.TakeHelp(call, ONE, STAFF))
    assert play.ask(c.TakeHelp(call, TWO, None)) == ()
    assert play.state.helps[call].taken_at_counter == ONE


def test_one_person_stands_at_a_kiosk_so_a_new_call_takes_the_place_of_the_one_before(play: Play) -> None:
    """Whoever presses again and again in the hall, or holds a stolen token, fills nobody's page."""

    def called(ident: str, kind: HelpKind, about: HelpSubject | None = None) -> None:
        play.do(c.CallHelp(HelpId(ident), kind, KIOSK, about=about, once=True))

    def waiting() -> list[str]:
        return [call.id for call in play.state.helps.values() if call.waits]

    called("h1", HelpKind.HELP)
    play.do(c.CallHelp(HelpId("h2"), HelpKind.HELP, None, TWO))
    called("h3", HelpKind.FAULT, HelpSubject.TERMINAL)
    called("h4", HelpKind.FAULT, HelpSubject.READER)
    called("h5", HelpKind.FAULT, HelpSubject.TERMINAL)
    assert waiting() == ["h1", "h2", "h4", "h5"], "each part that does not work is one call"
    called("h6", HelpKind.PRIVATE)
    assert waiting() == ["h2", "h4", "h5", "h6"], "the person there now is not hidden in the call of who was there"
    play.do(c.TakeHelp(HelpId("h6"), ONE, STAFF))
    called("h7", HelpKind.HELP)
    assert waiting() == ["h2", "h4", "h5", "h7"]
    assert play.state.helps[HelpId("h6")].ended_at is None, "who goes there already is not called off"
    play.do(c.CallHelp(HelpId("h8"), HelpKind.HELP, KIOSK))
    assert waiting() == ["h2", "h4", "h5", "h7", "h8"], "a program says each time what it means"


def test_a_call_is_withdrawn_once_by_the_kiosk_that_made_it(play: Play) -> None:
    call, other = HelpId("h1"), DeviceId("another")
    assert play.code_of(c.WithdrawHelp(call, KIOSK)) == "help-unknown"
    play.do(c.CallHelp(call, HelpKind.HELP, KIOSK, language=Language("ar"), about=HelpSubject.PAYMENT))
    assert play.code_of(c.WithdrawHelp(call, other)) == "help-unknown"
    play.do(c.WithdrawHelp(call, KIOSK))
    assert play.ask(c.WithdrawHelp(call, KIOSK)) == ()
    assert play.ask(c.TakeHelp(call, ONE, STAFF)) == (), "nobody is sent to somebody who left"
    assert play.ask(c.CallHelp(call, HelpKind.HELP, KIOSK)) == (), "a call that comes late is the one that has ended"
    ended = play.state.helps[call]
    assert (ended.language, ended.about, ended.waits) == ("ar", HelpSubject.PAYMENT, False)
    assert ended.ended_at == play.now


def test_a_call_that_was_taken_can_still_end_by_itself(play: Play) -> None:
    call = HelpId("h1")
    play.do(c.CallHelp(call, HelpKind.PAPER, KIOSK))
    play.do(c.TakeHelp(call, ONE, STAFF))
    play.do(c.WithdrawHelp(call, KIOSK))
    assert play.state.helps[call].ended_at is not None, "who is on the way hears that it is not needed any more"


def test_so_many_announcements_are_shown_and_an_emergency_always(play: Play) -> None:
    def notice(name: str, kind: NoticeKind, text: NoticeText, until: Micros | None = None) -> c.ShowNotice:
        return c.ShowNotice(NoticeId(name), kind, text, NoticePlace.EVERYWHERE, until)

    soon = Micros(play.now + MINUTE)
    for number in range(MAX_SHOWN):
        play.do(notice(f"n{number}", NoticeKind.ANNOUNCEMENT, NoticeText.OWN, None if number else soon))
    more = notice("more", NoticeKind.ANNOUNCEMENT, NoticeText.DELAY)
    assert play.code_of(more) == "notices-full"
    assert play.ask(notice("n1", NoticeKind.ANNOUNCEMENT, NoticeText.OWN)) == ()
    play.do(notice("leave", NoticeKind.EMERGENCY, NoticeText.LEAVE_BUILDING))
    play.wait(MINUTE)
    play.do(more)
    assert play.code_of(notice("again", NoticeKind.ANNOUNCEMENT, NoticeText.DELAY)) == "notices-full"
    play.do(c.EndNotice(NoticeId("n1")))
    play.do(notice("again", NoticeKind.ANNOUNCEMENT, NoticeText.DELAY))


# --- undo ----------------------------------------------------------------------------------------------------------


def test_an_undone_call_leaves_the_boards_and_the_queue_as_before(play: Play) -> None:
    first = play.issue()
    play.issue()
    before = play.state.copy()
    play.wait(SECOND)
    play.call()
    play.wait(MINUTE)
    play.do(c.UndoCommand(ONE))
    assert play.state.calls == ()
    assert list(play.state.waiting) == list(before.waiting)
    assert play.state.counters == before.counters
    assert play.visit(first).state is VisitState.WAITING
    assert play.code_of(c.UndoCommand(ONE)) == "undo-nothing"
    assert play.call() == first


def test_undo_has_two_minutes_and_belongs_to_its_counter(play: Play) -> None:
    play.open(TWO)
    play.issue()
    play.call()
    seq = play.state.seq
    assert play.code_of(c.UndoCommand(TWO, seq)) == "undo-not-yours"
    assert play.code_of(c.UndoCommand(TWO)) == "undo-nothing"
    assert play.code_of(c.UndoCommand(ONE, 1)) == "undo-nothing"
    play.wait(2 * MINUTE)
    assert undoable(play.state, ONE, play.settings, play.now) is not None
    play.wait(1)
    assert undoable(play.state, ONE, play.settings, play.now) is None
    assert play.code_of(c.UndoCommand(ONE, seq)) == "undo-too-late"


def test_what_was_overtaken_is_not_undone(play: Play) -> None:
    play.open(TWO)
    play.issue(PASSPORT)
    play.call(ONE)
    play.serve(ONE)
    finished = play.state.seq
    play.call(TWO)
    assert play.code_of(c.UndoCommand(ONE, finished)) == "undo-nothing"


def test_acts_are_undone_one_after_the_other(play: Play) -> None:
    """A recall, then the call before it: each while it is the newest that still stands."""
    first = play.issue()
    play.issue()
    before = play.state.copy()
    play.call()
    called = play.state.seq
    play.do(c.Recall(ONE))
    recalled = play.state.seq
    assert play.code_of(c.UndoCommand(ONE, called)) == "undo-nothing", "not past the recall"
    play.do(c.UndoCommand(ONE, recalled))
    assert play.visit(first).state is VisitState.CALLED
    assert [call.repeats for call in play.state.calls] == [0]
    left = undoable(play.state, ONE, play.settings, play.now)
    assert left is not None
    assert left.seq == called
    play.do(c.UndoCommand(ONE))
    assert play.state.calls == ()
    assert (list(play.state.waiting), play.state.counters) == (list(before.waiting), before.counters)
    assert play.code_of(c.UndoCommand(ONE)) == "undo-nothing"


def test_each_act_has_its_own_two_minutes(play: Play) -> None:
    play.issue()
    play.call()
    play.wait(MINUTE)
    play.do(c.Recall(ONE))
    play.wait(MINUTE + 1)
    play.do(c.UndoCommand(ONE))
    assert play.code_of(c.UndoCommand(ONE)) == "undo-too-late"


def test_what_is_no_act_of_a_counter_ends_all_undoing(play: Play) -> None:
    visit = play.issue()
    play.call()
    play.do(c.AddNote(visit, NoteId("n1")))
    play.do(c.Recall(ONE))
    play.do(c.UndoCommand(ONE))
    assert play.code_of(c.UndoCommand(ONE)) == "undo-nothing", "a note was written after the call"


def test_what_another_counter_has_taken_back_can_be_undone_again(play: Play) -> None:
    play.open(TWO)
    visit = play.issue(PASSPORT)
    play.call(ONE)
    play.serve(ONE)
    finished = play.state.seq
    play.call(TWO)
    assert play.code_of(c.UndoCommand(ONE, finished)) == "undo-nothing"
    play.do(c.UndoCommand(TWO))
    assert play.code_of(c.UndoCommand(TWO)) == "undo-nothing"
    play.do(c.UndoCommand(ONE, finished))
    assert (play.visit(visit).state, play.visit(visit).counter) == (VisitState.SERVING, ONE)


def test_undo_of_a_finish_needs_the_counter_free_and_open(play: Play) -> None:
    done = play.issue()
    play.issue()
    play.call()
    play.serve()
    finished = play.state.seq
    play.call()
    assert play.code_of(c.UndoCommand(ONE, finished)) == "counter-busy"
    play.do(c.UndoCommand(ONE))
    play.do(c.PauseCounter(ONE, PauseReason.BREAK))
    assert play.code_of(c.UndoCommand(ONE, finished)) == "counter-not-open"
    play.do(c.OpenCounter(ONE, STAFF, ANY))
    play.do(c.UndoCommand(ONE, finished))
    assert play.visit(done).state is VisitState.SERVING
    assert play.state.counters[ONE].visit == done


# --- when a ticket counts from -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "heard", "counted"),
    [
        (-10 * MINUTE, -20 * MINUTE, -10 * MINUTE),
        (-10 * MINUTE, -5 * MINUTE, -5 * MINUTE),
        (-365 * 24 * HOUR, -5 * MINUTE, -5 * MINUTE),
        (365 * 24 * HOUR, -5 * MINUTE, 0),
        (-10 * MINUTE, None, 0),
        (None, -5 * MINUTE, 0),
        (-24 * HOUR, -25 * HOUR, START - (START + 5 * HOUR)),
    ],
)
def test_a_device_time_counts_between_its_last_contact_and_now(
    play: Play, said: int | None, heard: int | None, counted: int
) -> None:
    issue = c.IssueTicket(
        visit=VisitId("v1"),
        services=(VISA,),
        category=ticket(NOBODY).category,
        party_size=1,
        language=ticket(NOBODY).language,
        device=KIOSK,
        series=ticket(NOBODY).series,
        code=None,
        issued_at=None if said is None else Micros(play.now + said),
        last_contact=None if heard is None else Micros(play.now + heard),
    )
    play.do(issue)
    assert play.visit(VisitId("v1")).counts_from == play.now + counted


# --- the end of the day --------------------------------------------------------------------------------------------


def test_a_day_ends_with_everything_settled(play: Play) -> None:
    play.open(TWO, THREE)
    serving, called, waiting = play.issue(), play.issue(), play.issue()
    play.call(ONE)
    play.do(c.StartServing(ONE))
    play.call(TWO)
    between = play.issue(PASSPORT)
    assert play.call(THREE) == between
    play.serve(THREE)
    assert play.code_of(CLOSE) == "day-not-settled"
    play.do(c.SettleDay(DAY))
    states = {visit: play.visit(visit).state for visit in (serving, called, waiting, between)}
    assert states == {
        serving: VisitState.DONE,
        called: VisitState.NOT_SERVED,
        waiting: VisitState.NOT_SERVED,
        between: VisitState.NOT_SERVED,
    }
    assert {counter.state for counter in play.state.counters.values()} == {CounterState.CLOSED}
    assert play.ask(c.SettleDay(DAY)) == ()
    play.do(CLOSE)
    assert play.ask(CLOSE) == ()
    assert play.code_of(c.CallNext(ONE)) == "day-closed"
    assert play.code_of(ticket(VisitId("late"))) == "day-closed"
    late = play.do(ticket(VisitId("late"), code="B500"))
    assert [type(event) for event in late] == [e.VisitIssued, e.VisitNotServed]
    assert carried(play.state, play.now, round_the_clock=False) == Carried()


def test_round_the_clock_everything_goes_on_in_the_next_day() -> None:
    play = Play(ROUND_THE_CLOCK).open_day()
    play.open(ONE, TWO)
    called = play.issue(PASSPORT)
    play.call(ONE)
    play.do(c.PauseCounter(TWO, PauseReason.BREAK))
    later, waiting = play.issue(VISA), play.issue(PASSPORT)
    play.do(c.CallHelp(HelpId("h1"), HelpKind.HELP, KIOSK))
    play.do(c.SettleDay(DAY))
    play.do(CLOSE)
    assert not play.state.waiting

    over = carried(play.state, play.now, round_the_clock=True)
    assert len(over.helps) == 1
    assert carried(play.state, play.now, round_the_clock=False).helps == ()
    tomorrow = Play(ROUND_THE_CLOCK, Day("2026-11-26"))
    tomorrow.now = Micros(play.now + 20 * HOUR)
    tomorrow.open_after(play, over)
    state: DayState = tomorrow.state
    assert [visit for _, visit in state.waiting] == [waiting, later]
    assert {visit: tomorrow.visit(visit).due for visit in (called, waiting, later)} == {
        visit: play.visit(visit).due for visit in (called, waiting, later)
    }
    assert state.counters[ONE].visit == called
    assert state.counters[TWO].state is CounterState.PAUSED
    assert [call.visit for call in state.calls] == [called]
    assert list(state.helps) == ["h1"]
    tomorrow.serve(ONE)
    assert tomorrow.visit(called).at_step == 1
    # Yesterday's numbers are not given again while their people still wait, and a printed one is never refused.
    tomorrow.do(ticket(VisitId("new")))
    assert tomorrow.visit(VisitId("new")).code == "B004"
    tomorrow.do(ticket(VisitId("printed"), code="B002"))


def test_the_version_of_the_set_up_only_goes_up(play: Play) -> None:
    assert play.ask(c.ChangeConfiguration(1)) == ()
    play.do(c.ChangeConfiguration(3))
    assert play.ask(c.ChangeConfiguration(2)) == ()
    assert play.state.configuration == 3
