"""Early: the time is later today. They wait here, come back, or talk to staff; nothing is lost by either."""

from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, EndJourney, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class EarlyPage(JourneyPage, frozen=True):
    """It is ``now``; from ``opens`` on one may come in for the time ``clock`` (each ``HH:MM``)."""

    now: str = ""
    opens: str = ""
    clock: str = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    booking = context.of(CheckingIn).booking
    return EarlyPage() if booking is None else EarlyPage(now=booking.now, opens=booking.opens, clock=booking.clock)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    match event:
        case Action("wait"):
            return Continue(context)
        case Action("later"):
            return EndJourney()
    return Stay(context)


EARLY = JourneyStep(name="early", page=page, handle=handle, subject=HelpSubject.START)
