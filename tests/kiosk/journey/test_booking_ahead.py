"""Today is full: somebody books a time on another day, and what stands in the way of it has a page of its own."""

import base64
import uuid
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.journey import booking_ahead
from kiosk.journey.availability import Availability
from kiosk.journey.booking_ahead import MAX_FIRST, BookingAhead
from kiosk.journey.events import (
    AvailabilityChanged,
    BookableTime,
    BookingPrinted,
    BookTime,
    DayWithTimes,
    FindTimes,
    HoldAnswered,
    HoldTime,
    PaperChanged,
    PrintBooking,
    TimeBooked,
    TimesFound,
    Wipe,
)
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.booked_time import ReservedPage
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.free_times import TimesPage
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.held_time import HeldPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.more import MorePage
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.appointments import RemoteChannel
from tests.kiosk.journey.conftest import LEAVE
from tests.kiosk.journey.test_bring import CHECKLISTS
from tests.kiosk.journey.walk import TIMING, Walk

TOKEN = base64.urlsafe_b64encode(uuid.UUID(int=7).bytes + bytes(range(16))).rstrip(b"=").decode()
CODE = "HS4K7KM2"


def day(date: str, *clocks: str) -> DayWithTimes:
    return DayWithTimes(date, tuple(BookableTime(f"{date}T{clock}:00+00:00", clock) for clock in clocks))


DAYS = (
    day("2026-11-24", "16:00"),
    day("2026-11-25", "09:00", "09:15", "10:15"),
    *(day(f"2026-12-{date:02}", "08:30") for date in range(1, 9)),
)


@pytest.fixture
def full(around: Surroundings, offer: CentreOffer) -> Surroundings:
    offer = replace(offer, appointments=True, party=4, checklists=CHECKLISTS)
    return replace(
        around, offer=offer, availability=Availability(closed="full"), booking_url="https://queue.example/b/", chip=True
    )


@pytest.fixture
def walk(full: Surroundings) -> Walk:
    return Walk(full)


def chosen(walk: Walk) -> JourneyPage:
    """Come to the free times of a renewal."""
    walk("book-ahead", ("language", "en"), ("choose", "UTO"), ("choose", "passports"), ("choose", "renewal"), "go-on")
    return walk.wait(0)


def asked[T](walk: Walk, kind: type[T]) -> T:
    return next(one for one in reversed(walk.effects) if isinstance(one, kind))


def found(walk: Walk, days: tuple[DayWithTimes, ...] = DAYS) -> TimesPage:
    shown = walk(TimesFound(walk.number, asked(walk, FindTimes).look, "found", days, "2026-11-24"))
    assert isinstance(shown, TimesPage)
    return shown


def held(walk: Walk) -> JourneyPage:
    return walk(HoldAnswered(walk.number, asked(walk, HoldTime).look, "held", "11:35"))


def to_held(walk: Walk) -> JourneyPage:
    chosen(walk)
    found(walk)
    walk(("choose", DAYS[1].times[0].at))
    return held(walk)


def booked(walk: Walk, outcome: Literal["booked", "over", "away"] = "booked", after: str = "") -> JourneyPage:
    told = TimeBooked(walk.number, asked(walk, BookTime).look, outcome, "2026-11-25", "09:00", CODE, TOKEN)
    return walk(told, *([after] if after else []))


def test_where_today_is_full_a_time_on_another_day_is_booked(walk: Walk) -> None:
    shown = walk.page
    assert isinstance(shown, ClosedPage)
    assert shown.books
    assert isinstance(walk("book-ahead"), LanguagePage), "nobody has said yet what they read"
    assert isinstance(walk(("language", "ar")), GovernmentPage)
    kind = walk(("choose", "UTO"))
    assert isinstance(kind, KindPage)
    assert (kind.books, kind.collects) == (False, False), "what ends with a number is no way from here"
    assert isinstance(walk(("choose", "passports"), ("choose", "renewal")), MorePage)
    walk("party", ("plus", "anyone"), "people", "go-on")
    walk.wait(0)
    assert (asked(walk, FindTimes).services, asked(walk, FindTimes).people) == (("renewal",), 2)
    first = found(walk)
    assert [(one.nights, one.clock) for one in first.times] == [(0, "16:00"), (1, "09:00"), (7, "08:30"), (8, "08:30")]
    assert first.others
    working = walk(("choose", DAYS[1].times[0].at))
    assert isinstance(working, TimesPage)
    assert working.working
    hold = asked(walk, HoldTime)
    assert (hold.at, hold.people, hold.ages) == ("2026-11-25T09:00:00+00:00", 2, ())
    right = held(walk)
    assert isinstance(right, HeldPage)
    assert (right.day, right.clock, right.until, right.people) == ("2026-11-25", "09:00", "11:35", 2)
    busy = walk("book")
    assert (busy.can_back, busy.can_restart) == (False, False), "a booking of nobody is none"
    assert asked(walk, BookTime).language == "ar"
    last = booked(walk)
    assert isinstance(last, ReservedPage)
    assert (last.code, last.paper, last.link, last.can_back) == ("HS4K 7KM2", "printing", "", False)
    slip = asked(walk, PrintBooking)
    assert (slip.day, slip.clock, slip.code, slip.token) == ("2026-11-25", "09:00", CODE, TOKEN)
    assert slip.bring[0].kind == "heading"
    assert len(slip.bring) > 1, "what they bring is on it"
    walk("done")
    assert not any(isinstance(one, Wipe) for one in walk.effects), "it comes out in a moment"
    walk(BookingPrinted(walk.number, slip.look, is_printed=True))
    assert isinstance(walk("done"), ClosedPage)
    assert isinstance(walk.effects[-1], Wipe)
    assert CODE not in repr(walk.journey.context)
    assert walk.journey.context.of(BookingAhead) == BookingAhead()


