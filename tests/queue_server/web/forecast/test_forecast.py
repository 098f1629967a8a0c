"""The hours ahead in Chromium, in a town that has learned: advice, bars that are moved, a form, the coming week."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.forecast.served_town import ServedTown, served_town
from tests.queue_server.web.geometry import faults

#: Where pictures are left for whoever wants to see them.
PICTURES = os.environ.get("FORECAST_PICTURES", "")

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedTown]:
    with served_town(tmp_path_factory.mktemp("town") / "data") as town:
        yield town


@pytest.fixture
def page(browser: Browser, learned: ServedTown) -> Iterator[Page]:
    with_script = learned.open(browser)
    yield with_script
    with_script.context.close()


def look(page: Page, town: ServedTown, query: str = "", language: str = "en") -> None:
    page.goto(f"{town.address}/manager/forecast?lang={language}&{query}")
    expect(page.locator("#head")).to_be_visible()


def live(page: Page) -> None:
    expect(page.locator(".when-here")).to_be_visible()


def edge(page: Page) -> str:
    """Name the last edge of the first bar: until closing, at four o'clock."""
    last = page.locator(".ahead-row .edge[aria-valuetext='16:00']").first
    return last.get_attribute("id") or ""


def test_advice_is_followed_and_what_comes_of_it_is_shown(page: Page, learned: ServedTown) -> None:
    look(page, learned)
    expect(page.locator("#advice-0")).to_have_text(re.compile(r"Open one more counter for .+ by \d\d:\d\d\."))
    expect(page.locator(".ahead-advice").first).to_contain_text("Why: ")
    before = page.locator(".ahead-table").first.inner_text()
    page.locator("#try-advice-0").click()
    page.wait_for_url("**change=more~papers~**")
    expect(page.locator(".band-tried")).to_have_count(1)
    expect(page.locator(".ahead-changes li")).to_have_count(1)
    after = page.locator(".ahead-table").first.locator("tbody tr").nth(1).locator("td")
    planned, tried, better = (int(re.findall(r"\d+", one)[0]) for one in after.all_inner_texts())
    assert tried < planned, before
    assert better == planned - tried
    page.locator(".ahead-changes a").click()
    expect(page.locator(".band-tried")).to_have_count(0)


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
    page.locator("#anew").click()
    expect(page.locator(".ahead-changes li")).to_have_count(0)


def place_of(page: Page, ident: str) -> tuple[float, float, float]:
    """Say where an edge is, across and down, and how wide a minute of its row is."""
    hit = page.locator(f"[id='{ident}'] .edge-hit").bounding_box()
    row = page.locator(".ahead-bars").first.bounding_box()
    assert hit is not None
    assert row is not None
    return hit["x"] + hit["width"] / 2, hit["y"] + hit["height"] / 2, row["width"] / 300


def test_an_edge_is_dragged(page: Page, learned: ServedTown) -> None:
    look(page, learned)
    live(page)
    ident = edge(page)
    across, down, minute = place_of(page, ident)
    page.mouse.move(across, down)
    page.mouse.down()
    # Three fifths of the five hours until closing: two o'clock.
    page.mouse.move(across - 120 * minute, down, steps=4)
    page.mouse.up()
    expect(page.locator(f"[id='{ident}']")).to_have_attribute("aria-valuetext", "14:00")
    expect(page.locator(".ahead-changes li")).to_contain_text("14:00\N{EN DASH}16:00")


def test_while_an_edge_is_dragged_the_band_moves_with_it(page: Page, learned: ServedTown) -> None:
    """It is not let go yet: the band is there, the bar ends under the hand, and nothing is written in the address."""
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


def test_it_is_asked_by_a_form_without_script(browser: Browser, learned: ServedTown) -> None:
    page = learned.open(browser, script=False)
    look(page, learned)
    page.get_by_label("What if").select_option("more~papers")
    page.locator("#ask-form button").click()
    page.wait_for_url("**kind=more**")
    expect(page.locator(".ahead-changes li")).to_contain_text(
        "One more counter for Check your papers: 11:00\N{EN DASH}16:00"
    )
    # What is asked next comes to it.
    away = page.locator("#ask-kind option[value^='away~']").first.get_attribute("value")
    page.get_by_label("What if").select_option(away)
    page.locator("#ask-form button").click()
    expect(page.locator(".ahead-changes li").first).to_contain_text("One more counter")
    expect(page.locator(".ahead-changes li").nth(1)).to_contain_text("is not there")
    page.context.close()


def test_what_is_often_asked_is_one_press(page: Page, learned: ServedTown) -> None:
    """Whoever has booked comes, and Counter S1 closes at two: both stand beside the plan, and one is left out again."""
    look(page, learned)
    page.get_by_role("link", name="Everybody who has booked comes").click()
    expect(page.locator(".ahead-changes li")).to_contain_text("Everybody who has booked comes")
    expect(page.locator(".band-tried")).to_have_count(1)
    expect(page.get_by_role("link", name="Everybody who has booked comes", exact=True)).to_have_count(0)
    page.get_by_label("What if").select_option(label="Counter S1 is not there")
    page.get_by_label("From", exact=True).select_option(label="14:00")
    page.locator("#ask-form button").click()
    expect(page.locator(".ahead-changes li")).to_have_count(2)
    expect(page.locator(".ahead-changes")).to_contain_text("Counter S1 is not there: 14:00\N{EN DASH}16:00")
    page.locator(".ahead-changes li", has_text="Everybody who has booked").locator("a").click()
    expect(page.locator(".ahead-changes li")).to_have_count(1)


