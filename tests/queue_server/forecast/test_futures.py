"""Futures: without chance they are what will be, with it they hold what comes; and more hands never hurt."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.domain.values import HOUR, MINUTE, Micros, VisitState
from queue_server.forecast.futures import HALF_HOUR, DayOutlook, band, likeliest, marks, outlook
from queue_server.forecast.outlook import Forecaster
from queue_server.queue.state import DayState
from queue_server.simulation.judge import LearnedCentre, learn_centre, plan_of
from queue_server.simulation.model import SimulatedDay
from queue_server.simulation.player import play
from tests.queue_server.forecast.moments import EXACT, one_more, plan, state_at
from tests.queue_server.simulation.town import PAPERS, after, counter, drawn, party, setup, small

LIMIT = 60 * MINUTE


def test_now_and_every_half_hour_and_closing() -> None:
    at = marks(after(8), after(100))
    assert [(one - after(0)) / MINUTE for one in at] == [8, 30, 60, 90, 100]
    # The next half hour is only ten minutes off: it would say what now says.
    assert [(one - after(0)) / MINUTE for one in marks(after(20), after(60))] == [20, 60]
    assert marks(after(60), after(60)) == (after(60),)


@given(st.integers(0, 24 * HOUR), st.integers(0, 24 * HOUR))
def test_instants_are_in_order_and_never_far_apart(now: int, closes: int) -> None:
    at = marks(Micros(now), Micros(closes))
    assert list(at) == sorted(set(at))
    assert at[0] == now
    assert at[-1] == max(now, closes)
    assert all(later - before <= 1.5 * HALF_HOUR for before, later in pairwise(at))


def test_a_band_lies_between_what_one_of_ten_has() -> None:
    found = band(list(range(11)))
    assert (found.low, found.mean, found.high) == (1, 5, 9)
    assert band([3.0]).low == band([3.0]).high == 3


@pytest.mark.parametrize(
    ("counts", "number"),
    # Only nought is right about nought; a hundred is right about 91 to 111 alike.
    [([0, 0, 0, 30, 40, 50], 0), ([95, 100, 104, 130, 70], 100), ([7], 7)],
)
def test_the_likeliest_is_right_most_often(counts: list[int], number: int) -> None:
    assert likeliest(counts) == number


def test_where_nothing_is_left_to_chance_every_future_is_the_same() -> None:
    """One counter, nine minutes each, eight who came a minute after each other; it closes after an hour."""
    day = replace(small((counter("one", (0, 60)),), *(party(number, 9) for number in range(8))), closes=after(60))
    now = after(8)
    rates = replace(EXACT, spread=0.0)
    learned = Forecaster(rates, replace(plan(day), planned=lambda _step, _service, _people: 9.0))
    found = outlook(learned, state_at(day, now), now, after(60), limit=28 * MINUTE, futures=5)
    # They are called after 9, 18, 27, 36, 45 and 54 minutes; the last goes home. A spread of nothing is a little.
    assert [one.whole.mean for one in found.waiting] == [7, 4, 1]
    assert (found.unserved.mean, found.likeliest, len(found.not_reached)) == (1, 1, 1)
    # The fifth waited for 32 minutes, the next for 40 and 48, and the last until it closed.
    assert found.too_long.mean == found.too_long_at[PAPERS] == 4
    assert found.longest.mean / MINUTE == pytest.approx(53, abs=0.1)


@cache
def learned() -> LearnedCentre:
    return learn_centre(drawn(1.0, days=4, seed=1), setup(), every=40)


def at_noon(day: SimulatedDay, *, more: bool = False) -> tuple[DayOutlook, DayState]:
    now = Micros(day.starts_at + 4 * HOUR)
    known = plan_of(day, setup(), learned())
    if more:
        known = replace(known, counters=(*known.counters, one_more(day)))
    state = state_at(day, now)
    return outlook(Forecaster(learned().rates, known), state, now, day.closes, limit=LIMIT, futures=12), state


def test_a_busy_day_is_foreseen_and_one_more_counter_helps() -> None:
    (day,) = drawn(1.3, seed=2)
    found, state = at_noon(day)
    assert found == at_noon(day)[0]
    assert found.waiting[0].whole.low == found.waiting[0].whole.high == len(state.waiting)
    assert all(one.whole.low <= one.whole.mean <= one.whole.high for one in found.waiting)
    whole = play(day)
    for mark in found.waiting[1:4]:
        came = len(state_at(day, mark.at).waiting)
        assert mark.whole.low * 0.6 - 8 <= came <= mark.whole.high * 1.4 + 8
    came = sum(one.state is VisitState.NOT_SERVED for one in whole.visits.values())
    assert found.unserved.mean == pytest.approx(came, abs=0.1 * len(whole.visits))
    better = at_noon(day, more=True)[0]
    assert better.unserved.mean < found.unserved.mean - 10
    assert better.too_long.mean < found.too_long.mean
    assert better.kept is not None
    assert found.kept is not None
    assert better.kept.mean > found.kept.mean


def test_another_plan_is_foreseen_by_whom_was_drawn_for_the_first() -> None:
    """It comes out as if everybody had been drawn for it alone; of who has booked others come, and are drawn anew."""
    (day,) = drawn(1.2, seed=3)
    now = Micros(day.starts_at + 3 * HOUR)
    known, state = plan_of(day, setup(), learned()), state_at(day, now)
    first = Forecaster(learned().rates, known)

    def foresee(forecaster: Forecaster) -> DayOutlook:
        return outlook(forecaster, state, now, day.closes, limit=LIMIT, futures=4)

    before = foresee(first)
    plans = replace(known, counters=(*known.counters, one_more(day))), replace(known, showing=1.0), known
    found = [foresee(first.with_plan(plan)) for plan in plans]
    assert found == [foresee(Forecaster(learned().rates, plan)) for plan in plans]
    assert found[2] == before
    assert len({one.unserved for one in found}) == len(found)
    later = Micros(now + HOUR)
    assert outlook(first, state_at(day, later), later, day.closes, limit=LIMIT, futures=4) == outlook(
        Forecaster(learned().rates, known), state_at(day, later), later, day.closes, limit=LIMIT, futures=4
    )


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 4)), max_size=12), st.integers(1, 3), st.integers(10, 60))
def test_one_more_hand_never_leaves_more_undone(people: list[tuple[int, int]], hands: int, moment: int) -> None:
    """At one step, in every future: the same people come and need as long with it as without."""
    arrivals = [party(at, 6, people=many) for at, many in sorted(people)]
    day = small(tuple(counter(f"c{number}", (0, 120)) for number in range(hands)), *arrivals)
    now = after(moment)
    state = state_at(day, now)
    fewer, more = (
        outlook(Forecaster(EXACT, known), state, now, day.closes, limit=LIMIT, futures=3)
        for known in (plan(day), plan(day, one_more(day)))
    )
    assert more.unserved.mean <= fewer.unserved.mean
    assert more.longest.mean <= fewer.longest.mean
    assert set(more.not_reached) <= set(fewer.not_reached)
