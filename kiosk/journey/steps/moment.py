"""Moment: nobody is served before a payment that was cut off is settled. Staff can be called."""

from kiosk.journey.context import Context
from kiosk.journey.events import Event
from kiosk.journey.outcome import Outcome, Stay
from kiosk.journey.page import Page
from kiosk.journey.surroundings import Surroundings


class MomentPage(Page, frozen=True):
    """One moment: a payment that was cut off is settled before anybody is served."""


def page(context: Context, around: Surroundings, number: int) -> Page:
    del context, around, number
    return MomentPage()


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, event, number
    return Stay(context)
