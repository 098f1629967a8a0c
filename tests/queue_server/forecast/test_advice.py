"""StaffingAdvice that is followed brings down what it was given for; where nothing is wrong there is none."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.domain.values import HOUR, MINUTE, Category, Micros
from queue_server.forecast.advice import StaffingAdvice, advise, hands, trouble
from queue_server.forecast.futures import DayOutlook, outlook
from queue_server.forecast.outlook import DayPlan, Forecaster
from queue_server.forecast.rates import ArrivalClass, CentreRates, ClassRates
from queue_server.forecast.what_if import Absent, OneMore, Present, changed
from queue_server.queue.state import DayState
from tests.queue_server.forecast.moments import EXACT, plan, state_at
from tests.queue_server.simulation.town import PAPERS, RECORD, after, counter, party, small

LIMIT = 30 * MINUTE
#: Records alone, which need ten minutes or so: so many in each quarter of an hour of the two that it is open.
NOW = after(20)


def rates(per_quarter: float) -> CentreRates:
    return replace(EXACT, classes={ArrivalClass(Category.WALK_IN, (RECORD,)): ClassRates((per_quarter,) * 8, 1.0, 0)})


@cache
def moment(waiting: int, counters: int) -> tuple[DayPlan, DayState]:
    day = small(
        tuple(counter(f"c{number}", (0, 120)) for number in range(counters)),
        *(party(number / 2, 6) for number in range(waiting)),
    )
    return plan(day), state_at(day, NOW)


def asked(
    per_quarter: float, waiting: int, counters: int
) -> tuple[DayOutlook, tuple[StaffingAdvice, ...], DayPlan, DayState]:
    known, state = moment(waiting, counters)
    base = outlook(Forecaster(rates(per_quarter), known), state, NOW, known.closes, limit=LIMIT)
    return base, advise(lambda one: Forecaster(rates(per_quarter), one), known, state, base), known, state


def test_one_more_is_advised_in_time_and_with_why() -> None:
    """Two counters serve some ten an hour each, and twenty come besides the twenty who wait."""
    base, found, known, _ = asked(5, 20, 2)
    advice, change = found[0], found[0].changes[0]
    assert isinstance(change, OneMore)
    assert change.step == PAPERS
    assert NOW < change.start < change.end == known.closes
    assert (change.start - after(0)) % (10 * MINUTE) == 0
    assert trouble(advice.then) < trouble(base) - 2
    assert advice.reason is not None
    assert (advice.reason.hands, advice.reason.fewest) == (2, 2)
    assert advice.reason.waiting == round(base.waiting[0].whole.mean)
    assert advice.reason.peak >= advice.reason.waiting


def test_two_are_advised_where_one_leaves_much_of_the_trouble() -> None:
    base, found, _, _ = asked(8, 24, 2)
    first, second = found
    assert (len(first.changes), len(second.changes)) == (1, 2)
    assert set(second.changes) == set(first.changes)
    assert trouble(second.then) < trouble(first.then) - 2 < trouble(base) - 4


def test_two_are_advised_where_one_alone_is_too_little() -> None:
    """Beside the only counter one more takes away less than a seventh of the trouble."""
    base, found, _, _ = asked(8, 24, 1)
    (advice,) = found
    assert len(advice.changes) == 2
    assert trouble(advice.then) < 0.85 * trouble(base)


def test_where_all_goes_well_one_of_counters_alike_can_go() -> None:
    base, found, known, _ = asked(1, 0, 3)
    assert trouble(base) < 2
    (advice,) = found
    (change,) = advice.changes
    assert isinstance(change, Absent)
    assert change.counter == known.counters[-1].id
    assert (change.start, change.end) == (after(30), known.closes)
    assert trouble(advice.then) < trouble(base) + 1
    assert advice.reason is None


def test_the_only_counter_never_goes() -> None:
    base, found, _, _ = asked(0, 0, 1)
    assert trouble(base) < 2
    assert found == ()


def test_where_it_closes_at_once_nothing_is_advised() -> None:
    known, state = moment(20, 1)
    late = Micros(known.closes - 20 * MINUTE)
    base = outlook(Forecaster(rates(5), known), state, late, known.closes, limit=LIMIT)
    assert trouble(base) > 2
    assert advise(lambda one: Forecaster(rates(5), one), known, state, base) == ()


def test_a_break_is_the_reason_and_somebody_may_stand_in() -> None:
    known, state = moment(20, 2)
    off = replace(known.counters[0], spans=((after(0), after(60)), (after(100), after(120))))
    known = replace(known, counters=(off, *known.counters[1:]))
    base = outlook(Forecaster(rates(3), known), state, NOW, known.closes, limit=LIMIT)
    found = advise(lambda one: Forecaster(rates(3), one), known, state, base)
    why = found[0].reason
    assert why is not None
    assert (why.hands, why.fewest, why.fewest_at) == (2, 1, after(60))
    assert hands(known, PAPERS, after(110)) == 2
    assert found[-1].changes == (Present(off.id, after(60), after(100)),)
    assert found[-1].reason == why
    assert trouble(found[-1].then) < trouble(base) - 2


@settings(max_examples=12)
@given(st.floats(0, 8), st.integers(0, 24), st.integers(1, 4))
def test_advice_that_is_followed_helps(per_quarter: float, waiting: int, counters: int) -> None:
    """In the futures that it was made of, and in others that it has not seen."""
    base, found, known, state = asked(per_quarter, waiting, counters)
    for advice in found:
        better = changed(known, advice.changes)
        again = outlook(Forecaster(rates(per_quarter), better), state, NOW, known.closes, limit=LIMIT)
        assert again == advice.then
        if isinstance(advice.changes[0], Absent):
            continue
        assert trouble(again) < trouble(base)
        # Twice as many futures, half of them never seen.
        wide = [
            outlook(Forecaster(rates(per_quarter), one), state, NOW, known.closes, limit=LIMIT, futures=48)
            for one in (known, better)
        ]
        assert trouble(wide[1]) < trouble(wide[0])
    assert base.waiting[-1].at - NOW == pytest.approx(100 * MINUTE)
    assert known.closes - after(0) == 2 * HOUR
