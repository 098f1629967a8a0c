"""A counter calls this one and not the next; a visit is handed on, and waits where it was told to."""

import pytest
from msgspec.structs import replace

from queue_server.domain.values import (
    MINUTE,
    CallReason,
    CounterId,
    CounterState,
    Micros,
    ParkReason,
    PauseReason,
    StepId,
    TransferReason,
    VisitId,
    VisitState,
    Where,
)
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue import order
from queue_server.queue.settings import CounterSettings, Skills
from tests.queue_server.queue.centre import (
    BIRTH,
    DOCUMENTS_ONLY,
    ONE,
    PASSPORT,
    STAFF,
    THREE,
    TWO,
    VISA,
    Play,
)

RECEPTION, DOCUMENTS, BIOMETRICS = StepId("reception"), StepId("documents"), StepId("biometrics")


@pytest.fixture
def play() -> Play:
    play = Play().open_day()
    play.open(ONE, TWO, THREE)
    return play


def on(step: str, where: Where = Where.ORDER, counter: CounterId = ONE) -> c.Transfer:
    return c.Transfer(counter, TransferReason.WRONG_STEP, to_step=StepId(step), where=where)


def to(counter: CounterId, where: Where = Where.ORDER) -> c.Transfer:
    return c.Transfer(ONE, TransferReason.LANGUAGE, to_counter=counter, where=where)


def this(visit: VisitId, counter: CounterId = ONE) -> c.CallVisit:
    return c.CallVisit(counter, visit, CallReason.AGREED)


# --- call this one -------------------------------------------------------------------------------------------------


def test_staff_call_one_who_waits_is_parked_or_was_missed_and_say_why(play: Play) -> None:
    play.issue()
    later = play.issue()
    (called,) = play.do(this(later))
    assert isinstance(called, e.VisitCalled)
    assert (called.rule, called.reason, called.considered) == (e.CallRule.PARTICULAR, CallReason.AGREED, 2)
    assert play.ask(this(later)) == (), "called here already"
    assert play.code_of(this(later, TWO)) == "visit-at-counter"
    play.do(c.Park(ONE, ParkReason.FORM))
    play.do(this(later))
    play.do(c.Recall(ONE))
    play.wait(4 * MINUTE)
    play.do(c.Missed(ONE))
    play.do(this(later, TWO))
    assert (play.visit(later).calls, play.visit(later).counter) == (1, TWO)
    play.serve(TWO)
    assert play.code_of(this(later)) == "visit-ended"
    assert play.code_of(this(VisitId("nobody"))) == "visit-unknown"


def test_calling_one_needs_an_open_free_counter(play: Play) -> None:
    visit = play.issue()
    assert play.code_of(this(visit, CounterId("elsewhere"))) == "counter-unknown"
    play.do(c.PauseCounter(ONE, PauseReason.BREAK))
    assert play.code_of(this(visit)) == "counter-not-open"
    play.issue()
    play.call(TWO)
    assert play.code_of(this(play.issue(), TWO)) == "counter-busy"


@pytest.mark.parametrize("state", [VisitState.WAITING, VisitState.PARKED, VisitState.MISSED])
def test_a_particular_call_is_taken_back_to_where_the_visit_was(play: Play, state: VisitState) -> None:
    visit = play.issue()
    if state is not VisitState.WAITING:
        play.call()
        play.do(c.Recall(ONE))
        play.wait(4 * MINUTE)
        play.do(c.Park(ONE, ParkReason.FORM) if state is VisitState.PARKED else c.Missed(ONE))
    play.do(this(visit))
    play.do(c.UndoCommand(ONE))
    assert play.visit(visit).state is state
    assert play.state.counters[ONE].visit is None, "a counter holds nobody who is not called"
    play.do(this(visit, TWO))


# --- to a step -----------------------------------------------------------------------------------------------------


def test_on_to_a_later_step_what_lies_between_is_skipped(play: Play) -> None:
    visit = play.issue(PASSPORT)
    play.call()
    play.do(c.StartServing(ONE))
    play.do(on("biometrics"))
    after = play.visit(visit)
    assert [stop.step for stop in after.steps] == [RECEPTION, DOCUMENTS, BIOMETRICS]
    assert [stop.done for stop in after.steps] == [True, False, False]
    assert (after.at_step, after.state, play.state.counters[ONE].visit) == (2, VisitState.WAITING, None)
    play.call(TWO)
    play.do(c.StartServing(TWO))
    assert isinstance(play.do(c.Finish(TWO))[0], e.VisitDone)


