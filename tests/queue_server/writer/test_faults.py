"""What a caller gets when the log fails in the middle: the truth, and the same truth when it asks again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest
from sqlalchemy import Connection
from structlog.testing import capture_logs

from queue_server.database import Database
from queue_server.database.failures import DatabaseUnavailableError, LogConflictError, OutcomeUnknownError
from queue_server.domain.values import VisitId
from queue_server.eventlog.port import Append, Decided, Event
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.queue import commands as c
from queue_server.writer import CentreContendedError, CommandFailedError, WriterDeadError, WriterSettings
from tests.queue_server.queue.centre import ANY, ONE, STAFF, TWO, ticket
from tests.queue_server.writer.conftest import SETTINGS
from tests.queue_server.writer.server import Server, alive, running

Commit = Callable[[Sequence[Append], Callable[[Connection], None] | None], Awaitable[list[Event]]]
Fault = Callable[[Commit, Sequence[Append], Callable[[Connection], None] | None], Awaitable[list[Event]]]


class FaultyLog(SqlEventLog):
    """The real log, with faults planted around its next commits."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, SETTINGS)
        self.faults: list[Fault] = []
        self.commits = 0

    async def commit(
        self,
        appends: Sequence[Append],
        rows: Callable[[Connection], None] | None = None,
        turn: str | None = None,
    ) -> list[Event]:
        self.commits += 1
        if self.faults:
            return await self.faults.pop(0)(super().commit, appends, rows)
        return await super().commit(appends, rows, turn)

    async def commit_in_turn(
        self, stream: str, after: Callable[[], int], decide: Callable[[Sequence[Event]], Decided], longest_ms: int
    ) -> list[Event]:
        self.commits += 1
        if not self.faults:
            return await super().commit_in_turn(stream, after, decide, longest_ms)
        work = super().commit_in_turn

        async def commit(*_: object) -> list[Event]:
            return await work(stream, after, decide, longest_ms)

        return await self.faults.pop(0)(commit, (), None)


def raising(error: type[Exception], *, stored: bool) -> Fault:
    """Make a fault that raises instead of answering, after storing or without."""

    async def fault(
        commit: Commit, appends: Sequence[Append], rows: Callable[[Connection], None] | None
    ) -> list[Event]:
        if stored:
            await commit(appends, rows)
        raise error

    return fault


@pytest.fixture
async def faulty(database: Database) -> FaultyLog:
    return FaultyLog(database)


async def prepare(server: Server) -> None:
    await server.do(c.OpenCounter(ONE, STAFF, ANY))
    await server.do(c.OpenCounter(TWO, STAFF, ANY))
    await server.do(ticket(VisitId("v1")))


async def types(log: FaultyLog, server: Server) -> list[str]:
    return [event.type for event in await log.read(f"queue/harbour/{server.writer.state.day}")]


@pytest.mark.parametrize("stored", [True, False])
async def test_an_unknown_outcome_is_found_out_and_everybody_answered(faulty: FaultyLog, *, stored: bool) -> None:
    async with faulty, running(faulty) as server:
        await prepare(server)
        faulty.faults = [raising(OutcomeUnknownError, stored=stored)]
        call, empty, issued = await asyncio.gather(
            server.do(c.CallNext(ONE)), server.do(c.CallNext(TWO)), server.do(ticket(VisitId("v2")))
        )
        assert [event.type for event in call.events] == ["visit-called"]
        assert call.repeated is stored
        assert [event.type for event in issued.events] == ["visit-issued"]
        # Counter 2 found nobody at first; where the others are found to be stored, it is decided anew after them.
        assert [event.type for event in empty.events] == (["visit-called"] if stored else [])
        assert (await types(faulty, server)).count("visit-called") == 1 + stored


