"""Form keep: whether somebody wants to open their form again, at home or here. Then they choose a PIN."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import known
from kiosk.journey.form_step import form_step
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings


class KeepPage(JourneyPage, frozen=True):
    """Staff have the answers with the number either way."""


def page(context: Context, around: Surroundings) -> JourneyPage:
    del context, around
    return KeepPage()


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    found = replace(known(context), typed="", pin="", chosen="", is_asked=False, outcome="")
    match event:
        case Action("keep"):
            return Continue(context.keeping(replace(found, keeps="yes")))
        case Action("go-on"):
            return Continue(context.keeping(replace(found, keeps="no")))
    return Stay(context)


FORM_KEEP = form_step(name="form-keep", page=page, handle=handle)
