"""What can be booked of a day, to the second, and where a journey fits in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.appointments.capacity import CapacityRules, CapacityUse, DayChange, Load, capacity
from queue_server.domain.appointments import DayChangeId, DayChangeKind, PoolId
from queue_server.domain.values import SECOND, Micros
from tests.queue_server.appointments.small_day import (
    BIRTH,
    CASH,
    DOCUMENTS,
    PAPERS,
    PASSPORT,
    PAYMENT,
    RULES,
    STAFFED,
    SUBMISSION,
    WINDOWS,
    clock,
    free,
    journey,
    total,
)

DAY = capacity(STAFFED[0], (), RULES)
#: What one counter gives for bookings in a period: 900 s, of which 40 % are kept, and 85 % of the rest given away.
ONE = 459


def change(kind: DayChangeKind, start: Micros, end: Micros, pool: PoolId | None = None, counters: int = 0) -> DayChange:
    return DayChange(DayChangeId("c"), kind, start, end, pool, counters)


def test_a_share_of_what_staff_can_serve_is_for_bookings() -> None:
    papers = next(pool for pool in DAY.pools if pool.id == PAPERS)
    assert papers.bookable == (*[ONE] * 16, *[0] * 12)
    windows = next(pool for pool in DAY.pools if pool.id == WINDOWS)
    # 2 x 900 x 85 x 60 / 10 000: whole seconds, rounded down once and not for each counter.
    assert set(windows.bookable) == {2 * ONE}
    assert (set(windows.counters), set(windows.alone)) == ({2}, {900})


def test_whoever_can_do_the_least_goes_first() -> None:
    assert [pool.id for pool in DAY.pools] == [CASH, PAPERS, WINDOWS]


def test_a_journey_takes_each_stop_where_the_one_before_ended() -> None:
    loads = CapacityUse(DAY).place(journey((PASSPORT,)), clock(0, 8))
    assert loads == (
        Load(PAPERS, clock(0, 8), ONE),
        Load(PAPERS, clock(0, 8, 15), 600 - ONE),
        Load(CASH, clock(0, 8, 15), 240),
        Load(PAPERS, clock(0, 8, 15), ONE - (600 - ONE) - 18),
    )


def test_nobody_is_in_two_places_at_a_time() -> None:
    """Of a quarter of an hour a party uses no more than it has, whatever is free."""
    day = capacity(STAFFED[0], (), CapacityRules(900, 100, 0))
    loads = CapacityUse(day).place(journey((PASSPORT, BIRTH)), clock(0, 8))
    assert loads is not None
    for start, _ in day.periods:
        assert sum(load.seconds for load in loads if load.at == start) <= 900


def test_the_first_stop_begins_at_the_booked_time() -> None:
    use = CapacityUse(DAY)
    for pool, seconds in ((PAPERS, ONE), (WINDOWS, 2 * ONE)):
        use.add([Load(pool, clock(0, 9), seconds)])
    assert use.place(journey((BIRTH,)), clock(0, 9)) is None
    # One second is enough to begin; the rest is found within what is promised.
    use.remove([Load(PAPERS, clock(0, 9), 1)])
    assert use.place(journey((BIRTH,)), clock(0, 9)) == (
        Load(PAPERS, clock(0, 9), 1),
        Load(PAPERS, clock(0, 9, 15), ONE),
        Load(PAPERS, clock(0, 9, 30), 600 - ONE - 1),
    )


def test_nobody_waits_longer_than_is_promised() -> None:
    """A single counter needs two periods for ten minutes, and the promise is worth one more."""
    use = CapacityUse(DAY)
    for quarter in (15, 30, 45):
        use.add([Load(PAPERS, clock(0, 9, quarter), ONE), Load(WINDOWS, clock(0, 9, quarter), 2 * ONE)])
    assert use.place(journey((BIRTH,)), clock(0, 9)) == (Load(WINDOWS, clock(0, 9), 600),)
    use.add([Load(WINDOWS, clock(0, 9), 2 * ONE)])
    assert use.place(journey((BIRTH,)), clock(0, 9)) is None


@pytest.mark.parametrize(
    ("hours", "minutes", "fits"), [(11, 30, True), (11, 45, False), (15, 45, True), (16, 0, False)]
)
def test_nothing_goes_on_after_the_last_period(hours: int, minutes: int, *, fits: bool) -> None:
    """Before noon only one counter is left for papers; at the end of the day two can serve a party at once."""
    use = CapacityUse(DAY)
    use.add([Load(WINDOWS, clock(0, 11, quarter), 2 * ONE) for quarter in (30, 45)])
    assert (use.place(journey((BIRTH,)), clock(0, hours, minutes)) is not None) == fits


def test_a_family_needs_longer_and_has_one_place_or_none() -> None:
    use = CapacityUse(DAY)
    loads = use.place(journey((BIRTH,), people=4), clock(0, 15))
    assert loads is not None
    assert total(loads) == 60 * (10 + 3 * 5)
    # 25 minutes do not fit into the last quarter of an hour, whatever is free in it.
    assert use.place(journey((BIRTH,), people=4), clock(0, 15, 45)) is None


def test_nothing_begins_beside_the_periods() -> None:
    use = CapacityUse(DAY)
    for at in (clock(0, 7, 45), clock(0, 8, 7), clock(0, 12), clock(1, 8), Micros(clock(0, 8) + 1)):
        assert use.place(journey((BIRTH,)), at) is None
        assert DAY.starting(at) is None
    assert use.place((), clock(0, 8)) is None


def test_times_are_those_at_which_it_fits() -> None:
    use = CapacityUse(DAY)
    times = list(use.times(lambda _: journey((BIRTH,)), clock(0, 8, 1), clock(0, 15, 30)))
    assert times[0] == clock(0, 8, 15)
    assert times[-1] == clock(0, 15, 30)
    assert clock(0, 12, 30) not in times
    assert list(use.times(lambda _: (), clock(0, 8), clock(0, 15))) == []


# --- changes of the day ----------------------------------------------------------------------------------------------


def test_an_hour_is_closed_to_the_minute() -> None:
    closed = change(DayChangeKind.CLOSE, clock(0, 9, 5), clock(0, 10), PAPERS)
    papers = next(pool for pool in capacity(STAFFED[0], [closed], RULES).pools if pool.id == PAPERS)
    assert papers.bookable[3:9] == (ONE, RULES.share_of(300), 0, 0, 0, ONE)
    assert papers.alone[4] == 300


def test_changes_count_one_after_the_other() -> None:
    all_morning = (clock(0, 8), clock(0, 12))
    changes = [
        change(DayChangeKind.CLOSE, *all_morning),
        change(DayChangeKind.COUNTERS, *all_morning, PAPERS, 3),
        change(DayChangeKind.COUNTERS, *all_morning, PAPERS, -1),
        change(DayChangeKind.COUNTERS, *all_morning, WINDOWS, -5),
    ]
    found = {pool.id: pool for pool in capacity(STAFFED[0], changes, RULES).pools}
    assert found[PAPERS].counters[:16] == (2,) * 16
    assert found[WINDOWS].counters == (*[0] * 16, *[2] * 12)


def test_counters_may_be_added_where_the_plan_has_none() -> None:
    added = change(DayChangeKind.COUNTERS, clock(0, 13), clock(0, 14), CASH, 1)
    cash = next(pool for pool in capacity(STAFFED[0], [added], RULES).pools if pool.id == CASH)
    assert cash.bookable[16:21] == (ONE, ONE, ONE, ONE, 0)


def test_what_lies_where_nothing_is_any_more_is_oversold() -> None:
    use = CapacityUse(DAY)
    for load in (
        Load(PAPERS, clock(0, 12, 15), 1),
        Load(PoolId("gone"), clock(0, 9), 1),
        Load(PAPERS, clock(0, 9), 460),
    ):
        use.add([load])
        assert use.oversold(load)
    use.remove([Load(PAPERS, clock(0, 9), 1)])
    assert not use.oversold(Load(PAPERS, clock(0, 9), 1))


def test_a_load_counts_in_the_period_in_which_it_lies() -> None:
    """Where a set-up with other periods came since it was booked."""
    use = CapacityUse(DAY, [Load(PAPERS, clock(0, 9, 20), 100)])
    assert use.taken(PAPERS, 5) == 100


@given(
    st.lists(
        st.tuples(st.integers(0, 27), st.sampled_from([(PASSPORT,), (BIRTH,), (BIRTH, PASSPORT)]), st.integers(1, 5)),
        max_size=60,
    ),
    st.integers(1, 100),
    st.integers(0, 100),
)
def test_whatever_is_placed_fits(tries: list[tuple[int, tuple[str, ...], int]], work: int, walk_in: int) -> None:
    day = capacity(STAFFED[0], (), CapacityRules(900, work, walk_in))
    use = CapacityUse(day)
    for period, services, people in tries:
        stops = journey(services, people)  # type: ignore[arg-type]
        loads = use.place(stops, day.periods[period][0])
        if loads is None:
            continue
        use.add(loads)
        assert total(loads) == sum(stop.seconds for stop in stops)
        assert loads[0].at == day.periods[period][0]
        assert [load.at for load in loads] == sorted(load.at for load in loads)
        assert min(map(min, free(use))) >= 0


def test_a_share_is_never_more_than_the_whole() -> None:
    assert CapacityRules(900, 100, 0).share_of(900) == 900
    assert CapacityRules(900, 85, 100).share_of(10**9) == 0
    assert replace(RULES, walk_in_percent=0).share_of(1) == 0
    assert {DOCUMENTS, PAYMENT, SUBMISSION} == {stop.step for stop in journey((PASSPORT,))}
    assert DAY.holding(Micros(clock(0, 16) - SECOND)) == 27
