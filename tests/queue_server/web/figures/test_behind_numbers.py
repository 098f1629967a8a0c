"""Numbers of days that have been, without a browser: each leads to its visits and back, and groups add up."""

import re
from datetime import timedelta

from tests.queue_server.web.figures.conftest import Planted
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient

PATH = "/manager/figures"
COMPARED = re.compile(r"\b(than|as) before")


def whole(text: str) -> int:
    """Read a number with spaces between its thousands."""
    return int(re.sub(r"\D", "", text))


def follow(reader: PageClient, page: HtmlPage, name: str) -> HtmlPage:
    """Follow the link with this name."""
    return reader.get(page.role("link", name)["href"])


def test_a_number_of_a_planted_day_leads_to_its_visits_and_back(reader: PageClient, planted: Planted) -> None:
    box = reader.get(f"{PATH}?day={planted.last}").all(".figure-boxes a")[0]
    page = reader.get(box["href"])
    assert page.one("#head").text == f"{box.text} visits"
    assert len(page.all(".visits-table tbody tr")) == 50
    page = follow(reader, page, "Older")
    assert "skip=50" in page.address
    assert page.one("#head").text == f"{box.text} visits"
    back = page.one('a[data-code="Escape"]')["href"]
    assert back.startswith(f"{PATH}?")
    assert f"day={planted.last}" in back


def test_visits_are_counted_by_what_they_were_and_each_number_leads_to_them(
    reader: PageClient, planted: Planted
) -> None:
    page = reader.get(f"{PATH}?of=week&day={planted.last - timedelta(days=7)}")
    visits = whole(page.all(".figure-boxes b")[0].text)
    for name, by in (("By government", "government"), ("By category", "category"), ("By language", "language")):
        page = follow(reader, page, name)
        assert f"by={by}" in page.address
        assert sum(map(whole, page.texts("#groups tbody tr td:nth-child(2)"))) == visits, by
    page = follow(reader, page, "By team")
    assert "by=counter" in page.address
    # Of a counter no visits are listed: nobody who sits there is looked at.
    assert page.has("#groups tbody tr")
    assert not page.has("#groups tbody a")
    page = follow(reader, page, "By service")
    assert "by=" not in page.address
    first = page.all("#groups tbody tr")[0]
    number = first.one("td:nth-child(2) a")
    shown = reader.get(number["href"])
    assert "group=" in shown.address
    assert shown.one("#head").text == f"{number.text} visits"
    assert first.one("th").text in shown.one("#head + p").text


def test_a_week_is_held_beside_the_one_before_once_it_is_over(reader: PageClient, planted: Planted) -> None:
    """A week that has just begun would always be said to have fewer."""
    assert not COMPARED.search(reader.get(f"{PATH}?of=week").one("main").text)
    over = reader.get(f"{PATH}?of=week&day={planted.last - timedelta(days=7)}")
    assert COMPARED.search(over.one(".figure-boxes").text)


def test_bars_say_what_came_on_each_day_and_a_week_before(reader: PageClient, planted: Planted) -> None:
    visits, before = "#bars-table tbody td:nth-child(2)", "#bars-table tbody td:nth-child(3)"
    over = reader.get(f"{PATH}?of=week&day={planted.last - timedelta(days=7)}")
    earlier = reader.get(f"{PATH}?of=week&day={planted.last - timedelta(days=14)}")
    assert over.texts(before) == earlier.texts(visits)
    assert sum(map(whole, over.texts(visits))) == whole(over.all(".figure-boxes b")[0].text)


def test_pages_work_without_script(reader: PageClient, planted: Planted) -> None:
    page = reader.get(f"{PATH}?day={planted.last}")
    assert page.has("svg.curve")
    page = follow(reader, page, "Year")
    assert page.has(".hour-map")
    page = follow(reader, page, "Ways between steps")
    assert page.has("svg.flow")
    assert reader.get(page.all(".figures-table a")[0]["href"]).has(".visits-table")
    page = reader.get(f"{PATH}?of=week&day={planted.last}")
    asked = reader.submit(page.one("#to-day"), day="2026-01-07")
    assert "day=2026-01-07" in asked.address
    assert "of=week" in asked.address


def test_a_bad_day_lies_outside_of_what_is_usual(reader: PageClient, planted: Planted) -> None:
    page = reader.get(f"{PATH}?day={planted.bad}")
    outside = 0
    for row in page.all("[aria-labelledby=curve-head] tbody tr"):
        here, usual = row.texts("td")[:2]
        if "–" in usual:  # noqa: RUF001 - a range is written with a dash
            outside += int(here) > int(usual.split("–")[1])  # noqa: RUF001
    assert outside > 5
    assert page.has(".steps-table .st.bad")
