"""Whose notes a counter may read: those of the visit that is there, or was called there last. Pure."""

import pytest

from queue_server.domain.values import MINUTE, CallReason, CounterId, ParkReason, StaffId, VisitId
from queue_server.framework.permissions import Principal, PrincipalKind
from queue_server.queue import commands as c
from queue_server.vault.access import last_at, may_read_notes
from tests.queue_server.queue.centre import BIRTH, CENTRE, COUNTERS, ONE, THREE, TWO, Play


@pytest.fixture
def play() -> Play:
    """Begin a day with two counters open."""
    day = Play().open_day()
    day.open(*COUNTERS[:2])
    return day


def somebody(kind: PrincipalKind, counter: CounterId | None) -> Principal:
    return Principal(frozenset({kind}), centre=CENTRE, counter=counter, staff=StaffId("ana"))


def last(play: Play) -> dict[CounterId, VisitId | None]:
    return {counter: last_at(counter, play.state) for counter in (ONE, TWO, THREE)}


def serve(play: Play, counter: CounterId) -> VisitId:
    """Call the next visit to a counter and serve it; a minute passes."""
    called = play.call(counter)
    assert called is not None
    play.serve(counter)
    play.wait(MINUTE)
    return called


def test_the_last_visit_is_the_one_that_was_called_last_not_the_one_that_came_last(play: Play) -> None:
    first, second = play.issue(BIRTH), play.issue(BIRTH)
    assert last(play) == {ONE: None, TWO: None, THREE: None}
    assert serve(play, ONE) == first
    assert last(play) == {ONE: first, TWO: None, THREE: None}
    assert serve(play, ONE) == second
    # Both wait for their second step. The first one is called there by another counter, then back to this one.
    # Both go on to their second step. Another counter calls the first one there.
    assert serve(play, TWO) == first
    assert last(play) == {ONE: second, TWO: first, THREE: None}


def test_a_visit_that_came_earlier_may_be_the_last_one(play: Play) -> None:
    first, second = play.issue(BIRTH), play.issue(BIRTH)
    play.do(c.CallVisit(ONE, second, CallReason.AGREED))
    play.serve(ONE)
    play.wait(MINUTE)
    assert last(play)[ONE] == second
    assert serve(play, ONE) == first
    assert last(play)[ONE] == first


def test_the_visit_at_a_counter_comes_before_those_called_later_elsewhere(play: Play) -> None:
    first, second = play.issue(), play.issue()
    assert play.call(ONE) == first
    play.wait(MINUTE)
    assert play.call(TWO) == second
    assert last(play) == {ONE: first, TWO: second, THREE: None}
    # A visit that was called and went away unserved is still the last one there.
    play.do(c.Park(ONE, ParkReason.DOCUMENT))
    assert last(play) == {ONE: first, TWO: second, THREE: None}


def test_of_two_calls_in_one_microsecond_the_visit_that_is_there_counts(play: Play) -> None:
    first, second = play.issue(), play.issue()
    play.do(c.CallVisit(ONE, second, CallReason.AGREED))
    play.do(c.Park(ONE, ParkReason.DOCUMENT))
    assert play.call(ONE) == first
    assert last(play)[ONE] == first


def test_only_its_own_last_visit_opens_to_a_counter_and_every_visit_to_reception(play: Play) -> None:
    first, second = play.issue(), play.issue()
    assert (serve(play, ONE), serve(play, TWO)) == (first, second)
    found = {
        (kind, counter): {
            ident for ident in (first, second) if may_read_notes(somebody(kind, counter), play.visit(ident), play.state)
        }
        for kind in (PrincipalKind.COUNTER, PrincipalKind.CASHIER, PrincipalKind.RECEPTION, PrincipalKind.MANAGER)
        for counter in (ONE, THREE, None)
    }
    one_sees = {ONE: {first}, THREE: set(), None: set()}
    assert found == {
        (kind, counter): {first, second}
        if kind in {PrincipalKind.RECEPTION, PrincipalKind.MANAGER}
        else one_sees[counter]
        for kind, counter in found
    }