def test_a_stop_that_was_left_before_it_began_is_skipped(play: Play) -> None:
    visit = play.issue(PASSPORT)
    play.call()
    play.do(on("documents"))
    assert not play.visit(visit).steps[0].done
    assert play.visit(visit).records[0].started_at is None


def test_back_to_an_earlier_step_and_on_past_what_is_done(play: Play) -> None:
    visit = play.issue(PASSPORT)
    for _ in (RECEPTION, DOCUMENTS):
        play.call()
        play.serve()
    play.call()
    play.do(c.StartServing(ONE))
    play.do(on("reception"))
    assert (play.visit(visit).at_step, play.visit(visit).steps[0].done) == (0, False)
    play.call()
    play.serve()
    after = play.visit(visit)
    assert after.step.step == BIOMETRICS, "documents are checked already, the place that sent it back is next"
    assert [record.step for record in after.records] == [RECEPTION, DOCUMENTS, BIOMETRICS, RECEPTION, BIOMETRICS]


def test_on_to_a_step_that_is_done_is_to_be_served_there_again(play: Play) -> None:
    visit = play.issue(PASSPORT)
    for _ in (RECEPTION, DOCUMENTS):
        play.call()
        play.serve()
    play.call()
    play.do(on("reception"))
    play.call()
    play.do(on("documents"))
    after = play.visit(visit)
    assert (after.step.step, after.step.done) == (DOCUMENTS, False)


def test_back_is_to_the_nearest_of_its_kind(play: Play) -> None:
    visit = play.issue_for(PASSPORT, BIRTH)
    play.call()
    play.do(on("submission"))
    play.call()
    play.do(on("reception"))
    assert play.visit(visit).step.service == BIRTH


def test_an_extra_stop_comes_first_and_then_the_visit_comes_back(play: Play) -> None:
    visit = play.issue(VISA)
    play.call()
    play.do(c.StartServing(ONE))
    play.do(on("biometrics"))
    after = play.visit(visit)
    assert [stop.step for stop in after.steps] == [BIOMETRICS, DOCUMENTS]
    assert (after.step.service, after.step.government, after.step.promise) == (VISA, "XAL", 45)
    play.call()
    play.serve()
    assert play.visit(visit).step.step == DOCUMENTS
    play.call()
    play.serve()
    assert play.visit(visit).state is VisitState.DONE


def test_an_extra_stop_is_promised_what_the_service_says_of_it(play: Play) -> None:
    visit = play.issue(BIRTH)
    play.call()
    play.do(c.StartServing(ONE))
    play.do(on("submission"))
    play.do(c.ChangeVisit(visit, services=(BIRTH, VISA)))
    play.call()
    play.do(on("reception"))
    assert play.visit(visit).step.promise == 20


def test_nobody_is_sent_to_a_step_that_nobody_knows_or_in_circles(play: Play) -> None:
    play.issue(VISA)
    play.call()
    assert play.code_of(on("nowhere")) == "step-unknown"
    for number in range(29):
        skilled = Skills(steps=(StepId(f"desk-{number}"),))
        play.settings = replace(play.settings, counters={ONE: CounterSettings(ONE, skilled)})
        play.do(on(f"desk-{number}"))
        play.call()
    assert play.code_of(on("reception")) == "plan-too-long"


# --- where it comes in ---------------------------------------------------------------------------------------------


def test_in_order_it_keeps_its_due_time(play: Play) -> None:
    visit = play.issue(PASSPORT)
    due = play.visit(visit).due
    play.wait(30 * MINUTE)
    play.call()
    play.do(on("documents", Where.ORDER))
    after = play.visit(visit)
    assert (after.due, after.place, after.promise, after.late) == (due, due, 20, 0)
    assert after.records[-1].ready_at == play.now


def test_to_the_end_it_counts_from_now(play: Play) -> None:
    visit = play.issue(PASSPORT)
    play.wait(30 * MINUTE)
    play.call()
    play.do(on("documents", Where.END))
    after = play.visit(visit)
    assert (after.counts_from, after.promise, after.late, after.due) == (play.now, 30, 0, play.now + 30 * MINUTE)


