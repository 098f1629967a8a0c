"""Servers that answer every proof at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import URL

from tests.queue_server.collection.people import AT_ONCE
from tests.queue_server.house import House, house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server_of_module(data_of_module: Path) -> AsyncIterator[House]:
    """Run a server for all tests of a module."""
    async with house(data_of_module, AT_ONCE) as running:
        yield running


@pytest.fixture
async def two(shared_url: URL, shared: Path) -> AsyncIterator[tuple[House, House]]:
    """Run two servers of one database."""
    data, url = shared, shared_url.render_as_string(hide_password=False)
    async with house(data, AT_ONCE, url=url) as one, house(data, AT_ONCE, url=url) as other:
        yield one, other
