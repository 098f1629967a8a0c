"""Question: one question of a form. Text is typed, all else is touched; what is not required can be passed over."""

import calendar
import unicodedata
from datetime import date

from msgspec.structs import replace

from kiosk.journey import filling, keyboard
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import AnswerProblem, FormFilling, known
from kiosk.journey.form_step import form_step
from kiosk.journey.keyboard import Board, Layer
from kiosk.journey.offer import text
from kiosk.journey.page import Choice, JourneyPage
from kiosk.journey.step import Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.forms import FormChoiceView, FormFieldView
from queue_server.domain.forms import FormAnswer, FormFieldKind, FormSigns


class FieldPage(JourneyPage, frozen=True):
    """The ``nth`` question, from 1, ``of`` so many. ``kind`` is how it is answered.

    ``part`` of a date: ``year`` | ``month`` | ``day``; of many choices: ``find`` (by what is typed) | ``list``.

    What is typed (``entered``) has the keys of ``board``, of which ``layer`` is shown first; ``ready``: it can be an
    answer. ``chosen`` is the answer that was given, of those in ``options``: of yes and no, ``yes`` or ``no``; of a
    date it is that (ISO 8601). ``found`` choices begin with what was typed. ``months`` and ``days`` are those that can
    be chosen. ``changing``: this question alone.
    """

    kind: str = FormFieldKind.TEXT.value
    title: str = ""
    help: str = ""
    required: bool = True
    nth: int = 1
    of: int = 1
    entered: str = ""
    ready: bool = False
    board: Board = "words"
    layer: Layer = "latin"
    options: tuple[Choice, ...] = ()
    chosen: str = ""
    part: str = ""
    found: int = 0
    year: int = 0
    month: int = 0
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    changing: bool = False
    problem: AnswerProblem = ""


#: Nobody fills in a date before or after these years.
FIRST_YEAR, LAST_YEAR = 1900, 2100
_YEAR_DIGITS = 4
#: More digits than any number has that is asked for.
_MAX_DIGITS = 12
_MAX_TEXT = 200
#: More choices than are looked through page by page.
MANY = 12
_YES, _NO = "yes", "no"


def page(context: Context, around: Surroundings) -> JourneyPage:
    found = known(context)
    field = found.question
    if field is None:
        return FieldPage()
    is_date = field.kind is FormFieldKind.DATE
    year = int(found.typed) if is_date and found.part else 0
    finds = _finds(field)
    matches = _matching(field, found.typed, context.language) if finds else field.choices
    return FieldPage(
        kind=field.kind.value,
        title=text(field.title, context.language),
        help=text(field.help, context.language),
        required=field.required,
        nth=found.at + 1,
        of=len(found.questions),
        entered=found.typed,
        ready=_ready(field, found, context.language),
        board=keyboard.board(field),
        layer=keyboard.first_layer(context.language),
        options=tuple(
            Choice(one.id, text(one.title, context.language))
            for one in (() if finds and found.part != "list" else matches)
        ),
        chosen=_shown(field, found.answer(field.id), context.language),
        part=found.part or ("year" if is_date else "find" if finds else ""),
        found=len(matches) if finds else 0,
        year=year,
        month=found.month,
        months=_months(field, year, around.offer.day) if found.part == "month" else (),
        days=_days(field, year, found.month, around.offer.day) if found.part == "day" else (),
        minimum=field.minimum,
        maximum=field.maximum,
        changing=found.changing,
        problem=found.problem,
    )


def _shown(field: FormFieldView, answer: FormAnswer | None, language: str) -> str:
    """Give the answer that was given; of many choices by its name, because it may not be listed."""
    if _finds(field):
        return filling.in_words(field, answer, language)
    match answer:
        case None:
            return ""
        case bool():
            return _YES if answer else _NO
    return str(answer)


def _finds(field: FormFieldView) -> bool:
    """Tell whether there are so many choices that some are found by their letters first."""
    return field.kind is FormFieldKind.CHOICE and len(field.choices) > MANY


def _matching(field: FormFieldView, typed: str, language: str) -> tuple[FormChoiceView, ...]:
    """List the choices of which a word begins with what was typed, whatever its capitals and accents."""
    wanted = _bare(typed).strip()
    return tuple(one for one in field.choices if f" {wanted}" in f" {_bare(text(one.title, language))}")


def _bare(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in letters).split())


def _ready(field: FormFieldView, found: FormFilling, language: str) -> bool:
    if field.kind is FormFieldKind.DATE:
        return len(found.typed) == _YEAR_DIGITS
    if _finds(field):
        return found.typed.strip() != "" and bool(_matching(field, found.typed, language))
    return found.typed.strip() != ""


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one line an event
    del number
    found = known(context)
    field = found.question
    if field is None:
        return Continue(context)
    match event:
        case Action("skip") if not field.required:
            return _answered(context, field, None)
        case Action("key", sign) if _takes(field, found, sign):
            return Stay(context.keeping(replace(found, typed=found.typed + sign, problem="")))
        case Action("erase"):
            return Stay(context.keeping(replace(found, typed=found.typed[:-1], problem="")))
        case Action("submit") if _typed(field, found) and _ready(field, found, context.language):
            return _submitted(context, field, around.offer.day)
        case Action("choose", choice):
            return _chosen(context, field, choice, around.offer.day)
    return Stay(context)


