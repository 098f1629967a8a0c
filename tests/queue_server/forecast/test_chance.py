"""What is drawn has the middle that is forecast, and the same seed draws the same."""

from itertools import count
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.values import HOUR, MINUTE, Micros
from queue_server.forecast.chance import MIDDLE, SampledChance, remaining
from queue_server.forecast.rates import PIECE

MANY = 4000


def test_needs_spread_around_their_mean() -> None:
    chance = SampledChance(1)
    needs = [chance.need(10 * MINUTE, 0.5) / MINUTE for _ in range(MANY)]
    assert fmean(needs) == pytest.approx(10, rel=0.03)
    assert pstdev(needs) == pytest.approx(5, rel=0.1)


@pytest.mark.parametrize("gone", [0, 4, 12, 25])
def test_what_remains_is_in_the_mean_what_the_middle_says(gone: int) -> None:
    chance = SampledChance(2)
    drawn = [chance.remaining(10 * MINUTE, gone * MINUTE, 0.5) / MINUTE for _ in range(MANY)]
    assert fmean(drawn) == pytest.approx(remaining(10 * MINUTE, gone * MINUTE, 0.5) / MINUTE, rel=0.08)


def test_as_many_come_as_are_expected_give_or_take_what_chance_takes() -> None:
    pieces = [4.0, 0.0, 8.0]
    counts = [
        len(list(SampledChance(seed).coming(pieces, Micros(0), Micros(0), Micros(HOUR), 1.5))) for seed in range(600)
    ]
    assert fmean(counts) == pytest.approx(18, rel=0.03)
    assert pstdev(counts) == pytest.approx(18**0.5, rel=0.1)


def test_how_busy_a_day_is_becomes_surer_with_what_was_seen() -> None:
    for seen, off in ((25.0, 0.2), (400.0, 0.05)):
        found = [SampledChance(seed).arrivals(1.2, seen) for seed in range(MANY)]
        assert fmean(found) == pytest.approx(1.2, rel=0.03)
        assert pstdev(found) == pytest.approx(1.2 * off, rel=0.1)


def test_some_show_and_the_draw_is_used_up_either_way() -> None:
    one, other = SampledChance(3), SampledChance(3)
    assert fmean(one.shows(0.8) for _ in range(MANY)) == pytest.approx(0.8, abs=0.03)
    assert {other.shows(1.0) for _ in range(MANY)} == {1.0}
    assert one.stays() == other.stays()


@settings(max_examples=60)
@given(st.lists(st.floats(0, 30), max_size=8), st.floats(0, 3), st.integers(0, 90), st.integers(0, 150))
def test_nobody_comes_before_now_or_after_the_end(pieces: list[float], more: float, now: int, end: int) -> None:
    at = Micros(now * MINUTE)
    for chance in (MIDDLE, SampledChance(4)):
        times = list(chance.coming(pieces, Micros(0), at, Micros(end * MINUTE), more))
        assert times == sorted(times)
        assert all(now * MINUTE <= time < min(end * MINUTE, len(pieces) * PIECE) for time in times)


@given(st.integers(-10, 10**10), st.integers(0, 10**11), st.floats(0, 3), st.integers(0, 1000))
def test_nothing_lasts_less_than_nothing(mean: int, gone: int, spread: float, seed: int) -> None:
    chance = SampledChance(seed)
    assert 0 <= chance.remaining(mean, gone, spread) < 10**15
    assert chance.pace(1.0, 3, spread) > 0


def test_the_same_seed_draws_the_same() -> None:
    for seed, _ in zip(count(), range(5), strict=False):
        one, other = SampledChance(seed), SampledChance(seed)
        assert [one.need(MINUTE, 0.5) for _ in range(5)] == [other.need(MINUTE, 0.5) for _ in range(5)]
