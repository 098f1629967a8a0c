from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Server, init

#: Nothing goes out: no updates, no reports; the machine of a test has no other network either.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the data folder that every server starts from."""
    data = tmp_path_factory.mktemp("template") / "data"
    init(data)
    return data


@pytest.fixture
def server(template: Path, tmp_path: Path) -> Iterator[Server]:
    with Server(template, tmp_path / "data") as started:
        yield started


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Desk]:
    """Give a browser in which Ines Moreau sits at counter 3, open."""
    with Desk(browser, server) as seated:
        seated.sign_in("ines.moreau", "3")
        seated.open()
        yield seated
