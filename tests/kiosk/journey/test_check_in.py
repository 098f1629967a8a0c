"""Somebody has an appointment: each way to prove it, each verdict with its page, and a next step on all of them."""

import base64
import uuid

import pytest
from msgspec.structs import replace

from kiosk.journey import events as e
from kiosk.journey.availability import Availability
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.events import (
    AdmissionRefused,
    AvailabilityChanged,
    BookingChecked,
    BookingPrinted,
    CheckBooking,
    CheckedBooking,
    ChipRead,
    DocumentRead,
    Issued,
    MakeTicket,
    PaperChanged,
    PrintBooking,
    Scanned,
    Wipe,
)
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.admission import AdmissionPage
from kiosk.journey.steps.booked_party import CompanyPage
from kiosk.journey.steps.booking import BookingPage
from kiosk.journey.steps.booking_code import SignsPage
from kiosk.journey.steps.check_in import AppointmentPage
from kiosk.journey.steps.chip import ChipPage
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.early import EarlyPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.steps.ticket_status import StatusPage
from kiosk.journey.steps.wrong_day import DayPage
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.catalogue import BandView
from queue_server.domain.appointments import CheckInVerdict
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import BandId
from tests.kiosk.journey.conftest import ticket_text
from tests.kiosk.journey.walk import TIMING, Walk

IDENT = "01890000-0000-7000-8000-000000000001"
TOKEN = base64.urlsafe_b64encode(uuid.UUID(IDENT).bytes + bytes(range(16))).rstrip(b"=").decode()
LINK = f"https://queue.example/b/{TOKEN}"
CODE = "HS4K7KM2"
BOOKED = CheckedBooking(
    CheckInVerdict.ON_TIME,
    ident=IDENT,
    services=("renewal",),
    day="2026-11-24",
    clock="11:00",
    today="2026-11-24",
    now="10:55",
    opens="10:45",
)


@pytest.fixture
def booking_offer(offer: CentreOffer) -> CentreOffer:
    return replace(offer, appointments=True, party=6)


@pytest.fixture
def desk(around: Surroundings, booking_offer: CentreOffer) -> Surroundings:
    return replace(around, chip=True, offer=booking_offer, booking_url="https://queue.example/b/")


@pytest.fixture
def walk(desk: Surroundings) -> Walk:
    return Walk(desk)


def asked(walk: Walk) -> CheckBooking:
    return next(one for one in reversed(walk.effects) if isinstance(one, CheckBooking))


def scanned(walk: Walk) -> JourneyPage:
    walk(Scanned(LINK))
    return walk.wait(0)


def told(walk: Walk, booking: CheckedBooking = BOOKED, **changes: object) -> JourneyPage:
    walk(BookingChecked(walk.number, asked(walk).look, "checked", replace(booking, **changes)))
    return walk.wait(0)


def made(walk: Walk) -> MakeTicket:
    return next(one for one in reversed(walk.effects) if isinstance(one, MakeTicket))


def is_over(walk: Walk) -> bool:
    return any(isinstance(one, Wipe) for one in walk.effects)


def test_the_link_under_the_scanner_is_enough(walk: Walk) -> None:
    assert isinstance(walk.page, LanguagePage)
    shown = scanned(walk)
    assert isinstance(shown, BookingPage)
    assert (shown.found, asked(walk).token) == ("asking", TOKEN)
    assert isinstance(told(walk, language="ar"), AdmissionPage)
    ticket = made(walk)
    assert (ticket.services, ticket.appointment, ticket.admits) == (("renewal",), IDENT, True)
    assert (ticket.language, ticket.booked) == ("ar", "11:00"), "it is the language of the booking"
    last = walk(Issued(walk.number, "visit-1", "A128"))
    assert isinstance(last, TicketPage)
    assert (last.code, last.booked, last.came) == ("A128", "11:00", "on-time")
    assert [one.place for one in last.stops][:1] == ["Area B"]
    walk("done")
    assert is_over(walk)


def test_whoever_has_chosen_a_language_keeps_it(walk: Walk) -> None:
    walk(("language", "en"))
    scanned(walk)
    told(walk, language="ar")
    assert made(walk).language == "en"


def test_the_code_is_typed_with_the_signs_that_there_are(walk: Walk) -> None:
    walk(("language", "en"))
    assert isinstance(walk("check-in"), AppointmentPage)
    shown = walk("code", *(("sign", sign) for sign in "HS4O1"), "submit")
    assert isinstance(shown, SignsPage)
    assert shown.entered == "HS4", "a sign that looks like another one is none"
    walk(*(("sign", sign) for sign in "K7KM29"), "submit")
    walk.wait(0)
    assert (asked(walk).code, asked(walk).token) == (CODE, "")
    told(walk)
    assert CODE not in repr(walk.journey.context), "nothing of it stays behind the answer"
    assert CODE not in repr(asked(walk))


