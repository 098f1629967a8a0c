"""Priority and a party put together: neither makes anybody due later."""

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from queue_server.domain.values import MINUTE, Category, Micros, VisitId
from queue_server.queue import commands as c
from tests.queue_server.queue.centre import BIRTH, ONE, PASSPORT, VISA, Play, booking, ticket

RAISED = (Category.PRIORITY, Category.URGENT)
services = st.sampled_from((PASSPORT, VISA, BIRTH))
#: Minutes until the booked time, or None for a walk-in; as what staff gave the ticket.
people = st.tuples(services, st.integers(-25, 40) | st.none(), st.sampled_from(Category))


@pytest.fixture
def play() -> Play:
    return Play().open_day()


def issue(play: Play, number: int, person: tuple[str, int | None, Category]) -> VisitId:
    """Issue the ticket of a person and return its visit."""
    service, early, category = person
    booked = None if early is None else booking(play.now + early * MINUTE, f"appointment-{number}")
    if booked is None and category is Category.APPOINTMENT:
        category = Category.WALK_IN
    visit = VisitId(f"v{number}")
    play.do(ticket(visit, service, category=category, booking=booked))  # type: ignore[arg-type]
    return visit


@given(first=people, second=people, between=st.integers(0, 30), then=st.sampled_from(Category) | st.none())
@example((VISA, 5, Category.APPOINTMENT), (PASSPORT, 6, Category.PRIORITY), 0, None)
@example((PASSPORT, 6, Category.PRIORITY), (VISA, 5, Category.APPOINTMENT), 0, None)
@example((PASSPORT, 0, Category.APPOINTMENT), (VISA, 0, Category.APPOINTMENT), 0, Category.PRIORITY)
def test_a_party_is_due_with_the_earlier_of_both(
    first: tuple[str, int | None, Category],
    second: tuple[str, int | None, Category],
    between: int,
    then: Category | None,
) -> None:
    play = Play().open_day()
    gone = issue(play, 1, first)
    play.wait(between * MINUTE)
    into = issue(play, 2, second)
    before = min(play.visit(gone).due, play.visit(into).due)
    play.do(c.Merge(gone, into))
    party = play.visit(into)
    assert party.due <= before
    assert party.urgent is (Category.URGENT in {first[2], second[2]})
    if then in RAISED:
        play.do(c.Reclassify(into, then))
        assert play.visit(into).due <= party.due, "priority makes a party due no later either"


def test_priority_and_an_appointment_of_the_same_promise_stay_priority(play: Play) -> None:
    """The appointment of 09:06 has the shorter promise; its priority counts from 09:00 and is due earlier."""
    visit = issue(play, 1, (VISA, 5, Category.APPOINTMENT))
    into = issue(play, 2, (PASSPORT, 6, Category.PRIORITY))
    due = play.visit(into).due
    play.do(c.Merge(visit, into))
    party = play.visit(into)
    assert (party.category, party.due, due) == (Category.PRIORITY, due, play.now + 10 * MINUTE)


@given(early=st.integers(1, 60), old=services, new=services)
def test_another_service_with_priority_is_due_as_if_the_ticket_had_been_for_it(early: int, old: str, new: str) -> None:
    """Nobody gains more by a change of service than the rule gives: the shorter promise is that of the booked time."""
    play = Play().open_day()
    visit = issue(play, 1, (old, early, Category.PRIORITY))
    other = issue(play, 2, (new, early, Category.PRIORITY))
    play.do(c.ChangeVisit(visit, (new,)))  # type: ignore[arg-type]
    changed, issued = play.visit(visit), play.visit(other)
    assert (changed.due, changed.counts_from, changed.promise) == (issued.due, issued.counts_from, issued.promise)


@given(early=st.integers(-20, 60), service=services)
def test_urgent_made_priority_is_due_as_priority_alone(early: int, service: str) -> None:
    play = Play().open_day()
    visit = issue(play, 1, (service, early, Category.URGENT))
    other = issue(play, 2, (service, early, Category.PRIORITY))
    due = play.visit(visit).due
    play.do(c.Reclassify(visit, Category.PRIORITY))
    assert play.visit(visit).due == min(due, play.visit(other).due)


def test_a_party_keeps_the_place_of_who_came_first_when_priority_is_taken_back(play: Play) -> None:
    walk_in = issue(play, 1, (PASSPORT, None, Category.WALK_IN))
    play.wait(5 * MINUTE)
    into = issue(play, 2, (VISA, 30, Category.APPOINTMENT))
    play.do(c.Merge(walk_in, into))
    due = play.visit(into).due
    assert due == Micros(play.now + 15 * MINUTE), "20 minutes after the walk-in"
    for category in (Category.PRIORITY, Category.APPOINTMENT):
        play.do(c.Reclassify(into, category))
        assert play.visit(into).due <= due
    play.open(ONE)
    assert play.call(ONE) == into
