"""Today beside the same weekdays before, on the page of managers in Chromium: its curve, its table, and its minutes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queue_server.domain.values import MINUTE
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.figures import planted
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.server import Centre
from tests.queue_server.web.today.weekdays import hour_of_day, plant_weekdays

#: Where pictures are left for whoever wants to see them.
PICTURES = os.environ.get("TODAY_PICTURES", "")


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


def test_an_ordinary_day_is_said_to_be_one_and_drawn_anew_when_its_minute_is_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planted, "HOURS", {(hour_of_day() + 12) % 24: 2})
    plant_weekdays(office.centre, 6)
    office.look()
    expect(office.find(".today-part .good")).to_contain_text("So far as on an ordinary")
    office.centre.issue("uto-birth")
    expect(office.find(".today-part .day-name")).to_have_text("1", timeout=2 * MINUTE / 1000)


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


def test_nothing_in_it_is_hard_to_reach_in_any_language(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    hour = hour_of_day()
    usual = {hour + of: count for of, count in zip(range(-3, 4), (30, 46, 40, 34, 20, 24, 8), strict=True)}
    monkeypatch.setattr(planted, "HOURS", {at: count for at, count in usual.items() if 0 <= at < 23})
    plant_weekdays(office.centre, 12)
    # More than are ever here: in the first hour of a day no hour is over in which fewer than usual came.
    office.centre.crowd(60, "uto-birth")
    office.look()
    found = []
    for language in LANGUAGES:
        office.go(f"/manager?lang={language}")
        office.stage("live")
        office.press("t")
        expect(office.find(".today-part .unusual").first).to_be_visible()
        expect(office.find(".hours tbody tr")).to_have_count(4)
        found += [f"{language}: {one}" for one in office.cut_off()]
        if PICTURES:
            office.find(".today-part").screenshot(path=Path(PICTURES) / f"today-{language}.png")
            office.find(".throughput").screenshot(path=Path(PICTURES) / f"throughput-{language}.png")
            office.page.screenshot(path=Path(PICTURES) / f"manager-{language}.png")
    found += violations(office.page, ".today-part") + violations(office.page, ".throughput")
    assert found == []
