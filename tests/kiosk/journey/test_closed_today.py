"""A service that is closed for today: it is said where it is chosen, and before anybody is asked for anything more."""

import pytest
from msgspec.structs import replace

from kiosk.journey.availability import Availability
from kiosk.journey.events import AvailabilityChanged, FindTimes, Issued, Printed, TimesFound
from kiosk.journey.flows.visit import VISIT
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.closed_service import ClosedServicePage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.free_times import TimesPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.more import MorePage
from kiosk.journey.steps.service import ServicePage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import ServiceId
from tests.kiosk.journey.test_booking_ahead import DAYS
from tests.kiosk.journey.walk import Walk

SHUT = Availability(closed_services=(ServiceId("renewal"),))


@pytest.fixture
def shut(around: Surroundings) -> Surroundings:
    waits = {"renewal": ForeseenWait(20, 35, "14:20"), "first": ForeseenWait(20, 35, "14:20")}
    return replace(around, availability=SHUT, waits=waits)


def at_service(walk: Walk) -> JourneyPage:
    return walk(("language", "en"), "no-document", ("choose", "UTO"), ("choose", "passports"))


def closed(walk: Walk) -> ClosedServicePage:
    at_service(walk)
    shown = walk(("choose", "renewal"))
    assert isinstance(shown, ClosedServicePage)
    return shown


def test_it_is_said_where_it_is_chosen_in_place_of_a_wait(shut: Surroundings) -> None:
    shown = at_service(Walk(shut))
    assert isinstance(shown, ServicePage)
    assert {one.id: (one.closed, one.wait is None) for one in shown.choices} == {
        "renewal": (True, True),
        "first": (False, False),
    }


def test_nobody_gets_a_number_for_it_and_something_else_is_a_touch_away(shut: Surroundings) -> None:
    walk = Walk(shut)
    shown = closed(walk)
    assert (shown.step, shown.books, shown.can_back) == (3, False, True)
    assert shown.service
    for touch in ("confirm", "number", "go-on", "book-ahead"):
        assert isinstance(walk(touch), ClosedServicePage)
    walk.wait(5)
    assert walk.effects == []
    assert isinstance(walk("help"), HelpPage)
    walk("no-help")
    assert isinstance(walk("back"), ServicePage)
    assert isinstance(walk(("choose", "first")), ConfirmPage)
    assert isinstance(walk("back"), ServicePage), "what is not closed is not asked about on the way back"


def test_another_day_is_a_touch_away_and_its_first_time_is_named(shut: Surroundings) -> None:
    walk = Walk(replace(shut, offer=replace(shut.offer, appointments=True)))
    assert closed(walk).books
    walk.wait(0)
    asked = next(one for one in walk.effects if isinstance(one, FindTimes))
    named = walk(TimesFound(walk.number, asked.look, "found", DAYS, "2026-11-24"))
    assert isinstance(named, ClosedServicePage)
    assert named.free is not None
    assert named.free.nights > 0
    assert isinstance(walk("book-ahead"), TimesPage)
    assert isinstance(walk("back"), ClosedServicePage)
    assert walk.journey.flow is VISIT


def test_who_reads_it_goes_on_by_themselves_once_it_is_given_again(shut: Surroundings) -> None:
    walk = Walk(shut)
    closed(walk)
    walk(AvailabilityChanged(Availability()))
    assert isinstance(walk.wait(0), ConfirmPage)


def test_who_has_begun_may_finish(walk: Walk) -> None:
    walk.to_confirm()
    assert isinstance(walk(AvailabilityChanged(SHUT)), ConfirmPage)
    assert isinstance(walk("confirm", Issued(1, "visit-1", "B042"), Printed(1, "taken")), TicketPage)


def test_a_second_service_that_is_closed_is_not_added(shut: Surroundings) -> None:
    walk = Walk(replace(shut, offer=replace(shut.offer, most=2)))
    at_service(walk)
    assert isinstance(walk(("choose", "first")), MorePage)
    assert isinstance(walk("add", ("choose", "passports"), ("choose", "renewal")), ClosedServicePage)


def test_a_kind_is_closed_where_all_of_it_is(shut: Surroundings) -> None:
    every = tuple(one.id for one in shut.offer.services if one.kind == "passports")
    for ids, is_closed in ((every, True), (every[1:], False)):
        walk = Walk(replace(shut, availability=Availability(closed_services=ids)))
        shown = walk(("language", "en"), "no-document", ("choose", "UTO"))
        assert isinstance(shown, KindPage)
        assert [one.closed for one in shown.choices if one.id == "passports"] == [is_closed]


def test_for_another_day_everything_can_be_chosen(shut: Surroundings, offer: CentreOffer) -> None:
    full = replace(SHUT, closed="full")
    walk = Walk(replace(shut, offer=replace(offer, appointments=True), availability=full))
    shown = walk("book-ahead", ("language", "en"), ("choose", "UTO"), ("choose", "passports"))
    assert isinstance(shown, ServicePage)
    assert not any(one.closed for one in shown.choices)
    assert isinstance(walk(("choose", "renewal")), TimesPage)
