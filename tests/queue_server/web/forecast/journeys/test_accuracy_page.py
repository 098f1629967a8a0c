"""How right the forecast was, in a town that has judged its days: numbers, a key, and every language and width."""

import pytest
from playwright.sync_api import Page, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.forecast.served_town import ServedTown
from tests.queue_server.web.geometry import faults

pytestmark = pytest.mark.timeout(600)


def test_it_is_readable_in_every_language_and_width_and_left_by_a_key(page: Page, learned: ServedTown) -> None:
    found: list[str] = []
    for language in LANGUAGES:
        page.goto(f"{learned.address}/manager/accuracy?lang={language}")
        for width, height in ((1280, 800), (1920, 1080), (640, 480)) if language == "en" else ((1280, 800), (640, 480)):
            page.set_viewport_size({"width": width, "height": height})
            expect(page.locator("#all-steps")).to_be_visible()
            found += [f"{language}, {width}: {one}" for one in faults(page)]
            if language == "en" and width != 1920:
                found += violations(page)
    assert found == []
    expect(page.locator(".when-here").first).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url("**/manager/forecast")
