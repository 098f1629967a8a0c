import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import URL

from queue_server.catalogue import store, toml
from queue_server.database import open_database, parse_url
from queue_server.domain.values import now_micros
from queue_server.framework.rooms import RoomCollection
from queue_server.information import store as information
from queue_server.maintenance import prepare
from queue_server.rooms import ROOMS
from tests.once import made_once
from tests.postgres import Postgres
from tests.queue_server import compiled_statements, parsed_catalogues
from tests.queue_server.house import House, copy_of, house
from tests.queue_server.shared_house import fresh_centre

compiled_statements.share()
parsed_catalogues.share()


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
def template() -> Path:
    """Give a data folder with the demo centres, to be copied."""

    def make(folder: Path) -> None:
        data = folder / "data"
        data.mkdir(mode=0o700)
        fill(parse_url(None, data), data)

    return made_once("demo-centres", make) / "data"


@pytest.fixture
def data(template: Path, tmp_path: Path) -> Path:
    return copy_of(template, tmp_path / "data")


@pytest.fixture
def here(request: pytest.FixtureRequest) -> House:
    """Give a server with the demo centres; in the loop of the module, a fresh centre of the server of the module."""
    given: House = request.getfixturevalue("fresh_house" if _in_loop_of_module(request) else "_own_house")
    return given


@pytest.fixture
def own_house(request: pytest.FixtureRequest) -> House:
    """Run a server with the demo centres for this test alone."""
    given: House = request.getfixturevalue("_own_house_in_loop" if _in_loop_of_module(request) else "_own_house")
    return given


def _in_loop_of_module(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("asyncio")
    return marker is not None and marker.kwargs.get("loop_scope") == "module"


@pytest.fixture
async def _own_house(data: Path) -> AsyncIterator[House]:
    async with house(data) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def _own_house_in_loop(data: Path) -> AsyncIterator[House]:
    async with house(data) as running:
        yield running


@pytest.fixture(scope="module")
def data_of_module(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    data = copy_of(template, tmp_path_factory.mktemp("module") / "data")
    yield data
    shutil.rmtree(data)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server_of_module(data_of_module: Path) -> AsyncIterator[House]:
    """Run a server with the demo centres for all tests of a module: see ``shared_house``."""
    async with house(data_of_module) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def fresh_house(server_of_module: House) -> House:
    """Give the server of this module, as seen from a centre that no other test has used."""
    return await fresh_centre(server_of_module)


@pytest.fixture(scope="session")
def shared_template(postgres: Postgres) -> tuple[Path, str]:
    """Give a data folder and the name of a PostgreSQL database with the demo centres, to be copied."""

    def make(folder: Path) -> None:
        data, name = folder / "data", postgres.create_database()
        data.mkdir(mode=0o700)
        fill(postgres.url(name), data)
        (folder / "name").write_text(name)

    made = made_once("demo-centres-on-postgres", make)
    return made / "data", (made / "name").read_text()


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
