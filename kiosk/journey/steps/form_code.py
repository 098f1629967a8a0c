"""Form code: the ten signs of a form that was begun."""

from msgspec.structs import replace

from kiosk.journey import filling
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import known
from kiosk.journey.form_step import form_step
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.forms import FORM_CODE_LENGTH
from queue_server.domain.typed_codes import CODE_SIGNS


class FormcodePage(JourneyPage, frozen=True):
    """The signs typed so far, of ``length``, of those that there are."""

    entered: str = ""
    length: int = FORM_CODE_LENGTH
    signs: tuple[str, ...] = tuple(CODE_SIGNS)


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    return FormcodePage(entered=known(context).code)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    found = known(context)
    match event:
        case Action("sign", key) if len(key) == 1 and key in CODE_SIGNS and len(found.code) < FORM_CODE_LENGTH:
            return Stay(context.keeping(replace(found, by_code=True, code=found.code + key)))
        case Action("erase"):
            return Stay(context.keeping(replace(found, code=found.code[:-1])))
        case Action("submit") if len(found.code) == FORM_CODE_LENGTH:
            return Continue(context.keeping(replace(found, typed="", pin="", is_asked=False, outcome="")))
    return Stay(context)


def left(context: Context) -> Context:
    return filling.begun_anew(context)


FORM_CODE = form_step(name="form-code", page=page, handle=handle, left=left)
