"""They may not be reached today: it is said before anybody pays or waits, with what can be done."""

import dataclasses

import pytest
from msgspec.structs import replace

from kiosk.journey.booking_ahead import BookingAhead
from kiosk.journey.events import DayWithTimes, FindTimes, HoldAnswered, HoldTime, TimesFound, WaitsChanged
from kiosk.journey.flow import Flow, FlowError, Leg, Transition
from kiosk.journey.flows.booking_ahead import ANOTHER_DAY
from kiosk.journey.flows.visit import VISIT
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.before_closing import BEFORE_CLOSING, ClosingPage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.free_times import TimesPage
from kiosk.journey.steps.held_time import HeldPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.language import LANGUAGE
from kiosk.journey.steps.more import MorePage
from kiosk.journey.steps.service import ServicePage
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.appointments import RemoteChannel
from tests.kiosk.journey.test_booking_ahead import DAYS
from tests.kiosk.journey.walk import Walk

RANGE, SHUT = ForeseenWait(20, 35, "14:20"), ForeseenWait(shut=True)


@pytest.fixture
def late(around: Surroundings) -> Surroundings:
    offer = replace(around.offer, appointments=True)
    return replace(around, offer=offer, terminal=True, waits={"renewal": SHUT, "first": RANGE}, closes="16:00")


def closing(walk: Walk) -> ClosingPage:
    shown = walk.to_confirm()
    assert isinstance(shown, ClosingPage)
    return shown


def found(walk: Walk, days: tuple[DayWithTimes, ...] = DAYS) -> JourneyPage:
    asked = next(one for one in reversed(walk.effects) if isinstance(one, FindTimes))
    return walk(TimesFound(walk.number, asked.look, "found", days, "2026-11-24"))


def test_it_is_said_before_they_are_asked_for_anything_more_and_names_a_time_that_is_free(late: Surroundings) -> None:
    walk = Walk(late)
    shown = closing(walk)
    assert (shown.step, shown.closes, shown.books, shown.free, shown.costs) == (3, "16:00", True, None, True)
    walk.wait(0)
    named = found(walk)
    assert isinstance(named, ClosingPage)
    assert named.free is not None
    assert (named.free.day, named.free.nights, named.free.clock) == ("2026-11-25", 1, "09:00"), "today is no other day"


def test_another_day_is_booked_without_choosing_once_more(late: Surroundings) -> None:
    walk = Walk(late)
    closing(walk)
    walk.wait(0)
    found(walk)
    times = walk("book-ahead")
    assert isinstance(times, TimesPage)
    assert (times.found, times.step, times.steps) == ("choose", 2, 4), "what was found is not asked for again"
    walk(("choose", DAYS[1].times[0].at))
    hold = next(one for one in walk.effects if isinstance(one, HoldTime))
    assert hold.services == ("renewal",)
    held = walk(HoldAnswered(walk.number, hold.look, "held", "11:35"))
    assert isinstance(held, HeldPage)
    assert isinstance(walk("back"), TimesPage)
    assert isinstance(walk("back"), ClosingPage)
    assert walk.journey.flow is VISIT
    assert isinstance(walk("back"), ServicePage)


def test_an_answer_that_comes_later_is_taken_where_they_are_by_then(late: Surroundings) -> None:
    walk = Walk(late)
    closing(walk)
    walk.wait(0)
    assert isinstance(walk("book-ahead"), TimesPage)
    times = found(walk)
    assert isinstance(times, TimesPage)
    assert times.found == "choose"
    assert len([one for one in walk.effects if isinstance(one, FindTimes)]) == 1


def test_a_number_is_given_all_the_same_and_staff_are_a_touch_away(late: Surroundings) -> None:
    walk = Walk(late)
    closing(walk)
    assert isinstance(walk("help"), HelpPage)
    walk("no-help")
    walk.wait(0)
    confirm = walk("number")
    assert isinstance(confirm, ConfirmPage)
    assert confirm.wait == SHUT
    assert walk.journey.context.of(BookingAhead).days == ()
    assert isinstance(walk("back"), ClosingPage)


def test_what_is_found_for_one_service_is_not_said_of_another(late: Surroundings) -> None:
    walk = Walk(replace(late, waits={"renewal": SHUT, "first": SHUT}))
    closing(walk)
    walk.wait(0)
    found(walk)
    walk("back", ("choose", "first"))
    shown = walk.page
    assert isinstance(shown, ClosingPage)
    assert shown.free is None
    walk.wait(0)
    asked = [one.services for one in walk.effects if isinstance(one, FindTimes)]
    assert asked == [("renewal",), ("first",)]


@pytest.mark.parametrize("outcome", ["not-offered", "found"])
def test_no_other_day_is_offered_where_none_can_be_had(late: Surroundings, outcome: str) -> None:
    walk = Walk(late)
    closing(walk)
    walk.wait(0)
    asked = next(one for one in walk.effects if isinstance(one, FindTimes))
    shown = walk(TimesFound(walk.number, asked.look, outcome))  # type: ignore[arg-type] # one of its words
    assert isinstance(shown, ClosingPage)
    assert not shown.books
    assert isinstance(walk("book-ahead"), ClosingPage)


def test_a_centre_without_appointments_offers_none_and_is_not_asked(around: Surroundings) -> None:
    walk = Walk(replace(around, waits={"renewal": SHUT}))
    shown = closing(walk)
    assert (shown.books, shown.closes, shown.costs) == (False, "", True)
    walk.wait(5)
    assert walk.effects == []
    assert isinstance(walk("number"), ConfirmPage)


def test_whom_nobody_sees_here_is_told_where_it_is_booked(late: Surroundings) -> None:
    services = tuple(
        replace(one, steps=tuple(replace(step, remote=RemoteChannel.VIDEO) for step in one.steps))
        for one in late.offer.services
    )
    walk = Walk(replace(late, offer=replace(late.offer, services=services)))
    closing(walk)
    walk.wait(0)
    assert not any(isinstance(one, FindTimes) for one in walk.effects)
    times = walk("book-ahead")
    assert isinstance(times, TimesPage)
    assert times.found == "remote"


def test_a_page_that_is_read_stays_and_a_range_before_it_passes_it_over(late: Surroundings) -> None:
    walk = Walk(late)
    closing(walk)
    assert isinstance(walk(WaitsChanged({"renewal": RANGE}, "16:00")), ClosingPage)
    assert isinstance(walk("number"), ConfirmPage)
    assert isinstance(walk("back"), ServicePage)
    assert isinstance(walk(("choose", "renewal")), ConfirmPage)
    # Who asks whether all is right by then stays there, and reads it.
    confirm = walk(WaitsChanged({"renewal": SHUT}, "16:00"))
    assert isinstance(confirm, ConfirmPage)
    assert confirm.wait == SHUT


def test_of_several_services_it_comes_once_all_are_chosen(late: Surroundings) -> None:
    walk = Walk(replace(late, offer=replace(late.offer, most=2)))
    assert isinstance(walk.to_confirm(), MorePage)
    assert isinstance(walk("add", ("choose", "passports"), ("choose", "first"), "go-on"), ClosingPage)


def test_a_flow_that_must_be_given_something_is_entered_only_where_that_was_given() -> None:
    rash = dataclasses.replace(BEFORE_CLOSING, needs=frozenset())
    with pytest.raises(FlowError, match="before-closing leads to another-day without service"):
        Flow(
            name="rash",
            legs=(Leg(LANGUAGE), Leg(rash)),
            failed=LANGUAGE,
            transitions=(Transition(rash, "book-ahead", ANOTHER_DAY),),
        )
