from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from queue_server.accounts.passwords import Passwords
from queue_server.database import DatabaseSettings, open_database, parse_url
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.accounts.helpers import QUICK
from tests.queue_server.conftest import data, shared_template, shared_url, template  # noqa: F401 - fixtures


@pytest.fixture
def data_url(data: Path) -> URL:  # noqa: F811 - a fixture
    return parse_url(None, data)


@pytest.fixture(params=["data_url", "shared_url"], ids=["sqlite", "postgres"])
def demo_url(request: pytest.FixtureRequest) -> URL:
    """Run the test on both databases, each with the demo's centres set up."""
    url: URL = request.getfixturevalue(request.param)
    return url


@pytest.fixture
async def log(demo_url: URL) -> AsyncIterator[SqlEventLog]:
    settings = DatabaseSettings()
    async with open_database(demo_url, settings) as database, SqlEventLog(database, settings) as started:
        yield started


@pytest.fixture
async def passwords() -> AsyncIterator[Passwords]:
    threads = Passwords(QUICK)
    yield threads
    threads.close()
