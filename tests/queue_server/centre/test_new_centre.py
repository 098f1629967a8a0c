"""A centre that is set up while the server runs is started once."""

import asyncio
from pathlib import Path

import msgspec

from queue_server.catalogue import store, toml
from queue_server.centre.centres import Centres
from queue_server.domain.values import CentreId
from tests.queue_server.house import house

NEW = CentreId("new")


def _copy_of_demo() -> str:
    demo = toml.parse(store.demo_catalogues()[0])
    return toml.write(msgspec.structs.replace(demo, centre=msgspec.structs.replace(demo.centre, id=NEW)))


async def test_two_lookups_at_once_start_a_new_centre_once(data: Path) -> None:
    """Clients would follow the first of two, and the events would go to the second."""
    async with house(data) as here:
        centres = here.server[Centres]
        await centres.task.stop()
        text = await asyncio.to_thread(_copy_of_demo)
        await here.server.log.write(lambda connection: store.import_catalogue(connection, text))
        looking = [asyncio.create_task(centres.refresh()) for _ in range(2)]
        await asyncio.wait(looking, return_when=asyncio.FIRST_COMPLETED)
        started = centres[NEW]
        await asyncio.gather(*looking)
        assert centres[NEW] is started
