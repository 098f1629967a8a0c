"""Pages of information are kept before they are shown: what somebody has seen is there without the server, too."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kiosk.journey.events import InformationChanged
from kiosk.link.information import InformationShelf
from kiosk.store.data import DataFolder
from queue_server.contract.client import ApiClient
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import house

CENTRE = "demo"


class Now:
    def now(self) -> datetime:
        return datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


class Disk(DataFolder):
    """Notes in ``order`` what was kept."""

    def __init__(self, path: Path, order: list[object]) -> None:
        super().__init__(path)
        self._order = order

    def write(self, name: str, value: msgspec.Struct) -> None:
        super().write(name, value)
        self._order.append(name)


class Screen:
    """Notes in ``order`` what is shown."""

    def __init__(self, order: list[object]) -> None:
        self._order = order

    def post(self, event: object) -> None:
        self._order.append(event)


async def test_what_is_shown_is_kept(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    order: list[object] = []
    disk, screen = await asyncio.to_thread(Disk, tmp_path / "kiosk", order), Screen(order)
    async with house(data) as server:
        code = await server.enrol_code("kiosk")
        async with ApiClient(server.address, None) as stranger:
            token = (await stranger.enrol(code)).token
        async with ApiClient(server.address, token) as client:
            await InformationShelf(Now(), disk, screen).refresh(client, CENTRE)
    kept, shown = order
    assert kept == "information.json"
    assert isinstance(shown, InformationChanged)
    assert await InformationShelf(Now(), disk, screen).load() == shown.information
