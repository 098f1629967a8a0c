"""How right the forecast was, in a town that has judged its days: numbers, a key, and every language and width."""

import pytest
from playwright.sync_api import Page, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.forecast.served_town import ServedTown, TownClient
from tests.queue_server.web.geometry import faults

pytestmark = pytest.mark.timeout(600)


def test_a_manager_reads_how_right_it_was(manager: TownClient) -> None:
    page = manager.get(manager.get("/manager/forecast").one("#to-accuracy")["href"])
    assert page.address.endswith("/manager/accuracy")
    assert page.one("#head").text == "How right it was last week"
    assert "of 100 ranges" in page.one(".lead").text
    assert len(page.all("#all-steps td")) == 8
    # Of eight days the last three had five before them; all of them are of the last week.
    assert len(page.all("tr[id^=day-]")) == 3
    asked = [int(text) for text in page.texts("tr[id^=step-] td:nth-of-type(1) bdi")]
    assert len(asked) > 1
    assert sum(asked) == int(page.one("#all-steps td:nth-of-type(1) bdi").text)


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
