"""The writer of one centre on real databases: answers after the commit, one unit of work, repeats."""

import asyncio

import pytest
from sqlalchemy import Connection, select, text
from structlog.testing import capture_logs

from queue_server.domain.values import VisitId
from queue_server.eventlog.port import Event, IdempotencyMismatchError
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.eventlog.tables import events
from queue_server.queue import commands as c
from queue_server.queue.refusals import Refusal, RefusalCode
from queue_server.queue.state import DayState
from queue_server.writer import CentreOverloadedError, Rows, WriterDeadError, WriterSettings
from queue_server.writer.days import stream_name
from tests.queue_server.queue.centre import ANY, CENTRE, ONE, STAFF, TWO, ticket
from tests.queue_server.writer.server import running


async def test_a_ticket_is_issued_called_and_served(log: SqlEventLog) -> None:
    async with running(log) as server:
        await server.do(c.OpenCounter(ONE, STAFF, ANY))
        issued = await server.do(ticket(VisitId("v1")))
        assert issued.state.visits[VisitId("v1")].code == "B001"
        called = await server.do(c.CallNext(ONE))
        assert [event.type for event in called.events] == ["visit-called"]
        assert called.cursor == f"{server.writer.state.day}:{called.events[-1].seq}"
        await server.do(c.StartServing(ONE))
        done = await server.do(c.Finish(ONE))
        assert done.events[0].type == "visit-done"
        stored = await log.read(f"queue/{CENTRE}/{server.writer.state.day}")
        assert [event.seq for event in stored] == list(range(1, len(stored) + 1))
        assert stored[0].type == "day-opened"
        assert stored[-1].command.startswith("k")
        assert stored[-1].command.endswith("#f")


async def test_a_refusal_in_the_middle_of_a_batch_leaves_the_rest_alone(log: SqlEventLog) -> None:
    async with running(log) as server:
        await server.do(c.OpenCounter(ONE, STAFF, ANY))
        first, refused, second, empty = await asyncio.gather(
            server.ask(ticket(VisitId("v1"))),
            server.ask(c.CallNext(TWO)),
            server.ask(c.CallNext(ONE)),
            server.ask(c.OpenCounter(ONE, STAFF, ANY)),
        )
        assert isinstance(refused, Refusal)
        assert refused.code is RefusalCode.COUNTER_NOT_OPEN
        assert not isinstance(first, Refusal)
        assert not isinstance(second, Refusal)
        assert not isinstance(empty, Refusal)
        assert second.state.counters[ONE].visit == "v1"
        assert empty.events == ()
        assert server.writer.stats.batches == 2


async def test_a_repeated_command_is_answered_from_its_events(log: SqlEventLog) -> None:
    async with running(log) as server:
        first = await server.do(ticket(VisitId("v1")), key="again")
        again = await server.do(ticket(VisitId("v1")), key="again")
        assert again.repeated
        assert again.events == first.events
        at_once = await asyncio.gather(*(server.do(ticket(VisitId("v2")), key="at once") for _ in range(5)))
        assert {answer.events for answer in at_once} == {at_once[0].events}
        assert sorted(answer.repeated for answer in at_once) == [False, True, True, True, True]


async def test_one_key_for_two_commands_is_refused(log: SqlEventLog) -> None:
    async with running(log) as server:
        await server.do(ticket(VisitId("v1")), key="one", fingerprint="aaaa")
        with pytest.raises(IdempotencyMismatchError):
            await server.do(ticket(VisitId("v2")), key="one", fingerprint="bbbb")
        assert VisitId("v2") not in server.writer.state.visits


async def test_one_visit_under_two_keys_is_one_ticket(log: SqlEventLog) -> None:
    async with running(log) as server:
        await server.do(ticket(VisitId("v1"), code="B007"))
        other = await server.do(ticket(VisitId("v1"), code="B008"))
        assert other.events == ()
        assert other.state.visits[VisitId("v1")].code == "B007"


async def test_rows_are_stored_with_the_events_or_not_at_all(log: SqlEventLog) -> None:
    await log.write(lambda connection: connection.execute(text("CREATE TABLE slips (name TEXT)")))

    def slip(connection: Connection) -> None:
        connection.execute(text("INSERT INTO slips VALUES ('kept')"))

    def torn(connection: Connection) -> None:
        slip(connection)
        raise LookupError

    def count(connection: Connection) -> int:
        return int(connection.execute(text("SELECT count(*) FROM slips")).scalar_one())

    async with running(log) as server:
        answer, refused, error = await asyncio.gather(
            server.ask(ticket(VisitId("v1")), rows=slip),
            server.ask(c.CallNext(ONE), rows=slip),
            server.ask(ticket(VisitId("v2")), rows=torn),
            return_exceptions=True,
        )
        assert not isinstance(answer, BaseException)
        assert isinstance(refused, Refusal)
        assert isinstance(error, LookupError)
        assert await log.run(count) == 1
        assert VisitId("v2") not in server.writer.state.visits
        await server.do(ticket(VisitId("v3")))