def test_days_and_times_are_a_few_at_a_time_and_back_leads_through_them(walk: Walk) -> None:
    chosen(walk)
    found(walk)
    days = walk("other-times")
    assert isinstance(days, TimesPage)
    assert (days.view, len(days.times), days.more) == ("days", 5, True)
    later = walk("more")
    assert isinstance(later, TimesPage)
    assert (later.times[0].day, later.more) == (DAYS[5].day, False)
    again = walk("back")
    assert again == days
    hours = walk(("choose", "2026-11-25"))
    assert isinstance(hours, TimesPage)
    assert [one.clock for one in hours.times] == ["09:00", "10:15"], "one of each hour"
    assert walk("back") == days
    first = walk("back")
    assert isinstance(first, TimesPage)
    assert first.view == "first"
    assert isinstance(walk("back"), MorePage)
    assert len([one for one in walk.effects if isinstance(one, FindTimes)]) == 1
    walk("go-on")
    walk.wait(0)
    assert len([one for one in walk.effects if isinstance(one, FindTimes)]) == 2, "for others other times are free"


def test_whose_time_is_taken_by_others_chooses_among_those_that_are_left(walk: Walk) -> None:
    chosen(walk)
    found(walk)
    walk(("choose", DAYS[0].times[0].at))
    walk(HoldAnswered(walk.number, asked(walk, HoldTime).look, "taken"))
    walk.wait(0)
    shown = found(walk, DAYS[1:])
    assert (shown.found, shown.lost) == ("choose", True)
    walk(("choose", DAYS[1].times[0].at))
    held(walk)
    walk("book")
    booked(walk, "over")
    walk.wait(0)
    assert found(walk, DAYS[2:]).lost, "also where it was held for too long"


@pytest.mark.parametrize("outcome", ["away", "not-offered"])
def test_a_server_that_does_not_answer_or_refuses_is_a_page_with_a_next_step(
    walk: Walk, outcome: Literal["away", "not-offered"]
) -> None:
    chosen(walk)
    shown = walk(TimesFound(walk.number, asked(walk, FindTimes).look, outcome))
    assert isinstance(shown, TimesPage)
    assert (shown.found, shown.link) == (outcome, "https://queue.example/book")
    walk("again")
    walk.wait(0)
    assert found(walk).found == "choose"
    walk(("choose", DAYS[1].times[0].at))
    lost = walk(HoldAnswered(walk.number, asked(walk, HoldTime).look, "away"))
    assert isinstance(lost, TimesPage)
    assert lost.found == "away"


def test_for_what_nobody_comes_a_phone_is_where_it_is_booked(full: Surroundings, offer: CentreOffer) -> None:
    called = tuple(
        replace(one, steps=tuple(replace(stop, remote=RemoteChannel.TELEPHONE) for stop in one.steps))
        for one in offer.services
    )
    walk = Walk(replace(full, offer=replace(full.offer, services=called)))
    shown = chosen(walk)
    assert isinstance(shown, TimesPage)
    assert (shown.found, shown.link) == ("remote", "https://queue.example/book")
    assert not any(isinstance(one, FindTimes) for one in walk.effects)
    assert isinstance(walk("back"), MorePage)


def test_where_nothing_is_free_it_can_be_looked_again(walk: Walk) -> None:
    chosen(walk)
    assert found(walk, ()).found == "nothing"
    walk("again")
    walk.wait(0)
    assert found(walk).found == "choose"


def test_a_booking_that_nobody_has_answered_is_asked_for_once_more(walk: Walk) -> None:
    to_held(walk)
    walk("book")
    shown = booked(walk, "away")
    assert isinstance(shown, HeldPage)
    assert (shown.away, shown.working, shown.can_restart) == (True, False, True)
    walk("book")
    first, second = [one for one in walk.effects if isinstance(one, BookTime)]
    assert first == second, "it is the same booking"
    assert isinstance(booked(walk), ReservedPage)


def test_without_paper_the_code_and_a_picture_are_on_the_screen(walk: Walk) -> None:
    walk(PaperChanged(paper=False))
    to_held(walk)
    shown = walk("book")
    assert isinstance(shown, HeldPage)
    assert shown.no_paper
    last = booked(walk)
    assert isinstance(last, ReservedPage)
    assert (last.paper, last.link) == ("none", f"https://queue.example/b/{TOKEN}")
    assert not any(isinstance(one, PrintBooking) for one in walk.effects)


