from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.queue_server.web.manager.manager_client import ManagerClient
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.server import Centre


@pytest.fixture
def office(browser: Browser, centre: Centre) -> Iterator[Office]:
    """Give a browser in which Elin Marsh looks at her centre."""
    with Office(browser, centre) as opened:
        opened.look()
        yield opened


@pytest.fixture
def manager(centre: Centre) -> Iterator[ManagerClient]:
    """Sign Elin Marsh in at her centre, without a browser: the counterpart of ``office``."""
    with ManagerClient(centre) as signed_in:
        signed_in.look()
        yield signed_in
