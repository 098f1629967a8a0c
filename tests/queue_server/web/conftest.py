from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from queue_server.domain.values import CentreId
from tests.queue_server.web.chromium import chromium
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reception_desk import receive
from tests.queue_server.web.server import CENTRES, LARGE, Centre, Server


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let tests wait: the server is another process, and the loop of this thread is the browser's remote control."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server") / "data") as started:
        yield started


@pytest.fixture
def server(process: Server) -> Iterator[Server]:
    """Give the server, running; a test may stop it."""
    process.start()
    yield process
    process.start()


@pytest.fixture(scope="session")
def unused() -> Iterator[CentreId]:
    return iter(CENTRES[: CENTRES.index(LARGE)])


@pytest.fixture
def centre(server: Server, unused: Iterator[CentreId]) -> Centre:
    """Give a centre that no test has used."""
    return Centre(server, next(unused))


@pytest.fixture
def desk(browser: Browser, centre: Centre) -> Iterator[Desk]:
    """Give a browser in which Ines Moreau sits at counter 3, open."""
    with Desk(browser, centre) as seated:
        seated.sign_in("ines.moreau", "3")
        seated.open()
        yield seated


@pytest.fixture
def reception(browser: Browser, centre: Centre) -> Iterator[Desk]:
    with Desk(browser, centre) as desk:
        receive(desk)
        yield desk
