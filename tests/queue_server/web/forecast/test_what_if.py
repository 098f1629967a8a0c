"""The hours ahead without a browser, in a town that has learned: advice, what is tried, kept plans, the week."""

import re
from typing import Any
from urllib.parse import unquote

import pytest

from tests.queue_server.web.forecast.served_town import TownClient
from tests.queue_server.web.html_page import Element, HtmlPage

pytestmark = pytest.mark.timeout(600)
PATH = "/manager/forecast?lang=en"
CHANGES = ".ahead-changes li"
MORE = "One more counter for Check your papers"


def follow(manager: TownClient, page: Element, name: str) -> HtmlPage:
    """Follow the link with this name."""
    return manager.get(page.role("link", name)["href"])


def numbers(page: HtmlPage, *columns: int) -> list[int]:
    """Read how many are late, in columns of the first table."""
    late = page.all(".ahead-table")[0].all("tbody tr")[1].texts("td")
    return [int(re.findall(r"\d+", late[column])[0]) for column in columns]


def option(form: Element, name: str, text: str) -> str:
    """Return the value of the first option of a list that has this text."""
    return next(one for one in form.all(f"#ask-{name} option") if one.text == text)["value"]


def ask(manager: TownClient, page: HtmlPage, what: str, start: str = "") -> HtmlPage:
    """Send the form: what is asked, and from when."""
    form = page.one("#ask-form")
    assert form.one("label[for=ask-kind]").text == "What if"
    changed: dict[str, Any] = {"kind": option(form, "kind", what)}
    if start:
        changed["start"] = option(form, "start", start)
    return manager.submit(form, **changed)


def test_advice_is_followed_and_what_comes_of_it_is_shown(manager: TownClient) -> None:
    page = manager.get(PATH)
    assert re.fullmatch(r"Open one more counter for .+ by \d\d:\d\d\.", page.one("#advice-0").text)
    assert "Why: " in page.all(".ahead-advice")[0].text
    page = manager.get(page.one("#try-advice-0")["href"])
    assert "change=more~papers~" in unquote(page.address)
    assert len(page.all(".band-tried")) == len(page.all(CHANGES)) == 1
    planned, tried, better = numbers(page, 0, 1, 2)
    assert tried < planned
    assert better == planned - tried
    page = manager.get(page.one(".ahead-changes a")["href"])
    assert not page.has(".band-tried")


def test_it_is_asked_by_a_form(manager: TownClient) -> None:
    page = manager.submit(manager.get(PATH).one("#ask-form"), kind="more~papers")
    assert "kind=more" in page.address
    assert f"{MORE}: 11:00\N{EN DASH}16:00" in page.one(CHANGES).text
    # What is asked next comes to it.
    away = page.all("#ask-kind option[value^='away~']")[0]["value"]
    page = manager.submit(page.one("#ask-form"), kind=away)
    first, second = page.texts(CHANGES)[:2]
    assert "One more counter" in first
    assert "is not there" in second


def test_what_is_often_asked_is_one_press(manager: TownClient) -> None:
    """Whoever has booked comes, and Counter S1 closes at two: both stand beside the plan, and one is left out again."""
    everybody = "Everybody who has booked comes"
    page = follow(manager, manager.get(PATH), everybody)
    assert everybody in page.one(CHANGES).text
    assert len(page.all(".band-tried")) == 1
    assert everybody not in page.texts("a")
    page = ask(manager, page, "Counter S1 is not there", "14:00")
    assert len(page.all(CHANGES)) == 2
    assert "Counter S1 is not there: 14:00\N{EN DASH}16:00" in page.one(".ahead-changes").text
    page = manager.get(page.with_text(CHANGES, "Everybody who has booked").one("a")["href"])
    assert len(page.all(CHANGES)) == 1


def test_what_is_tried_is_kept_by_a_name_and_laid_beside_something_else(manager: TownClient) -> None:
    page = follow(manager, manager.get(PATH), MORE)
    page = manager.submit(page.one("#keep-form"), name="Help with papers")
    assert "kept at 11:00" in page.with_text(".ahead-made li", "Help with papers").text
    # Something else is tried, and the plan lies beside it.
    page = manager.get(page.one("#anew")["href"])
    page = follow(manager, page, "Everybody who has booked comes")
    page = follow(manager, page, "Lay it beside: Help with papers")
    assert "beside=" in page.address
    heads = page.all(".ahead-table")[0].texts("thead th")
    assert heads == ["Until closing", "As planned", "With what is tried", "Better by", "Help with papers"]
    assert len(page.all(".line-beside")) == 1
    planned, tried, helped = numbers(page, 0, 1, 3)
    assert helped < planned <= tried
    assert page.one("#unreached-beside").text == "Help with papers"
    # It is tried again as it was, and forgotten.
    page = follow(manager, page, "Lay it away: Help with papers")
    assert not page.has(".line-beside")
    page = follow(manager, page, "Try it: Help with papers")
    assert len(page.all(CHANGES)) == 1
    kept = page.with_text(".ahead-made li", "Try it: Help with papers")
    page = manager.submit(kept.one("form"), plan=kept.role("button", "Forget it: Help with papers")["value"])
    assert not [text for text in page.texts("a") if "Help with papers" in text]
    assert len(page.all(CHANGES)) == 1


def test_what_is_tried_is_made_so_on_the_page_of_staffing(manager: TownClient) -> None:
    page = follow(manager, manager.get(PATH), MORE)
    assert "Every counter that can take it is open." in page.one("#make-0").text
    page = manager.get(page.one("#make-0 a")["href"])
    assert "/staffing?" in page.address
    assert "kind=more" in page.address
    assert "1 counter more from 11:00 to 16:00: papers-early" in page.one("#preview-head").text
    manager.press(page.one("#act-change-day"))
    page = manager.get("/staffing")
    manager.press(page.one(".day-changes li").one("button"))
    assert not manager.get("/staffing").has(".day-changes li")


def test_a_counter_that_should_go_now_is_closed_as_on_the_page_of_managers(manager: TownClient) -> None:
    page = ask(manager, manager.get(PATH), "Counter S1 is not there")
    close = page.one("#make-0 button")
    assert "Close the counter" in close.text
    assert close["data-url"].endswith("/counters/submission-1/close")
    assert not page.has("#make-0 .second"), "nobody else has to be asked"


def test_the_coming_week_says_what_it_is_made_of(manager: TownClient) -> None:
    page = follow(manager, manager.get(PATH), "The coming week")
    assert page.one("#head").text == "The coming week"
    # Friday is today; Saturday and Sunday are closed, and the next Friday is the last of seven days.
    days = [text.split()[0] for text in page.texts(".ahead-part h2")]
    assert days == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert "from 2 days of this weekday" in page.all(".ahead-part")[1].text
    cells = page.all(".week-table")[0].texts("tbody td")
    assert cells
    assert all(re.match(r"\d+ / \d+", text) for text in cells)


def test_there_is_no_picture_of_who_waits_where_nothing_is_foreseen(manager: TownClient) -> None:
    assert manager.get("/manager/forecast/waiting").has("#waiting-part")
    assert manager.get("/manager/forecast/waiting?part=week", 204).text == ""
