"""A counter's languages are a preference in calling, and take away nobody's time (docs/who-is-next.md)."""

from collections.abc import Iterator

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, SECOND, Category, Micros, VisitId
from queue_server.queue import commands as c
from queue_server.queue.events import CallRule, VisitCalled
from tests.queue_server.queue.centre import ARABIC, BIRTH, ONE, SETTINGS, VISA, Play

ROOM = SETTINGS.language_room
#: Who waits: language, category, and how long before now (seconds) the ticket was issued.
people = st.lists(
    st.tuples(
        st.sampled_from(("ar", "en", "fr")),
        st.sampled_from((Category.WALK_IN, Category.PRIORITY, Category.URGENT)),
        st.integers(0, 60 * 60),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture
def play() -> Play:
    made = Play().open_day()
    made.open(ONE, skills=ARABIC)
    return made


def next_of(play: Play) -> VisitCalled:
    answer = play.ask(c.CallNext(ONE))
    assert isinstance(answer, tuple)
    (called,) = answer
    assert isinstance(called, VisitCalled)
    return called


def test_whose_language_is_spoken_goes_first_while_the_others_have_time(play: Play) -> None:
    english = play.issue(VISA)
    arabic = play.issue(VISA, language="ar")
    called = next_of(play)
    assert (called.visit, called.rule, called.considered) == (arabic, CallRule.LANGUAGE, 2)
    # Ten minutes before it is due the other one has no time to give away.
    play.wait(35 * MINUTE)
    assert next_of(play).visit == arabic
    play.wait(1)
    called = next_of(play)
    assert (called.visit, called.rule) == (english, CallRule.DUE_EARLIEST)


def test_everybody_who_would_wait_longer_has_to_have_time(play: Play) -> None:
    """Three in a row need thirty minutes at this counter alone, whatever the others do."""
    first, _, _ = [play.issue(VISA) for _ in range(3)]
    arabic = play.issue(VISA, language="ar")
    play.wait(15 * MINUTE)
    assert next_of(play).visit == arabic
    play.wait(1)
    assert next_of(play).visit == first


def test_before_who_is_urgent_or_late_nobody_goes(play: Play) -> None:
    urgent = play.issue(VISA, category=Category.URGENT)
    play.issue(VISA, language="ar")
    assert next_of(play).visit == urgent
    play.call()
    play.serve()
    late = play.issue(BIRTH)
    play.wait(21 * MINUTE)
    play.issue(VISA, language="ar", category=Category.PRIORITY)
    assert next_of(play).visit == late


def test_where_a_centre_wants_none_of_it_the_order_is_the_order(play: Play) -> None:
    english = play.issue(VISA)
    play.issue(VISA, language="ar")
    play.settings = replace(SETTINGS, language_room=0)
    assert next_of(play).visit == english


def crowd(people: list[tuple[str, Category, int]]) -> Play:
    play = Play().open_day()
    play.open(ONE, skills=ARABIC)
    longest = max(ago for _, _, ago in people)
    begun = play.now
    for language, category, ago in sorted(people, key=lambda one: -one[2]):
        play.wait(begun + (longest - ago) * SECOND - play.now)
        play.issue(VISA, language=language, category=category)
    play.wait(begun + longest * SECOND - play.now)
    return play


def calls(play: Play) -> Iterator[tuple[VisitId, CallRule, Micros]]:
    """Let the counter serve everybody, each in the time that the rule takes for granted."""
    while answer := play.ask(c.CallNext(ONE)):
        assert isinstance(answer, tuple)
        (called,) = answer
        assert isinstance(called, VisitCalled)
        yield called.visit, called.rule, play.now
        play.call()
        play.serve()
        play.wait(ROOM)


@given(people)
def test_nobody_is_late_by_it(people: list[tuple[str, Category, int]]) -> None:
    """Played to the end, everybody who is in time in the plain order is in time with the preference too."""
    plain, fair = crowd(people), crowd(people)
    plain.settings = replace(SETTINGS, language_room=0)
    due = {visit.id: visit.due for visit in plain.state.visits.values()}
    at_first = {visit: at for visit, _, at in calls(plain)}
    then = {visit: (rule, at) for visit, rule, at in calls(fair)}
    assert then.keys() == at_first.keys()
    for visit, (rule, at) in then.items():
        if at_first[visit] <= due[visit]:
            assert at <= due[visit], "late by it"
        elif rule is not CallRule.LANGUAGE:
            assert at <= at_first[visit], "and who is late is not later"


@given(people)
def test_urgent_visits_come_first_and_each_language_keeps_its_order(people: list[tuple[str, Category, int]]) -> None:
    play = crowd(people)
    visits = dict(play.state.visits)
    called = [visits[visit] for visit, _, _ in calls(play)]
    urgent = [visit.urgent for visit in called]
    assert urgent == sorted(urgent, reverse=True)
    for spoken in (True, False):
        keys = [visit.key for visit in called if (visit.language == "ar") is spoken]
        assert keys == sorted(keys)
