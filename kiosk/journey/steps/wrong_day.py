"""Wrong day: the appointment is kept. It is printed, or a number is taken today, or another day chosen."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import checking_in
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context
from kiosk.journey.events import Action, BookingPrinted, Event, PrintBooking
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, EndJourney, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class DayPage(JourneyPage, frozen=True):
    """The appointment is on ``day`` at ``clock``, and it is ``today`` (ISO 8601).

    ``ahead`` walk-ins would be before them today, -1 where nobody has counted; ``number``: one is given now.
    ``paper``: how far their slip is, empty before it was asked for; ``can_print``: it can be. ``can_choose``: its page
    is known, ``link`` where that is, once they want to see it.
    """

    day: str = ""
    clock: str = ""
    today: str = ""
    ahead: int = -1
    number: bool = False
    paper: Literal["", "printing", "taken", "none"] = ""
    can_print: bool = False
    can_choose: bool = False
    link: str = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = context.of(CheckingIn)
    booking = known.booking
    if booking is None:
        return DayPage()
    return DayPage(
        day=booking.day,
        clock=booking.clock,
        today=booking.today,
        ahead=booking.ahead,
        number=_has_number(known, around),
        paper=known.paper,
        can_print=around.paper and known.paper in ("", "none"),
        can_choose=known.token != "",
        link=around.booking_url + known.token if known.shows_link else "",
    )


def _has_number(known: CheckingIn, around: Surroundings) -> bool:
    return checking_in.has_number(around) and known.booking is not None and known.booking.services != ()


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    known = context.of(CheckingIn)
    booking = known.booking
    match event:
        case Action("print") if around.paper and known.paper in ("", "none") and booking is not None:
            asked = PrintBooking(number, known.looks, context.language, booking.day, booking.clock, known.token)
            return Stay(context.keeping(replace(known, paper="printing")), (asked,))
        case BookingPrinted(_, look, is_printed) if look == known.looks and known.paper == "printing":
            return Stay(context.keeping(replace(known, paper="taken" if is_printed else "none")))
        case Action("number") if _has_number(known, around):
            return Continue(context.keeping(replace(known, walk_in=True)))
        case Action("choose-day") if known.token:
            return Stay(context.keeping(replace(known, shows_link=True)))
        case Action("done"):
            return EndJourney()
    return Stay(context)


def turned_back(context: Context) -> Context | None:
    """Go back from the picture of the link to the choices."""
    known = context.of(CheckingIn)
    return context.keeping(replace(known, shows_link=False)) if known.shows_link else None


WRONG_DAY = JourneyStep(
    name="wrong-day",
    page=page,
    handle=handle,
    takes={BookingPrinted: PersonPresence.RENEWED},
    turned_back=turned_back,
    subject=HelpSubject.START,
)
