"""How many counters a week needs: by paper and pencil, by a formula that is in books, and without surprises."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import Day, StepId
from queue_server.forecast.week_plan import (
    SLOT_MIN,
    PastStop,
    PlannedSlots,
    counters_needed,
    late_share,
    week_plan,
)

PAPERS, SUBMISSION = StepId("papers"), StepId("submission")
#: Two Mondays and a Tuesday.
DAYS = (Day("2026-11-16"), Day("2026-11-23"), Day("2026-11-24"))
MONDAY, TUESDAY = Day("2026-11-30"), Day("2026-12-01")


def erlang_c(counters: int, work: float) -> float:
    """Give the share that waits at all, as the books have it."""
    last = work**counters / math.factorial(counters) * counters / (counters - work)
    return last / (sum(work**n / math.factorial(n) for n in range(counters)) + last)


@pytest.mark.parametrize(("counters", "work"), [(1, 0.5), (3, 2.0), (10, 8.5), (20, 12.0)])
def test_the_share_that_waits_is_erlangs(counters: int, work: float) -> None:
    assert late_share(counters, work, 0.0) == pytest.approx(erlang_c(counters, work))
    assert late_share(counters, work, 2.0) == pytest.approx(
        erlang_c(counters, work) * math.exp(-(counters - work) * 2.0)
    )


@given(st.floats(0, 8), st.floats(0.1, 30), st.none() | st.integers(0, 120), st.floats(1, 2))
def test_more_people_never_need_fewer_counters(per_min: float, need: float, promise: int | None, more: float) -> None:
    needed = counters_needed(per_min, need, promise)
    assert needed <= counters_needed(per_min * more, need, promise)
    assert needed == 200 or needed > per_min * need or needed == 0
    if promise is not None:
        assert counters_needed(per_min, need, promise + 15) <= needed
        assert counters_needed(per_min, need, None) <= needed


def test_no_queue_is_too_long_to_count() -> None:
    assert late_share(199, 198.9, 0.1) < 1
    assert counters_needed(1e6, 10, 5) == 200
    assert counters_needed(0, 10, 5) == counters_needed(3, 0, 5) == 0


def test_a_monday_is_as_mondays_were() -> None:
    """On each of two Mondays six came between nine and half past for ten minutes each; on the Tuesday nobody."""
    past = [PastStop(day, PAPERS, 9 * 60 + 5 * number, 10.0) for day in DAYS[:2] for number in range(6)]
    # Somebody before the doors open, and somebody who goes on when they have closed.
    past += [PastStop(DAYS[0], PAPERS, 470, 10.0), PastStop(DAYS[0], PAPERS, 615, 10.0)]
    there = {PAPERS: [0] * 16 + [2, 2, 3, 3], SUBMISSION: [1] * 20}
    monday, tuesday = week_plan(
        past,
        DAYS,
        (PlannedSlots(MONDAY, 480, 600, there), PlannedSlots(TUESDAY, 480, 600, {})),
        {PAPERS: 15, SUBMISSION: 15},
    )
    assert (monday.day, monday.days, monday.same_weekday) == (MONDAY, 2, True)
    found = monday.steps[PAPERS]
    assert [one.minute for one in found] == [480, 510, 540, 570]
    assert [one.coming for one in found] == [0.5, 0, 6, 0.5]
    assert [one.planned for one in found] == [2, 2, 3, 3]
    # Two are always busy; of three, one in ten waits longer than fifteen minutes: 0.444 x e^-1.5.
    assert late_share(3, 2.0, 1.5) == pytest.approx(0.0992, abs=1e-4)
    assert [one.needed for one in found] == [1, 0, 3, 1]
    assert [one.needed for one in monday.steps[SUBMISSION]] == [0, 0, 0, 0]
    # Of one Tuesday nothing can be said: all three days speak for it.
    assert (tuesday.days, tuesday.same_weekday) == (3, False)
    assert [one.coming for one in tuesday.steps[PAPERS]] == [1 / 3, 0, 4, 1 / 3]
    assert SLOT_MIN == 30


def test_of_nothing_nothing_is_planned() -> None:
    (found,) = week_plan([], [], (PlannedSlots(MONDAY, 480, 540, {PAPERS: [1] * 20}),), {})
    assert (found.days, found.same_weekday) == (0, False)
    assert [(one.coming, one.needed, one.planned) for one in found.steps[PAPERS]] == [(0, 0, 1), (0, 0, 1)]