def test_a_document_is_looked_for_once_its_chip_is_read(walk: Walk) -> None:
    walk(("language", "en"), "check-in")
    assert isinstance(walk(DocumentRead("UTO", 1)), ChipPage)
    walk(ChipRead(walk.number, 1, "read"), "continue")
    walk.wait(0)
    assert (asked(walk).laid, asked(walk).code, asked(walk).token) == (1, "", "")


def test_a_document_that_lay_there_before_need_not_be_laid_again(walk: Walk) -> None:
    walk(("language", "en"), DocumentRead("UTO", 1), ChipRead(walk.number, 1, "read"), "continue")
    assert isinstance(walk.page, KindPage)
    shown = walk("check-in")
    assert isinstance(shown, AppointmentPage)
    assert shown.shown
    walk("document")
    walk.wait(0)
    assert asked(walk).laid == 1


def test_another_code_is_none_and_a_ticket_is_still_shown(walk: Walk) -> None:
    ticket = ticket_text("01890000-0000-7000-8000-000000000042")
    assert isinstance(walk(Scanned(ticket)), StatusPage)
    walk("back", ("language", "en"), "check-in")
    shown = walk(Scanned("foreign"))
    assert isinstance(shown, AppointmentPage)
    assert shown.foreign


def test_early_leaves_three_ways(walk: Walk) -> None:
    scanned(walk)
    early = told(walk, verdict=CheckInVerdict.EARLY, now="09:10")
    assert isinstance(early, EarlyPage)
    assert (early.now, early.opens, early.clock) == ("09:10", "10:45", "11:00")
    walk("help")
    assert any(isinstance(one, e.CallStaff) for one in walk.effects)
    walk("no-help", "wait")
    walk.wait(0)
    assert made(walk).appointment == IDENT
    last = walk(Issued(walk.number, "visit-1", "A128"))
    assert isinstance(last, TicketPage)
    assert last.came == "early"


def test_whoever_is_early_may_come_back_and_nothing_is_issued(walk: Walk) -> None:
    scanned(walk)
    told(walk, verdict=CheckInVerdict.EARLY)
    walk("later")
    assert is_over(walk)
    assert not any(isinstance(one, MakeTicket) for one in walk.effects)


def test_late_that_counts_says_so_with_the_number(walk: Walk) -> None:
    scanned(walk)
    told(walk, verdict=CheckInVerdict.LATE)
    last = walk(Issued(walk.number, "visit-1", "A128"))
    assert isinstance(last, TicketPage)
    assert last.came == "late"


def test_too_late_is_helped_as_a_walk_in_and_counts_as_come(walk: Walk) -> None:
    scanned(walk)
    shown = told(walk, verdict=CheckInVerdict.TOO_LATE)
    assert isinstance(shown, BookingPage)
    assert (shown.found, shown.clock, shown.number, shown.can_choose) == ("too-late", "11:00", True, True)
    walk("number")
    walk.wait(0)
    assert (made(walk).appointment, made(walk).admits) == (IDENT, True)
    last = walk(Issued(walk.number, "visit-1", "A128"))
    assert isinstance(last, TicketPage)
    assert (last.came, last.booked) == ("", ""), "it is no ticket of the appointment"


def test_of_a_day_that_is_over_the_number_is_without_the_appointment(walk: Walk) -> None:
    scanned(walk)
    told(walk, verdict=CheckInVerdict.TOO_LATE, day="2026-11-20")
    walk("number")
    walk.wait(0)
    assert (made(walk).appointment, made(walk).admits, made(walk).services) == ("", False, ("renewal",))


def test_on_a_wrong_day_the_appointment_is_kept_and_three_ways_lead_on(walk: Walk) -> None:
    scanned(walk)
    shown = told(walk, verdict=CheckInVerdict.WRONG_DAY, day="2026-12-03", clock="10:30", ahead=7)
    assert isinstance(shown, DayPage)
    assert (shown.day, shown.today, shown.clock) == ("2026-12-03", "2026-11-24", "10:30")
    assert (shown.ahead, shown.number, shown.can_print, shown.can_choose) == (7, True, True, True)
    walk("print")
    paper = next(one for one in walk.effects if isinstance(one, PrintBooking))
    assert (paper.day, paper.clock, paper.token) == ("2026-12-03", "10:30", TOKEN)
    taken = walk(BookingPrinted(walk.number, paper.look, is_printed=True))
    assert isinstance(taken, DayPage)
    assert (taken.paper, taken.can_print) == ("taken", False)
    linked = walk("choose-day")
    assert isinstance(linked, DayPage)
    assert linked.link == LINK
    again = walk("back")
    assert isinstance(again, DayPage)
    assert again.link == ""
    walk("number")
    walk.wait(0)
    assert (made(walk).appointment, made(walk).booked, made(walk).admits) == ("", "", False)


