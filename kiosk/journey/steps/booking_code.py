"""Booking code: the eight signs of an appointment. What cannot be one is noticed here, and nobody is asked."""

from msgspec.structs import replace

from kiosk.journey import checking_in
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.appointments import CODE_LENGTH
from queue_server.domain.typed_codes import CODE_SIGNS
from queue_server.domain.values import HelpSubject


class SignsPage(JourneyPage, frozen=True):
    """The signs typed so far, of ``length``, of those that there are."""

    entered: str = ""
    length: int = CODE_LENGTH
    signs: tuple[str, ...] = tuple(CODE_SIGNS)


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    return SignsPage(entered=context.of(CheckingIn).typed)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    known = context.of(CheckingIn)
    match event:
        case Action("sign", key) if len(key) == 1 and key in CODE_SIGNS and len(known.typed) < CODE_LENGTH:
            return Stay(context.keeping(replace(known, typed=known.typed + key)))
        case Action("erase"):
            return Stay(context.keeping(replace(known, typed=known.typed[:-1])))
        case Action("submit") if len(known.typed) == CODE_LENGTH:
            return Continue(context)
    return Stay(context)


BOOKING_CODE = JourneyStep(
    name="booking-code",
    page=page,
    handle=handle,
    left=checking_in.begun_anew,
    subject=HelpSubject.START,
)
