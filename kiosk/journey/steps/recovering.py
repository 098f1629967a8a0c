"""Recovering: nobody is served before money whose way was cut off is settled. Staff can be called."""

from kiosk.journey.context import Context
from kiosk.journey.events import Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class RecoveringPage(JourneyPage, frozen=True):
    """One moment: money whose way was cut off is settled before anybody is served."""


def page(context: Context, around: Surroundings) -> JourneyPage:
    del context, around
    return RecoveringPage()


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, event, number
    return Stay(context)


RECOVERING = JourneyStep(name="recovering", page=page, handle=handle, subject=HelpSubject.START)
