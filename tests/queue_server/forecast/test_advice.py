"""StaffingAdvice that is followed brings down what it was given for; where nothing is wrong there is none."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.domain.values import HOUR, MINUTE, Category, CounterId, Micros
from queue_server.forecast.advice import StaffingAdvice, advise, hands, trouble
from queue_server.forecast.futures import DayOutlook, outlook
from queue_server.forecast.outlook import DayPlan, Forecaster
from queue_server.forecast.rates import ArrivalClass, CentreRates, ClassRates
from queue_server.forecast.what_if import changed
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
) -> tuple[DayOutlook, StaffingAdvice | None, DayPlan, DayState]:
    known, state = moment(waiting, counters)
    base = outlook(Forecaster(rates(per_quarter), known), state, NOW, known.closes, limit=LIMIT)
    return base, advise(lambda one: Forecaster(rates(per_quarter), one), known, state, base), known, state


def test_one_more_is_advised_in_time_and_with_why() -> None:
    """Two counters serve some ten an hour each, and twenty come besides the twenty who wait."""
    base, advice, known, _ = asked(5, 20, 2)
    assert advice is not None
    assert advice.change.step == PAPERS
    assert NOW < advice.change.start < advice.change.end == known.closes
    assert (advice.change.start - after(0)) % (10 * MINUTE) == 0
    assert trouble(advice.then) < trouble(base) - 2
    assert (advice.reason.hands, advice.reason.fewest) == (2, 2)
    assert advice.reason.waiting == round(base.waiting[0].whole.mean)
    assert advice.reason.peak >= advice.reason.waiting


def test_where_all_goes_well_nothing_is_advised() -> None:
    base, advice, _, _ = asked(1, 0, 3)
    assert trouble(base) < 2
    assert advice is None


def test_where_it_closes_at_once_nothing_is_advised() -> None:
    known, state = moment(20, 1)
    late = Micros(known.closes - 20 * MINUTE)
    base = outlook(Forecaster(rates(5), known), state, late, known.closes, limit=LIMIT)
    assert trouble(base) > 2
    assert advise(lambda one: Forecaster(rates(5), one), known, state, base) is None


def test_a_break_is_the_reason() -> None:
    known, state = moment(20, 2)
    off = replace(known.counters[0], spans=((after(0), after(60)), (after(100), after(120))))
    known = replace(known, counters=(off, *known.counters[1:]))
    base = outlook(Forecaster(rates(5), known), state, NOW, known.closes, limit=LIMIT)
    advice = advise(lambda one: Forecaster(rates(5), one), known, state, base)
    assert advice is not None
    assert (advice.reason.hands, advice.reason.fewest, advice.reason.fewest_at) == (2, 1, after(60))
    assert hands(known, PAPERS, after(110)) == 2


@settings(max_examples=12)
@given(st.floats(0, 8), st.integers(0, 24), st.integers(1, 4))
def test_advice_that_is_followed_helps(per_quarter: float, waiting: int, counters: int) -> None:
    """In the futures that it was made of, and in others that it has not seen."""
    base, advice, known, state = asked(per_quarter, waiting, counters)
    if advice is None:
        return
    better = changed(known, (advice.change,))
    assert CounterId("+0") in {one.id for one in better.counters}
    again = outlook(Forecaster(rates(per_quarter), better), state, NOW, known.closes, limit=LIMIT)
    assert again == advice.then
    assert trouble(again) < trouble(base)
    # Twice as many futures, half of them never seen.
    wide = [
        outlook(Forecaster(rates(per_quarter), one), state, NOW, known.closes, limit=LIMIT, futures=48)
        for one in (known, better)
    ]
    assert trouble(wide[1]) < trouble(wide[0])
    assert wide[0].waiting[-1].at - NOW == pytest.approx(100 * MINUTE)
    assert known.closes - after(0) == 2 * HOUR