def test_where_today_is_full_no_number_is_offered(walk: Walk) -> None:
    scanned(walk)
    told(walk, verdict=CheckInVerdict.WRONG_DAY)
    full = walk(AvailabilityChanged(Availability(closed="full")))
    assert isinstance(full, DayPage)
    assert not full.number
    walk("number")
    assert not any(isinstance(one, MakeTicket) for one in walk.effects)
    without = walk(PaperChanged(paper=False))
    assert isinstance(without, DayPage)
    assert not without.can_print


def test_whoever_has_booked_comes_in_where_today_is_full(desk: Surroundings) -> None:
    walk = Walk(replace(desk, availability=Availability(closed="full")))
    assert isinstance(walk.page, ClosedPage)
    scanned(walk)
    told(walk)
    assert made(walk).appointment == IDENT


@pytest.mark.parametrize(
    "changes",
    [
        {"availability": Availability(closed="closed")},
        {"out_of_order": True},
        {"copied": "sign"},
        {"offer": CentreOffer()},
    ],
)
def test_where_nobody_is_let_in_no_code_does_it(desk: Surroundings, changes: dict[str, object]) -> None:
    walk = Walk(replace(desk, **changes))
    walk(Scanned(LINK))
    assert not any(isinstance(one, CheckBooking) for one in walk.effects)


@pytest.mark.parametrize(
    ("verdict", "found", "ways"),
    [
        (CheckInVerdict.UNKNOWN, "unknown", {"again", "number"}),
        (CheckInVerdict.OTHER_CENTRE, "other-centre", {"number"}),
        (CheckInVerdict.CANCELLED, "cancelled", {"number", "choose"}),
        (CheckInVerdict.DISPLACED, "displaced", {"number", "choose"}),
        (CheckInVerdict.WRONG_PERSON, "wrong-person", {"again", "number"}),
        (CheckInVerdict.CHECKED_IN, "checked-in", set()),
    ],
)
def test_each_verdict_has_its_page_and_a_next_step(
    walk: Walk, verdict: CheckInVerdict, found: str, ways: set[str]
) -> None:
    scanned(walk)
    shown = told(walk, verdict=verdict, place={"en": "Harbour"}, address={"en": "Quay 3"}, code="A128")
    assert isinstance(shown, BookingPage)
    assert shown.found == found
    offered = {"again": shown.again, "number": shown.number, "choose": shown.can_choose}
    assert {name for name, there in offered.items() if there} == ways
    assert (shown.place, shown.code) == ("Harbour", "A128")
    walk("done")
    assert is_over(walk)


def test_an_unknown_code_is_shown_again_or_gets_a_number_as_everybody(walk: Walk) -> None:
    walk(("language", "en"))
    scanned(walk)
    told(walk, CheckedBooking(CheckInVerdict.UNKNOWN))
    assert isinstance(walk("again"), AppointmentPage)
    scanned(walk)
    told(walk, CheckedBooking(CheckInVerdict.UNKNOWN))
    assert isinstance(walk("number"), IdentifyPage), "back where they had come from"
    assert walk.journey.context.of(CheckingIn).token == ""


def test_the_document_confirms_it_where_the_centre_wants_that(walk: Walk) -> None:
    scanned(walk)
    shown = told(walk, needs_document=True)
    assert isinstance(shown, BookingPage)
    assert shown.found == "needs-document"
    asking = walk("again")
    assert isinstance(asking, AppointmentPage)
    assert asking.confirms
    walk(DocumentRead("UTO", 1), ChipRead(walk.number, 1, "read"), "continue")
    walk.wait(0)
    assert (asked(walk).token, asked(walk).laid) == (TOKEN, 1), "both go together"
    told(walk)
    assert made(walk).documents != ()


def test_all_are_counted_where_it_was_booked_for_several(walk: Walk) -> None:
    scanned(walk)
    company = told(walk, people=4)
    assert isinstance(company, CompanyPage)
    assert company.people == 4
    walk("all")
    walk.wait(0)
    assert made(walk).people == (Headcount(BandId("anyone"), 4),)


FAMILY = (Headcount(BandId("adult"), 2), Headcount(BandId("child"), 1))


