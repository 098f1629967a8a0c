"""How long it takes is said before a ticket is asked for, and before anybody pays."""

import pytest
from msgspec.structs import replace

from kiosk.journey.availability import Availability
from kiosk.journey.events import BookingChecked, CheckBooking, CheckedBooking, Scanned, WaitsChanged
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.fee import FeePage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.service import ServicePage
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.upcoming_wait import upcoming_wait
from queue_server.domain.appointments import CheckInVerdict
from tests.kiosk.journey.conftest import booking_text
from tests.kiosk.journey.walk import Walk

RANGE, SHUT = ForeseenWait(20, 35, "14:20"), ForeseenWait(shut=True)


@pytest.fixture
def walk(around: Surroundings) -> Walk:
    return Walk(replace(around, terminal=True))


def test_it_is_said_where_the_ticket_is_asked_for_and_before_the_fee_is_paid(walk: Walk) -> None:
    walk(WaitsChanged({"renewal": RANGE, "first": SHUT}))
    confirm = walk.to_confirm()
    assert isinstance(confirm, ConfirmPage)
    assert confirm.wait == RANGE
    fee = walk("confirm")
    assert isinstance(fee, FeePage)
    assert fee.wait == RANGE


def test_it_is_said_beside_each_service_before_one_is_chosen(walk: Walk) -> None:
    walk(WaitsChanged({"renewal": RANGE, "funds": SHUT}))
    kind = walk(("language", "en"), "no-document", ("choose", "UTO"))
    assert isinstance(kind, KindPage)
    assert {one.id: one.wait for one in kind.choices} == {"passports": None, "money": SHUT}, "of one that is not asked"
    service = walk(("choose", "passports"))
    assert isinstance(service, ServicePage)
    assert {one.id: one.wait for one in service.choices} == {"renewal": RANGE, "first": None}
    service = walk(WaitsChanged({"first": RANGE}))
    assert isinstance(service, ServicePage)
    assert {one.id: one.wait for one in service.choices} == {"renewal": None, "first": RANGE}


def test_of_a_further_service_nothing_is_said_as_the_visit_goes_where_the_first_one_is_done(
    around: Surroundings,
) -> None:
    walk = Walk(replace(around, offer=replace(around.offer, most=2), waits={"renewal": RANGE, "first": RANGE}))
    walk.to_confirm()
    service = walk("add", ("choose", "passports"))
    assert isinstance(service, ServicePage)
    assert [one.wait for one in service.choices] == [None] * len(service.choices)


def test_whoever_chooses_for_another_day_is_told_nothing_of_today(around: Surroundings) -> None:
    offer = replace(around.offer, appointments=True)
    walk = Walk(replace(around, offer=offer, availability=Availability(closed="full"), waits={"renewal": RANGE}))
    service = walk("book-ahead", ("language", "en"), ("choose", "UTO"), ("choose", "passports"))
    assert isinstance(service, ServicePage)
    assert [one.wait for one in service.choices] == [None] * len(service.choices)


def test_nothing_is_said_of_what_the_server_says_nothing_of(walk: Walk) -> None:
    walk(WaitsChanged({"first": RANGE}))
    confirm, fee = walk.to_confirm(), walk("confirm")
    assert isinstance(confirm, ConfirmPage)
    assert isinstance(fee, FeePage)
    assert (confirm.wait, fee.wait) == (None, None)


def test_what_changes_while_somebody_reads_is_shown_and_moves_nobody(walk: Walk) -> None:
    walk.to_confirm()
    walk("confirm")
    for waits, shown in (({"renewal": RANGE}, RANGE), ({"renewal": SHUT}, SHUT), ({}, None)):
        fee = walk(WaitsChanged(waits))
        assert isinstance(fee, FeePage)
        assert fee.wait == shown
    assert walk.effects == []


def test_of_several_services_the_first_says_how_long(around: Surroundings) -> None:
    walk = Walk(replace(around, offer=replace(around.offer, most=2), waits={"renewal": RANGE, "first": SHUT}))
    walk.to_confirm()
    confirm = walk("add", ("choose", "passports"), ("choose", "first"), "go-on")
    assert isinstance(confirm, ConfirmPage)
    assert (confirm.services, confirm.wait) == (2, RANGE)


def test_whoever_has_an_appointment_is_told_nothing_of_others(around: Surroundings) -> None:
    offer = replace(around.offer, appointments=True)
    walk = Walk(replace(around, offer=offer, booking_url="https://queue.example/b/", waits={"renewal": RANGE}))
    ident = "01890000-0000-7000-8000-000000000001"
    walk(Scanned(booking_text(ident)))
    walk.wait(0)
    asked = next(one for one in walk.effects if isinstance(one, CheckBooking))
    found = CheckedBooking(CheckInVerdict.ON_TIME, ident=ident, services=("renewal",))
    walk(BookingChecked(walk.number, asked.look, "checked", found))
    context = replace(walk.journey.context, service="renewal")
    assert upcoming_wait(context, walk.journey.around) is None
