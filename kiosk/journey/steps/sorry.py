"""Sorry: nothing can be issued here now. Staff can be called, and trying again is real."""

from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import Action, Event, Refresh
from kiosk.journey.failure import FailureCode
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Page, SorryPage
from kiosk.journey.steps import rest


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    return SorryPage(problem=context.problem or FailureCode.NO_OFFER, others=rest.unread(context, around))


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("continue") if not around.offer.served():
            return Stay(context, (Refresh(),))
        case Action("continue"):
            return Continue(context)
    return Stay(context)
