import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from queue_server.catalogue import store, toml
from queue_server.database import open_database, parse_url
from queue_server.maintenance import prepare
from tests.queue_server.http.house import House, copy_of, house


def fill(url: URL, data: Path) -> None:
    """Make schema and keys, and set up the demo centres."""
    prepare(url, data)
    setups = [toml.parse(text) for text in store.demo_catalogues()]

    async def set_up() -> None:
        async with open_database(url) as database:
            for setup in setups:
                await database.write(lambda connection, setup=setup: store.save(connection, setup))  # type: ignore[misc]

    asyncio.run(set_up())


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with the demo centres, to be copied."""
    data = tmp_path_factory.mktemp("template") / "data"
    data.mkdir(mode=0o700)
    fill(parse_url(None, data), data)
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
def shared(postgres_url: URL, tmp_path: Path) -> Path:
    """Give the data folder of several servers on one PostgreSQL, with the demo centres."""
    data = tmp_path / "shared"
    data.mkdir(mode=0o700)
    fill(postgres_url, data)
    return data


@pytest.fixture
async def two(postgres_url: URL, shared: Path) -> AsyncIterator[tuple[House, House]]:
    """Run two servers of one database."""
    data, url = shared, postgres_url.render_as_string(hide_password=False)
    async with house(data, url=url) as one, house(data, url=url) as other:
        yield one, other
