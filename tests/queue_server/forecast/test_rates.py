"""What days teach: found again where it is known, and drawn towards what is known better where little was seen."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import HOUR, MINUTE, SECOND, Category, Micros
from queue_server.forecast.chance import MIDDLE, remaining
from queue_server.forecast.rates import PIECE, ArrivalClass, CentreRates, _arrivals_weight, learn, today
from queue_server.queue.state import DayState
from queue_server.simulation.draws import lognormal
from queue_server.simulation.player import play
from tests.queue_server.forecast.moments import EXACT, PLANNED, state_at
from tests.queue_server.simulation.town import (
    DAY,
    PAPERS,
    RECORD,
    after,
    centre,
    counter,
    drawn,
    party,
    small,
)


@pytest.fixture(scope="module")
def learned() -> CentreRates:
    return learn([play(day) for day in drawn(1.1, days=8)], PLANNED)


def test_the_demand_is_found_again(learned: CentreRates) -> None:
    """The demand of the example: 50 % spread, 40 s to walk, times of the catalogue, 20 % impatient."""
    assert learned.spread == pytest.approx(0.5, abs=0.05)
    assert learned.walk == pytest.approx(40 * SECOND, rel=0.03)
    assert {step: pytest.approx(1, abs=0.05) for step in learned.step_pace} == learned.step_pace
    # After 40 minutes 7 of a hundred have left, three with a word and four without.
    left = [0.2 * (1 - math.exp(-minutes / 90)) for minutes in (0, 20, 42)]
    assert [learned.staying[index] for index in (0, 4, 8)] == pytest.approx([1 - 0.4 * one for one in left], abs=0.01)
    assert [learned.gone[index] for index in (0, 4, 8)] == pytest.approx([0.6 * one for one in left], abs=0.02)
    booked = sum(sum(one.pieces) for kind, one in learned.classes.items() if kind.category is Category.APPOINTMENT)
    whole = sum(sum(one.pieces) for one in learned.classes.values())
    assert booked / whole == pytest.approx(30.8 / 95.8, abs=0.04)
    days = drawn(1.1, days=8)
    assert whole == pytest.approx(sum(len(day.parties) for day in days) / 8, rel=0.03)


def test_staying_never_grows(learned: CentreRates) -> None:
    assert list(learned.staying) == sorted(learned.staying, reverse=True)
    assert 0 < learned.staying[-1] <= learned.staying[0] == 1
    assert list(learned.gone) == sorted(learned.gone)
    assert 0 <= learned.gone[0] <= learned.gone[-1] < 1


def test_few_that_were_served_move_little() -> None:
    """One took twice as long as the catalogue says: as of 31, of whom 30 took as long as it says."""
    state = play(small((counter("p", (0, 120)),), party(0, 12)))
    rates = learn([state], PLANNED)
    assert rates.step_pace[PAPERS] == pytest.approx(32 / 31)
    # The service is drawn towards the step, which has gone part of the way.
    assert rates.pace_of(PAPERS, RECORD) == pytest.approx((2 + 30 * 32 / 31) / 31)
    assert rates.pace_of(PAPERS, party(0, 1, 1).services[0]) == rates.step_pace[PAPERS]


def test_nothing_is_learned_of_no_days() -> None:
    rates = learn([], PLANNED)
    assert (rates.days, rates.classes, rates.staying, rates.gone) == (0, {}, (1.0,), (0.0,))
    assert today(rates, DayState(centre().empty.settings.centre, DAY), after(60), PLANNED)[1] == 1


def test_before_a_day_begins_it_goes_as_always(learned: CentreRates) -> None:
    state = DayState(centre().empty.settings.centre, DAY)
    assert today(learned, state, Micros(state.starts_at - 1), PLANNED) == (1.0, 1.0)


def test_a_day_of_which_more_has_come_brings_more(learned: CentreRates) -> None:
    def more(at: float) -> float:
        (day,) = drawn(at, seed=99)
        return today(learned, state_at(day, after(180)), after(180), PLANNED)[0]

    assert more(0.8) < 0.95
    assert more(1.4) > 1.05


@given(st.lists(st.integers(0, 2000), max_size=12))
def test_how_much_today_counts_has_bounds(counts: list[int]) -> None:
    assert 5 <= _arrivals_weight(counts) <= 60


@given(
    st.lists(st.floats(0, 40), max_size=40),
    st.floats(0.1, 3),
    st.integers(0, 10 * HOUR),
    st.integers(0, 10 * HOUR),
)
def test_who_is_expected_comes_evenly(pieces: list[float], more: float, now: int, end: int) -> None:
    times = list(MIDDLE.coming(pieces, Micros(0), Micros(now), Micros(end), more))
    assert times == sorted(times)
    assert all(now <= at <= end for at in times)
    expected = sum(
        count * more * max(0, min(end, (index + 1) * PIECE) - max(now, index * PIECE)) / PIECE
        for index, count in enumerate(pieces)
    )
    assert abs(len(times) - expected) <= 0.5 + 1e-6


@pytest.mark.parametrize("gone", [2, 6, 12, 20])
def test_how_much_longer_it_lasts_is_as_chance_has_it(gone: int) -> None:
    chance = random.Random(5)
    longer = [time - gone for time in (lognormal(chance, 8, 0.5) for _ in range(200_000)) if time > gone]
    expected = sum(longer) / len(longer)
    assert remaining(8 * MINUTE, gone * MINUTE, 0.5) / MINUTE == pytest.approx(expected, rel=0.1, abs=0.1)


@given(st.integers(-5, 10**12), st.integers(-5, 10**12), st.floats(0, 3))
def test_what_remains_is_a_time(mean: int, gone: int, spread: float) -> None:
    assert 0 <= remaining(mean, gone, spread) < 10**14


def test_a_class_is_a_category_and_what_it_comes_for() -> None:
    assert ArrivalClass(Category.WALK_IN, (RECORD,)) in learn([play(drawn(0.5)[0])], PLANNED).classes
    assert EXACT.pace_of(PAPERS, RECORD) == 1
