"""Form PIN: the one that somebody chose when they saved their form."""

from msgspec.structs import replace

from kiosk.journey import form_pin
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import known
from kiosk.journey.form_step import form_step
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.forms import MAX_PIN


class FormpinPage(JourneyPage, frozen=True):
    """As many dots as digits were typed, of ``length`` at most."""

    entered: str = ""
    length: int = MAX_PIN
    ready: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    found = known(context)
    return FormpinPage(entered=form_pin.dots(found), ready=form_pin.is_ready(found))


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    found = known(context)
    if (typed := form_pin.typed(found, event)) is not None:
        return Stay(context.keeping(typed))
    if event == Action("submit") and form_pin.is_ready(found):
        return Continue(context.keeping(replace(found, pin=found.typed, typed="", is_asked=False, outcome="")))
    return Stay(context)


def left(context: Context) -> Context:
    return context.keeping(replace(known(context), typed="", pin=""))


FORM_PIN = form_step(name="form-pin", page=page, handle=handle, left=left)
