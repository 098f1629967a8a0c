"""Servers that answer every code and PIN at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from queue_server.forms.settings import FormRules
from tests.queue_server.house import QUICK, House, house

AT_ONCE = QUICK.but(FormRules(answer_ms=0))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server_of_module(data_of_module: Path) -> AsyncIterator[House]:
    """Run a server for all tests of a module."""
    async with house(data_of_module, AT_ONCE) as running:
        yield running


@pytest.fixture
async def _own_house(data: Path) -> AsyncIterator[House]:
    async with house(data, AT_ONCE) as running:
        yield running
