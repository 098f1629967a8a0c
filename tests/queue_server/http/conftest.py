import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

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


@pytest.fixture
async def two(postgres_url: URL, tmp_path: Path) -> AsyncIterator[tuple[House, House]]:
    """Run two servers with the demo centres on one PostgreSQL, with one data folder."""
    data, url = tmp_path / "shared", postgres_url.render_as_string(hide_password=False)
    data.mkdir(mode=0o700)
    await asyncio.to_thread(prepare, postgres_url, data)
    async with open_database(postgres_url) as database:
        for text in store.demo_catalogues():
            await database.write(lambda connection, text=text: store.import_catalogue(connection, text))  # type: ignore[misc]
    async with house(data, url=url) as one, house(data, url=url) as other:
        yield one, other
