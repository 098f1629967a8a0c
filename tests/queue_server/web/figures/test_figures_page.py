"""The pages of figures in Chromium: with keys, without script, in three languages, and as tables for who sees none."""

import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.figures.conftest import Figures, plant_days
from tests.queue_server.web.figures.planted import USUAL, Busyness
from tests.queue_server.web.test_accessibility import large_letters

#: Where pictures are left for whoever wants to see them.
PICTURES = os.environ.get("FIGURE_PICTURES", "")
#: Texts of drawings that lie outside: they are cut off, or stand in another column.
_OUTSIDE = """() => [...document.querySelectorAll('svg text')].filter(text => {
  const [own, cell] = [text, text.closest('td, .figure-scroll')].map(one => one.getBoundingClientRect());
  return own.left < cell.left - 1 || own.right > cell.right + 1;
}).map(text => text.textContent)"""


def leave(figures: Figures, name: str) -> None:
    if PICTURES:
        figures.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_it_is_found_from_the_page_of_managers_and_walked_with_keys(figures: Figures) -> None:
    figures.page.get_by_role("link", name="Figures").click()
    figures.page.wait_for_url("**/manager/figures")
    figures.is_live()
    for key, of in (("w", "week"), ("o", "month"), ("y", "year"), ("d", "day")):
        figures.press(key)
        figures.page.wait_for_url(f"**of={of}*")
        figures.is_live()
    figures.press("f")
    figures.page.wait_for_url("**view=flow*")
    figures.is_live()
    figures.press("p")
    figures.page.wait_for_url("**day=*")
    figures.is_live()
    figures.press("Escape")
    figures.page.wait_for_url("**/manager")


def test_a_number_of_a_planted_day_leads_to_its_visits_and_back(figures: Figures) -> None:
    last = plant_days(figures.centre, 30)
    figures.look(f"day={last}")
    box = figures.page.locator(".figure-boxes a").first
    number = box.inner_text()
    box.click()
    figures.page.wait_for_url("**/visits?*")
    figures.is_live()
    expect(figures.page.locator("#head")).to_have_text(f"{number} visits")
    expect(figures.page.locator(".visits-table tbody tr")).to_have_count(50)
    figures.page.get_by_role("link", name="Older").click()
    figures.page.wait_for_url("**skip=50*")
    figures.is_live()
    figures.press("Escape")
    figures.page.wait_for_url(f"**/manager/figures?*day={last}*")


def test_visits_are_counted_by_what_they_were_and_each_number_leads_to_them(figures: Figures) -> None:
    last = plant_days(figures.centre, 10)
    figures.look(f"of=week&day={last}")
    counted = figures.page.locator("#groups tbody tr")
    boxes = figures.page.locator(".figure-boxes b")
    whole = boxes.first.inner_text()
    for name, by in (("By government", "government"), ("By category", "category"), ("By language", "language")):
        figures.page.get_by_role("link", name=name).click()
        figures.page.wait_for_url(f"**by={by}*")
        figures.is_live()
        numbers = [int(one.replace("\u202f", "")) for one in counted.locator("td:nth-child(2)").all_inner_texts()]
        assert sum(numbers) == int(whole.replace("\u202f", "")), by
    figures.page.get_by_role("link", name="By team").click()
    figures.page.wait_for_url("**by=counter*")
    figures.is_live()
    # Of a counter no visits are listed: nobody who sits there is looked at.
    assert counted.count() > 0
    expect(counted.locator("a")).to_have_count(0)
    figures.page.get_by_role("link", name="By service").click()
    figures.page.wait_for_url(lambda url: "by=" not in url)
    figures.is_live()
    first = counted.locator("td:nth-child(2) a").first
    number, name = first.inner_text(), counted.locator("th").first.inner_text()
    first.click()
    figures.page.wait_for_url("**/visits?*group=*")
    figures.is_live()
    expect(figures.page.locator("#head")).to_have_text(f"{number} visits")
    expect(figures.page.locator("#head + p")).to_contain_text(name)


def test_a_week_is_held_beside_the_one_before_once_it_is_over(figures: Figures) -> None:
    """A week that has just begun would always be said to have fewer."""
    last = plant_days(figures.centre, 22)
    compared = re.compile(r"\b(than|as) before")
    figures.look("of=week")
    expect(figures.page.locator("main")).not_to_contain_text(compared)
    figures.look(f"of=week&day={last - timedelta(days=7)}")
    expect(figures.page.locator(".figure-boxes")).to_contain_text(compared)


def test_pages_work_without_script(figures: Figures, browser: Browser) -> None:
    last = plant_days(figures.centre, 30)
    context = browser.new_context(
        java_script_enabled=False, storage_state=figures.context.storage_state(), locale="en", ignore_https_errors=True
    )
    page = context.new_page()
    page.goto(f"{figures.server.address}/manager/figures?day={last}")
    expect(page.locator("svg.curve")).to_be_visible()
    page.get_by_role("link", name="Year").click()
    expect(page.locator(".hour-map")).to_be_visible()
    page.get_by_role("link", name="Ways between steps").click()
    expect(page.locator("svg.flow")).to_be_visible()
    page.locator(".figures-table a").first.click()
    expect(page.locator(".visits-table")).to_be_visible()
    page.goto(f"{figures.server.address}/manager/figures?of=week&day={last}")
    page.fill("#which-day", "2026-01-07")
    page.locator("#to-day button").click()
    page.wait_for_url("**day=2026-01-07*")
    assert "of=week" in page.url
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_and_every_picture_is_a_table_too(figures: Figures, language: str) -> None:
    last = plant_days(figures.centre, 45)
    pages = {
        "empty": "day=2026-01-05",
        "day": f"day={last}",
        "week": f"of=week&day={last}",
        "month": f"of=month&day={last}",
        "year": f"of=year&day={last}",
        "team": f"by=counter&day={last}",
        "flow": f"view=flow&day={last}",
    }
    for name, query in pages.items():
        figures.look(f"{query}&lang={language}")
        assert violations(figures.page) == [], name
        pictures = figures.page.locator("svg[role=img]")
        for picture in pictures.all():
            assert picture.get_attribute("aria-label")
            part = picture.locator("xpath=ancestor::section")
            assert part.locator("table tbody tr").count() > 0, name
        assert figures.page.evaluate(_OUTSIDE) == [], name
        leave(figures, f"{name}-{language}")
    figures.look(f"day={last}&lang={language}", "/manager/figures/visits")
    assert violations(figures.page) == []
    leave(figures, f"visits-{language}")
    large_letters(figures)
    figures.look(f"of=week&day={last}")
    assert violations(figures.page) == []


def test_a_bad_day_lies_outside_of_what_is_usual(figures: Figures) -> None:
    worst: list[date] = []

    def busy(day: date) -> Busyness:
        worst.append(day)
        return Busyness(1.7, 4) if day == worst[0] else USUAL

    last = plant_days(figures.centre, 45, busy)
    figures.look(f"day={last}")
    outside = 0
    for row in figures.page.locator("[aria-labelledby=curve-head] tbody tr").all():
        here, usual = row.locator("td").all_inner_texts()[:2]
        if "–" in usual:  # noqa: RUF001 - a range is written with a dash
            outside += int(here) > int(usual.split("–")[1])  # noqa: RUF001
    assert outside > 5
    expect(figures.page.locator(".steps-table .st.bad").first).to_be_visible()
    leave(figures, "bad-day-en")
