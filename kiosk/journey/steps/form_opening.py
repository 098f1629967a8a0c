"""Form opening: the server is asked for what was saved. Where it opens nothing this page says why, and what helps."""

from math import ceil

from msgspec.structs import replace

from kiosk.journey import filling
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, FormOpened, OpenForm
from kiosk.journey.filling import known
from kiosk.journey.form_state import FormstatePage
from kiosk.journey.form_step import calm, form_step
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, EndJourney, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    found = known(context)
    return FormstatePage(found=found.outcome or "asking", wait_min=found.wait_min, ticket=context.ticket is not None)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one line an event
    found = known(context)
    match event:
        case Action("continue") if not found.is_asked:
            return _ask(context, number)
        case FormOpened(_, look, outcome, form, answers, consents, wait_s) if look == found.looks and not found.outcome:
            if outcome != "opened":
                # Nobody can read the PIN that was typed, so it is typed anew.
                told = replace(found, outcome=outcome, pin="", wait_min=ceil(wait_s / 60))
                return Stay(context.keeping(told))
            view = next((one for one in around.offer.forms if one.id == form), None)
            if view is None:
                return Stay(context.keeping(replace(found, outcome="gone", pin="")))
            before = filling.opened(found, view, answers, consents)
            at = filling.unanswered(before)
            if at is None:
                return Continue(context.keeping(before), by="answered")
            return Continue(context.keeping(filling.at_question(before, at)))
        case Action("again") if found.outcome in {"not-opened", "away", "slowed"}:
            return Continue(filling.begun_anew(context, by_code=True), by="again")
        case Action("leave") if found.outcome and context.ticket is not None:
            return Continue(filling.begun_anew(context), by="leave")
        case Action("done") if found.outcome and context.ticket is None:
            return EndJourney()
    return Stay(context)


def _ask(context: Context, number: int) -> Stay:
    found = known(context)
    asked = replace(found, is_asked=True, looks=found.looks + 1, outcome="", typed="")
    visit = "" if context.ticket is None else context.ticket.visit
    return Stay(context.keeping(asked), (OpenForm(number, asked.looks, found.code, found.pin, visit),))


def waits(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """It asks by itself."""
    return calm(context, around, timing) if known(context).is_asked else StepTimeout(0.0, "continue")


def left(context: Context) -> Context:
    """Whoever goes back types the PIN anew."""
    return context.keeping(replace(known(context), is_asked=False, outcome="", pin=""))


FORM_OPENING = form_step(
    name="form-opening",
    page=page,
    handle=handle,
    exits=frozenset({"again", "answered", "leave"}),
    waits=waits,
    takes={FormOpened: PersonPresence.RENEWED},
    left=left,
)
