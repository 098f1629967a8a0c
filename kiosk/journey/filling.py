"""What somebody fills in: a form of their service, one question at a time. Pure.

All of it is in the context of one person, and goes with them: nothing is kept here but the answers on their way to the
server, and nothing of them is ever written to a log.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec
from msgspec.structs import replace

from kiosk.journey import order
from kiosk.journey.context import Context
from kiosk.journey.offer import text
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.forms import FormFieldView, FormPurposeView, FormView
from queue_server.domain.forms import ChipField, FormAnswer, FormFieldId, FormFieldKind, FormPurposeId

type Answers = tuple[tuple[FormFieldId, FormAnswer], ...]
#: What became of what was asked of the server last; "" until it has answered.
type Asked = Literal["", "away", "not-opened", "slowed", "answers", "gone", "refused"]
#: A date is answered in three parts; of many choices some are found by their letters, and then listed.
type QuestionPart = Literal["", "month", "day", "list"]
#: Why what was typed is no answer.
type AnswerProblem = Literal["", "year", "range", "email", "telephone", "refused"]


class FormFilling(msgspec.Struct, frozen=True):
    """``form`` is what is filled in, None until it was chosen or opened; ``done`` are those that were saved.

    ``by_code``: one that was begun is gone on with: ``code`` as far as it was typed. ``is_opened``: it was opened.
    ``consents`` are purposes, ``purpose`` is the place of the one that is asked about. ``declines``: they do not want
    what the form is for. ``prefill``: whether a document is to be read for it; ``read``: it was.
    ``at`` is the question that is asked, ``changing``: that one alone. ``typed`` is what was typed for it so far, of a
    date the year, then ``month``; of many choices the letters by which some are found.

    ``keeps``: whether they want to open it again; ``pin`` is the one that they chose, or opened it with, ``chosen`` one
    that they are to type once more, ``differs``: they have typed another one, ``weak``: it is too easy.

    ``looks`` counts what was asked of the server, of the reader and of the printer; ``outcome`` is the last answer.
    ``field`` is the question whose answer the server does not take. ``saved`` is the code to open it again, empty where
    there is no PIN; ``until`` the last day (ISO 8601) on which it is kept. ``is_lost``: an emergency came between.
    """

    form: FormView | None = None
    done: tuple[str, ...] = ()
    by_code: bool = False
    code: str = ""
    is_opened: bool = False
    consents: tuple[FormPurposeId, ...] = ()
    purpose: int = 0
    declines: bool = False
    prefill: Literal["", "yes", "no"] = ""
    read: bool = False
    answers: Answers = ()
    at: int = 0
    changing: bool = False
    typed: str = ""
    part: QuestionPart = ""
    month: int = 0
    problem: AnswerProblem = ""
    turned: tuple[int, ...] = ()
    keeps: Literal["", "yes", "no"] = ""
    pin: str = ""
    chosen: str = ""
    differs: bool = False
    weak: bool = False
    looks: int = 0
    is_asked: bool = False
    outcome: Asked = ""
    wait_min: int = 0
    field: str = ""
    saved: str = ""
    until: str = ""
    paper: Literal["", "printing", "taken", "none"] = ""
    is_lost: bool = False

    def __repr__(self) -> str:
        return f"FormFilling(is_opened={self.is_opened!r}, outcome={self.outcome!r}, ...)"

    @property
    def questions(self) -> tuple[FormFieldView, ...]:
        """Give the questions whose purpose they have consented to."""
        fields = () if self.form is None else self.form.fields
        return tuple(one for one in fields if one.purpose in self.consents)

    @property
    def question(self) -> FormFieldView | None:
        questions = self.questions
        return questions[self.at] if self.at < len(questions) else None

    def answer(self, field: FormFieldId) -> FormAnswer | None:
        return next((answer for one, answer in self.answers if one == field), None)


def known(context: Context) -> FormFilling:
    return context.of(FormFilling)


def begun_anew(context: Context, *, by_code: bool = False) -> Context:
    """Forget what was typed, answered and opened; the counter goes on, so that an answer that is late is none."""
    before = known(context)
    return context.keeping(FormFilling(looks=before.looks, done=before.done, by_code=by_code))


def lost(context: Context) -> Context:
    """An emergency comes: what was answered goes at once."""
    return context.keeping(replace(known(begun_anew(context)), is_lost=True))


# --- which form ------------------------------------------------------------------------------------------------------


def forms(context: Context, around: Surroundings) -> tuple[FormView, ...]:
    """List the forms of what was chosen that were not saved here yet."""
    services, done = set(order.services(context)), known(context).done
    return tuple(one for one in around.offer.forms if services & set(one.services) and one.id not in done)


def is_offered(context: Context, around: Surroundings) -> bool:
    """Tell whether whoever has a ticket can fill in a form now: answers are kept at the server alone."""
    return context.ticket is not None and around.health.connected and bool(forms(context, around))


def can_go_on(context: Context, around: Surroundings) -> bool:
    """Tell whether somebody may have begun a form of this centre."""
    del context
    return bool(around.offer.forms)


def has_ticket(context: Context, around: Surroundings) -> bool:
    del around
    return context.ticket is not None


def opens(context: Context, around: Surroundings) -> bool:
    """Tell whether one that was begun is to be opened, by code and PIN."""
    del around
    found = known(context)
    return not found.is_opened and (found.by_code or context.ticket is None)


def is_new(context: Context, around: Surroundings) -> bool:
    """Tell whether it is filled in for the first time."""
    del around
    return not known(context).is_opened


def is_declined(context: Context, around: Surroundings) -> bool:
    del around
    return known(context).declines


def opened(
    filling: FormFilling, form: FormView, answers: Mapping[str, FormAnswer], consents: tuple[str, ...]
) -> FormFilling:
    """Go on with what was answered before, as far as the form still asks it."""
    purposes = tuple(one.id for one in form.purposes if one.id in consents)
    kept = tuple((one.id, answers[one.id]) for one in form.fields if one.id in answers)
    return replace(
        filling, form=form, is_opened=True, consents=purposes, answers=kept, keeps="yes", is_asked=False, outcome=""
    )


# --- from a document -------------------------------------------------------------------------------------------------


def from_document(filling: FormFilling) -> tuple[FormFieldView, ...]:
    """List the questions that a document answers and that are not answered yet."""
    return tuple(one for one in filling.questions if one.from_chip is not None and filling.answer(one.id) is None)


def asks_document(context: Context, around: Surroundings) -> bool:
    """Tell whether there is a reader, and anything that it could fill in."""
    found = known(context)
    return around.reader and found.form is not None and not found.read and bool(from_document(found))


def filled(filling: FormFilling, values: tuple[tuple[ChipField, str], ...], today: date) -> FormFilling:
    """Take what a document says into questions that are not answered yet; what does not fit is left out."""
    said = dict(values)
    for field in from_document(filling):
        value = said.get(field.from_chip, "") if field.from_chip is not None else ""
        answer = _taken(field, value, today) if value else None
        if answer is not None:
            filling = with_answer(filling, field.id, answer)
    return replace(filling, read=True)


#: What a document says of somebody's sex (ICAO 9303-3, 4.1), and what a form may call it.
_SEXES = {"M": ("m", "male"), "F": ("f", "female"), "X": ("x", "unspecified", "other")}


def _taken(field: FormFieldView, value: str, today: date) -> FormAnswer | None:
    match field.kind:
        case FormFieldKind.TEXT:
            return value if field.max_length is None or len(value) <= field.max_length else None
        case FormFieldKind.DATE:
            return value if _is_day(value) and takes_day(field, date.fromisoformat(value), today) else None
        case FormFieldKind.CHOICE:
            wanted = {value.lower(), *(_SEXES.get(value, ()) if field.from_chip is ChipField.SEX else ())}
            return next((one.id for one in field.choices if one.id.lower() in wanted), None)
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


# --- answers ---------------------------------------------------------------------------------------------------------


def with_answer(filling: FormFilling, field: FormFieldId, answer: FormAnswer | None) -> FormFilling:
    """Answer a question; None takes the answer away."""
    others = tuple((one, had) for one, had in filling.answers if one != field)
    return replace(filling, answers=others if answer is None else (*others, (field, answer)))


def at_question(filling: FormFilling, at: int, *, changing: bool = False, problem: AnswerProblem = "") -> FormFilling:
    """Ask a question, with what was answered before."""
    filling = replace(filling, at=at, changing=changing, part="", month=0, typed="", problem=problem)
    field = filling.question
    answer = None if field is None else filling.answer(field.id)
    if field is None or answer is None:
        return filling
    match field.kind:
        case FormFieldKind.TEXT | FormFieldKind.NUMBER:
            return replace(filling, typed=str(answer))
        case FormFieldKind.DATE:
            return replace(filling, typed=str(answer)[:4])
    return filling


def changed(filling: FormFilling, field: str, problem: AnswerProblem = "") -> FormFilling | None:
    """Ask one question once more; None where it is none of these."""
    at = next((at for at, one in enumerate(filling.questions) if one.id == field), None)
    return None if at is None else at_question(filling, at, changing=True, problem=problem)


def consented(filling: FormFilling, purpose: FormPurposeView, *, agrees: bool) -> FormFilling:
    """Note what somebody says of a purpose."""
    others = tuple(one for one in filling.consents if one != purpose.id)
    return replace(filling, consents=(*others, purpose.id) if agrees else others)


def unanswered(filling: FormFilling) -> int | None:
    """Give the place of the first question that has to be answered and is not, None where there is none."""
    questions = enumerate(filling.questions)
    return next((at for at, one in questions if one.required and filling.answer(one.id) is None), None)


def payload(filling: FormFilling) -> Answers:
    """Give the answers that are saved: those to questions that are asked."""
    asked = {one.id for one in filling.questions}
    return tuple((field, answer) for field, answer in filling.answers if field in asked)


def in_words(field: FormFieldView, answer: FormAnswer | None, language: str) -> str:
    """Write an answer as the person knows it: a choice by its name, yes and no as ``yes`` and ``no``."""
    match answer:
        case None:
            return ""
        case bool():
            return "yes" if answer else "no"
        case int():
            return str(answer)
    return next((text(one.title, language) for one in field.choices if one.id == answer), answer)


def takes_day(field: FormFieldView, day: date, today: date) -> bool:
    """Tell whether a day is an answer."""
    match field.dates.value:
        case "past":
            return day <= today
        case "future":
            return day >= today
    return True
