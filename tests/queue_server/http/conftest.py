import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from queue_server.catalogue import store
from queue_server.database import open_database, parse_url
from queue_server.maintenance import prepare
from tests.queue_server.http.house import House, copy_of, house


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with the demo centres, to be copied."""
    data = tmp_path_factory.mktemp("template") / "data"
    data.mkdir(mode=0o700)
    url = parse_url(None, data)
    prepare(url, data)

    async def fill() -> None:
        async with open_database(url) as database:
            for text in store.demo_catalogues():
                await database.write(lambda connection, text=text: store.import_catalogue(connection, text))  # type: ignore[misc]

    asyncio.run(fill())
    return data


@pytest.fixture
def data(template: Path, tmp_path: Path) -> Path:
    return copy_of(template, tmp_path / "data")


@pytest.fixture
async def here(data: Path) -> AsyncIterator[House]:
    """Run a server with the demo centres."""
    async with house(data) as running:
        yield running
