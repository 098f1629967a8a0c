"""Form list: the forms of the chosen services, and the way to one that was begun at home."""

from msgspec.structs import replace

from kiosk.journey import filling
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import known
from kiosk.journey.form_step import form_step
from kiosk.journey.offer import text
from kiosk.journey.page import Choice, JourneyPage
from kiosk.journey.step import Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings


class FormlistPage(JourneyPage, frozen=True):
    """``away``: nothing can be kept now, because the server does not answer."""

    forms: tuple[Choice, ...] = ()
    away: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    away = not around.health.connected
    found = () if away else filling.forms(context, around)
    forms = tuple(Choice(one.id, text(one.title, context.language), "record") for one in found)
    return FormlistPage(forms=forms, away=away)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    away = not around.health.connected
    match event:
        case Action("choose", ident) if not away:
            form = next((one for one in filling.forms(context, around) if one.id == ident), None)
            if form is None:
                return Stay(context)
            begun = filling.begun_anew(context)
            return Continue(begun.keeping(replace(known(begun), form=form)))
        case Action("begun") if not away:
            return Continue(filling.begun_anew(context, by_code=True))
        case Action("leave"):
            return Continue(filling.begun_anew(context), by="leave")
    return Stay(context)


def left(context: Context) -> Context:
    return filling.begun_anew(context)


FORM_LIST = form_step(
    name="form-list",
    page=page,
    handle=handle,
    exits=frozenset({"leave"}),
    left=left,
    needs=frozenset({"language"}),
)
