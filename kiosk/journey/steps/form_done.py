"""Form done: the answers are at the server. The code that opens them again is on paper, or to be written down."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import filling
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, FormSlipPrinted
from kiosk.journey.filling import known
from kiosk.journey.form_step import calm, form_step
from kiosk.journey.page import JourneyPage
from kiosk.journey.patience import last
from kiosk.journey.step import Continue, EndJourney, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.forms import FormCode, shown_form_code


class FormdonePage(JourneyPage, frozen=True):
    """``code`` opens it again, in groups, empty where they wanted none; ``until`` is the last day (ISO 8601).

    ``paper``: ``printing`` | ``taken`` | ``none`` (it has to be written down), empty where there is no code. ``number``
    is that of their ticket; ``more``: there is another form to fill in.
    """

    code: str = ""
    until: str = ""
    paper: Literal["", "printing", "taken", "none"] = ""
    number: str = ""
    more: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    found = known(context)
    return FormdonePage(
        code=shown_form_code(FormCode(found.saved)) if found.saved else "",
        until=found.until,
        paper=found.paper,
        number="" if context.ticket is None else context.ticket.code,
        more=context.ticket is not None and bool(filling.forms(context, around)),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    found = known(context)
    match event:
        case FormSlipPrinted(_, look, is_printed) if look == found.looks and found.paper == "printing":
            return Stay(context.keeping(replace(found, paper="taken" if is_printed else "none")))
        case Action("next") if context.ticket is not None and filling.forms(context, around):
            return Continue(filling.begun_anew(context), by="next")
        case Action("done") if found.paper != "printing":
            return EndJourney()
    return Stay(context)


def waits(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """Who has the code on paper, or wanted none, has nothing left to be asked."""
    found = known(context)
    if found.paper in {"", "taken"}:
        return StepTimeout(last(context, timing, timing.ticket), "wipe")
    return calm(context, around, timing)


FORM_DONE = form_step(
    name="form-done",
    page=page,
    handle=handle,
    exits=frozenset({"next"}),
    waits=waits,
    takes={FormSlipPrinted: PersonPresence.RENEWED},
    final=True,
)