async def test_a_crash_between_commit_and_answer_loses_nothing(faulty: FaultyLog) -> None:
    stored = asyncio.Event()

    async def crash(
        commit: Commit, appends: Sequence[Append], rows: Callable[[Connection], None] | None
    ) -> list[Event]:
        await commit(appends, rows)
        stored.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with faulty:
        async with running(faulty) as server:
            await prepare(server)
            faulty.faults = [crash]
            asking = [
                asyncio.create_task(server.do(c.CallNext(ONE), key="call")),
                asyncio.create_task(server.do(ticket(VisitId("v2")), key="issue")),
            ]
            await stored.wait()
            await server.writer.stop()
            lost = await asyncio.gather(*asking, return_exceptions=True)
            assert [type(error) for error in lost] == [WriterDeadError, WriterDeadError]
        async with running(faulty) as server:
            commits = faulty.commits
            call = await server.do(c.CallNext(ONE), key="call")
            issued = await server.do(ticket(VisitId("v2")), key="issue")
            assert call.repeated
            assert issued.repeated
            assert [event.type for event in call.events] == ["visit-called"]
            assert issued.state.visits[VisitId("v2")].code == "B002"
            assert faulty.commits == commits
            assert (await types(faulty, server)).count("visit-called") == 1


async def test_a_database_that_is_away_is_said_and_forgotten(faulty: FaultyLog) -> None:
    async with faulty, running(faulty) as server:
        await prepare(server)
        faulty.faults = [raising(DatabaseUnavailableError, stored=False)]
        answers = await asyncio.gather(
            server.do(c.CallNext(ONE), key="call"), server.do(ticket(VisitId("v2"))), return_exceptions=True
        )
        assert [type(answer) for answer in answers] == [DatabaseUnavailableError] * 2
        assert server.writer.state.counters[ONE].visit is None
        assert server.writer.trouble is None
        assert (await server.do(c.CallNext(ONE), key="call")).events


async def test_a_dead_writer_fails_its_callers_at_once_and_starts_again(faulty: FaultyLog) -> None:
    async with faulty, running(faulty) as server:
        await prepare(server)
        faulty.faults = [raising(RuntimeError, stored=True)]
        with capture_logs() as logged, pytest.raises(WriterDeadError):
            await server.do(c.CallNext(ONE), key="call")
        assert [(record["event"], record["task"]) for record in logged] == [("task-failed", "writer-harbour")]
        with pytest.raises(WriterDeadError):
            await server.do(ticket(VisitId("v2")))
        await alive(server.writer)
        again = await server.do(c.CallNext(ONE), key="call")
        assert again.repeated, "the commit had been made"
        assert server.writer.stats.restarts == 1


async def test_watchers_hear_what_was_stored_while_a_writer_was_dead(faulty: FaultyLog) -> None:
    async with faulty, running(faulty) as server:
        await prepare(server)
        heard: list[int] = []
        server.writer.watch(lambda event, _: heard.append(event.seq))
        faulty.faults = [raising(RuntimeError, stored=True)]
        with capture_logs(), pytest.raises(WriterDeadError):
            await server.do(ticket(VisitId("v2")))
        await alive(server.writer)
        await server.do(ticket(VisitId("v3")))
        assert heard == [5, 6]


async def test_losing_for_too_long_is_said(faulty: FaultyLog) -> None:
    limits = WriterSettings(tick_ms=50, patience_ms=30, turn_ms=50)
    async with faulty, running(faulty, limits=limits) as server:
        await prepare(server)
        faulty.faults = [raising(LogConflictError, stored=False)] * 100_000
        with pytest.raises(CentreContendedError):
            await server.do(c.CallNext(ONE))
        faulty.faults = []
        assert (await server.do(c.CallNext(ONE))).events


async def test_a_command_that_cannot_be_decided_fails_alone(faulty: FaultyLog) -> None:
    async with faulty, running(faulty) as server:
        await prepare(server)

        class NoCommand:
            """What a fault in the code above the writer may hand in."""

        with capture_logs() as logged:
            answers = await asyncio.gather(
                server.ask(NoCommand()),  # type: ignore[arg-type] # that it is none is the point
                server.ask(ticket(VisitId("v2"))),
                return_exceptions=True,
            )
        assert isinstance(answers[0], CommandFailedError)
        assert not isinstance(answers[1], BaseException)
        assert [record["event"] for record in logged] == ["command-failed"]
