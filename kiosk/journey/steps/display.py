"""Display: how the pages look for this person, until they leave."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings


class DisplayPage(JourneyPage, frozen=True):
    large: bool = False
    contrast: bool = False
    lowered: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    return DisplayPage(large=context.large, contrast=context.contrast, lowered=context.lowered)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    match event:
        case Action("toggle-large"):
            return Stay(replace(context, large=not context.large))
        case Action("toggle-contrast"):
            return Stay(replace(context, contrast=not context.contrast))
        case Action("toggle-lowered"):
            return Stay(replace(context, lowered=not context.lowered))
        case Action("done" | "continue" | "show-display"):
            return Continue(context)
    return Stay(context)


DISPLAY = JourneyStep(name="display", page=page, handle=handle, light=True)
