"""The hours ahead in Chromium, in a town that has learned: keys, bars that are moved, and both directions.

What the page says of what is tried is in ``test_what_if.py``, without a browser.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.forecast.served_town import ServedTown
from tests.queue_server.web.forecast.test_forecast import edge, live, look
from tests.queue_server.web.walks.public import Looks, faults_in

#: Where pictures are left for whoever wants to see them.
PICTURES = os.environ.get("FORECAST_PICTURES", "")


pytestmark = pytest.mark.timeout(600)


def place_of(page: Page, ident: str) -> tuple[float, float, float]:
    """Say where an edge is, across and down, and how wide a minute of its row is."""
    hit = page.locator(f"[id='{ident}'] .edge-hit").bounding_box()
    row = page.locator(".ahead-bars").first.bounding_box()
    assert hit is not None
    assert row is not None
    return hit["x"] + hit["width"] / 2, hit["y"] + hit["height"] / 2, row["width"] / 300


def test_an_edge_is_dragged_and_the_band_moves_with_it(page: Page, learned: ServedTown) -> None:
    """Before it is let go the band is there, the bar ends under the hand, and nothing is written in the address."""
    look(page, learned)
    live(page)
    ident = edge(page)
    across, down, minute = place_of(page, ident)
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across - 60 * minute, down)
    expect(page.locator(".band-tried")).to_have_count(1)
    first = page.locator(".band-tried").get_attribute("points")
    expect(page.locator(f"[id='{ident}'] .edge-time")).to_have_text("15:00")
    expect(page.locator(f"[id='{ident}'] .edge-time")).to_be_visible()
    page.mouse.move(across - 240 * minute, down)
    expect(page.locator(".band-tried")).not_to_have_attribute("points", first or "")
    # What is drawn anew by time waits until the hand is off.
    page.evaluate("htmx.trigger(document.getElementById('page'), 'live:refresh')")
    assert "change" not in page.url
    expect(page.locator(".ahead-changes")).to_have_count(0)
    # Back where it was, and let go: nothing is tried.
    page.mouse.move(across, down)
    page.mouse.up()
    expect(page.locator(".band-tried")).to_have_count(0)
    assert "change" not in page.url
    # Three fifths of the five hours until closing: two o'clock.
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across - 120 * minute, down, steps=4)
    page.mouse.up()
    expect(page.locator(f"[id='{ident}']")).to_have_attribute("aria-valuetext", "14:00")
    expect(page.locator(".ahead-changes li")).to_contain_text("14:00\N{EN DASH}16:00")


def kept(page: Page, town: ServedTown) -> str:
    """Keep a plan, try something else, and lay the plan beside it; give what the address says then."""
    look(page, town, "change=everybody")
    page.get_by_role("link", name="One more counter for Check your papers", exact=True).click()
    page.locator("#keep-name").fill("One more, and everybody comes")
    page.locator("#keep-form button").click()
    page.locator("#make-1").wait_for()
    page.locator(".ahead-changes a").first.click()
    page.get_by_role("link", name=re.compile("Lay it beside ?: One more, and everybody comes")).click()
    page.wait_for_url("**beside=**")
    return urlsplit(page.url).query


USUAL, WIDE, NARROW = (1280, 800), (1920, 1080), (640, 480)


def test_everybody_can_read_it(page: Page, learned: ServedTown) -> None:
    """One browser walks through all parts; axe-core judges each part once."""
    assert faults_of_forecast(page, learned, {"ar": (USUAL,), "en": (USUAL, NARROW)}) == []


def faults_of_forecast(page: Page, learned: ServedTown, looks: Looks) -> list[str]:
    found: list[str] = []
    for query in ("", "part=week", f"step=papers&{kept(page, learned)}"):
        # What nobody has tried is a part of what somebody has.
        for language in looks if query else ("en",):
            look(page, learned, query, language)
            live(page)
            if language == "en":
                found += violations(page)
            found += faults_in(page, f"{query}, {language}", looks[language])
            page.set_viewport_size({"width": 1440, "height": 900})
            if PICTURES and "beside" in query:
                page.screenshot(path=Path(PICTURES) / f"beside-{language}.png", full_page=True)
    return found
