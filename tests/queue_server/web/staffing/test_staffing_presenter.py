"""The staffing of a day as a value: its hours, what may be changed, whom that concerns, in every language."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace

from queue_server.contract.appointments import (
    AppointmentDayAnswer,
    AppointmentView,
    ChangeDayRequest,
    DayChangeView,
    PoolDayView,
    PoolPeriodView,
)
from queue_server.domain.appointments import (
    AppointmentCode,
    AppointmentId,
    AppointmentState,
    BookedThrough,
    DayChangeId,
    DayChangeKind,
    PoolId,
)
from queue_server.domain.values import ServiceId, new_id
from queue_server.web.site import LANGUAGES
from queue_server.web.staffing import day_query, hours
from queue_server.web.staffing.day_query import ChangeQuery, DayQuery, instant_text
from queue_server.web.staffing.page import StaffingPage
from queue_server.web.staffing.presenter import staffing_page
from queue_server.web.staffing.staffing_view import StaffingView
from tests.queue_server.web.days import Centre
from tests.queue_server.web.test_reception_presenter import look

ZONE = ZoneInfo("Europe/Brussels")
PAPERS, PHOTOS = PoolId("papers"), PoolId("photos")


def instant(clock: str, day: str = "2026-11-24") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE).astimezone(UTC)


def period(clock: str, bookable: int, taken: int, counters: int = 2) -> PoolPeriodView:
    return PoolPeriodView(instant(clock), clock, 15, counters, bookable, taken)


def booking(clock: str, people: int = 1, state: AppointmentState = AppointmentState.BOOKED) -> AppointmentView:
    return AppointmentView(
        id=AppointmentId(new_id()),
        code=AppointmentCode("HS4K7KM2"),
        state=state,
        day="2026-11-24",
        at=instant(clock),
        clock=clock,
        date="2026-11-24",
        minutes=20,
        services=(ServiceId("uto-passport-renewal"),),
        party_size=people,
        language="ar",
        through=BookedThrough.PUBLIC,
        booked_at=instant("08:00", "2026-11-20"),
        revision=0,
    )


DAY = AppointmentDayAnswer(
    day="2026-11-24",
    booked=2,
    people=5,
    pools=(
        PoolDayView(PAPERS, (period("10:30", 900, 60), period("10:45", 900, 901), period("11:00", 900, 900, 3))),
        PoolDayView(PHOTOS, (period("10:45", 459, 0), period("11:00", 459, 470), period("11:15", 459, 0, 1))),
    ),
    changes=(),
)


def page(
    clock: str = "09:00",
    *,
    day: AppointmentDayAnswer = DAY,
    booked: tuple[AppointmentView, ...] = (),
    asked: DayQuery | None = None,
    concerned: tuple[AppointmentView, ...] | None = (),
    language: str = "en",
    offers: bool = True,
) -> StaffingPage:
    view = StaffingView(
        look=look(Centre(), clock, language),
        names={PAPERS: {"en": "Papers", "fr": "Documents", "ar": "الأوراق"}},
        day=day,
        booked=booked,
        asked=asked or DayQuery(),
        concerned=concerned,
        offers=offers,
        api="/api/v1/centres/demo/appointments/days/2026-11-24",
    )
    return staffing_page(view)


def text(value: Markup) -> str:
    return value.striptags()


def test_hours_are_those_of_the_clock_and_say_what_is_taken() -> None:
    shown = page()
    assert text(shown.head) == "Tuesday 24 November 2026"
    # A pool without a name of its own is called by its id.
    assert shown.pools == ("Papers", "photos")
    assert [row.label for row in shown.hours] == ["10:30–11:00", "11:00–11:30"]  # noqa: RUF001 - a span of time
    first, second = shown.hours
    # What is taken is rounded up, what there is down: nothing is promised that is not there.
    assert [(one.standing, text(one.minutes), text(one.counters)) for one in first.cells] == [
        ("free", "17 of 30 min", "2 counters"),
        ("free", "0 of 7 min", "2 counters"),
    ]
    assert [(one.standing, text(one.minutes), text(one.counters), text(one.note)) for one in second.cells] == [
        ("full", "15 of 15 min", "3 counters", "full"),
        ("free", "8 of 15 min", "1 to 2 counters", ""),
    ]
    assert [text(one.minutes) for one in shown.total] == ["32 of 45 min", "8 of 22 min"]
    assert text(shown.lead) == "2 appointments, 5 people. 29 of 67 minutes for bookings are free."


def test_what_is_free_is_what_lies_ahead() -> None:
    assert text(page("10:50").lead).endswith("From now on, 7 of 30 minutes for bookings are free.")
    assert text(page("11:20").lead) == "2 appointments, 5 people."


def test_more_than_there_is_says_by_how_much() -> None:
    crowded = replace(DAY, pools=(PoolDayView(PAPERS, (period("10:30", 900, 961),)),))
    cell = page(day=crowded).hours[0].cells[0]
    assert (cell.standing, text(cell.note), cell.width) == ("over", "2 min too many", 100)


def test_where_nobody_is_nothing_is_counted() -> None:
    lone = replace(DAY, pools=(DAY.pools[0], PoolDayView(PHOTOS, (period("12:00", 459, 0),))))
    rows = page(day=lone).hours
    assert [[one.standing for one in row.cells] for row in rows] == [
        ["free", "nobody"],
        ["full", "nobody"],
        ["nobody", "free"],
    ]


def test_a_day_without_anybody_says_so_and_offers_nothing() -> None:
    shown = page(day=replace(DAY, pools=(), booked=0, people=0))
    assert text(shown.lead) == "Nobody is planned on this day: nothing can be booked. Nothing is booked."
    assert (shown.hours, shown.total, shown.form, shown.rest) == ((), (), None, None)
    assert text(page(offers=False).lead) == "This centre gives no appointments."


def test_what_is_over_cannot_be_changed() -> None:
    shown = page("10:50")
    assert [bool(row.close) for row in shown.hours] == [False, True]
    assert shown.form is not None
    assert [text(one.text) for one in shown.form.starts] == ["11:00", "11:15"]
    assert [text(one.text) for one in shown.form.ends] == ["11:15", "11:30"]
    assert shown.rest is not None
    assert text(shown.rest.text) == "Close the rest of the day"
    later = page("11:05")
    assert [bool(row.close) for row in later.hours] == [False, True]
    # Of the hour that runs, what is left is closed; in its last period nothing is.
    asked = day_query.read(dict(parse_qsl(urlsplit(later.hours[1].close).query)))
    assert asked.change == ChangeQuery("close", instant("11:15"), instant("11:30"))
    last = page("11:20").hours
    assert [(row.close, text(row.note)) for row in last] == [("", "over"), ("", "now")]
    assert text((page("09:00").rest or pytest.fail("it can be closed")).text) == "Close the whole day"
    assert (page("11:20").form, page("11:20").rest) == (None, None)


def test_an_hour_is_closed_by_its_own_address() -> None:
    address = page().hours[0].close
    asked = day_query.read(dict(parse_qsl(urlsplit(address).query)))
    assert (asked.day, asked.asked) == (date(2026, 11, 24), True)
    assert asked.change == ChangeQuery("close", instant("10:30"), instant("11:00"))


def test_a_preview_names_times_and_codes_and_sends_exactly_those() -> None:
    concerned = (booking("10:30"), booking("10:45", 4))
    change = ChangeQuery("fewer", instant("10:30"), instant("11:00"), PAPERS, 1)
    shown = page(asked=DayQuery(change=change, asked=True), concerned=concerned).preview
    assert shown is not None
    assert text(shown.head) == "1 counter fewer from 10:30 to 11:00: Papers"
    assert "2 appointments, 5 people" in text(shown.concerned)
    assert text(shown.press) == "Change it, and take 2 times away"
    assert [(row.clock, row.code, text(row.party)) for row in shown.rows] == [
        ("10:30", "HS4K 7KM2", "1 person"),
        ("10:45", "HS4K 7KM2", "4 people"),
    ]
    body = json.loads(shown.body)
    assert body["concerns"] == [one.id for one in concerned]
    assert (body["kind"], body["counters"], body["pool"]) == ("counters", -1, "papers")
    # Others are another press: what was shown before does not count for them.
    other = page(asked=DayQuery(change=change, asked=True), concerned=concerned[:1]).preview
    turned = page(asked=DayQuery(change=change, asked=True), concerned=concerned[::-1]).preview
    assert other is not None
    assert turned is not None
    assert shown.slot == turned.slot != other.slot


def test_a_change_that_concerns_nobody_says_so() -> None:
    change = ChangeQuery("more", instant("10:30"), instant("11:00"), PHOTOS, 2)
    shown = page(asked=DayQuery(change=change, asked=True)).preview
    assert shown is not None
    assert (text(shown.head), text(shown.press)) == ("2 counters more from 10:30 to 11:00: photos", "Change it")
    assert text(shown.concerned) == "It concerns nobody: everybody keeps their time."


@pytest.mark.parametrize("change", [None, ChangeQuery("close", instant("10:30"), instant("11:00"), "nowhere")])
def test_a_change_that_makes_no_sense_cannot_be_pressed(change: ChangeQuery | None) -> None:
    shown = page(asked=DayQuery(change=change, asked=True), concerned=None).preview
    assert shown is not None
    assert shown.problem
    assert (shown.press, shown.body, shown.url) == (Markup(), "", "")


def test_what_was_asked_for_is_asked_for_again() -> None:
    change = ChangeQuery("close", instant("10:30"), instant("11:00"), PAPERS)
    for asked in (DayQuery(), DayQuery(change=change, asked=True), DayQuery(asked=True), DayQuery(done="change-day")):
        again = day_query.read(dict(parse_qsl(page(asked=asked).query, keep_blank_values=True)))
        assert again == replace(asked, day=date(2026, 11, 24))


def test_changes_are_listed_and_can_be_taken_back() -> None:
    changes = (
        DayChangeView(DayChangeId("c1"), DayChangeKind.CLOSE, instant("12:00"), instant("13:00")),
        DayChangeView(DayChangeId("c2"), DayChangeKind.COUNTERS, instant("10:30"), instant("11:00"), PAPERS, -2),
        DayChangeView(DayChangeId("c3"), DayChangeKind.COUNTERS, instant("10:30"), instant("11:00"), PHOTOS, 1),
    )
    shown = page(day=replace(DAY, changes=changes)).changes
    assert [text(one.text) for one in shown] == [
        "Close all pools from 12:00 to 13:00",
        "2 counters fewer from 10:30 to 11:00: Papers",
        "1 counter more from 10:30 to 11:00: photos",
    ]
    assert shown[0].url == "/api/v1/centres/demo/appointments/days/2026-11-24/changes/c1/restore"


def test_appointments_of_the_day_are_listed_without_a_name() -> None:
    states = tuple(booking("10:30", state=state) for state in AppointmentState)
    rows = page(booked=states).booked
    assert len({text(row.state) for row in rows}) == len(AppointmentState)
    assert {text(row.services) for row in rows} == {"Renew a passport"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_every_language(language: str) -> None:
    concerned = tuple(booking("10:30", people) for people in (1, 2, 3))
    change = ChangeQuery("close", instant("10:30"), instant("11:00"))
    shown = page(asked=DayQuery(change=change, asked=True), concerned=concerned, language=language)
    assert shown.preview is not None
    assert "%" not in text(shown.preview.concerned) + text(shown.lead)
    assert shown.news == text(shown.preview.concerned)


def test_an_hour_that_the_clock_shows_twice_is_two() -> None:
    first = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    periods = tuple(
        PoolPeriodView(first + timedelta(minutes=minutes), "", 30, 1, 900, 0) for minutes in range(0, 180, 30)
    )
    pools = (PoolDayView(PAPERS, periods),)
    found = hours.by_hour(pools, ZONE)
    assert [f"{one.start.astimezone(ZONE):%H:%M%:z}" for one in found] == ["02:00+02:00", "02:00+01:00", "03:00+01:00"]
    shown = page("09:00", day=replace(DAY, day="2026-10-25", pools=pools))
    # It is over by the time of the page.
    assert shown.form is None


@given(
    st.lists(
        st.tuples(st.integers(0, 95), st.sampled_from([PAPERS, PHOTOS]), st.integers(0, 900), st.integers(0, 1000)),
        unique_by=lambda one: one[:2],
    )
)
def test_hours_hold_every_period_once(found: list[tuple[int, PoolId, int, int]]) -> None:
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    pools = tuple(
        PoolDayView(
            pool,
            tuple(
                PoolPeriodView(midnight + timedelta(minutes=15 * number), "", 15, 1, bookable, taken)
                for number, which, bookable, taken in sorted(found)
                if which == pool
            ),
        )
        for pool in (PAPERS, PHOTOS)
    )
    by_hour = hours.by_hour(pools, ZONE)
    assert sum(one.bookable for hour in by_hour for one in hour.pools.values()) == sum(one[2] for one in found)
    assert sum(one.taken for hour in by_hour for one in hour.pools.values()) == sum(one[3] for one in found)
    assert all(before.end <= after.start for before, after in pairwise(by_hour))
    assert len(hours.edges(pools)) <= 2 * len(found)


CHANGES = st.builds(
    ChangeQuery,
    verb=st.sampled_from(day_query.VERBS),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - its zone follows
    end=st.datetimes(datetime(2026, 7, 1), datetime(2026, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - as above
    pool=st.sampled_from([PAPERS, PHOTOS]),
    counters=st.integers(1, 200),
).map(lambda one: replace(one, start=one.start.replace(microsecond=0), end=one.end.replace(microsecond=0)))


@given(CHANGES)
def test_what_is_written_reads_the_same(change: ChangeQuery) -> None:
    expected = replace(change, counters=1) if change.verb == "close" else change
    read = day_query.read(dict(parse_qsl(day_query.written("2026-11-24", change))))
    assert read == DayQuery(date(2026, 11, 24), expected, asked=True)
    asked: ChangeDayRequest = change.request()
    assert (asked.counters == 0) == (change.verb == "close")


@given(
    st.dictionaries(st.sampled_from(["day", "kind", "pool", "start", "end", "counters", "done"]), st.text(max_size=30))
)
def test_any_address_is_read(fields: dict[str, str]) -> None:
    assert day_query.read(fields).asked == ("kind" in fields)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "burn"),
        ("start", "10:30"),
        ("start", "2026-11-24T10:30:00"),
        ("start", "0001-01-01T00:00:00+23:59"),
        ("end", instant_text(instant("10:30"))),
        ("end", ""),
        ("pool", ""),
        ("pool", "a" * 65),
        ("counters", "0"),
        ("counters", "201"),
        ("counters", "-1"),
        ("counters", "٣"),
        ("counters", "1" * 5000),
    ],
)
def test_a_change_that_cannot_be_read_is_none(name: str, value: str) -> None:
    good = ChangeQuery("more", instant("10:30"), instant("11:00"), PAPERS, 1)
    fields = dict(parse_qsl(day_query.written("2026-11-24", good)))
    assert day_query.read(fields).change == good
    assert day_query.read({**fields, name: value}).change is None


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9000-01-02", "9999-12-31", "2026-02-30", "", "x"])
def test_a_day_that_is_none_is_today(day: str) -> None:
    assert day_query.read({"day": day}).day is None


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(9000, 1, 1)])
def test_the_days_beside_the_first_and_the_last_can_be_written(day: date) -> None:
    assert day_query.read({"day": day.isoformat()}).day == day
    assert page(day=replace(DAY, day=day.isoformat(), pools=())).after
