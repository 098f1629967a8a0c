from collections.abc import AsyncIterator

import pytest
from sqlalchemy import URL

from queue_server.accounts.passwords import Passwords
from queue_server.catalogue import store as catalogue
from queue_server.database import DatabaseSettings, open_database
from queue_server.log.sqlalchemy_log import SqlEventLog
from tests.queue_server.accounts.helpers import QUICK

CENTRES = catalogue.demo_catalogues()


@pytest.fixture
async def log(database_url: URL) -> AsyncIterator[SqlEventLog]:
    """Give a database in which the demo's centres are set up."""
    settings = DatabaseSettings()
    async with open_database(database_url, settings) as database, SqlEventLog(database, settings) as started:
        await started.write(lambda connection: [catalogue.import_catalogue(connection, text) for text in CENTRES])
        yield started


@pytest.fixture
async def passwords() -> AsyncIterator[Passwords]:
    threads = Passwords(QUICK)
    yield threads
    threads.close()
