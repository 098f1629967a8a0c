"""The days and times that somebody can choose: what is full, what is closed, and an hour that the clock shows twice."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from queue_server.contract.appointments import BookableDayView, FreeTimeView
from queue_server.domain.values import to_micros
from queue_server.framework.rooms import RoomCollection
from queue_server.rooms import ROOMS
from queue_server.web.booking.time_table import TimeTable, nearest, time_table
from queue_server.web.site import LANGUAGES, site_of
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader

ZONE = "Europe/Vienna"


def reader(language: str = "en") -> PageReader:
    return PageReader(site_of(RoomCollection(ROOMS).sites).words[language], Clockface(ZONE, language), language, False)


def day_of(day: str, *clocks: str) -> BookableDayView:
    times = tuple(
        FreeTimeView(datetime.fromisoformat(f"{day}T{one}").replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC), one, day)
        for one in clocks
    )
    return BookableDayView(day, len(times), times)


def table_of(days: list[BookableDayView], wanted: str = "", language: str = "en") -> TimeTable:
    return time_table(
        days,
        reader(language),
        wanted=wanted,
        chosen=None,
        is_working=lambda day: day.weekday() < 5,
        href=lambda day: f"?day={day}",
    )


DAYS = [
    day_of("2026-11-26"),
    day_of("2026-11-27", "08:45", "11:59", "12:00"),
    day_of("2026-11-28"),
    day_of("2026-11-30", "17:45", "18:00"),
    day_of("2026-12-01", "05:45", "06:00"),
]


def test_days_are_full_or_free_and_closed_ones_are_left_out() -> None:
    table = table_of(DAYS)
    assert [month.name for month in table.months] == ["November 2026", "December 2026"]
    assert [(tile.weekday, tile.number, str(tile.note), tile.href) for tile in table.months[0].tiles] == [
        ("Thu", "26", "full", ""),
        ("Fri", "27", "3 free", "?day=2026-11-27"),
        ("Mon", "30", "2 free", "?day=2026-11-30"),
    ]
    assert str(table.months[0].tiles[0].label) == "Thursday 26 November: no time is free"
    assert str(table.months[0].tiles[1].label) == "Friday 27 November: 3 times are free"


def test_the_first_day_with_a_free_time_is_shown_until_one_is_chosen() -> None:
    assert table_of(DAYS).day == "2026-11-27"
    assert table_of(DAYS, "2026-11-30").day == "2026-11-30"
    # One on which nothing is free, one that is none.
    assert table_of(DAYS, "2026-11-26").day == "2026-11-27"
    assert table_of(DAYS, "<script>").day == "2026-11-27"
    assert table_of([day_of("2026-11-26")]).day == ""


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        ("2026-11-27", {"Morning": ["08:45", "11:59"], "Afternoon": ["12:00"]}),
        ("2026-11-30", {"Afternoon": ["17:45"], "Evening": ["18:00"]}),
        ("2026-12-01", {"Night": ["05:45"], "Morning": ["06:00"]}),
    ],
)
def test_times_stand_under_their_part_of_the_day(day: str, parts: dict[str, list[str]]) -> None:
    found = {str(group.name): [time.clock for time in group.times] for group in table_of(DAYS, day).groups}
    assert found == parts


def test_an_hour_that_the_clock_shows_twice_is_told_apart() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    times = tuple(
        FreeTimeView(first + timedelta(hours=hours), clock, "2026-10-25")
        for hours, clock in ((0, "02:30"), (1, "02:30"))
    )
    table = table_of([BookableDayView("2026-10-25", 2, times)])
    (group,) = table.groups
    assert [time.clock for time in group.times] == ["02:30 CEST", "02:30 CET"]
    assert len({time.at for time in group.times}) == 2


def test_the_night_after_a_day_says_its_date() -> None:
    late = FreeTimeView(datetime(2026, 11, 28, 1, 0, tzinfo=UTC), "02:00", "2026-11-28")
    table = table_of([BookableDayView("2026-11-27", 2, (*day_of("2026-11-27", "05:00").times, late))])
    assert [str(group.name) for group in table.groups] == ["Night", "Night \N{MIDDLE DOT} Sat 28 Nov"]


def test_near_one_that_is_gone_others_are_named() -> None:
    gone = to_micros(day_of("2026-11-27", "11:30").times[0].at)
    assert [one.clock for one in nearest(DAYS, gone)] == ["08:45", "11:59", "12:00"]
    assert nearest([], gone) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_every_day(language: str) -> None:
    days = [day_of((date(2026, 11, 2) + timedelta(days=number)).isoformat(), "09:00") for number in range(28)]
    table = table_of(days, "", language)
    tiles = [tile for month in table.months for tile in month.tiles]
    assert len(tiles) == 28
    assert all(tile.label and tile.weekday and tile.note for tile in tiles)
