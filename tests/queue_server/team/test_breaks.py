"""Planned breaks: when they are by the clock of the centre, and how each stands."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.domain.appointments import PoolId
from queue_server.domain.service_day import DayRule, following
from queue_server.domain.values import Day, Micros, to_datetime
from queue_server.team.breaks import BreakStanding, PlannedBreak, planned_breaks, standing

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HALIFAX = "America/Halifax"


def plan(*breaks: str, days: tuple[str, ...] = WEEK, **more: object) -> StaffingDefinition:
    return StaffingDefinition(
        id=PoolId("papers"),
        days=days,  # type: ignore[arg-type]
        hours="00:00-24:00",
        counters=1,
        breaks=breaks,
        **more,  # type: ignore[arg-type]
    )


def on(day: str, *pools: StaffingDefinition, zone: str = HALIFAX) -> list[tuple[str, str]]:
    found = planned_breaks(pools, [PoolId("papers")], ZoneInfo(zone), DayRule(zone), Day(day))

    def shown(at: Micros) -> str:
        return f"{to_datetime(at).astimezone(ZoneInfo(zone)):%d %H:%M}"

    return [(shown(one.starts_at), shown(one.ends_at)) for one in found]


def test_they_are_of_the_service_day_and_of_their_weekday() -> None:
    pool = plan("12:30-13:00", "01:00-01:15", days=("wednesday",))
    # The night after Wednesday is of Wednesday's service day, and no break of a Thursday.
    assert on("2026-11-25", pool) == [("25 12:30", "25 13:00")]
    assert on("2026-11-24", pool) == [("25 01:00", "25 01:15")]
    assert on("2026-11-26", pool) == []
    ended = plan("12:30-13:00", valid_until=date(2026, 11, 24))
    assert on("2026-11-25", ended) == []


def test_an_hour_that_the_clock_leaves_out_has_none_and_one_that_it_shows_twice_has_two() -> None:
    pool = plan("02:15-02:30")
    assert on("2026-03-07", pool) == []
    assert on("2026-10-31", plan("01:15-01:30")) == [("01 01:15", "01 01:30")] * 2


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.sampled_from([HALIFAX, "Europe/Brussels", "Asia/Kathmandu", "Pacific/Apia"]),
    st.lists(st.integers(0, 95), unique=True, min_size=1, max_size=6).map(sorted),
)
def test_each_is_in_one_service_day_alone(day: date, zone: str, quarters: list[int]) -> None:
    spans = [
        f"{one // 4:02}:{one % 4 * 15:02}-{(one * 15 + 14) // 60:02}:{(one * 15 + 14) % 60:02}" for one in quarters
    ]
    rule = DayRule(zone)
    seen: list[PlannedBreak] = []
    for offset in range(3):
        here = Day((day + timedelta(days=offset)).isoformat())
        found = planned_breaks([plan(*spans)], [PoolId("papers")], ZoneInfo(zone), rule, here)
        assert list(found) == sorted(found)
        assert all(rule.starts_at(here) <= one.starts_at < rule.starts_at(following(here)) for one in found)
        seen += found
    assert len(set(seen)) == len(seen)
    assert planned_breaks([plan(*spans)], [PoolId("others")], ZoneInfo(zone), rule, Day(day.isoformat())) == ()


NOON = Micros(round(datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp()) * 1_000_000)


@pytest.mark.parametrize(
    ("minutes", "said", "stands"),
    [
        (-1, None, BreakStanding.AHEAD),
        (0, None, BreakStanding.DUE),
        (29, None, BreakStanding.DUE),
        (30, None, BreakStanding.OVER),
        (5, True, BreakStanding.TAKEN),
        (40, True, BreakStanding.TAKEN),
        (5, False, BreakStanding.LEFT_OUT),
    ],
)
def test_it_is_due_from_its_beginning_until_something_is_said_or_it_is_over(
    minutes: int, said: bool | None, stands: BreakStanding
) -> None:
    one = PlannedBreak(NOON, Micros(NOON + 30 * 60_000_000))
    known = {} if said is None else {NOON: said}
    assert standing(one, known, Micros(NOON + minutes * 60_000_000)) is stands