@pytest.fixture
def family(desk: Surroundings) -> Walk:
    """At a centre that counts people by age, with an appointment of two adults and a child."""
    bands = (
        BandView(BandId("adult"), {"en": "Adults"}, 18),
        BandView(BandId("child"), {"en": "Children"}, 6, 17),
        BandView(BandId("small-child"), {"en": "Small children"}, 0, 5),
    )
    tariff = replace(desk.offer.tariff, bands=tuple(one.id for one in bands))
    walk = Walk(replace(desk, offer=replace(desk.offer, bands=bands, tariff=tariff)))
    scanned(walk)
    told(walk, people=3, ages=FAMILY)
    return walk


def test_a_family_comes_with_the_ages_that_were_booked(family: Walk) -> None:
    family("all")
    family.wait(0)
    assert made(family).people == FAMILY


def test_whoever_stays_away_is_counted_by_age(family: Walk) -> None:
    shown = family("count")
    assert isinstance(shown, CompanyPage)
    assert [(one.label, one.count) for one in shown.bands] == [("Adults", 2), ("Children", 1), ("Small children", 0)]
    shown = family(("minus", "child"), ("minus", "adult"), ("plus", "small-child"))
    assert isinstance(shown, CompanyPage)
    assert (shown.here, shown.people) == (2, 3)
    family("people")
    family.wait(0)
    assert made(family).people == (Headcount(BandId("adult"), 1), Headcount(BandId("small-child"), 1))


def test_nobody_goes_on_with_nobody_and_back_counts_anew(family: Walk) -> None:
    family("count", ("minus", "child"), ("minus", "adult"), ("minus", "adult"), "people")
    assert isinstance(family.page, CompanyPage), "at least one person has come"
    family("back", "all")
    family.wait(0)
    assert made(family).people == FAMILY


@pytest.mark.parametrize(("touches", "here"), [(("minus", "minus"), 2), (("plus",), 5), (("plus",) * 9, 6)])
def test_fewer_or_more_are_said(walk: Walk, touches: tuple[str, ...], here: int) -> None:
    scanned(walk)
    told(walk, people=4)
    shown = walk("count", *((one, "anyone") for one in touches))
    assert isinstance(shown, CompanyPage)
    assert shown.here == here
    walk("people")
    walk.wait(0)
    assert made(walk).people == (Headcount(BandId("anyone"), here),)


def test_somebody_else_was_first_with_the_same_code(walk: Walk) -> None:
    """Two kiosks ask at the same moment: one ticket comes of it, and the other kiosk says its number."""
    scanned(walk)
    told(walk)
    shown = walk(AdmissionRefused(walk.number, CheckInVerdict.CHECKED_IN, "B042"))
    assert isinstance(shown, BookingPage)
    assert (shown.found, shown.code) == ("checked-in", "B042")
    walk.wait(TIMING.place + 1)
    assert is_over(walk)


def test_without_the_server_a_number_is_taken_and_what_was_shown_goes_with_it(walk: Walk) -> None:
    walk(("language", "en"))
    scanned(walk)
    walk(BookingChecked(walk.number, asked(walk).look, "away"))
    shown = walk.page
    assert isinstance(shown, BookingPage)
    assert (shown.found, shown.number) == ("away", True)
    assert isinstance(walk("number"), IdentifyPage)
    walk("no-document", ("choose", "UTO"), ("choose", "passports"), ("choose", "renewal"), "go-on", "confirm")
    ticket = made(walk)
    assert (ticket.appointment, ticket.admits, ticket.services) == (TOKEN, False, ("renewal",))
    assert ticket.booked == "", "nobody knows its time"


def test_too_many_codes_are_slowed(walk: Walk) -> None:
    scanned(walk)
    walk(BookingChecked(walk.number, asked(walk).look, "slowed", wait_s=61))
    shown = walk.page
    assert isinstance(shown, BookingPage)
    assert (shown.found, shown.wait_min, shown.number) == ("slowed", 2, True)


def test_a_late_answer_is_none(walk: Walk) -> None:
    scanned(walk)
    before = asked(walk).look
    told(walk, CheckedBooking(CheckInVerdict.UNKNOWN))
    walk("again")
    scanned(walk)
    walk(BookingChecked(walk.number, before, "checked", BOOKED))
    assert not any(isinstance(one, MakeTicket) for one in walk.effects)


def test_the_next_person_at_the_kiosk_shows_a_code_as_well(walk: Walk) -> None:
    for number in (1, 2):
        shown = scanned(walk)
        assert isinstance(shown, BookingPage), number
        told(walk)
        walk(Issued(walk.number, f"visit-{number}", f"A12{number}"), "done")