async def test_rows_behind_a_command_without_any_are_kept(log: SqlEventLog) -> None:
    """Those that wait together are stored together."""
    await log.write(lambda connection: connection.execute(text("CREATE TABLE slips (name TEXT)")))

    def slip(connection: Connection) -> None:
        connection.execute(text("INSERT INTO slips VALUES ('kept')"))

    async with running(log) as server:
        await asyncio.gather(
            server.do(ticket(VisitId("v1"))),
            server.ask(ticket(VisitId("v2")), rows=slip),
            server.do(ticket(VisitId("v3"))),
            server.ask(ticket(VisitId("v4")), rows=slip),
        )
        kept = await log.run(lambda connection: connection.execute(text("SELECT count(*) FROM slips")).scalar_one())
        assert kept == 2


async def test_rows_of_many_are_one_commit(log: SqlEventLog) -> None:
    await log.write(lambda connection: connection.execute(text("CREATE TABLE slips (name TEXT)")))

    def slip(name: str) -> Rows:
        def put(connection: Connection) -> None:
            connection.execute(text("INSERT INTO slips VALUES (:name)"), {"name": name})

        return put

    async with running(log) as server:
        await server.do(ticket(VisitId("v1")))
        before = server.writer.stats.commits
        names = [f"v{number}" for number in range(1, 9)]
        await asyncio.gather(*(server.ask(ticket(VisitId(name)), rows=slip(name)) for name in names))
        kept = await log.run(lambda connection: connection.execute(text("SELECT name FROM slips")).scalars().all())
        assert kept == names[1:], "a ticket that is known already is not issued again, and brings nothing"
        assert server.writer.stats.commits == before + 1


@pytest.mark.parametrize("failing", range(4))
async def test_what_cannot_be_stored_fails_nobody_else(log: SqlEventLog, failing: int) -> None:
    """Whichever of them it is: the others are stored, in their order, with their rows and once."""
    await log.write(lambda connection: connection.execute(text("CREATE TABLE slips (name TEXT)")))

    def slip(number: int) -> Rows:
        def put(connection: Connection) -> None:
            connection.execute(text("INSERT INTO slips VALUES (:name)"), {"name": f"v{number}"})
            if number == failing:
                raise LookupError(number)

        return put

    async with running(log) as server:
        answers = await asyncio.gather(
            *(server.ask(ticket(VisitId(f"v{number}")), rows=slip(number)) for number in range(4)),
            server.ask(ticket(VisitId("bare"))),
            return_exceptions=True,
        )
        assert [isinstance(answer, LookupError) for answer in answers] == [*(one == failing for one in range(4)), False]
        stored = [f"v{number}" for number in range(4) if number != failing]
        kept = await log.run(lambda connection: connection.execute(text("SELECT name FROM slips")).scalars().all())
        assert kept == stored
        assert [*server.writer.state.visits] == [*stored, "bare"]
        events = await log.read(stream_name(server.writer.state.centre, server.writer.state.day))
        assert sum(event.type == "visit-issued" for event in events) == 4


async def test_more_than_the_queue_holds_is_refused_at_once(log: SqlEventLog) -> None:
    async with running(log, limits=WriterSettings(queue_limit=2)) as server:
        answers = await asyncio.gather(
            *(server.ask(ticket(VisitId(f"v{number}"))) for number in range(4)), return_exceptions=True
        )
        assert [isinstance(answer, CentreOverloadedError) for answer in answers] == [False, False, True, True]


async def test_a_stopped_writer_fails_its_callers_at_once(log: SqlEventLog) -> None:
    async with running(log) as server:
        asking = asyncio.create_task(server.ask(ticket(VisitId("v1"))))
        await asyncio.sleep(0)
        await server.writer.stop()
        with pytest.raises(WriterDeadError):
            await asking
        with pytest.raises(WriterDeadError):
            await server.ask(ticket(VisitId("v2")))


async def test_watchers_hear_every_event_once_and_a_broken_one_stops_nobody(log: SqlEventLog) -> None:
    async with running(log) as server:
        heard: list[tuple[int, str]] = []

        def broken(*_: object) -> None:
            raise LookupError

        def hear(event: Event, state: DayState) -> None:
            assert state is server.writer.state
            heard.append((event.seq, event.type))

        stop_broken, stop = server.writer.watch(broken), server.writer.watch(hear)
        with capture_logs() as logged:
            await asyncio.gather(*(server.do(ticket(VisitId(f"v{number}"))) for number in range(3)))
        assert {record["event"] for record in logged} == {"watcher-failed"}
        stop()
        stop_broken()
        await server.do(ticket(VisitId("v9")))
        assert heard == [(2, "visit-issued"), (3, "visit-issued"), (4, "visit-issued")]


async def test_a_new_version_of_the_set_up_is_told(log: SqlEventLog) -> None:
    async with running(log) as server:
        server.change_settings(version=2)
        await server.writer.catch_up()
        assert server.writer.state.configuration == 2
        await server.writer.catch_up()
        types = await log.run(lambda connection: list(connection.execute(select(events.c.type)).scalars()))
        assert types.count("configuration-changed") == 1


async def test_a_server_that_is_behind_reads_on_before_it_refuses(two_logs: tuple[SqlEventLog, SqlEventLog]) -> None:
    one_log, two_log = two_logs
    async with running(one_log) as one, running(two_log) as two:
        for turn in range(20):
            await one.do(c.OpenCounter(ONE, STAFF, ANY))
            await one.do(ticket(VisitId(f"v{turn}")))
            assert (await two.do(c.CallNext(ONE))).events
            await one.do(c.StartServing(ONE))
            await two.do(c.Finish(ONE))
            await one.do(c.CloseCounter(ONE))
