"""Days open and close by events; what was asked just before a change finds its answer just after it."""

import asyncio
from datetime import datetime

from msgspec.structs import replace

from queue_server.database import Database
from queue_server.domain.values import (
    HOUR,
    MINUTE,
    SECOND,
    CounterState,
    Day,
    Micros,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    VisitId,
    VisitState,
    to_micros,
)
from queue_server.eventlog.port import Event
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.eventlog.verify import verify
from queue_server.queue import commands as c
from queue_server.queue.state import DayState
from tests.queue_server.queue.centre import ANY, ONE, PASSPORT, ROUND_THE_CLOCK, STAFF, VISA, ticket
from tests.queue_server.writer.server import SIGNER, Clock, Server, running

EVENING = to_micros(datetime.fromisoformat("2026-11-26T03:59:59+00:00"))
FIRST, SECOND_DAY = Day("2026-11-25"), Day("2026-11-26")


async def at_day_end(server: Server) -> None:
    """Let the clock stand one second before the day ends."""
    server.clock.now = EVENING
    await server.writer.catch_up()
    assert server.writer.state.day == FIRST


async def assert_verified(database: Database) -> None:
    report = await verify(database, SIGNER.verifier)
    assert report.ok, report.bad


async def test_the_day_ends_by_itself_and_a_signed_event_closes_it(log: SqlEventLog, database: Database) -> None:
    async with running(log) as server:
        changed = asyncio.Event()
        days: list[str] = []

        def hear(event: Event, state: DayState) -> None:
            days.append(f"{state.day} {event.type}")
            if event.type == "day-opened":
                changed.set()

        await server.do(c.OpenCounter(ONE, STAFF, ANY))
        await server.do(ticket(VisitId("v1")))
        await at_day_end(server)
        server.writer.watch(hear)
        server.clock.wait(2 * SECOND)
        await changed.wait()
        assert days == [
            "2026-11-25 visit-not-served",
            "2026-11-25 counter-closed",
            "2026-11-25 day-closed",
            "2026-11-26 day-opened",
        ]
        assert server.writer.state.day == SECOND_DAY
        assert server.writer.state.seq == 1
        yesterday = server.writer.find_day(FIRST)
        assert yesterday is not None
        assert yesterday.visits[VisitId("v1")].state is VisitState.NOT_SERVED
        assert yesterday.closed
        await assert_verified(database)


async def test_the_first_command_of_a_new_day_opens_it(log: SqlEventLog, database: Database) -> None:
    async with running(log) as server:
        await at_day_end(server)
        server.clock.wait(9 * 24 * HOUR)
        answer = await server.do(ticket(VisitId("v1")))
        assert answer.state.day == "2026-12-04"
        assert answer.state.visits[VisitId("v1")].code == "B001"
        await assert_verified(database)


async def test_repeats_across_the_change_find_their_answers(log: SqlEventLog) -> None:
    async with running(log) as server:
        await server.do(c.OpenCounter(ONE, STAFF, ANY))
        await at_day_end(server)
        issued = await server.do(ticket(VisitId("v1")), key="issue")
        called = await server.do(c.CallNext(ONE), key="call")
        server.clock.wait(SECOND)
        again = await server.do(ticket(VisitId("v1")), key="issue")
        assert server.writer.state.day == SECOND_DAY
        assert (again.events, again.cursor) == (issued.events, issued.cursor)
        call_again = await server.do(c.CallNext(ONE), key="call")
        assert (call_again.events, call_again.cursor) == (called.events, called.cursor)
        other_key = await server.do(ticket(VisitId("v1")))
        assert other_key.events == ()
        assert other_key.state.day == FIRST
        assert server.writer.state.visits == {}
        server.clock.wait(24 * HOUR)
        assert (await server.do(c.CallNext(ONE), key="call")).events == called.events
    async with running(log, clock=server.clock) as restarted:
        assert (await restarted.do(c.CallNext(ONE), key="call")).events == called.events


async def test_a_late_ticket_goes_into_the_record_of_its_day(log: SqlEventLog, database: Database) -> None:
    async with running(log) as server:
        await server.do(ticket(VisitId("v1"), code="B001"))
        server.clock.now = Micros(EVENING + 5 * HOUR)
        late = replace(
            ticket(VisitId("late"), code="B002"),
            issued_at=Micros(EVENING - 12 * HOUR),
            last_contact=Micros(EVENING - 13 * HOUR),
        )
        answer = await server.do(late, key="late")
        assert answer.state.day == FIRST
        assert answer.state.visits[VisitId("late")].state is VisitState.NOT_SERVED
        assert (await server.do(late, key="late")).events == answer.events
        assert server.writer.state.visits == {}
        await server.do(ticket(VisitId("v2"), code="B002"))
        await assert_verified(database)