def _typed(field: FormFieldView, found: FormFilling) -> bool:
    """Tell whether keys are shown."""
    if field.kind is FormFieldKind.DATE or _finds(field):
        return not found.part
    return field.kind in {FormFieldKind.TEXT, FormFieldKind.NUMBER}


def _takes(field: FormFieldView, found: FormFilling, sign: str) -> bool:
    if len(sign) != 1 or not _typed(field, found) or not keyboard.has_key(keyboard.board(field), sign):
        return False
    most = {FormFieldKind.DATE: _YEAR_DIGITS, FormFieldKind.NUMBER: _MAX_DIGITS}.get(
        field.kind, field.max_length or _MAX_TEXT
    )
    # No blank at the beginning, nor two of them.
    blank = sign == " " and (not found.typed or found.typed.endswith(" "))
    return len(found.typed) < most and not blank


def _submitted(context: Context, field: FormFieldView, today: date) -> Outcome:  # noqa: PLR0911 - one line a kind
    found = known(context)
    typed = found.typed.strip()
    match field.kind:
        case FormFieldKind.DATE:
            if not FIRST_YEAR <= int(typed) <= LAST_YEAR or not _months(field, int(typed), today):
                return Stay(context.keeping(replace(found, problem="year")))
            return Stay(context.keeping(replace(found, part="month", problem="")))
        case FormFieldKind.CHOICE:
            return Stay(context.keeping(replace(found, part="list")))
        case FormFieldKind.NUMBER:
            value = int(typed)
            low, high = field.minimum, field.maximum
            if (low is not None and value < low) or (high is not None and value > high):
                return Stay(context.keeping(replace(found, problem="range")))
            return _answered(context, field, value)
    if field.signs is FormSigns.EMAIL and not _may_be_email(typed):
        return Stay(context.keeping(replace(found, problem="email")))
    if field.signs is FormSigns.TELEPHONE and not typed.startswith("+"):
        return Stay(context.keeping(replace(found, problem="telephone")))
    return _answered(context, field, typed)


def _may_be_email(typed: str) -> bool:
    name, _, host = typed.partition("@")
    return bool(name) and "." in host.strip(".") and "@" not in host


def _chosen(context: Context, field: FormFieldView, choice: str, today: date) -> Outcome:
    found = known(context)
    match field.kind:
        case FormFieldKind.YES_NO if choice in {_YES, _NO}:
            return _answered(context, field, choice == _YES)
        case FormFieldKind.CHOICE if any(one.id == choice for one in field.choices) and not _typed(field, found):
            return _answered(context, field, choice)
        case FormFieldKind.DATE if found.part and choice.isascii() and choice.isdecimal():
            year = int(found.typed)
            if found.part == "month" and int(choice) in _months(field, year, today):
                return Stay(context.keeping(replace(found, part="day", month=int(choice))))
            if found.part == "day" and int(choice) in _days(field, year, found.month, today):
                return _answered(context, field, date(year, found.month, int(choice)).isoformat())
    return Stay(context)


def _months(field: FormFieldView, year: int, today: date) -> tuple[int, ...]:
    return tuple(month for month in range(1, 13) if _days(field, year, month, today))


def _days(field: FormFieldView, year: int, month: int, today: date) -> tuple[int, ...]:
    days = range(1, calendar.monthrange(year, month)[1] + 1)
    return tuple(day for day in days if filling.takes_day(field, date(year, month, day), today))


def _answered(context: Context, field: FormFieldView, answer: FormAnswer | None) -> Outcome:
    """Go on with the next question; behind the last one, or where this one alone was changed, to all answers."""
    found = filling.with_answer(known(context), field.id, answer)
    if found.changing or found.at + 1 >= len(found.questions):
        return Continue(context.keeping(replace(found, changing=False, typed="", problem="", turned=())))
    return Stay(context.keeping(filling.at_question(found, found.at + 1)))


def turned_back(context: Context) -> Context | None:
    """Lead to the part of the date before, or to the question before; where one alone is changed, to all answers."""
    found = known(context)
    if found.part == "day":
        return context.keeping(replace(found, part="month", problem=""))
    if found.part:
        return context.keeping(replace(found, part="", problem=""))
    if found.changing or not found.at:
        return None
    return context.keeping(filling.at_question(found, found.at - 1))


def unchanged(context: Context) -> Context | None:
    """Leave the answer as it was; None where they have not come to change one."""
    found = known(context)
    return context.keeping(replace(found, changing=False, typed="", problem="")) if found.changing else None


QUESTION = form_step(name="question", page=page, handle=handle, turned_back=turned_back)
