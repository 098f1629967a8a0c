"""Servers of one hot centre take turns, and nobody who holds a turn can hold up the others for long."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import URL, Connection, text

from queue_server.database import PostgresDatabase, open_database
from queue_server.domain.values import VisitId
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.eventlog.stream_turns import Turn
from queue_server.queue import commands as c
from queue_server.writer import WriterSettings
from tests.queue_server.queue.centre import ANY, ONE, STAFF, ticket
from tests.queue_server.writer.conftest import SETTINGS
from tests.queue_server.writer.server import running

STREAM = Turn("queue/harbour/2026-11-25", taken=False)
#: No tick, and a turn that is waited for as long as a test may take.
PATIENT = WriterSettings(tick_ms=60_000, turn_ms=60_000)


@pytest.fixture
async def other(postgres_url: URL) -> AsyncIterator[PostgresDatabase]:
    """The connections of a server that has stopped for a while."""
    async with open_database(postgres_url, SETTINGS) as database:
        assert isinstance(database, PostgresDatabase)
        yield database


async def test_a_stopped_server_in_its_turn_costs_the_others_a_moment(
    two_logs: tuple[SqlEventLog, SqlEventLog], other: PostgresDatabase
) -> None:
    async with other.engine.connect() as stopped:
        await stopped.execute(text("SELECT pg_advisory_lock(:number)"), {"number": STREAM.number})
        async with running(two_logs[0]) as one, running(two_logs[1]) as two:
            for number in range(3):
                await one.do(ticket(VisitId(f"a{number}")))
                await two.do(ticket(VisitId(f"b{number}")))
            await one.writer.catch_up()
            assert len(one.writer.state.visits) == 6


async def test_the_turn_of_a_killed_server_ends_with_it(
    two_logs: tuple[SqlEventLog, SqlEventLog], other: PostgresDatabase
) -> None:
    async with running(two_logs[0], limits=PATIENT) as one, other.engine.connect() as killed:
        await killed.execute(text("SELECT pg_advisory_lock(:number)"), {"number": STREAM.number})
        waiting = asyncio.create_task(one.do(ticket(VisitId("v1"))))
        await _until_somebody_waits(other)
        await killed.invalidate()
        assert (await waiting).events


async def test_who_waits_for_a_turn_learns_what_was_missed_and_decides_once(
    two_logs: tuple[SqlEventLog, SqlEventLog], other: PostgresDatabase
) -> None:
    async with running(two_logs[0], limits=PATIENT) as one, running(two_logs[1]) as two:
        await two.do(c.OpenCounter(ONE, STAFF, ANY))
        async with other.engine.connect() as holder:
            await holder.execute(text("SELECT pg_advisory_lock(:number)"), {"number": STREAM.number})
            waiting = asyncio.create_task(one.do(c.CallNext(ONE)))
            await _until_somebody_waits(other)
            # Whoever goes without a turn is judged by the primary key: this is one that was first all the same.
            await two.do(ticket(VisitId("v1")))
            conflicts = one.writer.stats.conflicts
            await holder.invalidate()
        assert (await waiting).events
        assert one.writer.stats.conflicts == conflicts


async def _until_somebody_waits(database: PostgresDatabase) -> None:
    """Wait until a server waits for a lock."""

    def waits(connection: Connection) -> bool:
        return connection.execute(text("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")).scalar_one() is True

    async with asyncio.timeout(60):
        while not await database.run(waits):  # noqa: ASYNC110 - it is another process's
            await asyncio.sleep(0.01)
