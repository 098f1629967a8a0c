from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from queue_server.framework.rooms import RoomCollection
from queue_server.lockers.settings import LockerRules
from queue_server.rooms import ROOMS
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import QUICK, House, house
from tests.queue_server.lockers.claim_room import ROOM


@pytest.fixture
async def here(data: Path) -> AsyncIterator[House]:  # noqa: F811 - a fixture
    """Run a server with the demo centres, and with routes by which a test claims."""
    async with house(data, QUICK.but(LockerRules(poll_s=0.05)), rooms=RoomCollection((*ROOMS, ROOM))) as running:
        yield running
