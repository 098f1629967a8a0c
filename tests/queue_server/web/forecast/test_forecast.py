"""The hours ahead in Chromium, in a town that has learned: keys, bars that are moved, and both directions.

What the page says of what is tried is in ``test_what_if.py``, without a browser.
"""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, Request, expect

from tests.queue_server.web.forecast.served_town import ServedTown

pytestmark = pytest.mark.timeout(600)


def look(page: Page, town: ServedTown, query: str = "", language: str = "en") -> None:
    page.goto(f"{town.address}/manager/forecast?lang={language}&{query}")
    expect(page.locator("#head")).to_be_visible()


def live(page: Page) -> None:
    expect(page.locator(".when-here")).to_be_visible()


def edge(page: Page) -> str:
    """Name the last edge of the first bar: until closing, at four o'clock."""
    last = page.locator(".ahead-row .edge[aria-valuetext='16:00']").first
    return last.get_attribute("id") or ""


def test_an_edge_is_moved_with_keys_and_stays_moved(page: Page, learned: ServedTown) -> None:
    look(page, learned)
    live(page)
    ident = edge(page)
    page.locator(f"[id='{ident}']").focus()
    page.keyboard.press("ArrowLeft")
    moved = page.locator(f"[id='{ident}']")
    expect(moved).to_have_attribute("aria-valuetext", "15:45")
    expect(moved).to_be_focused()
    expect(page.locator(".ahead-changes li")).to_contain_text("15:45\N{EN DASH}16:00")
    assert "change=away" in page.url
    expect(page.locator(".band-tried")).to_have_count(1)
    page.reload()
    expect(page.locator(f"[id='{ident}']")).to_have_attribute("aria-valuetext", "15:45")
    live(page)
    page.keyboard.press("k")
    expect(page.locator("#keep-name")).to_be_focused()
    page.keyboard.type("Early end")
    page.keyboard.press("Enter")
    expect(page.locator(".ahead-made li", has_text="Early end")).to_contain_text("kept at 11:00")
    live(page)
    page.locator("#head").focus()
    page.keyboard.press("r")
    expect(page.locator(".ahead-changes li")).to_have_count(0)
    # A plan stays beside while an edge is moved.
    page.get_by_role("link", name=re.compile("Lay it beside ?: Early end")).click()
    page.wait_for_url("**beside=**")
    live(page)
    page.locator(f"[id='{edge(page)}']").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".ahead-changes li")).to_have_count(1)
    assert "beside=" in page.url
    page.get_by_role("button", name=re.compile("Forget it ?: Early end")).click()
    expect(page.locator(".ahead-made li", has_text="Early end")).to_have_count(0)


def test_of_many_presses_one_question_is_under_way_at_a_time(page: Page, learned: ServedTown) -> None:
    look(page, learned)
    live(page)
    ident = edge(page)
    under_way, most, asked = 0, 0, list[str]()

    def note(request: Request) -> None:
        nonlocal under_way, most
        if "/forecast/waiting?" in request.url:
            under_way += 1
            most = max(most, under_way)
            asked.append(unquote(request.url))

    def ended(request: Request) -> None:
        nonlocal under_way
        under_way -= "/forecast/waiting?" in request.url

    page.on("request", note)
    page.on("requestfinished", ended)
    page.locator(f"[id='{ident}']").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(f"[id='{ident}']")).to_have_attribute("aria-valuetext", "14:00")
    expect(page.locator(".ahead-changes li")).to_contain_text("14:00\N{EN DASH}16:00")
    expect(page.locator(f"[id='{ident}']")).to_be_focused()
    assert most == 1
    places = [int(one.rpartition("~")[2]) for one in asked]
    assert places
    assert places == sorted(set(places), reverse=True)
