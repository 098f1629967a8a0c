"""How often an append waits for PostgreSQL: counted in what PostgreSQL itself logs of the statements it was asked.

A busy centre appends many times a second, and its database may be another machine: each answer is waited for.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from itertools import groupby

import pytest
from sqlalchemy import URL, Connection, text

from queue_server.database import Database, open_database
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.port import Append
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.postgres import Postgres
from tests.queue_server.eventlog.conftest import SETTINGS, end_of, event

#: Process and text of a statement. One that is executed with several sets of values is sent at once.
_STATEMENT = re.compile(r"^.*\[(\d+)\] LOG:  (?:execute ([^:]+)|statement): (.*)$", re.MULTILINE)


@pytest.fixture
async def logged(postgres: Postgres, postgres_url: URL) -> AsyncIterator[Database]:
    statement = f"ALTER DATABASE {postgres_url.database} SET log_statement = 'all'"
    await asyncio.to_thread(postgres.sql, statement)
    async with open_database(postgres_url, SETTINGS) as database:
        yield database


def length(postgres: Postgres) -> int:
    return (postgres.folder / "log").stat().st_size


async def asked(postgres: Postgres, since: int) -> list[str]:
    """List what was asked by all connections; nothing else uses this PostgreSQL meanwhile."""
    found = (await asyncio.to_thread((postgres.folder / "log").read_bytes))[since:].decode()
    # What is executed again and again without another statement between was sent in one go.
    return [said.split()[0].rstrip(";") for (_, _, said), _ in groupby(_STATEMENT.findall(found))]


async def test_an_append_waits_for_one_answer(postgres: Postgres, logged: Database) -> None:
    log = SqlEventLog(logged, SETTINGS)
    # Statements are prepared when they are used first.
    first = await log.commit([Append("queue/a/1", EMPTY, (event("c1"),))])
    since = await asyncio.to_thread(length, postgres)
    await log.commit([Append("queue/a/1", end_of(first), tuple(event(f"d{number}") for number in range(8)))])
    assert await asked(postgres, since) == ["WITH"]


async def test_an_append_with_rows_waits_for_three_answers_and_those_to_its_rows(
    postgres: Postgres, logged: Database
) -> None:
    log = SqlEventLog(logged, SETTINGS)

    def rows(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = version_num"))

    first = await log.commit([Append("queue/a/1", EMPTY, (event("c1"),))], rows)
    since = await asyncio.to_thread(length, postgres)
    await log.commit([Append("queue/a/1", end_of(first), (event("c2"),))], rows)
    assert await asked(postgres, since) == ["BEGIN", "WITH", "UPDATE", "COMMIT"]


async def test_two_streams_are_appended_to_in_one_answer(postgres: Postgres, logged: Database) -> None:
    log = SqlEventLog(logged, SETTINGS)
    both = [Append("payment/a", EMPTY, (event("c1"),)), Append("queue/a/1", EMPTY, (event("c1"),))]
    ends = {one.stream: end_of([one]) for one in await log.commit(both)}
    since = await asyncio.to_thread(length, postgres)
    stored = await log.commit([Append(stream, end, (event("c2"), event("c2"))) for stream, end in ends.items()])
    assert await asked(postgres, since) == ["WITH"]
    places = [one.position for one in stored]
    assert places == sorted(set(places))
    assert stored == [one for stream in ends for one in (await log.read(stream))[1:]]
