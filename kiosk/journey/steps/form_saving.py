"""Form saving: the answers go to the server. Where it cannot keep them this page says why; they can be sent again."""

from math import ceil

from msgspec.structs import replace

from kiosk.journey import filling
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, FormStored, PrintFormSlip, SaveForm
from kiosk.journey.filling import FormFilling, known
from kiosk.journey.form_state import FormstatePage
from kiosk.journey.form_step import calm, form_step
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, EndJourney, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing

#: What may be tried once more as it is.
_AGAIN = frozenset({"away", "slowed", "refused"})


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    found = known(context)
    return FormstatePage(
        found=found.outcome or "asking", saving=True, wait_min=found.wait_min, ticket=context.ticket is not None
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one line an event
    found = known(context)
    match event:
        case Action("continue") if not found.is_asked:
            return _ask(context, number)
        case FormStored(_, look, "saved") if look == found.looks and not found.outcome and found.is_asked:
            return _saved(context, around, event, number)
        case FormStored(_, look, outcome) if look == found.looks and not found.outcome and outcome != "saved":
            told = replace(found, outcome=outcome, field=event.field, wait_min=ceil(event.wait_s / 60))
            return Stay(context.keeping(told))
        case Action("again") if found.outcome == "answers":
            return _asked_again(context)
        case Action("again") if found.outcome in _AGAIN:
            return _ask(context, number)
        case Action("leave") if found.outcome and context.ticket is not None:
            return Continue(filling.begun_anew(context), by="leave")
        case Action("done") if found.outcome and context.ticket is None:
            return EndJourney()
    return Stay(context)


def _ask(context: Context, number: int) -> Outcome:
    found = known(context)
    if found.form is None:
        return Stay(context)
    asked = replace(found, is_asked=True, looks=found.looks + 1, outcome="", field="")
    effect = SaveForm(
        number,
        asked.looks,
        form=found.form.id,
        answers=filling.payload(found),
        consents=found.consents,
        language=context.language,
        pin=found.pin,
        visit="" if context.ticket is None else context.ticket.visit,
        code=found.code if found.is_opened else "",
    )
    return Stay(context.keeping(asked), (effect,))


def _saved(context: Context, around: Surroundings, event: FormStored, number: int) -> Continue:
    """Forget the answers; where there is a code it is printed."""
    found, form = known(context), known(context).form
    code = event.code or (found.code if found.is_opened else "")
    title = "" if form is None else text(form.title, context.language)
    prints = bool(code) and around.paper
    after = FormFilling(
        looks=found.looks + 1,
        done=(*found.done, *(() if form is None else (form.id,))),
        saved=code,
        until=event.until,
        paper="printing" if prints else "none" if code else "",
    )
    slip = PrintFormSlip(number, after.looks, context.language, title, code, event.until)
    return Continue(context.keeping(after), (slip,) if prints else ())


def _asked_again(context: Context) -> Outcome:
    """Lead to the question whose answer is not taken, where it is known which."""
    found = known(context)
    asked = filling.changed(found, found.field, problem="refused")
    if asked is None:
        return Stay(context.keeping(replace(found, outcome="gone")))
    return Continue(context.keeping(replace(asked, outcome="", is_asked=False)), by="change")


def waits(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """It asks by itself."""
    return calm(context, around, timing) if known(context).is_asked else StepTimeout(0.0, "continue")


def left(context: Context) -> Context:
    """Whoever goes back says once more whether they want a PIN."""
    found = replace(known(context), is_asked=False, outcome="", field="")
    return context.keeping(found if found.is_opened else replace(found, keeps="", pin=""))


FORM_SAVING = form_step(
    name="form-saving",
    page=page,
    handle=handle,
    exits=frozenset({"change", "leave"}),
    waits=waits,
    takes={FormStored: PersonPresence.RENEWED},
    left=left,
)
