"""Where today leaves what is usual: in full hours that came, and in who is here at this moment."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import HOUR, Day
from queue_server.web.figures.band import SLOT, DayVisits
from queue_server.web.today.standing_out import arrivals, crowd

#: Ten days with 10, 11, ... 19 in each hour from 8 to 12, half of them in each half hour as far as it goes.
USUAL = {
    Day(f"2026-09-{number + 1:02}"): DayVisits({slot: 5 + (number + slot % 2) // 2 for slot in range(16, 24)}, {})
    for number in range(10)
}


def hours(*counts: int) -> DayVisits:
    return DayVisits({2 * (8 + place): count for place, count in enumerate(counts)}, {})


def test_hours_within_the_band_are_not_worth_a_sentence() -> None:
    assert arrivals(hours(12, 15, 18), USUAL, 11 * HOUR) is None


def test_it_is_said_since_when_more_come_and_by_how_much() -> None:
    found = arrivals(hours(12, 28, 28, 2), USUAL, 11 * HOUR + HOUR // 2)
    assert found is not None
    assert (found.since, found.came, found.usual, found.percent) == (9, 56, 28, 100)


def test_hours_with_too_few_are_no_part_of_those_with_too_many() -> None:
    found = arrivals(hours(40, 2), USUAL, 10 * HOUR)
    assert found is not None
    assert (found.since, found.came) == (9, 2)
    assert found.percent < 0


def test_nobody_comes_although_people_usually_do() -> None:
    found = arrivals(DayVisits(), USUAL, 9 * HOUR)
    assert found is not None
    assert (found.since, found.percent) == (8, -100)


def test_the_hour_that_goes_on_says_nothing_yet() -> None:
    assert arrivals(hours(14, 99), USUAL, 10 * HOUR - 1) is None


def test_after_the_usual_hours_and_before_enough_days_nothing_is_said() -> None:
    assert arrivals(hours(14, 14, 14, 14, 3), USUAL, 13 * HOUR) is None
    few = dict(list(USUAL.items())[:3])
    assert arrivals(hours(99), few, 9 * HOUR) is None
    assert crowd(hours(99), few, 9 * HOUR) is None


def test_who_is_here_is_compared_between_the_half_hours_too() -> None:
    assert crowd(DayVisits({16: 7}, {}), USUAL, 8 * HOUR + SLOT) is None
    found = crowd(DayVisits({16: 30}, {}), USUAL, 8 * HOUR + SLOT // 2)
    assert found is not None
    assert found.by == 30 - found.high or found.by == 31 - found.high
    quiet = crowd(DayVisits({16: 30}, {16: 30}), USUAL, 9 * HOUR)
    assert quiet is not None
    assert (quiet.here, quiet.by) == (0, -quiet.low)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=5), st.integers(0, 14 * HOUR))
def test_a_run_of_hours_lies_wholly_on_one_side(counts: list[int], elapsed: int) -> None:
    found = arrivals(hours(*counts), USUAL, elapsed)
    if found is None:
        return
    assert 8 <= found.since < elapsed // HOUR
    assert (found.came > found.usual) == (found.percent > 0)
