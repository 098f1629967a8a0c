"""Priority request: who needs to go first says so, and is not asked why. Staff decide."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import Page
from kiosk.journey.step import Continue, Outcome, Stay, Step
from kiosk.journey.surroundings import Surroundings


class PriorityPage(Page, frozen=True):
    """Who needs to go first may ask for it; nobody is asked why. ``asks`` as it is so far."""

    asks: bool = False


def page(context: Context, around: Surroundings) -> Page:
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


PRIORITY_REQUEST = Step(name="priority-request", page=page, handle=handle, gives=frozenset({"asks"}))
