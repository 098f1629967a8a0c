"""Visits put aside come back: due as before, behind the next at their step."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from queue_server.domain.values import (
    HOUR,
    MINUTE,
    CallReason,
    Category,
    Day,
    HelpId,
    HelpKind,
    Hex,
    Intake,
    KeyId,
    Micros,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ParkReason,
    TransferReason,
    VisitId,
    VisitState,
)
from queue_server.queue import commands as c
from queue_server.queue.day import carried
from tests.queue_server.queue.centre import BIRTH, DAY, ONE, PASSPORT, ROUND_THE_CLOCK, TWO, VISA, Play, ticket

CLOSE = c.CloseDay(DAY, (), KeyId("key"), Hex("00"))


@pytest.fixture
def play() -> Play:
    play = Play().open_day()
    play.open(ONE, TWO)
    return play


def miss(play: Play, visit: VisitId) -> None:
    assert play.call() == visit
    play.do(c.Recall(ONE))
    play.wait(4 * MINUTE)
    play.do(c.Missed(ONE))


def park(play: Play, visit: VisitId) -> None:
    play.do(c.CallVisit(ONE, visit, CallReason.OTHER))
    play.do(c.Park(ONE, ParkReason.DOCUMENT, until=Micros(play.now + 15 * MINUTE)))


@pytest.mark.parametrize(("put_aside", "bring_back"), [(miss, c.Reinstate), (park, c.Resume)])
def test_the_next_is_called_first_then_the_one_that_came_back(
    play: Play, put_aside: Callable[[Play, VisitId], None], bring_back: type[c.Reinstate | c.Resume]
) -> None:
    first = play.issue()
    play.wait(MINUTE)
    others = [play.issue()]
    play.wait(MINUTE)
    others.append(play.issue())
    due = play.visit(first).due
    put_aside(play, first)
    play.do(bring_back(first))
    assert play.ask(bring_back(first)) == (), "it waits already"
    after = play.visit(first)
    assert (after.due, after.place) == (due, play.visit(others[0]).due + 1)
    assert after.park_reason is None
    order = [play.call(), play.call(TWO)]
    assert order == [others[0], first]


def test_others_who_come_back_stand_in_the_order_of_their_tickets(play: Play) -> None:
    first, second, third = play.issue(), play.issue(), play.issue()
    for visit in (first, second):
        park(play, visit)
    play.do(c.Resume(second))
    play.do(c.Resume(first))
    assert [visit for _, visit in play.state.waiting] == [third, first, second]


def test_alone_or_due_later_it_stands_where_it_is_due(play: Play) -> None:
    alone = play.issue(VISA)
    park(play, alone)
    play.do(c.Resume(alone))
    assert play.visit(alone).place == play.visit(alone).due
    park(play, alone)
    play.issue(VISA, Category.APPOINTMENT)
    play.do(c.Resume(alone))
    assert play.visit(alone).place == play.visit(alone).due


def test_only_those_who_stand_in_its_way_count(play: Play) -> None:
    """Another step is another line, an urgent one is before it anyway, a hidden one is not the next of the others."""
    first = play.issue(VISA)
    play.wait(MINUTE)
    play.issue(BIRTH)
    hidden = play.issue(VISA)
    play.wait(MINUTE)
    following = play.issue(VISA)
    play.do(c.CallVisit(TWO, hidden, CallReason.OTHER))
    play.do(c.Transfer(TWO, TransferReason.LANGUAGE, to_counter=ONE))
    park(play, first)
    play.do(c.Resume(first))
    assert play.visit(first).place == play.visit(following).due + 1
    urgent = play.issue(VISA, Category.URGENT)
    park(play, urgent)
    play.do(c.Resume(urgent))
    assert play.visit(urgent).place == play.visit(urgent).due


def test_an_urgent_one_is_next_and_so_nothing_is_put_off(play: Play) -> None:
    first = play.issue()
    park(play, first)
    play.wait(HOUR)
    play.issue()
    play.issue(VISA, Category.URGENT)
    play.do(c.Resume(first))
    assert play.visit(first).place == play.visit(first).due


def test_what_is_not_aside_does_not_come_back(play: Play) -> None:
    visit = play.issue()
    assert play.code_of(c.Resume(VisitId("nobody"))) == "visit-unknown"
    assert play.code_of(c.Reinstate(VisitId("nobody"))) == "visit-unknown"
    play.call()
    assert play.code_of(c.Resume(visit)) == "visit-not-parked"
    assert play.code_of(c.Reinstate(visit)) == "visit-not-missed"
    play.serve()
    assert play.code_of(c.Reinstate(visit)) == "visit-not-missed"


def test_a_cancelled_visit_comes_back_with_its_code(play: Play) -> None:
    visit = play.issue()
    play.do(c.Cancel(visit))
    play.do(c.Reinstate(visit))
    assert play.visit(visit).ended_at is None
    assert play.call() == visit


def test_parking_needs_a_visit_and_is_taken_back(play: Play) -> None:
    assert play.code_of(c.Park(ONE, ParkReason.FORM)) == "counter-free"
    visit = play.issue()
    play.call()
    play.do(c.StartServing(ONE))
    play.do(c.Park(ONE, ParkReason.FORM, visit))
    assert play.ask(c.Park(ONE, ParkReason.FORM, visit)) == (), "parked here already"
    assert (play.visit(visit).state, play.state.counters[ONE].visit) == (VisitState.PARKED, None)
    play.do(c.UndoCommand(ONE))
    assert (play.visit(visit).state, play.state.counters[ONE].visit) == (VisitState.SERVING, visit)


def test_who_was_served_parked_and_called_again_has_not_begun_again(play: Play) -> None:
    visit = play.issue()
    play.call()
    play.do(c.StartServing(ONE))
    play.do(c.Park(ONE, ParkReason.FORM))
    play.do(c.Resume(visit))
    assert play.visit(visit).records[-1].started_at is not None, "that it was begun is not forgotten while it waits"
    play.call()
    assert play.visit(visit).records[-1].started_at is None


def test_a_silent_counter_gives_its_visit_back_to_its_place(play: Play) -> None:
    visit, after = play.issue(PASSPORT), play.issue(PASSPORT)
    key = play.visit(visit).key
    play.call()
    play.do(c.StartServing(ONE))
    assert play.code_of(c.HandBack(ONE, after)) == "visit-not-here"
    play.do(c.HandBack(ONE, visit))
    assert (play.visit(visit).key, play.state.counters[ONE].visit) == (key, None)
    assert play.code_of(c.UndoCommand(ONE)) == "undo-nothing"
    assert play.code_of(c.HandBack(ONE)) == "counter-free"
    assert play.call(TWO) == visit


def test_missed_is_bounded_by_calls_and_by_time_as_set(play: Play) -> None:
    play.settings = replace(play.settings, missed_min_calls=3, missed_after=MINUTE)
    play.issue()
    play.call()
    play.wait(MINUTE)
    play.do(c.Recall(ONE))
    assert play.code_of(c.Missed(ONE)) == "missed-too-early"
    play.do(c.Recall(ONE))
    play.do(c.Missed(ONE))
    play.settings = replace(play.settings, missed_min_calls=1, missed_after=0)
    play.issue()
    play.call()
    play.do(c.Missed(ONE))


# --- the end of the day --------------------------------------------------------------------------------------------


def test_the_day_ends_for_the_parked_and_stays_missed_for_the_missed(play: Play) -> None:
    parked, missed = play.issue(), play.issue()
    park(play, parked)
    miss(play, missed)
    play.do(c.SettleDay(DAY))
    assert play.visit(parked).state is VisitState.NOT_SERVED
    assert play.visit(missed).state is VisitState.MISSED
    play.do(CLOSE)


def test_round_the_clock_the_parked_go_on_and_the_missed_may_come_back_once() -> None:
    play = Play(ROUND_THE_CLOCK).open_day()
    play.open(ONE)
    parked, missed = play.issue(), play.issue()
    park(play, parked)
    miss(play, missed)
    play.do(c.SettleDay(DAY))
    play.do(CLOSE)
    second = Play(ROUND_THE_CLOCK, Day("2026-11-26"))
    second.now = Micros(play.now + 20 * HOUR)
    second.open_after(play, carried(play.state, second.now, round_the_clock=True))
    assert {visit.id: visit.state for visit in second.state.visits.values()} == {
        parked: VisitState.PARKED,
        missed: VisitState.MISSED,
    }
    assert second.state.counters[ONE].visit is None
    second.do(c.Resume(parked))
    second.do(c.Reinstate(missed))
    miss(second, parked)
    second.do(c.SettleDay(second.state.day))
    assert second.state.carried == (missed,), "who was missed with a ticket of the day before is not carried again"


def test_the_code_of_a_visit_of_the_day_before_may_be_somebody_elses_by_now() -> None:
    play = Play(ROUND_THE_CLOCK).open_day()
    play.open(ONE)
    missed = play.issue(code="B007")
    miss(play, missed)
    play.do(c.SettleDay(DAY))
    play.do(CLOSE)
    second = Play(ROUND_THE_CLOCK, Day("2026-11-26"))
    second.now = Micros(play.now + 20 * HOUR)
    second.open_after(play, carried(play.state, second.now, round_the_clock=True))
    second.do(ticket(VisitId("other"), code="B007"))
    assert second.code_of(c.Reinstate(missed)) == "code-taken"


def test_a_visit_that_is_carried_over_is_left_to_the_next_day() -> None:
    play = Play(ROUND_THE_CLOCK).open_day()
    play.open(ONE)
    called, waiting = play.issue(), play.issue()
    play.call()
    play.do(c.SettleDay(DAY))
    for command in (
        c.Cancel(waiting),
        c.CallVisit(ONE, waiting, CallReason.OTHER),
        c.StartServing(ONE),
        c.Reclassify(waiting, Category.URGENT),
        c.Merge(waiting, called),
        c.Park(ONE, ParkReason.FORM),
        c.HandBack(ONE),
    ):
        assert play.code_of(command) in ("day-closed", "counter-busy")
    assert play.do(CLOSE)


def test_notices_that_still_show_go_on_round_the_clock() -> None:
    play = Play(ROUND_THE_CLOCK).open_day()
    tomorrow = Micros(play.now + 20 * HOUR)
    for name, until in (("open", None), ("over", Micros(tomorrow - 1)), ("long", Micros(tomorrow + 1))):
        notice = c.ShowNotice(NoticeId(name), NoticeKind.ANNOUNCEMENT, NoticeText.DELAY, NoticePlace.BOARDS, until)
        play.do(notice)
        assert play.ask(notice) == ()
    play.do(c.ChangeIntake(Intake.FULL))
    assert play.ask(c.ChangeIntake(Intake.FULL)) == ()
    play.do(c.CloseService(VISA))
    play.do(c.CallHelp(HelpId("h1"), HelpKind.HELP, None, ONE))
    second = Play(ROUND_THE_CLOCK, Day("2026-11-26"))
    second.now = tomorrow
    second.open_after(play, carried(play.state, tomorrow, round_the_clock=True))
    assert set(second.state.notices) == {"open", "long"}
    assert second.state.intake is Intake.OPEN, "a new day begins open"
    assert play.state.closed_services == {VISA}
    assert not second.state.closed_services, "and gives all services"
    assert second.state.helps[HelpId("h1")].counter == ONE
    assert carried(play.state, tomorrow, round_the_clock=False).notices == ()
    assert second.do(c.EndNotice(NoticeId("long")))
    assert second.ask(c.EndNotice(NoticeId("long"))) == ()
