"""Durations in bins tell what the durations themselves do, within what the page of figures says."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from queue_server.reports.durations import LAST_BIN, Durations, bin_of, durations_of, packed, start_of, unpacked

SECONDS = st.one_of(
    st.integers(0, 700), st.integers(0, 4_000), st.integers(0, 16_000), st.integers(0, 90_000), st.integers(0, 400_000)
)
MANY = st.lists(SECONDS, max_size=80)


def nearest_rank(seconds: list[int], percent: int) -> int:
    """Find the shortest duration that so many of 100 do not exceed, by looking at each."""
    return next(
        one for one in sorted(seconds) if sum(other <= one for other in seconds) * 100 >= percent * len(seconds)
    )


def error_of(seconds: int) -> int:
    """Say how far a percentile may be from the truth, as docs/figures.md has it."""
    for border, error in ((600, 5), (3_600, 15), (14_400, 30), (86_400, 150)):
        if seconds < border:
            return error
    return seconds - 86_400


@given(st.lists(SECONDS, min_size=1, max_size=80), st.sampled_from([1, 10, 50, 90, 95, 99, 100]))
@example([0], 50)
@example([86_400], 95)
def test_a_percentile_is_as_near_as_is_said(seconds: list[int], percent: int) -> None:
    true = nearest_rank(seconds, percent)
    found = durations_of(seconds).percentile_s(percent)
    assert found is not None
    assert abs(found - true) <= error_of(true)


@given(MANY, st.integers(0, 239))
def test_how_many_were_over_by_a_minute_is_exact(seconds: list[int], minutes: int) -> None:
    assert durations_of(seconds).within(minutes) == sum(one < (minutes + 1) * 60 for one in seconds)


@given(MANY, MANY)
def test_durations_add_up_and_are_taken_away_again(some: list[int], others: list[int]) -> None:
    both = durations_of(some)
    both.merge(durations_of(others))
    assert both == durations_of(some + others)
    both.merge(durations_of(others), -1)
    assert both == durations_of(some)


@given(MANY)
def test_they_are_read_as_they_were_written(seconds: list[int]) -> None:
    known = durations_of(seconds)
    assert unpacked(packed(known.bins), known.total_s) == known
    assert known.mean_s == (sum(seconds) / len(seconds) if seconds else None)


def test_bins_follow_one_another() -> None:
    for number in range(LAST_BIN):
        assert bin_of(start_of(number)) == number
        assert bin_of(start_of(number + 1) - 1) == number


def test_none_have_no_percentile() -> None:
    assert Durations().percentile_s(50) is None
    with pytest.raises(msgspec.MsgspecError):
        unpacked('["a"]', 0)
