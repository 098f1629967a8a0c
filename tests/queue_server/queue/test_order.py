"""Who is next: urgent, then due earliest, then issued first; and what later steps are owed."""

import pytest
from msgspec.structs import replace

from queue_server.domain.values import HOUR, MINUTE, Category, GovernmentId, Language, Micros, ServiceId, VisitId
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.events import CallRule
from queue_server.queue.settings import Skills
from tests.queue_server.queue.centre import (
    BIRTH,
    DOCUMENTS_ONLY,
    ONE,
    PASSPORT,
    SETTINGS,
    TWO,
    UTOPIA_ONLY,
    VISA,
    Play,
    ticket,
)


@pytest.fixture
def play() -> Play:
    return Play().open_day()


def test_the_one_due_earliest_is_called_and_the_event_says_why(play: Play) -> None:
    play.open(ONE)
    play.issue(VISA)
    play.wait(10 * MINUTE)
    appointment = play.issue(VISA, Category.APPOINTMENT)
    arrived = play.now
    play.wait(MINUTE)
    (called,) = play.do(c.CallNext(ONE))
    assert isinstance(called, e.VisitCalled)
    assert called == e.VisitCalled(
        visit=appointment,
        counter=ONE,
        step=called.step,
        rule=CallRule.DUE_EARLIEST,
        category=Category.APPOINTMENT,
        counts_from=arrived,
        promise=10,
        due=Micros(arrived + 10 * MINUTE),
        considered=2,
        reason=None,
    )


def test_urgent_comes_first_and_says_so(play: Play) -> None:
    play.open(ONE)
    play.issue(VISA, Category.APPOINTMENT)
    play.wait(HOUR)
    urgent = play.issue(VISA, Category.URGENT)
    (called,) = play.do(c.CallNext(ONE))
    assert isinstance(called, e.VisitCalled)
    assert (called.visit, called.rule) == (urgent, CallRule.URGENT)


def test_due_at_once_goes_by_issue(play: Play) -> None:
    play.open(ONE, TWO)
    first, second = play.issue(VISA), play.issue(VISA)
    assert [play.call(ONE), play.call(TWO)] == [first, second]


def test_a_counter_calls_only_whom_it_can_serve(play: Play) -> None:
    play.open(ONE, skills=DOCUMENTS_ONLY)
    play.open(TWO, skills=UTOPIA_ONLY)
    play.issue(BIRTH)
    visa, passport = play.issue(VISA), play.issue(PASSPORT)
    assert play.call(TWO) == passport
    assert play.call(ONE) == visa
    play.serve(ONE)
    assert play.do(c.CallNext(ONE)) == ()


def test_languages_filter_only_where_the_centre_says_so(play: Play) -> None:
    arabic = Skills(languages=(Language("ar"),))
    play.open(ONE, TWO, skills=arabic)
    english = play.issue(VISA, language="en")
    play.settings = replace(SETTINGS, language_filters=True)
    assert play.call(ONE) is None
    other = play.issue(VISA, language="ar")
    assert play.call(ONE) == other
    play.settings = SETTINGS
    assert play.call(TWO) == english


def test_a_later_step_is_due_by_its_promise_less_what_is_owed(play: Play) -> None:
    play.open(ONE)
    visit = play.issue(PASSPORT)
    play.wait(27 * MINUTE)
    play.call()
    play.wait(3 * MINUTE)
    play.serve()
    after = play.visit(visit)
    assert (after.at_step, after.promise, after.late) == (1, 30, 7 * MINUTE)
    assert after.due == play.now + 30 * MINUTE - 7 * MINUTE
    play.wait(23 * MINUTE)
    play.call()
    play.serve()
    assert play.visit(visit).late == 0, "what was made good at the second step is not owed at the third"
    assert play.visit(visit).due == play.now + 15 * MINUTE


def test_a_changed_promise_moves_nobody_who_waits(play: Play) -> None:
    play.open(ONE)
    first = play.issue(VISA)
    due = play.visit(first).due
    service = SETTINGS.services[VISA]
    step = replace(service.steps[0], promises={Category.WALK_IN: 1})
    play.settings = replace(SETTINGS, services={VISA: replace(service, steps=(step,))})
    second = play.issue(VISA)
    assert play.visit(first).due == due
    assert play.visit(second).due == play.now + MINUTE


def test_a_ticket_of_a_dropped_service_goes_to_any_counter(play: Play) -> None:
    play.open(ONE, skills=Skills(governments=(GovernmentId("XAL"),), services=(VISA,)))
    assert play.code_of(ticket(VisitId("v1"), ServiceId("dropped"))) == "service-unknown"
    printed = play.issue(ServiceId("dropped"), code="B010")
    assert play.call(ONE) == printed
