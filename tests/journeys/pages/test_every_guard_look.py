"""The lock and the second factor in every language and window (with `--all`)."""

import pytest
from playwright.sync_api import Browser

from tests.queue_server.web.journeys.test_lock import lock_faults
from tests.queue_server.web.journeys.test_security_keys import factor_faults
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_second_factor import local
from tests.queue_server.web.walks.public import EVERY_DESK_LOOK

__all__ = ["local"]


def test_the_lock_is_whole(browser: Browser, centre: Centre) -> None:
    found = lock_faults(browser, centre, EVERY_DESK_LOOK)
    assert not found, "\n".join(found)


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("local")
def test_the_pages_of_the_second_factor_are_whole(browser: Browser, request: pytest.FixtureRequest) -> None:
    found = factor_faults(browser, request.getfixturevalue("local"), EVERY_DESK_LOOK)
    assert not found, "\n".join(found)
