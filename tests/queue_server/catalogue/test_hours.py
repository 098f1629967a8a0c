from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.catalogue import model, store, toml
from queue_server.catalogue.hours import is_holiday, is_open
from tests.queue_server.catalogue.strategies import setups

DEMO, HARBOUR = map(toml.parse, store.demo_catalogues())
INSTANTS = st.integers(0, 15 * 365 * 86_400).map(
    lambda second: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)


@given(setups(frozenset({"hours", "holidays"})), INSTANTS)
def test_open_is_what_the_clock_on_the_wall_says(setup: model.Setup, instant: datetime) -> None:
    wall = instant.astimezone(ZoneInfo(setup.centre.zone))
    spans = setup.hours.week[wall.weekday()]
    shown = f"{wall:%H:%M}"
    within = any(span[:5] <= shown < span[6:] for span in spans)
    assert is_open(setup, instant) == (within and not is_holiday(setup.holidays, wall.date()))


@given(INSTANTS)
def test_the_demo_is_always_open(instant: datetime) -> None:
    assert is_open(DEMO, instant)


@pytest.mark.parametrize(
    ("wall", "is_so"),
    [
        ("2026-11-25T08:29:59", False),
        ("2026-11-25T08:30:00", True),
        ("2026-11-25T12:30:00", False),
        ("2026-11-25T12:59:59", False),
        ("2026-11-25T18:29:59", True),
        ("2026-11-25T18:30:00", False),
        ("2026-11-29T10:00:00", False),  # a Sunday
        ("2026-07-01T10:00:00", False),  # Canada Day, a Wednesday
        ("2026-12-24T10:00:00", False),  # its own date, a Thursday
        ("2026-12-23T10:00:00", True),
    ],
)
def test_harbour_keeps_its_hours(wall: str, *, is_so: bool) -> None:
    assert is_open(HARBOUR, datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo("America/Halifax"))) is is_so


def test_an_hour_shown_twice_is_open_twice_and_one_left_out_never_comes() -> None:
    hours = model.OpeningHours(sunday=("01:00-02:00", "02:00-03:00"))
    night = replace(HARBOUR, hours=replace(hours, sunday=("01:00-02:00",)), holidays=model.Holidays())
    # Halifax leaves summer time on 1 November 2026 at 02:00 (05:00 UTC) and enters it on 8 March 2026 at 02:00 (06:00).
    start = datetime(2026, 11, 1, 3, 30, tzinfo=UTC)
    assert [is_open(night, start + timedelta(minutes=30 * step)) for step in range(7)] == [
        False, True, True, True, True, False, False,
    ]  # fmt: skip
    gap = replace(night, hours=replace(hours, sunday=("02:00-03:00",)))
    start = datetime(2026, 3, 8, 4, 0, tzinfo=UTC)
    assert not any(is_open(gap, start + timedelta(minutes=10 * step)) for step in range(24))
