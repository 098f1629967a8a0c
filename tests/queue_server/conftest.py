import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from queue_server.catalogue import store, toml
from queue_server.database import open_database, parse_url
from queue_server.domain.values import now_micros
from queue_server.framework.rooms import RoomCollection
from queue_server.information import store as information
from queue_server.maintenance import prepare
from queue_server.rooms import ROOMS
from tests.postgres import Postgres
from tests.queue_server.house import House, copy_of, house


def fill(url: URL, data: Path) -> None:
    """Make schema and keys, and set up the demo centres."""
    rooms = RoomCollection(ROOMS)
    prepare(url, data, rooms.migrations, rooms.aggregates)
    setups, pages = [toml.parse(text) for text in store.demo_catalogues()], information.demo_pages()

    async def set_up() -> None:
        async with open_database(url) as database:
            for setup in setups:
                await database.write(lambda connection, setup=setup: store.save(connection, setup))  # type: ignore[misc]
            await database.write(lambda connection: information.import_demo(connection, pages, now_micros()))

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


@pytest.fixture(scope="session")
def shared_template(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Give a data folder and the name of a PostgreSQL database with the demo centres, to be copied."""
    data, name = tmp_path_factory.mktemp("shared-template") / "data", postgres.create_database()
    data.mkdir(mode=0o700)
    fill(postgres.url(name), data)
    return data, name


@pytest.fixture
def shared(shared_template: tuple[Path, str], tmp_path: Path) -> Path:
    """Give the data folder of several servers on one PostgreSQL."""
    return copy_of(shared_template[0], tmp_path / "shared")


@pytest.fixture
def shared_url(shared_template: tuple[Path, str], postgres: Postgres) -> Iterator[URL]:
    """Give their database, with the demo centres."""
    name = postgres.create_database(shared_template[1])
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture
async def two(shared_url: URL, shared: Path) -> AsyncIterator[tuple[House, House]]:
    """Run two servers of one database."""
    data, url = shared, shared_url.render_as_string(hide_password=False)
    async with house(data, url=url) as one, house(data, url=url) as other:
        yield one, other
