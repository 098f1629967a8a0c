from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.quiet import Quiet, is_quiet, parse

NIGHT = (parse("20:00-07:30"),)
BRUSSELS = ZoneInfo("Europe/Brussels")


def test_a_span_is_read() -> None:
    assert parse("20:00-07:30") == Quiet(time(20), time(7, 30))


@pytest.mark.parametrize(
    "text", ["", "20-7", "24:00-07:30", "20:00-07:60", "20:00 - 07:30", "20:00-07:30\n", "a:b-c:d"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no span of hours"):
        parse(text)


def test_a_span_that_begins_as_it_ends_says_nothing() -> None:
    with pytest.raises(ValueError, match="begins as it ends"):
        parse("07:00-07:00")


@pytest.mark.parametrize(
    ("clock", "quiet"), [("19:59", False), ("20:00", True), ("00:00", True), ("07:29", True), ("07:30", False)]
)
def test_a_night_goes_over_midnight(clock: str, quiet: bool) -> None:
    moment = datetime.combine(datetime(2026, 11, 24, tzinfo=UTC), time.fromisoformat(clock), BRUSSELS)
    assert is_quiet(NIGHT, moment) is quiet


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_a_night_ends_by_the_clock_on_the_wall_though_the_clocks_change_in_it(day: datetime) -> None:
    minutes = [day + timedelta(minutes=minute) for minute in range(24 * 60)]
    local = [moment.astimezone(BRUSSELS) for moment in minutes]
    loud = [moment for moment in local if moment.date() == day.date() and not is_quiet(NIGHT, moment)]
    assert (f"{loud[0]:%H:%M}", f"{loud[-1]:%H:%M}") == ("07:30", "19:59")


@given(st.text())
def test_whatever_is_written_is_a_span_or_refused(text: str) -> None:
    try:
        span = parse(text)
    except ValueError:
        return
    assert span.start != span.end


@given(st.times(), st.times(), st.times())
def test_day_and_night_are_each_others_rest(start: time, end: time, clock: time) -> None:
    if start != end:
        assert Quiet(start, end).holds(clock) is not Quiet(end, start).holds(clock)