def test_what_is_tried_is_kept_by_a_name_and_laid_beside_something_else(page: Page, learned: ServedTown) -> None:
    look(page, learned)
    page.get_by_role("link", name="One more counter for Check your papers", exact=True).click()
    live(page)
    page.keyboard.press("k")
    expect(page.locator("#keep-name")).to_be_focused()
    page.keyboard.type("Help with papers")
    page.keyboard.press("Enter")
    kept = page.locator(".ahead-made li", has_text="Help with papers")
    expect(kept).to_contain_text("kept at 11:00")
    # Something else is tried, and the plan lies beside it.
    page.locator("#anew").click()
    page.get_by_role("link", name="Everybody who has booked comes").click()
    page.get_by_role("link", name=re.compile("Lay it beside ?: Help with papers")).click()
    page.wait_for_url("**beside=**")
    live(page)
    heads = page.locator(".ahead-table").first.locator("thead th")
    expect(heads).to_have_text(["Until closing", "As planned", "With what is tried", "Better by", "Help with papers"])
    expect(page.locator(".line-beside")).to_have_count(1)
    late = page.locator(".ahead-table").first.locator("tbody tr").nth(1).locator("td").all_inner_texts()
    planned, tried, helped = (int(re.findall(r"\d+", late[place])[0]) for place in (0, 1, 3))
    assert helped < planned <= tried
    expect(page.locator("#unreached-beside")).to_have_text("Help with papers")
    # It stays beside while an edge is moved.
    page.locator(f"[id='{edge(page)}']").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".ahead-changes li")).to_have_count(2)
    assert "beside=" in page.url
    # It is tried again as it was, and forgotten.
    page.get_by_role("link", name=re.compile("Lay it away ?: Help with papers")).click()
    expect(page.locator(".line-beside")).to_have_count(0)
    page.get_by_role("link", name=re.compile("Try it ?: Help with papers")).click()
    expect(page.locator(".ahead-changes li")).to_have_count(1)
    page.get_by_role("button", name=re.compile("Forget it ?: Help with papers")).click()
    expect(page.locator("#kept-head")).to_have_count(0)
    expect(page.locator(".ahead-changes li")).to_have_count(1)


def test_what_is_tried_is_made_so_on_the_page_of_staffing(page: Page, learned: ServedTown) -> None:
    look(page, learned)
    page.get_by_role("link", name="One more counter for Check your papers", exact=True).click()
    expect(page.locator("#make-0")).to_contain_text("Every counter that can take it is open.")
    page.locator("#make-0 a").click()
    page.wait_for_url("**/staffing?**kind=more**")
    expect(page.locator("#preview-head")).to_contain_text("1 counter more from 11:00 to 16:00: papers-early")
    page.locator("#act-change-day").click()
    page.wait_for_url("**done=**")
    expect(page.locator(".day-changes li")).to_have_count(1)
    page.locator(".day-changes button").click()
    expect(page.locator(".day-changes li")).to_have_count(0)


def test_a_counter_that_should_go_now_is_closed_as_on_the_page_of_managers(page: Page, learned: ServedTown) -> None:
    look(page, learned)
    page.get_by_label("What if").select_option(label="Counter S1 is not there")
    page.locator("#ask-form button").click()
    close = page.locator("#make-0 button")
    expect(close).to_contain_text("Close the counter")
    assert (close.get_attribute("data-url") or "").endswith("/counters/submission-1/close")


def test_the_coming_week_says_what_it_is_made_of(page: Page, learned: ServedTown) -> None:
    look(page, learned)
    page.get_by_role("link", name="The coming week").click()
    expect(page.locator("#head")).to_have_text("The coming week")
    days = page.locator(".ahead-part h2").all_inner_texts()
    # Friday is today; Saturday and Sunday are closed, and the next Friday is the last of seven days.
    assert [one.split()[0] for one in days] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    expect(page.locator(".ahead-part").nth(1)).to_contain_text("from 2 days of this weekday")
    cells = page.locator(".week-table").first.locator("tbody td").all_inner_texts()
    assert all(re.match(r"\d+ / \d+", one) for one in cells)


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


@pytest.mark.parametrize("query", ["", "step=papers&change=everybody", "change=everybody&beside=kept", "part=week"])
def test_everybody_can_read_it(page: Page, learned: ServedTown, query: str) -> None:
    found: list[str] = []
    if "beside" in query:
        query = kept(page, learned)
    for language in LANGUAGES:
        look(page, learned, query, language)
        live(page)
        found += violations(page)
        for width, height in ((1280, 800), (1920, 1080), (640, 480)):
            page.set_viewport_size({"width": width, "height": height})
            found += [f"{language}, {width}: {one}" for one in faults(page)]
        if PICTURES and "beside" in query:
            page.set_viewport_size({"width": 1440, "height": 2400})
            page.screenshot(path=Path(PICTURES) / f"beside-{language}.png", full_page=True)
            page.set_viewport_size({"width": 1440, "height": 900})
    assert found == []
