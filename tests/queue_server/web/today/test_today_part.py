"""Today beside the same weekdays before, on the page of managers in Chromium: in words, as a curve, and as a table."""

import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queue_server.database import open_database, parse_url
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import HOUR, MINUTE, Day, now_micros
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.figures import planted
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.server import CENTRES, Centre, Server, run_aside

#: Where pictures are left for whoever wants to see them.
PICTURES = os.environ.get("TODAY_PICTURES", "")
RULE = DayRule("Europe/Brussels")


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server of these tests alone: rows that are planted stand in no record, and others verify theirs."""
    with Server(tmp_path_factory.mktemp("today") / "data", centres=CENTRES[:8]) as started:
        yield started


def plant_weekdays(centre: Centre, weeks: int) -> None:
    """Open the centre on the same weekday of so many weeks."""
    day, chance = date.fromisoformat(RULE.day_at(now_micros())), random.Random(7)
    rows = [planted.day_rows(centre.id, day - timedelta(weeks=number + 1), RULE, chance) for number in range(weeks)]

    async def write() -> None:
        async with open_database(parse_url(None, centre.server.data)) as database:
            await database.write(lambda connection: planted.plant(connection, *rows))

    run_aside(write())


def hour_of_day() -> int:
    """Say which hour of the service day it is: these tests are right at any."""
    return (now_micros() - RULE.starts_at(Day(RULE.day_at(now_micros())))) // HOUR


@pytest.fixture
def office(browser: Browser, centre: Centre) -> Iterator[Office]:
    with Office(browser, centre) as office:
        yield office


def test_a_centre_without_past_shows_its_day_from_the_first_ticket_on(office: Office) -> None:
    office.look()
    expect(office.find(".today-part")).to_have_count(0)
    office.centre.issue("uto-birth")
    expect(office.find(".today-part .day-name")).to_have_text("1")
    expect(office.find(".today-part")).to_contain_text("What is usual is shown once")
    expect(office.find(".today-part .unusual")).to_have_count(0)


def test_more_than_usual_is_said_in_words(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    # Half a day from now: usually nobody is here, and in the hours just over nobody came.
    monkeypatch.setattr(planted, "HOURS", {(hour_of_day() + 12) % 24: 2})
    plant_weekdays(office.centre, 6)
    for _ in range(4):
        office.centre.issue("uto-birth")
    office.look()
    said = office.find(".today-part .unusual").filter(has_text="More visits are here than usual at this time: 4")
    expect(said).to_be_visible()
    expect(said.locator("svg")).to_have_count(1)
    expect(office.find(".today-part .good")).to_have_count(0)


def test_an_ordinary_day_is_said_to_be_one_and_drawn_anew_when_its_minute_is_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planted, "HOURS", {(hour_of_day() + 12) % 24: 2})
    plant_weekdays(office.centre, 6)
    office.look()
    expect(office.find(".today-part .good")).to_contain_text("So far as on an ordinary")
    office.centre.issue("uto-birth")
    expect(office.find(".today-part .day-name")).to_have_text("1", timeout=2 * MINUTE / 1000)


def test_how_many_usually_arrive_stands_beside_how_many_did(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "HOURS", dict.fromkeys(range(24), 6))
    plant_weekdays(office.centre, 6)
    for _ in range(3):
        office.centre.issue("uto-birth")
    office.look()
    rows = office.find(".hours tbody tr")
    expect(rows.locator("th")).to_have_text(["Arrived", "Usually arrive", "Finished", "In the centre"])
    usual = rows.nth(1).locator("td").all_inner_texts()
    assert {"5", "6", "7"} & set(usual), usual
    expect(office.figure("waiting").first).to_have_text("3")
    # An hour may have ended between two of them.
    assert sum(int(text) for text in rows.first.locator("td").all_inner_texts() if text) == 3


def test_its_table_opens_by_a_key_and_stays_open_while_things_happen(office: Office) -> None:
    plant_weekdays(office.centre, 4)
    office.look()
    table = office.find("#today-table table")
    expect(table).to_be_hidden()
    office.press("t")
    expect(table).to_be_visible()
    office.centre.issue("uto-birth")
    expect(office.figure("waiting").first).to_have_text("1")
    expect(table).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_is_hard_to_reach(office: Office, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    hour = hour_of_day()
    usual = {hour + of: count for of, count in zip(range(-3, 4), (30, 46, 40, 34, 20, 24, 8), strict=True)}
    monkeypatch.setattr(planted, "HOURS", {at: count for at, count in usual.items() if 0 <= at < 23})
    plant_weekdays(office.centre, 12)
    # More than are ever here: in the first hour of a day no hour is over in which fewer than usual came.
    for _ in range(60):
        office.centre.issue("uto-birth")
    office.look()
    office.go(f"/manager?lang={language}")
    office.stage("live")
    office.press("t")
    expect(office.find(".today-part .unusual").first).to_be_visible()
    expect(office.find(".hours tbody tr")).to_have_count(4)
    assert violations(office.page) == []
    assert office.cut_off() == []
    if PICTURES:
        office.find(".today-part").screenshot(path=Path(PICTURES) / f"today-{language}.png")
        office.find(".throughput").screenshot(path=Path(PICTURES) / f"throughput-{language}.png")
        office.page.screenshot(path=Path(PICTURES) / f"manager-{language}.png")
