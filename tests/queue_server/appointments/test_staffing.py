"""Who is there on a day, as a set-up has it: over changes of the clock, midnight, holidays and breaks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.appointments.staffing import PartyJourney, bookable, capacity_rules, journey, staffed_day
from queue_server.catalogue import model, store, toml
from queue_server.catalogue.appointments import AppointmentRules, StaffingDefinition
from queue_server.domain.appointments import PoolId, RemoteChannel
from queue_server.domain.service_day import following
from queue_server.domain.values import MINUTE, SECOND, Day, Micros, ServiceId, to_datetime, to_micros

DEMO = next(setup for setup in map(toml.parse, store.demo_catalogues()) if setup.centre.id == "demo")
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def setup_of(
    zone: str, week: str | None, *pools: StaffingDefinition, day_start: str = "04:00", **more: Any
) -> model.Setup:
    """Set a centre up in a zone, open at these hours each day."""
    spans = () if week is None else tuple(week.split(","))
    hours = model.OpeningHours(**dict.fromkeys(WEEK, spans))
    centre = replace(DEMO.centre, zone=zone, day_start=day_start)
    return replace(DEMO, centre=centre, hours=hours, holidays=model.Holidays(), staffing=pools, **more)


def pool(hours: str, *breaks: str, counters: int = 2, **more: Any) -> StaffingDefinition:
    wanted: dict[str, Any] = {"id": PoolId("all"), "days": WEEK, "hours": hours, "counters": counters, "breaks": breaks}
    return StaffingDefinition(**(wanted | more))


def clocks(setup: model.Setup, day: str, rules: AppointmentRules | None = None) -> list[str]:
    """List what the wall clock shows where periods begin."""
    zone = ZoneInfo(setup.centre.zone)
    staffed = staffed_day(setup, rules or AppointmentRules(), Day(day))
    return [f"{to_datetime(start).astimezone(zone):%H:%M}" for start, _ in staffed.periods]


def seconds(setup: model.Setup, day: str) -> int:
    """Count the seconds at which counters are there."""
    (one,) = staffed_day(setup, AppointmentRules(), Day(day)).pools
    return sum((span.end - span.start) // SECOND * span.counters for span in one.spans)


def test_a_day_is_cut_where_the_centre_is_open() -> None:
    setup = setup_of("Europe/Paris", "08:30-12:30,14:00-16:00", pool("08:30-16:00"))
    found = clocks(setup, "2026-06-10")
    assert found == [*[f"{8 + (30 + 15 * n) // 60:02}:{(30 + 15 * n) % 60:02}" for n in range(16)], *found[16:]]
    assert found[16:] == ["14:00", "14:15", "14:30", "14:45", "15:00", "15:15", "15:30", "15:45"]
    assert seconds(setup, "2026-06-10") == 2 * 6 * 3600


def test_the_hour_that_the_clock_leaves_out_never_comes() -> None:
    """Paris, 29 March 2026: from 02:00 to 03:00 at once."""
    setup = setup_of("Europe/Paris", "00:00-24:00", pool("01:00-04:00"), day_start="00:00")
    found = clocks(setup, "2026-03-29")
    assert not [clock for clock in found if clock.startswith("02")]
    assert len(found) == 4 * 23
    assert seconds(setup, "2026-03-29") == 2 * 2 * 3600


def test_the_hour_that_the_clock_shows_twice_is_there_twice() -> None:
    """Paris, 25 October 2026: at 03:00 it is 02:00 once more."""
    setup = setup_of("Europe/Paris", "00:00-24:00", pool("01:00-04:00"), day_start="00:00")
    found = clocks(setup, "2026-10-25")
    assert found.count("02:15") == 2
    assert len(found) == 4 * 25
    assert seconds(setup, "2026-10-25") == 2 * 4 * 3600
    staffed = staffed_day(setup, AppointmentRules(), Day("2026-10-25"))
    starts = [start for start, _ in staffed.periods]
    assert starts == sorted(set(starts))


def test_half_an_hour_is_left_out_and_shown_twice_on_lord_howe() -> None:
    setup = setup_of("Australia/Lord_Howe", "00:00-24:00", pool("00:00-24:00"), day_start="00:00")
    rules = AppointmentRules(period_min=60)
    assert sum(end - start for start, end in staffed_day(setup, rules, Day("2026-10-04")).periods) == 23.5 * 60 * MINUTE
    assert sum(end - start for start, end in staffed_day(setup, rules, Day("2026-04-05")).periods) == 24.5 * 60 * MINUTE


def test_a_service_day_goes_on_over_midnight() -> None:
    night = pool("22:00-24:00")
    after = pool("00:00-02:00", id=PoolId("late"))
    setup = setup_of("Asia/Tokyo", "00:00-02:00,22:00-24:00", night, after)
    assert clocks(setup, "2026-06-10")[0] == "22:00"
    assert clocks(setup, "2026-06-10")[-1] == "01:45"
    first, second = staffed_day(setup, AppointmentRules(), Day("2026-06-10")).pools
    assert first.spans[0].end == second.spans[0].start


def test_a_day_begins_in_the_night_before_or_after_its_date() -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"):
        setup = setup_of(zone, "00:00-24:00", pool("00:00-24:00"))
        staffed = staffed_day(setup, AppointmentRules(), Day("2026-06-10"))
        rule = model.day_rule(setup)
        assert staffed.periods[0][0] == rule.starts_at(staffed.day)
        assert staffed.periods[-1][1] == rule.starts_at(following(staffed.day))


def test_hours_that_begin_between_two_periods_begin_there() -> None:
    setup = setup_of("UTC", "08:35-09:20", pool("08:40-09:20"))
    staffed = staffed_day(setup, AppointmentRules(), Day("2026-06-10"))
    assert clocks(setup, "2026-06-10") == ["08:35", "08:45", "09:00", "09:15"]
    assert [(end - start) // MINUTE for start, end in staffed.periods] == [10, 15, 15, 5]


def test_nobody_is_there_in_breaks_on_other_days_or_holidays() -> None:
    setup = setup_of("UTC", "08:00-16:00", pool("08:00-12:00", "10:30-10:45", "11:00-11:30", days=("tuesday",)))
    assert seconds(setup, "2026-06-09") == 2 * (4 * 60 - 15 - 30) * 60
    assert seconds(setup, "2026-06-10") == 0
    closed = replace(setup, holidays=model.Holidays(closed=(date(2026, 6, 9),)))
    assert seconds(closed, "2026-06-09") == 0
    assert clocks(closed, "2026-06-09") == []
    assert clocks(setup_of("UTC", None, pool("08:00-12:00")), "2026-06-09") == []


@pytest.mark.parametrize(
    ("day", "there"), [("2026-06-08", False), ("2026-06-09", True), ("2026-06-11", True), ("2026-06-12", False)]
)
def test_a_pool_holds_from_its_first_day_to_its_last(day: str, *, there: bool) -> None:
    dated = pool("08:00-12:00", valid_from=date(2026, 6, 9), valid_until=date(2026, 6, 11))
    assert bool(seconds(setup_of("UTC", "08:00-16:00", dated), day)) == there


@given(
    st.sampled_from(["Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Gaza", "UTC"]),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["00:00-24:00", "08:30-12:30,13:00-18:00", "22:00-24:00", "00:00-03:30"]),
    st.sampled_from([5, 15, 60]),
    st.sampled_from(["00:00", "04:00", "11:59"]),
)
def test_periods_are_in_order_and_within_the_day(zone: str, day: date, hours: str, length: Any, start: str) -> None:
    setup = setup_of(zone, hours, pool("00:00-24:00"), day_start=start)
    staffed = staffed_day(setup, AppointmentRules(period_min=length), Day(day.isoformat()))
    rule = model.day_rule(setup)
    begins, ends = rule.starts_at(staffed.day), rule.starts_at(following(staffed.day))
    last = begins
    for opens, closes in staffed.periods:
        assert last <= opens < closes <= ends
        assert closes - opens <= length * MINUTE
        last = closes
    # All of the time at which somebody is there lies in periods.
    inside = sum(closes - opens for opens, closes in staffed.periods)
    assert sum(span.end - span.start for span in staffed.pools[0].spans) == inside


def test_two_days_share_no_period_and_leave_none_out() -> None:
    setup = setup_of("Europe/Paris", "00:00-24:00", pool("00:00-24:00"))
    days = [Day((date(2026, 10, 23) + timedelta(days=number)).isoformat()) for number in range(5)]
    periods = [one for day in days for one in staffed_day(setup, AppointmentRules(), day).periods]
    assert all(before[1] == after[0] for before, after in pairwise(periods))
    assert periods[0][0] == to_micros(datetime(2026, 10, 23, 2, tzinfo=UTC))


# --- what a party needs ----------------------------------------------------------------------------------------------


def test_a_journey_is_as_long_as_its_stops() -> None:
    settings = model.settings(model.Stored(DEMO, 1))
    one = journey(DEMO, settings, (ServiceId("uto-passport-renewal"),), 1)
    four = journey(DEMO, settings, (ServiceId("uto-passport-renewal"),), 4)
    assert one is not None
    assert four is not None
    assert [stop.seconds // 60 for stop in one.stops] == [3, 8, 6, 4, 5]
    # Photo and fingerprints take as long for each; papers, fees and handing in less.
    assert [stop.seconds // 60 for stop in four.stops] == [6, 23, 24, 7, 14]
    assert {stop.promise_s for stop in one.stops} == {600}
    for services in (("uto-evacuation",), ("nobody-knows",), ("uto-passport-renewal",) * 2):
        assert journey(DEMO, settings, tuple(map(ServiceId, services)), 1) is None
    assert ServiceId("uto-evacuation") not in {service.id for service in bookable(DEMO)}
    assert bookable(replace(DEMO, appointments=None)) == ()


def test_whoever_is_called_all_the_way_comes_to_no_place() -> None:
    by_video = replace(DEMO, steps=tuple(replace(step, remote=RemoteChannel.VIDEO) for step in DEMO.steps))
    half = replace(by_video, steps=(*by_video.steps[:-1], DEMO.steps[-1], *()))
    settings = model.settings(model.Stored(DEMO, 1))
    services = (ServiceId("uto-passport-renewal"),)
    remote = journey(by_video, settings, services, 1)
    assert remote is not None
    assert remote.remote is RemoteChannel.VIDEO
    mixed = replace(
        half, steps=tuple(replace(step, remote=None) if step.id == "payment" else step for step in half.steps)
    )
    there = journey(mixed, settings, services, 1)
    assert there is not None
    assert there.remote is None


@given(st.integers(0, 100), st.integers(0, 100))
def test_no_more_is_given_away_than_was_allowed(missing: int, overbooking: int) -> None:
    settings = model.settings(model.Stored(DEMO, 1))
    whole = journey(DEMO, settings, (ServiceId("uto-passport-renewal"),), 3)
    assert isinstance(whole, PartyJourney)
    for before, after in zip(whole.stops, whole.expected(missing, overbooking), strict=True):
        assert 0 < after.seconds <= before.seconds
        # So many more fit, in whole seconds: not more than what was seen, and not more than is allowed.
        assert after.seconds * (100 + overbooking) >= before.seconds * 100
        assert after.seconds * 100 >= before.seconds * (100 - missing)
        if not missing or not overbooking:
            assert after.seconds == before.seconds


def test_rules_of_a_catalogue_are_those_of_capacity() -> None:
    rules = capacity_rules(AppointmentRules(period_min=20, work_percent=80, walk_in_percent=25))
    assert (rules.period_s, rules.share_of(1_200)) == (1_200, 720)
    assert Micros(0) == 0
