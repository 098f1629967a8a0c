"""Priority request: who needs to go first says so, and is not asked why. Staff decide."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings


class PriorityPage(JourneyPage, frozen=True):
    """Who needs to go first may ask for it; nobody is asked why. ``asks`` as it is so far."""

    asks: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    return PriorityPage(asks=context.asks)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    match event:
        case Action("ask-first"):
            return Continue(replace(context, asks=True))
        case Action("no-ask"):
            return Continue(replace(context, asks=False))
    return Stay(context)


PRIORITY_REQUEST = JourneyStep(name="priority-request", page=page, handle=handle, gives=frozenset({"asks"}))
