"""Consent: what the answers are wanted for, one purpose a page. Without one that is needed there is no form."""

from msgspec.structs import replace

from kiosk.journey import filling
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import FormFilling, known
from kiosk.journey.form_step import form_step
from kiosk.journey.information import MAX_LINE, TopicLine, pieces
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.forms import FormPurposeView


class ConsentPage(JourneyPage, frozen=True):
    """The ``nth`` purpose, from 1, ``of`` so many, of the form ``name``; ``required``: there is no form without it."""

    name: str = ""
    lines: tuple[TopicLine, ...] = ()
    required: bool = False
    nth: int = 1
    of: int = 1


#: Characters of a piece in large letters.
_LARGE = 110


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    found = known(context)
    form, purpose = found.form, _asked(found)
    if form is None or purpose is None:
        return ConsentPage()
    return ConsentPage(
        name=text(form.title, context.language),
        lines=purpose_lines(text(purpose.text, context.language), large=context.large),
        required=purpose.required,
        nth=found.purpose + 1,
        of=len(form.purposes),
    )


def purpose_lines(words: str, *, large: bool) -> tuple[TopicLine, ...]:
    """Cut what a purpose is into pieces of which each fits on a page."""
    return tuple(TopicLine("paragraph", piece) for piece in pieces(words, _LARGE if large else MAX_LINE))


def _asked(found: FormFilling) -> FormPurposeView | None:
    purposes = () if found.form is None else found.form.purposes
    return purposes[found.purpose] if found.purpose < len(purposes) else None


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    found = known(context)
    purpose = _asked(found)
    match event:
        case Action("agree") if purpose is not None:
            return _said(context, filling.consented(found, purpose, agrees=True))
        case Action("refuse") if purpose is not None and not purpose.required:
            return _said(context, filling.consented(found, purpose, agrees=False))
        case Action("refuse"):
            return Continue(context.keeping(replace(found, declines=True)))
    return Stay(context)


def _said(context: Context, found: FormFilling) -> Outcome:
    further = replace(found, purpose=found.purpose + 1)
    if _asked(further) is not None:
        return Stay(context.keeping(further))
    if not found.questions:
        return Continue(context.keeping(replace(found, declines=True)))
    return Continue(context.keeping(filling.at_question(found, 0)))


def turned_back(context: Context) -> Context | None:
    found = known(context)
    return context.keeping(replace(found, purpose=found.purpose - 1)) if found.purpose else None


CONSENT = form_step(
    name="consent",
    page=page,
    handle=handle,
    turned_back=turned_back,
)
