"""A kiosk whose disk fills tells managers before it is full, and that it is well again."""

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.kit import fonts
from kiosk.settings import StorageSettings
from kiosk.store.storage import Storage
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import SETTINGS, stand
from tests.kiosk.app.test_app import enrol
from tests.kiosk.listeners import Codes
from tests.kiosk.small_disk import fill, small_disk_of

RULES = StorageSettings(free_mib=4, poll_s=0.02)


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


async def test_low_room_is_told_once_and_so_is_its_end(tmp_path: Path) -> None:
    told = Codes()
    async with small_disk_of(tmp_path, 8192) as disk:
        watching = asyncio.create_task(Storage(disk, RULES, told).task.run())
        await asyncio.sleep(0.1)
        assert told == []
        junk = await asyncio.to_thread(fill, disk, 2048)
        await until(lambda: told == ["kiosk-disk-low"])
        await asyncio.to_thread(junk.unlink)
        await until(lambda: told == ["kiosk-disk-low", ""])
        watching.cancel()
        await asyncio.wait([watching])


async def test_the_centre_hears_of_it(tmp_path: Path) -> None:
    settings = replace(SETTINGS, storage=RULES)
    async with (
        Centre() as centre,
        small_disk_of(tmp_path, 16_384) as disk,
        stand(disk, centre.url, settings=settings) as kiosk,
    ):
        await enrol(kiosk)
        junk = await asyncio.to_thread(fill, disk, 2048)

        def parts() -> list[tuple[str, str]]:
            return [] if centre.status is None else [(one.name, one.code) for one in centre.status.parts]

        await until(lambda: ("disk", "kiosk-disk-low") in parts())
        await asyncio.to_thread(junk.unlink)
        await until(lambda: centre.status is not None and ("disk", "kiosk-disk-low") not in parts())
