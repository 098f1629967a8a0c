"""What reception is told of an appointment, as a value: every verdict in every language, with a next step. Pure."""

import json
from itertools import product

import pytest
from msgspec.structs import replace

from queue_server.appointments import check_in
from queue_server.appointments.model import StoredAppointment
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.domain.appointments import (
    ADMITS,
    AppointmentCode,
    AppointmentDocumentId,
    AppointmentId,
    AppointmentState,
    BookedThrough,
    CheckInVerdict,
)
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import BandId, CentreId, Day, Language, Micros, ServiceId, VisitId, new_id
from queue_server.web.appointments.arrival import Arrival, ArrivalFacts, arrival
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.days import Centre, at
from tests.queue_server.web.test_reception_presenter import look

RULES = AppointmentRules()
DAY = Day("2026-11-24")


def booked(
    clock: str = "10:30", day: Day = DAY, state: AppointmentState = AppointmentState.BOOKED
) -> StoredAppointment:
    return StoredAppointment(
        id=AppointmentId(new_id()),
        centre=CentreId("demo"),
        day=day,
        code=AppointmentCode("HS4K7KM2"),
        state=state,
        at=at(clock),
        services=(ServiceId("uto-passport-renewal"),),
        party_size=2,
        people=(Headcount(BandId("adult"), 2),),
        language=Language("fr"),
        through=BookedThrough.PUBLIC,
        seconds=1200,
        remote=None,
        document=AppointmentDocumentId(new_id()),
        booked_at=Micros(0),
        changed_at=Micros(0),
        revision=0,
        visit=None,
    )


def shown(
    one: StoredAppointment | None, verdict: CheckInVerdict, clock: str = "10:00", language: str = "en"
) -> Arrival:
    facts = ArrivalFacts(verdict=verdict, one=one, rules=RULES, today=DAY, zone="Europe/Brussels", elsewhere="Harbour")
    return arrival(look(Centre(), clock, language), facts)


def worth(one: StoredAppointment | None, clock: str) -> Arrival:
    """Ask as the page does: what it is worth at a time of the day."""
    return shown(one, check_in.verdict(one, CentreId("demo"), DAY, at(clock), RULES), clock)


@pytest.mark.parametrize(("language", "verdict"), tuple(product(LANGUAGES, CheckInVerdict)))
def test_every_verdict_has_a_head_and_says_what_to_do(language: str, verdict: CheckInVerdict) -> None:
    found = shown(None if verdict is CheckInVerdict.UNKNOWN else booked(), verdict, language=language)
    assert found.head
    assert found.do
    assert (found.step == "issue") == (verdict in ADMITS or verdict is CheckInVerdict.TOO_LATE)


def test_a_ticket_is_issued_by_the_booking_alone() -> None:
    found = worth(booked(), "10:20")
    assert (found.head, found.step) == ("On time", "issue")
    body = json.loads(found.body)
    assert body["appointment"]
    assert (body["services"], body["party_size"]) == (["uto-passport-renewal"], 2)
    assert body["category"] == "walk-in"
    assert "document" not in body
    assert found.check


def test_early_late_and_too_late_say_until_when() -> None:
    assert "in 90 minutes" in worth(booked(), "09:00").do
    late = worth(booked(), "10:45")
    assert (late.step, "11:00" in late.do) == ("issue", True)
    over = worth(booked(), "11:30")
    assert (over.step, over.also, "11:00" in over.do) == ("issue", ("move",), True)
    assert over.issue_label == "Issue a ticket without the appointment"


def test_another_day_and_a_day_that_is_over() -> None:
    ahead = worth(booked(day=Day("2026-11-26")), "10:00")
    assert (ahead.step, ahead.also) == ("move", ("walk-in",))
    assert "move=1" in ahead.move_href
    over = worth(booked(day=Day("2026-11-20")), "10:00")
    assert (over.step, over.body) == ("walk-in", "")


def test_of_another_centre_and_of_none_nothing_is_told() -> None:
    elsewhere = shown(booked(), CheckInVerdict.OTHER_CENTRE)
    assert "Harbour" in elsewhere.do
    assert (elsewhere.code, elsewhere.services, elsewhere.facts, elsewhere.walk_in) == ("", (), (), "")
    assert elsewhere.when
    none = shown(None, CheckInVerdict.UNKNOWN)
    assert (none.step, none.when, none.code, none.move_href) == ("", "", "", "")


def test_who_came_already_is_shown_with_the_ticket_or_begins_anew() -> None:
    one = booked(state=AppointmentState.CHECKED_IN)
    facts = ArrivalFacts(CheckInVerdict.CHECKED_IN, one, RULES, DAY, "Europe/Brussels")
    desk = look(Centre(), "10:00")
    assert arrival(desk, facts).step == "walk-in"
    ticket = VisitId(new_id())
    with_ticket = arrival(desk, replace(facts, ticket=ticket, ticket_code="B042"))
    assert (with_ticket.step, with_ticket.ticket) == ("show", ticket)
    assert "042" in with_ticket.do


#: Those of whom nobody comes in; of what was moved the row is that of its new day.
OVER = tuple(one for one in AppointmentState if one not in (AppointmentState.BOOKED, AppointmentState.MOVED))


@pytest.mark.parametrize("state", OVER)
def test_nothing_is_issued_for_what_is_not_booked(state: AppointmentState) -> None:
    found = worth(booked(state=state), "10:20")
    assert (found.step == "issue", found.body) == (False, "")
