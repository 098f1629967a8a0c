from collections.abc import AsyncIterator

import pytest
from sqlalchemy import URL

from queue_server.database import DatabaseSettings, open_database
from queue_server.eventlog.sqlalchemy_log import SqlEventLog


@pytest.fixture
async def log(database_url: URL) -> AsyncIterator[SqlEventLog]:
    settings = DatabaseSettings()
    async with open_database(database_url, settings) as database, SqlEventLog(database, settings) as started:
        yield started
