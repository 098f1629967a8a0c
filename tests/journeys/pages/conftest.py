from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.queue_server.web.chromium import chromium
from tests.queue_server.web.server import CENTRES, Centre, Server
from tests.queue_server.web.walks.walk import SMALLEST, Walker


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let tests wait: the server is another process, and the loop of this thread is the browser's remote control."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("pages") / "data", centres=CENTRES[-60:]) as started:
        yield started


@pytest.fixture
def centre(server: Server) -> Centre:
    """Give a centre that no test has used."""
    return Centre(server, server.unused.popleft())


@pytest.fixture(scope="module")
def walker(browser: Browser, server: Server) -> Iterator[Walker]:
    with Walker(browser, Centre(server, server.unused[0]), size=SMALLEST) as walker:
        yield walker
