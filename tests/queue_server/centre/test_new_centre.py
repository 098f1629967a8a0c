"""A centre that is set up while the server runs begins once, whoever finds it first."""

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


async def test_two_who_find_a_new_centre_at_once_begin_it_once(data: Path) -> None:
    """Clients follow the first one: what happened in a second one they would never hear."""
    async with house(data) as here:
        centres = here.server[Centres]
        await centres.task.stop()
        text = await asyncio.to_thread(_copy_of_demo)
        await here.server.log.write(lambda connection: store.import_catalogue(connection, text))
        looking = [asyncio.create_task(centres.refresh()) for _ in range(2)]
        await asyncio.wait(looking, return_when=asyncio.FIRST_COMPLETED)
        begun = centres[NEW]
        await asyncio.gather(*looking)
        assert centres[NEW] is begun
