"""Every page as axe-core sees it, in every language."""

import pytest
from playwright.sync_api import Browser

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        '<html lang="en"><title>x</title><main><h1>x</h1><button></button><p style="color:#ccc">pale words</p>'
    )
    assert {found.split(":")[0] for found in violations(page)} >= {"button-name", "color-contrast"}
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_in(browser: Browser, centre: Centre, language: str) -> None:
    with Desk(browser, centre, language=language) as desk:
        desk.go("/sign-in")
        assert violations(desk.page) == []
        desk.enter("ines.moreau")
        assert violations(desk.page) == []
