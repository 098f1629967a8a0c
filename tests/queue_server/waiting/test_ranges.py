"""What holds of every range that anybody is told, whatever was learned and whatever is foreseen."""

import math
from functools import cache
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from queue_server.domain.values import HOUR, MINUTE, Category, Micros, VisitId, to_datetime
from queue_server.forecast.errors import MIN_BIN, JudgedForecast, LearnedErrors, learn_errors
from queue_server.forecast.estimate import MAX_WIDTH, HiddenWait, WaitRange, ranged_at, rough_range
from queue_server.forecast.outlook import Forecaster, Newcomer
from queue_server.queue import itinerary
from queue_server.queue.refusals import Refusal
from queue_server.waiting.outlook import Wait, together
from queue_server.waiting.rounding import CallTimes, call_times, latest, minutes, wait_view
from tests.queue_server.forecast.moments import EXACT, plan, state_at
from tests.queue_server.simulation.town import PAPERS, RECORD, after, counter, party, small

NOW = after(20)
WALK_IN = Category.WALK_IN
#: In microseconds: at once, to a whole day.
SPANS = st.integers(0, 24 * HOUR)


@st.composite
def ranges(draw: st.DrawFn) -> WaitRange:
    low, middle, high, last = sorted(draw(st.lists(SPANS, min_size=4, max_size=4)))
    return WaitRange(low, middle, high, draw(st.sampled_from((Micros(NOW + last), None))))


WAITS = st.one_of(ranges(), st.sampled_from(HiddenWait))
#: What was forecast and what came, minutes.
PAIRS = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=120)


def learned(pairs: list[tuple[float, float]]) -> LearnedErrors:
    return learn_errors([JudgedForecast(PAPERS, WALK_IN, one, other) for one, other in pairs])


@given(PAIRS, st.floats(0, 600))
def test_a_range_is_never_reversed_and_its_latest_is_no_earlier(pairs: list[tuple[float, float]], at: float) -> None:
    found = ranged_at(at, learned(pairs), PAPERS, WALK_IN, NOW)
    if isinstance(found, WaitRange):
        assert 0 <= found.low <= found.middle <= found.high
        assert found.latest is not None
        assert found.latest >= NOW + found.high
        assert found.high - found.low <= max(MAX_WIDTH * MINUTE, found.middle) + 1


@given(PAIRS, st.floats(0, 600))
def test_what_would_be_a_guess_is_hidden(pairs: list[tuple[float, float]], at: float) -> None:
    found = ranged_at(at, learned(pairs), PAPERS, WALK_IN, NOW)
    assert (found is HiddenWait.TOO_LITTLE_SEEN) == (len(pairs) < MIN_BIN)
    assert found not in {HiddenWait.NOBODY_SERVES, HiddenWait.NOT_BEFORE_CLOSING}


@given(ranges(), st.integers(-2 * HOUR, 2 * HOUR))
def test_what_is_told_is_rounded_outwards_and_agrees_with_itself(wait: WaitRange, passed: int) -> None:
    """``passed``: so long after it was foreseen, or before the booked time from which it counts."""
    now = Micros(NOW + passed)
    times = call_times(wait, NOW)
    low, high = minutes(times, now)
    assert 0 <= low <= high
    assert now + low * MINUTE <= max(now, times.earliest)
    assert now + high * MINUTE >= times.highest
    # Nobody is told "20 to 40 minutes, at the latest in 38".
    last = latest(times, now)
    view = wait_view(wait, NOW, now)
    assert view is not None
    assert (view.low_min, view.high_min, view.not_before_closing) == (low, high, False)
    if last is None:
        assert (wait.latest, times.latest, view.latest) == (None, None, None)
        return
    assert times.latest is not None
    assert last >= max(times.latest, now + high * MINUTE)
    assert last % (5 * MINUTE) == 0
    assert view.latest == to_datetime(last)


@given(st.floats(0, 600))
def test_a_rough_range_holds_what_the_catalogue_says_and_names_no_latest(at: float) -> None:
    found = rough_range(at)
    assert MINUTE <= found.low <= found.middle <= found.high
    assert found.high >= max(at, 5) * MINUTE - 1
    assert found.low <= max(at, 1) * MINUTE
    assert found.latest is None


@given(st.sampled_from(HiddenWait))
def test_a_hidden_wait_is_told_as_no_number(wait: HiddenWait) -> None:
    view = wait_view(wait, NOW, NOW)
    if wait is not HiddenWait.NOT_BEFORE_CLOSING:
        assert view is None
        return
    assert view is not None
    assert view.not_before_closing
    assert (view.low_min, view.high_min, view.latest) == (None, None, None)


@given(st.lists(WAITS, max_size=6))
def test_one_range_for_several_holds_each_of_theirs(waits: list[Wait]) -> None:
    found = together(waits)
    served = [one for one in waits if one is not HiddenWait.NOBODY_SERVES]
    assert (found is HiddenWait.NOBODY_SERVES) == (not served)
    if isinstance(found, WaitRange):
        assert found.low <= found.middle <= found.high
        for one in served:
            assert isinstance(one, WaitRange)
            assert found.low <= one.low <= one.high <= found.high
            assert found.latest is None or (one.latest is not None and found.latest >= one.latest)
        assert (found.latest is None) == any(isinstance(one, WaitRange) and one.latest is None for one in served)
    elif all(isinstance(one, WaitRange) for one in served) and served:
        assert found is HiddenWait.TOO_WIDE
    else:
        assert found is HiddenWait.NOBODY_SERVES or found in served


@given(st.lists(WAITS, max_size=6), st.randoms(use_true_random=False))
def test_it_is_the_same_in_whatever_order_they_stand(waits: list[Wait], chance: Random) -> None:
    mixed = list(waits)
    chance.shuffle(mixed)
    assert together(mixed) == together(waits)


@cache
def called_after(ahead: int, counters: int) -> float:
    """Say when a newcomer is called behind so many who wait; infinity: not before closing."""
    day = small(
        tuple(counter(f"c{number}", (0, 600)) for number in range(counters)),
        *(party(number / 2, 6) for number in range(ahead)),
    )
    known = plan(day)
    stops = itinerary.line_up((RECORD,), WALK_IN, known.settings)
    assert not isinstance(stops, Refusal)
    one = VisitId("newcomer")
    return Forecaster(EXACT, known).calls_at(state_at(day, NOW), NOW, [Newcomer(one, stops[:1])]).get(one, math.inf)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 24), st.integers(0, 24), st.integers(1, 4))
def test_behind_more_people_nobody_is_called_sooner(few: int, more: int, counters: int) -> None:
    assume(few <= more)
    first, second = called_after(few, counters), called_after(more, counters)
    assert first <= second


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 24), st.integers(1, 4), st.integers(1, 4))
def test_behind_more_counters_nobody_is_called_later(ahead: int, few: int, more: int) -> None:
    assume(few <= more)
    first, second = called_after(ahead, more), called_after(ahead, few)
    assert first <= second


def test_call_times_of_a_wait_that_counts_from_later_begin_then() -> None:
    wait = WaitRange(5 * MINUTE, 10 * MINUTE, 15 * MINUTE, Micros(NOW + HOUR))
    later = Micros(NOW + 30 * MINUTE)
    assert call_times(wait, later) == CallTimes(
        Micros(later + 5 * MINUTE), Micros(later + 15 * MINUTE), call_times(wait, NOW).latest
    )
