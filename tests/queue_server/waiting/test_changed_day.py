"""What managers changed of a day's staffing counts in what is looked ahead by."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, insert

from queue_server.appointments.capacity import DayChange
from queue_server.appointments.tables import appointment_days
from queue_server.centre.centres import Centres
from queue_server.domain.appointments import DayChangeId, DayChangeKind, PoolId
from queue_server.domain.values import HOUR, Micros
from queue_server.forecast.outlook import DayPlan, PlannedCounter
from queue_server.queue.state import DayState
from queue_server.waiting.plan import day_frame, planned_counters
from queue_server.waiting.waiting_times import WaitingTimes
from tests.queue_server.simulation.town import setup
from tests.queue_server.waiting.past import NOW, TODAY, TOWN, again, town

POOL = setup().staffing[0]


def change(kind: DayChangeKind, counters: int, hours: tuple[int, int], pool: str | None = POOL.id) -> DayChange:
    start, end = (Micros(NOW + hour * HOUR) for hour in hours)
    return DayChange(DayChangeId("one"), kind, start, end, None if pool is None else PoolId(pool), counters)


def spans(*changes: DayChange) -> list[tuple[tuple[Micros, Micros], ...]]:
    """List when each counter of the first pool is planned from eleven o'clock on."""
    frame = day_frame(setup(), TODAY, changes)
    assert frame is not None
    return list(_of_pool(planned_counters(frame, DayState(TOWN, TODAY), NOW)))


def _of_pool(counters: Iterator[PlannedCounter]) -> Iterator[tuple[tuple[Micros, Micros], ...]]:
    return (one.spans for one in counters if one.id.startswith(f"plan/{POOL.id}/"))


def test_one_more_is_there_as_long_as_it_was_added_and_the_others_stay_in_one_piece() -> None:
    before, after = spans(), spans(change(DayChangeKind.COUNTERS, 1, (2, 4)))
    assert after[: len(before)] == before
    assert after[len(before) :] == [((NOW + 2 * HOUR, NOW + 4 * HOUR),)]


def test_one_fewer_is_missing_for_that_long() -> None:
    before, after = spans(), spans(change(DayChangeKind.COUNTERS, -1, (2, 3)))
    assert after[:-1] == before[:-1]
    assert not any(start < NOW + 3 * HOUR and end > NOW + 2 * HOUR for start, end in after[-1])


def test_closed_hours_have_nobody() -> None:
    assert not any(
        start < NOW + 3 * HOUR and end > NOW + HOUR
        for one in spans(change(DayChangeKind.CLOSE, 0, (1, 3), None))
        for start, end in one
    )


async def test_the_plan_of_today_has_what_was_changed(data: Path) -> None:
    made = change(DayChangeKind.COUNTERS, 2, (1, 5))

    def store(connection: Connection) -> None:
        changes = [[made.id, made.kind.value, made.start, made.end, made.pool, made.counters]]
        row = {"book": f"{TOWN}/{TODAY}", "centre": TOWN, "day": TODAY, "taken": [], "passing": []}
        connection.execute(insert(appointment_days).values(**row, changes=changes, changed_at=NOW, seq=1))

    async with town(data) as here:
        await here.server.log.write(store)
    async with again(data) as here:
        times, centre = here.server[WaitingTimes], here.server[Centres][TOWN]
        plan = await times.plan(centre)
        assert isinstance(plan, DayPlan)
        at = NOW + 3 * HOUR
        there = sum(any(start <= at < end for start, end in one.spans) for one in plan.counters)
        assert there == sum(pool.counters for pool in setup().staffing) + 2
