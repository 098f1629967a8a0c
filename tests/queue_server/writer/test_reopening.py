"""A day that a wrong clock has ended goes on: who waited waits as before, and tomorrow begins when it comes."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.database import Database
from queue_server.domain.values import HOUR, SECOND, Day, StaffId, VisitId, VisitState, to_micros
from queue_server.eventlog.port import Wakeup
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.eventlog.verify import verify
from queue_server.queue import commands as c
from queue_server.queue.reopen import as_before
from queue_server.queue.settings import CentreSettings
from queue_server.writer.reopening import DayNotReopenableError, reopen
from tests.queue_server.queue.centre import ANY, CENTRE, ONE, ROUND_THE_CLOCK, SETTINGS, STAFF, TWO, Play, ticket
from tests.queue_server.writer.server import SIGNER, Clock, Server, running

NOON = to_micros(datetime.fromisoformat("2026-11-25T12:00:00+00:00"))
FIRST, NEXT = Day("2026-11-25"), Day("2026-11-26")
ANA, BEN = StaffId("ana"), StaffId("ben")


async def morning(server: Server) -> None:
    """Four come; one is called, one is served, one is parked, one waits."""
    server.clock.now = NOON
    for counter in (ONE, TWO):
        await server.do(c.OpenCounter(counter, STAFF, ANY))
    for number in range(1, 5):
        await server.do(ticket(VisitId(f"v{number}")))
    await server.do(c.CallNext(ONE))
    await server.do(c.CallNext(TWO))
    await server.do(c.StartServing(TWO, VisitId("v2")))


async def leap(server: Server) -> None:
    """Let the clock be a day ahead for a moment, in which somebody comes."""
    server.clock.wait(24 * HOUR)
    await server.do(ticket(VisitId("v5")))
    assert server.writer.state.day == NEXT
    server.clock.wait(-24 * HOUR)


async def go_on(log: SqlEventLog, server: Server) -> int:
    return await reopen(log, CENTRE, FIRST, asked_by=ANA, confirmed_by=BEN, now=server.clock.now)


@pytest.mark.parametrize("settings", [SETTINGS, ROUND_THE_CLOCK], ids=["hours", "round-the-clock"])
async def test_a_day_that_was_ended_by_mistake_goes_on(
    log: SqlEventLog, database: Database, settings: CentreSettings
) -> None:
    async with running(log, settings=settings) as server:
        await morning(server)
        before = server.writer.state
        await leap(server)
        assert await go_on(log, server) == 5
        await server.writer.catch_up()
        after = server.writer.state
        assert (after.day, after.closed, after.at) == (FIRST, False, NOON)
        for visit in before.visits.values():
            now = after.visits[visit.id]
            assert (now.state, now.code, now.counter, now.due, now.place) == (
                visit.state,
                visit.code,
                visit.counter,
                visit.due,
                visit.place,
            )
        assert [visit for _, visit in after.waiting] == ["v3", "v4", "v5"]
        assert after.counters[ONE].visit == "v1"
        assert after.counters[TWO].visit == "v2"
        # Work goes on, with numbers that nobody holds, and without an end.
        server.clock.wait(60 * SECOND)
        await server.do(c.Finish(TWO, VisitId("v2")))
        issued = await server.do(ticket(VisitId("v6")))
        assert issued.state.day == FIRST
        assert issued.state.visits[VisitId("v6")].code not in {one.code for one in after.visits.values()}
        again = await server.do(ticket(VisitId("v5")))
        assert (again.events, again.state.day) == ((), FIRST)
    async with running(log, settings=settings, clock=server.clock) as restarted:
        assert restarted.writer.state.day == FIRST
        # Tomorrow comes, and begins with its first number.
        restarted.clock.wait(24 * HOUR)
        first = await restarted.do(ticket(VisitId("v7")))
        assert first.state.day == NEXT
        if not settings.round_the_clock:
            assert first.state.visits[VisitId("v7")].code == "B001"
            assert set(first.state.visits) == {"v7"}
        ended = restarted.writer.find_day(FIRST)
        assert ended is not None
        assert ended.closed
        restarted.clock.wait(24 * HOUR)
        await restarted.writer.catch_up()
        report = await verify(database, SIGNER.verifier)
        assert report.ok, report.bad


async def test_another_server_follows_and_a_second_mistake_is_mended_too(
    two_logs: tuple[SqlEventLog, SqlEventLog],
) -> None:
    clock = Clock()
    async with running(two_logs[0], clock=clock) as one, running(two_logs[1], clock=clock) as other:
        await morning(one)
        for _ in range(2):
            await leap(one)
            await other.writer.catch_up()
            assert other.writer.state.day == NEXT
            await go_on(two_logs[0], one)
            for server in (one, other):
                await server.writer.catch_up()
                await server.writer.catch_up()
                assert server.writer.state.day == FIRST
            assert one.writer.state.seq == other.writer.state.seq
            clock.wait(SECOND)


class DeafLog(SqlEventLog):
    """A log whose wake-ups are all lost."""

    def watch(self, callback: Callable[[Wakeup], None], folder: str = "") -> Callable[[], None]:  # noqa: ARG002 - the port's
        return lambda: None


async def test_a_server_that_hears_of_one_of_the_two_days_alone_goes_on_with_the_right_one(
    log: SqlEventLog, database: Database
) -> None:
    async with running(DeafLog(database)) as server:
        await morning(server)
        await leap(server)
        await go_on(log, server)
        # It reads what it takes for today: a day that was left.
        await server.writer.catch_up()
        assert server.writer.state.day == FIRST
        ended = server.writer.find_day(NEXT)
        assert ended is not None
        assert not ended.opened


async def test_only_the_day_that_was_ended_last_can_go_on(log: SqlEventLog) -> None:
    async with running(log) as server:
        await morning(server)
        with pytest.raises(DayNotReopenableError) as caught:
            await go_on(log, server)
        assert caught.value.placeholders["reason"] == "not-ended"
        await leap(server)
        server.clock.wait(48 * HOUR)
        await server.do(ticket(VisitId("v9")))
        with pytest.raises(DayNotReopenableError) as caught:
            await go_on(log, server)
        assert caught.value.placeholders["reason"] == "not-the-last"


async def test_whose_counter_has_somebody_else_by_now_waits_again(log: SqlEventLog) -> None:
    async with running(log) as server:
        await morning(server)
        server.clock.wait(24 * HOUR)
        await server.do(ticket(VisitId("v5")))
        await server.do(c.OpenCounter(ONE, STAFF, ANY))
        await server.do(c.CallNext(ONE))
        server.clock.wait(-24 * HOUR)
        await go_on(log, server)
        await server.writer.catch_up()
        state = server.writer.state
        assert state.counters[ONE].visit == "v5"
        assert state.visits[VisitId("v1")].state is VisitState.WAITING
        assert [visit for _, visit in state.waiting] == ["v1", "v3", "v4"]
        # The call of the moment can be acted on as any other.
        await server.do(c.StartServing(ONE, VisitId("v5")))


@given(st.integers(0, 6), st.integers(0, 3), st.booleans())
def test_what_a_day_had_it_has_again(tickets: int, calls: int, serves: bool) -> None:
    play = Play().open_day()
    play.open(ONE, TWO)
    for _ in range(tickets):
        play.issue()
    for counter in (ONE, TWO)[:calls]:
        for command in (c.CallNext(counter), c.StartServing(counter, None)) if serves else (c.CallNext(counter),):
            if isinstance(play.ask(command), tuple):
                play.do(command)
    before = play.state.copy()
    play.do(c.SettleDay(play.state.day))
    wrong = Play(day=NEXT).open_day()
    visits, counters = as_before(play.state, before, wrong.state)
    changed = {one.id for one in before.visits.values() if play.state.visits[one.id].state is not one.state}
    assert {one.id for one in visits} == changed
    assert all(visit == before.visits[visit.id] for visit in visits)
    assert set(counters) == set(before.counters.values())
