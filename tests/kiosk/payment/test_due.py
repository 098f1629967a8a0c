"""When a day ends, at any hour of any zone: once for each day, whatever the clocks are set to."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.payment.reconciliation_schedule import ended

#: Summer times of both halves of the world, half hours, two hours at once, and a day that never was.
ZONES = (
    *("UTC", "Europe/Brussels", "Africa/Cairo", "America/Sao_Paulo", "America/Havana", "Australia/Lord_Howe"),
    *("Pacific/Apia", "Asia/Kathmandu", "Antarctica/Troll", "America/St_Johns"),
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.floats(946_684_800, 2_208_988_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ends = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@given(zone=zones, at=ends, now=moments)
def test_on_a_common_day_it_is_today_from_that_time_on(zone: ZoneInfo, at: time, now: datetime) -> None:
    offsets = {(now + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-72, 73, 6)}
    assume(len(offsets) == 1)
    local = now.astimezone(zone)
    today = local.date()
    assert ended(at, local) == (today if local.time() >= at else today - timedelta(days=1))


@given(zone=zones, at=ends, now=moments, later=st.timedeltas(timedelta(), timedelta(days=4)))
def test_as_time_goes_on_it_only_grows_and_misses_no_day(
    zone: ZoneInfo, at: time, now: datetime, later: timedelta
) -> None:
    first, second = (ended(at, one.astimezone(zone)) for one in (now, now + later))
    assert first <= second
    # A day of a zone has from 23 to 25 hours, and one of Samoa had none.
    skipped = zone.key == "Pacific/Apia" and first <= date(2011, 12, 30) <= second
    assert abs((second - first) - later) < timedelta(days=2 if skipped else 1, hours=3)


@given(zone=zones, at=ends, now=moments)
def test_a_day_ends_once(zone: ZoneInfo, at: time, now: datetime) -> None:
    """Walk through three days by quarters of an hour, as a kiosk looks again and again."""
    days = [ended(at, (now + timedelta(minutes=15 * step)).astimezone(zone)) for step in range(3 * 96)]
    changes = [after for before, after in pairwise(days) if after != before]
    assert changes == sorted(set(changes))
    assert 2 <= len(changes) <= 4


@pytest.mark.parametrize(
    ("zone", "at", "before", "after", "day"),
    [
        # 02:30 is not there on 2026-03-29 in Brussels: it ends at 03:30, an hour later as the clock says.
        ("Europe/Brussels", "02:30", "2026-03-29T01:29:59", "2026-03-29T01:30:00", "2026-03-29"),
        # 02:30 is there twice on 2026-10-25: it ends at the first.
        ("Europe/Brussels", "02:30", "2026-10-25T00:29:59", "2026-10-25T00:30:00", "2026-10-25"),
        # Midnight is the beginning of the day that it ends.
        ("Africa/Cairo", "00:00", "2026-11-24T21:59:59", "2026-11-24T22:00:00", "2026-11-25"),
    ],
)
def test_where_the_clock_is_set(zone: str, at: str, before: str, after: str, day: str) -> None:
    def at_centre(moment: str) -> date:
        return ended(
            time.fromisoformat(at), datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        )

    assert (at_centre(before), at_centre(after)) == (
        date.fromisoformat(day) - timedelta(days=1),
        date.fromisoformat(day),
    )


def test_the_second_time_of_the_same_hour_ends_nothing_again() -> None:
    zone = ZoneInfo("Europe/Brussels")
    first, second = datetime(2026, 10, 25, 2, 30, tzinfo=zone), datetime(2026, 10, 25, 2, 29, tzinfo=zone, fold=1)
    assert ended(time(2, 30), first) == ended(time(2, 30), second) == date(2026, 10, 25)
