from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
import pytest_asyncio

from queue_server.framework.rooms import RoomCollection
from queue_server.lockers.settings import LockerRules
from queue_server.rooms import ROOMS
from tests.queue_server.house import QUICK, House, house
from tests.queue_server.lockers.claim_room import ROOM


def claiming(data: Path) -> AbstractAsyncContextManager[House]:
    """Run a server with the demo centres, and with routes by which a test claims."""
    return house(data, QUICK.but(LockerRules(poll_s=0.05)), rooms=RoomCollection((*ROOMS, ROOM)))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server_of_module(data_of_module: Path) -> AsyncIterator[House]:
    async with claiming(data_of_module) as running:
        yield running


@pytest.fixture
async def _own_house(data: Path) -> AsyncIterator[House]:
    async with claiming(data) as running:
        yield running
