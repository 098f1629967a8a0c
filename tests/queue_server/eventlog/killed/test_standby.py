"""A primary whose standby is away: what it alone has is neither answered nor shown (PostgreSQL 18, 26.2.8)."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import URL, Connection, text

from queue_server.database import Database, open_database
from queue_server.database.failures import OutcomeUnknownError
from queue_server.database.settings import DatabaseSettings
from tests.postgres import Postgres

_HASTY = DatabaseSettings(command_timeout_ms=1_000)


def _insert(connection: Connection) -> None:
    connection.execute(text("INSERT INTO stored VALUES (1)"))


def _count(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM stored")).scalar_one())


async def _cancelled(database: Database) -> None:
    """Write, and leave it as somebody does whose server stops."""
    writing = asyncio.create_task(database.write(_insert))
    await asyncio.sleep(1)
    writing.cancel()
    await asyncio.wait([writing])
    raise OutcomeUnknownError


@pytest.mark.parametrize("store", [lambda one: one.write(_insert), lambda one: one.write_at_once(_insert), _cancelled])
async def test_what_no_standby_has_is_not_seen(
    postgres: Postgres, postgres_url: URL, store: Callable[[Database], Awaitable[None]]
) -> None:
    assert postgres_url.database is not None
    await asyncio.to_thread(postgres.sql, "CREATE TABLE stored (number integer)", postgres_url.database)
    async with open_database(postgres_url, _HASTY) as hasty, open_database(postgres_url) as patient:
        await asyncio.to_thread(postgres.configure, "synchronous_standby_names", "away")
        try:
            with pytest.raises(OutcomeUnknownError):
                await store(hasty)
            assert await patient.run(_count) == 0
        finally:
            await asyncio.to_thread(postgres.configure, "synchronous_standby_names", None)
        # It waits there for whoever shall have it too, and is stored for everybody then.
        async with asyncio.timeout(60):
            while not await patient.run(_count):  # noqa: ASYNC110 - the database's own doing
                await asyncio.sleep(0.05)
