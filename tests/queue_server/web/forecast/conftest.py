from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.queue_server.web.forecast.served_town import ServedTown, TownClient, served_town


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedTown]:
    """Run the server of a town that has learned from two weeks, and judged what it forecast."""
    with served_town(tmp_path_factory.mktemp("town") / "data") as town:
        yield town


@pytest.fixture
def page(browser: Browser, learned: ServedTown) -> Iterator[Page]:
    """Give a browser in which the town's manager is signed in."""
    with_script = learned.open(browser)
    yield with_script
    with_script.context.close()


@pytest.fixture
def manager(learned: ServedTown) -> Iterator[TownClient]:
    """Give the town's manager without a browser."""
    with learned.client() as signed_in:
        yield signed_in
