"""A plan that becomes smaller after people have booked: the judge adds up by how much a day is overbooked."""

import hypothesis.strategies as st
from hypothesis import given

from queue_server.appointments.capacity import CapacityRules, Load, StaffedDay, StaffedPool, StaffedSpan
from queue_server.appointments.decide import BookableDay
from queue_server.appointments.overbooked import OverbookedDay, overbooked_days
from queue_server.appointments.store import TakenDay
from queue_server.domain.appointments import PoolId
from queue_server.domain.values import MINUTE, CentreId, Day, Micros

DAY, START, PERIOD = Day("2026-12-14"), Micros(1_797_000_000_000_000), 15
PERIODS = tuple((Micros(START + n * PERIOD * MINUTE), Micros(START + (n + 1) * PERIOD * MINUTE)) for n in range(4))
FRONT, GONE = PoolId("front"), PoolId("gone")

loads = st.lists(
    st.builds(
        Load, st.sampled_from((FRONT, GONE)), st.sampled_from([start for start, _ in PERIODS]), st.integers(1, 1500)
    ),
    max_size=8,
)


@given(loads, st.integers(0, 2), st.integers(0, len(PERIODS)))
def test_what_is_booked_beyond_the_plan_is_counted_from_now_on(taken: list[Load], counters: int, passed: int) -> None:
    rules = CapacityRules(PERIOD * 60, 100, 0)
    front = StaffedPool(FRONT, (StaffedSpan(PERIODS[0][0], PERIODS[-1][1], counters),))
    day = BookableDay(CentreId("demo"), StaffedDay(DAY, PERIODS, (front,)), rules)
    now = Micros(START + passed * PERIOD * MINUTE)
    found = list(overbooked_days([(day, TakenDay(DAY, 1, tuple(taken), (), ()))], now))
    beyond = 0
    for start, _ in PERIODS[passed:]:
        for pool, there in ((FRONT, counters * PERIOD * 60), (GONE, 0)):
            beyond += max(0, sum(one.seconds for one in taken if (one.pool, one.at) == (pool, start)) - there)
    assert found == ([OverbookedDay(DAY, beyond)] if beyond else [])