async def test_a_clock_that_is_plainly_wrong_puts_nobody_into_yesterday(log: SqlEventLog) -> None:
    async with running(log) as server:
        await server.writer.catch_up()
        server.clock.now = Micros(EVENING + 5 * HOUR)
        wrong = replace(
            ticket(VisitId("v1"), code="B002"),
            issued_at=Micros(EVENING - 365 * 24 * HOUR),
            last_contact=Micros(EVENING - HOUR),
        )
        answer = await server.do(wrong)
        assert answer.state.day == SECOND_DAY
        visit = answer.state.visits[VisitId("v1")]
        assert visit.state is VisitState.WAITING
        assert visit.counts_from == answer.state.starts_at


async def test_a_late_ticket_of_a_day_without_a_record_ends_in_todays(log: SqlEventLog) -> None:
    async with running(log) as server:
        late = replace(
            ticket(VisitId("late"), code="B002"),
            issued_at=Micros(server.clock.now - 30 * HOUR),
            last_contact=Micros(server.clock.now - 31 * HOUR),
        )
        answer = await server.do(late)
        assert answer.state.visits[VisitId("late")].state is VisitState.NOT_SERVED
        await server.do(ticket(VisitId("today"), code="B002"))


async def test_round_the_clock_nobody_loses_a_place(log: SqlEventLog, database: Database) -> None:
    async with running(log, settings=ROUND_THE_CLOCK) as server:
        await server.do(c.OpenCounter(ONE, STAFF, ANY))
        await server.do(ticket(VisitId("v1"), PASSPORT))
        await server.do(c.CallNext(ONE))
        notice = c.ShowNotice(NoticeId("n1"), NoticeKind.ANNOUNCEMENT, NoticeText.DELAY, NoticePlace.BOARDS)
        await server.do(notice)
        await at_day_end(server)
        await server.do(ticket(VisitId("v2"), VISA))
        server.clock.wait(MINUTE)
        late = replace(
            ticket(VisitId("late"), code="B017"),
            issued_at=Micros(EVENING - MINUTE),
            last_contact=Micros(EVENING - HOUR),
        )
        answer = await server.do(late)
        assert answer.state.day == SECOND_DAY
        assert [visit for _, visit in answer.state.waiting] == ["late", "v2"]
        assert answer.state.counters[ONE].state is CounterState.OPEN
        assert list(answer.state.notices) == ["n1"]
        await server.do(c.StartServing(ONE, VisitId("v1")))
        assert (await server.do(ticket(VisitId("v2"), VISA))).events == ()
        await assert_verified(database)


async def test_two_servers_change_the_day_once(two_logs: tuple[SqlEventLog, SqlEventLog]) -> None:
    one_log, two_log = two_logs
    clock = Clock(EVENING)
    async with running(one_log, clock=clock) as one, running(two_log, clock=clock) as two:
        await one.do(c.OpenCounter(ONE, STAFF, ANY))
        await one.do(ticket(VisitId("v1")))
        clock.wait(SECOND)
        await asyncio.gather(
            *(server.do(ticket(VisitId(f"n{number}"))) for number, server in enumerate((one, two) * 5))
        )
        await asyncio.gather(one.writer.catch_up(), two.writer.catch_up())
        assert one.writer.state.visits == two.writer.state.visits
        events = [event.type for event in await one_log.read("queue/harbour/2026-11-25")]
        assert events.count("day-closed") == events.count("visit-not-served") == 1
        opened = [event.type for event in await one_log.read("queue/harbour/2026-11-26")]
        assert opened.count("day-opened") == 1
        assert opened.count("visit-issued") == 10


async def test_a_server_whose_clock_is_behind_follows_the_day_that_another_opened(
    two_logs: tuple[SqlEventLog, SqlEventLog],
) -> None:
    one_log, two_log = two_logs
    async with running(one_log, clock=Clock(EVENING)) as one, running(two_log, clock=Clock(EVENING)) as two:
        entered = asyncio.Event()
        two.writer.watch(lambda event, _: entered.set() if event.type == "day-opened" else None)
        one.clock.wait(SECOND)
        await one.do(ticket(VisitId("v1")))
        await entered.wait()
        answer = await two.do(ticket(VisitId("v2")))
        assert answer.state.day == SECOND_DAY
        assert answer.events[0].at == one.clock.now, "time in a stream never goes back"
        assert answer.state.visits[VisitId("v2")].code == "B002"
