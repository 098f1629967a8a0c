"""When people are called, as it looks: never before those who go first, and seldom wrong on a day that is played on."""

import random

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, CallReason, Category, Micros, PauseReason, VisitId
from queue_server.queue import commands as c
from queue_server.queue.forecast import forecast
from queue_server.queue.settings import ServiceSettings
from tests.queue_server.queue.centre import ARABIC, DOCUMENTS_ONLY, ONE, PASSPORT, SETTINGS, TWO, VISA, Play


def minutes(play: Play, visit: VisitId) -> tuple[float, float]:
    found = forecast(play.state, play.settings, play.now)[visit]
    return (found.earliest - play.now) / MINUTE, (found.latest - play.now) / MINUTE


@pytest.fixture
def play() -> Play:
    return Play().open_day()


def test_nobody_can_say_while_no_counter_is_open_for_it(play: Play) -> None:
    visit = play.issue(PASSPORT)
    assert forecast(play.state, play.settings, play.now) == {}
    play.open(ONE, skills=DOCUMENTS_ONLY)
    assert visit not in forecast(play.state, play.settings, play.now), "reception comes first"
    play.open(TWO)
    assert minutes(play, visit) == (0, 0)
    play.do(c.PauseCounter(TWO, PauseReason.BREAK))
    assert visit not in forecast(play.state, play.settings, play.now)


def test_it_counts_those_before_and_whoever_is_served(play: Play) -> None:
    play.open(ONE)
    first, second, third = play.issue(), play.issue(), play.issue()
    assert minutes(play, third) == pytest.approx((14, 26))
    play.call()
    play.do(c.StartServing(ONE))
    play.wait(5 * MINUTE)
    assert minutes(play, second) == pytest.approx((2, 8))
    play.wait(60 * MINUTE)
    assert minutes(play, second)[0] > 0, "who is served for long still is"
    play.do(c.Finish(ONE))
    assert first not in forecast(play.state, play.settings, play.now)


def test_a_slow_day_is_learnt(play: Play) -> None:
    play.open(ONE)
    for _ in range(5):
        play.issue()
        play.call()
        play.do(c.StartServing(ONE))
        play.wait(30 * MINUTE)
        play.do(c.Finish(ONE))
    play.issue()
    visit = play.issue()
    # Five of the set-up's ten minutes, and five of thirty: twenty each.
    assert minutes(play, visit) == pytest.approx((14, 26))


def test_those_who_come_later_and_go_first_are_reckoned_with(play: Play) -> None:
    play.open(ONE)
    for _ in range(3):
        play.issue()
    before = minutes(play, play.issue())
    for _ in range(2):
        booked = play.issue(VISA, Category.APPOINTMENT)
        play.do(c.CallVisit(ONE, booked, CallReason.AGREED))
        play.do(c.StartServing(ONE))
        play.do(c.Finish(ONE))
    assert minutes(play, VisitId("v4"))[1] > before[1]


def test_who_asked_for_more_time_is_called_after_it(play: Play) -> None:
    play.open(ONE)
    visit = play.issue()
    play.do(c.StepBack(visit, 20))
    assert minutes(play, visit)[0] == 20


@given(
    people=st.lists(st.tuples(st.sampled_from(Category), st.sampled_from((VISA, PASSPORT))), min_size=1, max_size=15),
    skills=st.lists(st.sampled_from((DOCUMENTS_ONLY, ARABIC)), min_size=1, max_size=2),
    served=st.integers(0, 2),
)
def test_in_one_line_nobody_is_told_an_earlier_time_than_whoever_is_before(
    people: list[tuple[Category, str]], skills: list[object], served: int
) -> None:
    play = Play().open_day()
    for counter, able in zip((ONE, TWO), skills, strict=False):
        play.open(counter, skills=able)  # type: ignore[arg-type]
    for category, service in people:
        play.issue(service, category)  # type: ignore[arg-type]
        play.wait(MINUTE)
    for counter in (ONE, TWO)[: min(served, len(skills))]:
        play.call(counter)
    found = forecast(play.state, play.settings, play.now)
    last: dict[tuple[str, str], Micros] = {}
    for _, ident in play.state.waiting:
        visit = play.visit(ident)
        if ident not in found:
            continue
        assert play.now <= found[ident].earliest <= found[ident].latest
        line = visit.step.step, visit.step.service
        assert found[ident].earliest >= last.get(line, play.now)
        last[line] = found[ident].earliest


def test_on_played_days_most_are_called_within_their_range() -> None:
    """Twenty days of random arrivals and services of random length: the range holds, and is no wider than needed."""
    within, all_asked, widths, misses = 0, 0, [], []
    quick = {
        service: ServiceSettings(one.id, one.government, tuple(replace(step, minutes=6) for step in one.steps))
        for service, one in SETTINGS.services.items()
    }
    for day in range(20):
        chance, play = random.Random(day), Play(replace(SETTINGS, services=quick)).open_day()
        play.open(ONE, TWO)
        told: dict[VisitId, tuple[Micros, Micros]] = {}
        free = {ONE: play.now, TWO: play.now}
        comes = play.now
        end = play.now + 240 * MINUTE
        while play.now < end:
            play.wait(MINUTE // 2)
            while comes <= play.now:
                category = Category.APPOINTMENT if chance.random() < 0.2 else Category.WALK_IN
                visit = play.issue(VISA, category)
                found = forecast(play.state, play.settings, play.now).get(visit)
                assert found is not None
                told[visit] = found.earliest, found.latest
                comes = Micros(comes + round(chance.expovariate(1 / 3.8) * MINUTE))
            for counter in (ONE, TWO):
                if free[counter] <= play.now:
                    if play.state.counters[counter].visit is not None:
                        play.do(c.Finish(counter))
                    if (called := play.call(counter)) is not None:
                        play.do(c.StartServing(counter))
                        free[counter] = Micros(play.now + round(chance.gammavariate(4, 8 / 4) * MINUTE))
                        earliest, latest = told[called]
                        all_asked += 1
                        # A page rounds outwards, to five minutes.
                        within += earliest - 5 * MINUTE <= play.now <= latest + 5 * MINUTE
                        widths.append((latest - earliest) / MINUTE)
                        misses.append(abs((earliest + latest) / 2 - play.now) / MINUTE)
    assert all_asked > 1000
    print(f"within {within / all_asked:.0%}, width {sum(widths) / all_asked:.1f}, miss {sum(misses) / all_asked:.1f}")
    assert within / all_asked >= 0.85
    assert sum(widths) / all_asked < 15
    assert sum(misses) / all_asked < 7