@pytest.mark.parametrize(("waited", "due"), [(5, 5), (50, 20)], ids=["not due yet", "late"])
def test_to_the_front_it_is_due_now_at_the_latest(play: Play, waited: int, due: int) -> None:
    began = play.now
    visit = play.issue(PASSPORT)
    play.wait(waited * MINUTE)
    play.call()
    play.do(on("documents", Where.FRONT))
    after = play.visit(visit)
    assert after.due == began + due * MINUTE
    assert after.due == after.counts_from + after.promise * MINUTE - after.late, "and says what it was given"


# --- to a counter --------------------------------------------------------------------------------------------------


def test_it_waits_for_that_counter_alone_and_then_for_all(play: Play) -> None:
    visit = play.issue(VISA)
    play.call()
    play.do(to(TWO))
    after = play.visit(visit)
    assert (after.for_counter, after.for_until) == (TWO, play.now + 10 * MINUTE)
    assert play.ask(c.CallNext(THREE)) == ()
    assert play.ask(c.CallNext(TWO)) != ()
    play.wait(10 * MINUTE - 1)
    assert play.ask(c.CallNext(THREE)) == ()
    play.wait(1)
    assert play.call(THREE) == visit
    assert play.visit(visit).for_counter is None


def test_when_the_counter_closes_it_waits_for_all(play: Play) -> None:
    visit = play.issue(VISA)
    play.call()
    play.do(to(TWO))
    play.do(c.PauseCounter(TWO, PauseReason.BREAK))
    assert play.ask(c.CallNext(THREE)) == ()
    play.do(c.CloseCounter(TWO))
    assert play.call(THREE) == visit


def test_that_counter_takes_it_whatever_its_skills(play: Play) -> None:
    play.do(c.OpenCounter(TWO, STAFF, DOCUMENTS_ONLY))
    visit = play.issue(BIRTH)
    play.call()
    play.do(to(TWO))
    assert play.call(TWO) == visit


def test_one_in_hiding_may_still_be_called_in_particular(play: Play) -> None:
    visit = play.issue(VISA)
    play.call()
    play.do(to(TWO))
    (called,) = play.do(this(visit, THREE))
    assert isinstance(called, e.VisitCalled)
    assert called.considered == 0


def test_a_transfer_has_one_destination_which_is_open_and_elsewhere(play: Play) -> None:
    assert play.code_of(on("documents")) == "counter-free"
    play.issue()
    play.call()
    assert play.code_of(c.Transfer(ONE, TransferReason.OTHER)) == "transfer-target"
    both = c.Transfer(ONE, TransferReason.OTHER, to_step=DOCUMENTS, to_counter=TWO)
    assert play.code_of(both) == "transfer-target"
    assert play.code_of(to(ONE)) == "transfer-to-itself"
    assert play.code_of(to(CounterId("counter-4"))) == "counter-not-open"
    assert play.code_of(to(CounterId("elsewhere"))) == "counter-unknown"


@pytest.mark.parametrize("started", [False, True])
def test_a_transfer_is_taken_back(play: Play, *, started: bool) -> None:
    visit = play.issue(PASSPORT)
    play.call()
    if started:
        play.do(c.StartServing(ONE))
    before, since = play.visit(visit), play.state.counters[ONE].since
    play.do(on("biometrics", Where.END))
    play.wait(MINUTE)
    play.do(c.UndoCommand(ONE))
    after = play.visit(visit)
    assert (after.state, after.steps, after.due, after.records) == (
        before.state,
        before.steps,
        before.due,
        before.records,
    )
    assert (play.state.counters[ONE].visit, play.state.counters[ONE].since) == (visit, since)


def test_a_transfer_that_somebody_has_answered_stays(play: Play) -> None:
    play.issue(PASSPORT)
    play.call()
    play.do(on("documents"))
    play.call(TWO)
    assert play.code_of(c.UndoCommand(ONE)) == "undo-nothing"


def test_a_counter_looks_at_nobody_but_the_first_while_nobody_hides(play: Play) -> None:
    """The hot path: the next of a counter is the first of its lines, however many wait."""
    first, *others = [play.issue() for _ in range(3)]
    counter = play.state.counters[ONE]
    play.state.visits = play.state.visits.without(frozenset(others))
    assert [*play.state.visits] == [first]
    choice = order.choose(play.state, counter, play.settings, Micros(play.now))
    assert choice is not None
    assert choice.considered == 3
    assert counter.state is CounterState.OPEN