def test_a_slip_that_does_not_come_out_is_a_picture(walk: Walk) -> None:
    to_held(walk)
    walk("book")
    booked(walk)
    last = walk(BookingPrinted(walk.number, asked(walk, PrintBooking).look, is_printed=False))
    assert isinstance(last, ReservedPage)
    assert (last.paper, last.link) == ("none", f"https://queue.example/b/{TOKEN}")


def test_an_answer_to_what_was_asked_before_is_none(walk: Walk) -> None:
    chosen(walk)
    old = asked(walk, FindTimes).look
    walk("back", "go-on")
    walk.wait(0)
    shown = walk(TimesFound(walk.number, old, "found", DAYS, "2026-11-24"))
    assert isinstance(shown, TimesPage)
    assert shown.found == "asking"
    found(walk)
    walk(("choose", DAYS[1].times[0].at))
    assert isinstance(walk(HoldAnswered(walk.number, old, "held", "11:00")), TimesPage)


def test_back_from_the_held_time_leads_to_the_times_and_another_one_is_held(walk: Walk) -> None:
    to_held(walk)
    shown = walk("back")
    assert isinstance(shown, TimesPage)
    assert shown.found == "choose"
    walk(("choose", DAYS[0].times[0].at))
    assert asked(walk, HoldTime).at == DAYS[0].times[0].at
    assert isinstance(held(walk), HeldPage)


def test_left_alone_everything_is_forgotten(walk: Walk) -> None:
    to_held(walk)
    walk.wait(TIMING.idle + TIMING.countdown + 1)
    assert isinstance(walk.page, ClosedPage)
    assert any(isinstance(one, Wipe) for one in walk.effects)


def test_whoever_has_begun_to_book_may_finish_when_numbers_are_given_again(walk: Walk) -> None:
    to_held(walk)
    assert isinstance(walk(AvailabilityChanged(Availability())), HeldPage)
    walk("book")
    assert isinstance(booked(walk), ReservedPage)


def test_an_emergency_ends_it(walk: Walk) -> None:
    to_held(walk)
    walk(AvailabilityChanged(Availability(closed="full", notices=(LEAVE,))))
    assert any(isinstance(one, Wipe) for one in walk.effects)


@pytest.mark.parametrize(
    "changes",
    [
        {"availability": Availability()},
        {"out_of_order": True},
        {"copied": "7F3A"},
        {"offer": CentreOffer()},
    ],
)
def test_it_is_offered_only_where_no_numbers_are_given(full: Surroundings, changes: dict[str, object]) -> None:
    walk = Walk(replace(full, **changes))
    before = walk.page
    assert not getattr(before, "books", False)
    walk("book-ahead")
    assert type(walk.page) is type(before)


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59)), max_size=60))
def test_of_each_hour_the_first_time_is_shown(clocks: list[tuple[int, int]]) -> None:
    times = [BookableTime(f"{hour}-{minute}", f"{hour:02}:{minute:02}") for hour, minute in sorted(set(clocks))]
    shown = booking_ahead.hourly(times)
    assert [one.clock[:2] for one in shown] == sorted({one.clock[:2] for one in times})
    assert all(one == next(each for each in times if each.clock[:2] == one.clock[:2]) for one in shown)


@given(st.lists(st.integers(0, 35), unique=True, max_size=30), st.integers(1, 4))
def test_every_day_is_behind_a_few_touches(offsets: list[int], count: int) -> None:
    clocks = tuple(f"{8 + at:02}:00" for at in range(count))
    days = tuple(day(f"2026-{11 + at // 28:02}-{1 + at % 28:02}", *clocks) for at in sorted(offsets))
    known = BookingAhead(outcome="found", days=days, today="2026-11-01")
    assert len(booking_ahead.choices(known)) == min(len(days), MAX_FIRST)
    every = booking_ahead.choices(replace(known, view="days"))
    assert [one.id for one in every] == [one.day for one in days]
    if len(days) > MAX_FIRST or (days and count > 1):
        assert booking_ahead.has_others(known)


def test_other_times_are_offered_only_where_there_are_more_than_the_first() -> None:
    def others(*days: DayWithTimes) -> bool:
        return booking_ahead.has_others(BookingAhead(outcome="found", days=days))

    first = [day(f"2026-12-{date:02}", "08:30") for date in range(1, MAX_FIRST + 2)]
    assert not others()
    assert not others(*first[:MAX_FIRST])
    assert others(*first)
    assert not others(day("2026-12-01", "08:30", "08:45")), "both are of one hour"
    assert others(first[0], day("2026-12-02", "08:30", "09:00"))


def test_what_is_kept_of_it_says_nothing_when_it_is_written_down() -> None:
    known = BookingAhead(code=CODE, token=TOKEN, at="2026-11-25T09:00")
    told = TimeBooked(1, 1, "booked", "2026-11-25", "09:00", CODE, TOKEN)
    for one in (known, told):
        assert CODE not in repr(one)
        assert TOKEN not in repr(one)
