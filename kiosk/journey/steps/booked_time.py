"""Booked time: it is theirs. Day, time and code, on paper where there is some, else as a picture for their phone."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey.booking_ahead import BookingAhead
from kiosk.journey.context import Context
from kiosk.journey.events import Action, BookingPrinted, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.patience import last
from kiosk.journey.step import EndJourney, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.appointments import AppointmentCode, shown_code
from queue_server.domain.values import HelpSubject


class ReservedPage(JourneyPage, frozen=True):
    """``code`` is as people read it. ``paper`` is how far the slip is; ``link`` is shown where there is none."""

    day: str = ""
    clock: str = ""
    code: str = ""
    paper: Literal["", "printing", "taken", "none"] = "printing"
    link: str = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = context.of(BookingAhead)
    return ReservedPage(
        day=known.day,
        clock=known.clock,
        code=shown_code(AppointmentCode(known.code)),
        paper=known.paper,
        link=around.booking_url + known.token if known.paper == "none" else "",
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    known = context.of(BookingAhead)
    match event:
        case BookingPrinted(_, look, is_printed) if look == known.looks and known.paper == "printing":
            return Stay(context.keeping(replace(known, paper="taken" if is_printed else "none")))
        case Action("done") if known.paper != "printing":
            return EndJourney()
    return Stay(context)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """With the paper in hand there is nothing left to be asked."""
    del around
    if context.of(BookingAhead).paper != "taken":
        return None
    return StepTimeout(last(context, timing, timing.ticket), "wipe")


BOOKED_TIME = JourneyStep(
    name="booked-time",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    takes={BookingPrinted: PersonPresence.RENEWED},
    patience=patience,
    subject=HelpSubject.TICKET,
    final=True,
)
