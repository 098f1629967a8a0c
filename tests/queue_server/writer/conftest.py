from collections.abc import AsyncIterator

import pytest
from sqlalchemy import URL

from queue_server.database import Database, DatabaseSettings, open_database
from queue_server.eventlog.sqlalchemy_log import SqlEventLog

SETTINGS = DatabaseSettings(poll_ms=100, relisten_ms=20, relisten_max_ms=100)


@pytest.fixture
async def database(database_url: URL) -> AsyncIterator[Database]:
    async with open_database(database_url, SETTINGS) as opened:
        yield opened


@pytest.fixture
async def log(database: Database) -> AsyncIterator[SqlEventLog]:
    async with SqlEventLog(database, SETTINGS) as started:
        yield started


@pytest.fixture
async def two_logs(postgres_url: URL) -> AsyncIterator[tuple[SqlEventLog, SqlEventLog]]:
    """Two servers on one PostgreSQL database, each with connections of its own."""
    async with (
        open_database(postgres_url, SETTINGS) as first,
        open_database(postgres_url, SETTINGS) as second,
        SqlEventLog(first, SETTINGS) as one,
        SqlEventLog(second, SETTINGS) as two,
    ):
        yield one, two
