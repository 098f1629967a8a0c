"""Checks with axe-core, and of pages at twice their size, find what is wrong; they find nothing where one signs in.

States of the pages behind are walked past in ``test_walk``.
"""

from playwright.sync_api import Browser

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.geometry import unreachable
from tests.queue_server.web.server import Centre


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        '<html lang="en"><title>x</title><main><h1>x</h1><button></button><p style="color:#ccc">pale words</p>'
    )
    assert {found.split(":")[0] for found in violations(page)} >= {"button-name", "color-contrast"}
    page.close()


def test_signing_in(browser: Browser, centre: Centre) -> None:
    """In the language that is written from right to left, with the words of that language in every label."""
    with Desk(browser, centre, language="ar") as desk:
        desk.go("/sign-in")
        assert desk.page.locator("html").get_attribute("dir") == "rtl"
        assert violations(desk.page) == []
        desk.enter("ines.moreau")
        assert violations(desk.page) == []


SIZES = ((1280, 720), (1440, 900), (1920, 1080))


def large_letters(desk: Desk) -> None:
    """Check the page at twice its size: it scrolls one way alone, and every control can be reached."""
    desk.page.set_viewport_size({"width": 720, "height": 450})
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 720
    assert unreachable(desk.page) == []
    desk.page.set_viewport_size({"width": 1440, "height": 900})
