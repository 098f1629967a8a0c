"""Moment: nobody is served before a payment that was cut off is settled. Staff can be called."""

from kiosk.journey.context import Context
from kiosk.journey.events import Event
from kiosk.journey.page import Page
from kiosk.journey.step import Outcome, Stay, Step
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class MomentPage(Page, frozen=True):
    """One moment: a payment that was cut off is settled before anybody is served."""


def page(context: Context, around: Surroundings) -> Page:
    del context, around
    return MomentPage()


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, event, number
    return Stay(context)


MOMENT = Step(name="moment", page=page, handle=handle, subject=HelpSubject.START)
