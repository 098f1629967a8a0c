"""Form declined: somebody does not want what the form is for. They are helped all the same."""

from msgspec.structs import replace

from kiosk.journey import filling
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.form_state import FormstatePage
from kiosk.journey.form_step import form_step
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    return FormstatePage(found="declined", ticket=context.ticket is not None)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    match event:
        case Action("again"):
            return Continue(left(context), by="again")
        case Action("leave"):
            return Continue(filling.begun_anew(context), by="leave")
    return Stay(context)


def left(context: Context) -> Context:
    return context.keeping(replace(filling.known(context), declines=False))


FORM_DECLINED = form_step(
    name="form-declined", page=page, handle=handle, exits=frozenset({"again", "leave"}), left=left
)
