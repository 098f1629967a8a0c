"""Form answers: all of them, before they are saved. Each can be changed."""

import msgspec
from msgspec.structs import replace

from kiosk.journey import filling
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import FormFilling, known
from kiosk.journey.form_step import form_step
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.forms import FormFieldView


class AnswerRow(msgspec.Struct, frozen=True):
    """A question and what was answered: of a date that (ISO 8601), of yes and no ``yes`` or ``no``, else as is shown.

    ``answer`` is empty where it was passed over; ``missing``: it has to be answered.
    """

    id: str
    question: str
    kind: str
    answer: str = ""
    missing: bool = False


class AnswersPage(JourneyPage, frozen=True):
    """All ``rows`` of the form ``name``; those from the ``first`` on are shown, as many as there is room for.

    ``ready``: it can be saved.
    """

    name: str = ""
    rows: tuple[AnswerRow, ...] = ()
    first: int = 0
    ready: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    found = known(context)
    return AnswersPage(
        name="" if found.form is None else text(found.form.title, context.language),
        rows=tuple(_row(found, one, context.language) for one in found.questions),
        first=_begins(found),
        ready=filling.unanswered(found) is None,
    )


def _row(found: FormFilling, field: FormFieldView, language: str) -> AnswerRow:
    answer = found.answer(field.id)
    return AnswerRow(
        field.id,
        text(field.title, language),
        field.kind.value,
        filling.in_words(field, answer, language),
        missing=field.required and answer is None,
    )


def _begins(found: FormFilling) -> int:
    last = found.turned[-1] if found.turned else 0
    return last if last < len(found.questions) else 0


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    found = known(context)
    match event:
        case Action("change", field) if (asked := filling.changed(found, field)) is not None:
            return Continue(context.keeping(asked), by="change")
        case Action("turn", first) if _can_turn(found, first):
            return Stay(context.keeping(replace(found, turned=(*found.turned, int(first)))))
        case Action("go-on"):
            at = filling.unanswered(found)
            if at is not None:
                return Continue(context.keeping(filling.at_question(found, at, changing=True)), by="change")
            return Continue(context.keeping(replace(found, turned=(), is_asked=False, outcome="", typed="")))
    return Stay(context)


def _can_turn(found: FormFilling, first: str) -> bool:
    """Tell whether the list can be turned: the screen knows how many lines it has room for."""
    return first.isascii() and first.isdecimal() and _begins(found) < int(first) < len(found.questions)


def turned_back(context: Context) -> Context | None:
    found = known(context)
    return context.keeping(replace(found, turned=found.turned[:-1])) if found.turned else None


def left(context: Context) -> Context:
    """Whoever goes back comes to the last question."""
    found = known(context)
    return context.keeping(filling.at_question(found, max(0, len(found.questions) - 1)))


FORM_ANSWERS = form_step(
    name="form-answers",
    page=page,
    handle=handle,
    exits=frozenset({"change"}),
    turned_back=turned_back,
    left=left,
)
