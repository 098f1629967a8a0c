"""The service day across zones, seasons and dates that a zone leaves out."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import HOUR, Day, Micros, to_datetime, to_micros

#: Zones that change by one hour, by half an hour, over midnight, by a whole day, and not at all.
ZONES = (
    "Europe/Brussels",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "UTC",
)

instants = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001 - made aware below
    lambda moment: to_micros(moment.replace(tzinfo=UTC))
)
rules = st.builds(DayRule, st.sampled_from(ZONES), st.integers(0, 23 * 60 + 59))
days = st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(lambda day: Day(day.isoformat()))


def utc(text: str) -> Micros:
    return to_micros(datetime.fromisoformat(text).replace(tzinfo=UTC))


def test_a_day_starts_at_four_by_the_centres_clock() -> None:
    rule = DayRule("Europe/Brussels")
    assert rule.starts_at(Day("2026-11-25")) == utc("2026-11-25T03:00")
    assert rule.day_at(utc("2026-11-25T02:59:59.999999")) == "2026-11-24"
    assert rule.day_at(utc("2026-11-25T03:00")) == "2026-11-25"


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-28", 23), ("2026-03-29", 24), ("2026-10-24", 25), ("2026-10-25", 24)]
)
def test_the_day_before_the_clocks_change_is_the_one_that_is_longer_or_shorter(day: str, hours: int) -> None:
    rule = DayRule("Europe/Brussels")
    after = Day((date.fromisoformat(day) + timedelta(days=1)).isoformat())
    assert rule.starts_at(after) - rule.starts_at(Day(day)) == hours * HOUR


def test_a_start_that_the_clock_leaves_out_or_shows_twice() -> None:
    rule = DayRule("Europe/Brussels", 2 * 60 + 30)
    assert rule.starts_at(Day("2026-03-29")) == utc("2026-03-29T01:30"), "02:30 is 03:30 that day"
    assert rule.starts_at(Day("2026-10-25")) == utc("2026-10-25T00:30"), "the first 02:30"
    assert rule.day_at(utc("2026-10-25T01:10")) == "2026-10-25", "no second start at the second 02:30"


def test_a_date_that_a_zone_leaves_out_has_no_day() -> None:
    rule = DayRule("Pacific/Apia")
    last = rule.starts_at(Day("2011-12-31"))
    assert rule.day_at(Micros(last - 1)) == "2011-12-29"
    assert rule.day_at(last) == "2011-12-31"


def test_an_unknown_zone_is_said_at_once() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        DayRule("Europe/Atlantis")
    assert set(ZONES) <= available_timezones()


@given(rules, instants)
def test_an_instant_lies_in_its_day(rule: DayRule, instant: Micros) -> None:
    day = rule.day_at(instant)
    after = Day((date.fromisoformat(day) + timedelta(days=1)).isoformat())
    assert rule.starts_at(day) <= instant < rule.starts_at(after)


@given(rules, instants, st.integers(0, 72 * HOUR))
def test_days_never_go_back(rule: DayRule, instant: Micros, later: int) -> None:
    assert rule.day_at(instant) <= rule.day_at(Micros(instant + later))


@given(rules, days)
def test_a_start_shows_the_set_time_unless_the_clock_leaves_it_out(rule: DayRule, day: Day) -> None:
    local = to_datetime(rule.starts_at(day)).astimezone(ZoneInfo(rule.zone))
    wanted = datetime.fromisoformat(day) + timedelta(minutes=rule.start)
    shown = local.replace(tzinfo=None)
    exists = wanted.replace(tzinfo=ZoneInfo(rule.zone)).astimezone(UTC).astimezone(ZoneInfo(rule.zone))
    assert (shown == wanted) == (exists.replace(tzinfo=None) == wanted)
    assert shown >= wanted
