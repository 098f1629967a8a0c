"""Ranges come from what forecasts were wrong by, and from nothing else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import Category
from queue_server.forecast.errors import MIN_BIN, JudgedForecast, learn_errors
from tests.queue_server.simulation.town import PAPERS, SUBMISSION

WALK_IN, APPOINTMENT = Category.WALK_IN, Category.APPOINTMENT


def judged(forecast: float, *errors: float, category: Category = WALK_IN) -> list[JudgedForecast]:
    return [JudgedForecast(PAPERS, category, forecast, forecast + error) for error in errors]


def test_a_bin_holds_what_its_forecasts_were_wrong_by() -> None:
    errors = learn_errors(judged(20, *range(-50, 50)))
    found = errors.around(PAPERS, WALK_IN, 20)
    assert found is not None
    assert (found.low, found.middle, found.high, found.latest) == (-43, 0, 43, 48)
    assert errors.around(SUBMISSION, WALK_IN, 20) is None


def test_between_two_bins_there_is_a_line() -> None:
    errors = learn_errors([*judged(10, *[2.0] * MIN_BIN), *judged(20, *[6.0] * MIN_BIN)])
    middles = [errors.around(PAPERS, WALK_IN, at) for at in (0, 10, 15, 20, 90)]
    assert [None if one is None else one.middle for one in middles] == [2, 2, 4, 6, 6]


def test_a_category_that_was_seen_often_has_bins_of_its_own() -> None:
    errors = learn_errors(
        [*judged(10, *[8.0] * 250, category=APPOINTMENT), *judged(10, *[0.0] * 100), *judged(10, *[0.0] * 200)]
    )
    own, other = errors.around(PAPERS, APPOINTMENT, 10), errors.around(PAPERS, Category.PRIORITY, 10)
    assert own is not None
    assert own.middle == 8
    # Of priority nothing was seen: it is as all are.
    assert other is not None
    assert other.middle == 0


def test_of_too_few_nothing_is_said() -> None:
    assert learn_errors(judged(10, *[1.0] * (MIN_BIN - 1))).around(PAPERS, WALK_IN, 10) is None
    assert learn_errors([]).around(PAPERS, WALK_IN, 10) is None


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=MIN_BIN, max_size=400),
    st.floats(0, 1000),
)
def test_a_range_is_in_order_wherever_it_is_asked_for(pairs: list[tuple[float, float]], at: float) -> None:
    errors = learn_errors([JudgedForecast(PAPERS, WALK_IN, one, other) for one, other in pairs])
    found = errors.around(PAPERS, WALK_IN, at)
    assert found is not None
    assert found.low <= found.middle + 1e-9
    assert found.middle <= found.high + 1e-9
    assert found.high <= found.latest + 1e-9


def test_errors_that_were_learned_hold_for_others() -> None:
    """Of a hundred waits 86 lie within the range, also where their error grows with their length and has a bias."""
    chance = random.Random(3)

    def draw(count: int) -> list[JudgedForecast]:
        forecasts = [chance.uniform(0, 90) for _ in range(count)]
        return [
            JudgedForecast(PAPERS, WALK_IN, one, max(0, one * 1.1 + chance.gauss(0, 1 + one / 10))) for one in forecasts
        ]

    errors = learn_errors(draw(3000))
    held = 0
    unseen = draw(2000)
    for one in unseen:
        found = errors.around(PAPERS, WALK_IN, one.forecast)
        assert found is not None
        held += found.low <= one.waited - one.forecast <= found.high
    assert held / len(unseen) == pytest.approx(0.86, abs=0.03)
