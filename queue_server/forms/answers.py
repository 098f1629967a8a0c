"""What was answered: brought to its one form, and checked by the JSON Schema of the form (draft 2020-12). Pure.

The schema is made from the checked catalogue, of those questions alone to whose purpose somebody consents: whatever
else is sent is refused. No pattern in it goes back (``RegexOptions``: a finite automaton, in time that is linear in the
answer), nothing in it is looked up elsewhere, and no answer is longer than its question takes.
"""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from queue_server.catalogue.forms import FormDefinition, FormQuestion, IntegerQuestion, StringQuestion
from queue_server.domain.forms import FormAnswer, FormDates, FormFieldId, FormFieldKind, FormPurposeId, FormSigns
from queue_server.domain.typed_codes import ascii_digits

if TYPE_CHECKING:
    import jsonschema_rs

#: Nobody is asked about a day before (ISO 8601).
_EARLIEST: Final = date(1880, 1, 1)
_LATEST: Final = date(2199, 12, 31)
#: Longer texts are not looked at further.
_MAX_TEXT: Final = 8_000
#: Controls, lone surrogates, what is private, and what turns the direction of what follows: in no answer.
_BARRED: Final = frozenset({"Cc", "Cs", "Co"})
_TURNS: Final = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029)))
_BETWEEN_DIGITS: Final = str.maketrans("", "", " \u00a0\u2009\u202f-()./")
_ON_DOCUMENTS: Final = str.maketrans("", "", " \u00a0-<")

Answers = Mapping[str, FormAnswer]


class Reason(StrEnum):
    """Why an answer cannot be taken."""

    MISSING = "missing"
    #: The form has no such question, or they do not consent to what it is for.
    UNKNOWN = "unknown"
    #: It is of another kind.
    KIND = "kind"
    LONG = "long"
    SIGNS = "signs"
    #: None of those to choose from.
    CHOICE = "choice"
    #: No day, or one that cannot be.
    DATE = "date"
    PAST = "past"
    FUTURE = "future"
    RANGE = "range"


#: What the keywords of the schema find wrong (JSON Schema Validation, draft 2020-12).
_REASONS: Final = {
    "type": Reason.KIND,
    "maxLength": Reason.LONG,
    "minLength": Reason.MISSING,
    "pattern": Reason.SIGNS,
    "oneOf": Reason.CHOICE,
    "minimum": Reason.RANGE,
    "maximum": Reason.RANGE,
}


class AnswerProblem(msgspec.Struct, frozen=True):
    """Why the answer to a question cannot be taken."""

    field: str
    reason: Reason


def json_schema(form: FormDefinition, consents: Collection[FormPurposeId] | None = None) -> dict[str, Any]:
    """Write the JSON Schema of a form's answers; of those purposes alone that are named, of all where none are."""
    asked = [name for name in form.schema.properties if consents is None or form.purpose_of(name) in consents]
    written = msgspec.json.decode(msgspec.json.encode(form.schema.properties))
    return {
        "$schema": form.schema.draft,
        "title": form.title.get("en", form.id),
        "type": "object",
        "properties": {name: _written(written[name]) for name in asked},
        "required": [name for name in form.schema.required if name in asked],
        "additionalProperties": False,
    }


def _written(question: dict[str, Any]) -> dict[str, Any]:
    text = {} if question["type"] != "string" or "oneOf" in question else {"minLength": 1}
    return {"title": question["x-title"].get("en", "")} | question | text


def cleaned(form: FormDefinition, answers: Answers) -> dict[str, FormAnswer]:
    """Bring answers to their one form; what is empty was not answered."""
    found = dict[str, FormAnswer]()
    for name, answer in answers.items():
        question = form.schema.properties.get(FormFieldId(name))
        value = _cleaned(question, answer) if isinstance(answer, str) else answer
        if value != "":
            found[name] = value
    return found


def _cleaned(question: FormQuestion | None, answer: str) -> str:
    if len(answer) > _MAX_TEXT:
        return answer
    text = unicodedata.normalize("NFC", answer.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not isinstance(question, StringQuestion):
        return text
    match question.signs:
        case FormSigns.DIGITS:
            return ascii_digits(text).translate(_BETWEEN_DIGITS)
        case FormSigns.DOCUMENT:
            return ascii_digits(text).upper().translate(_ON_DOCUMENTS)
        case FormSigns.TELEPHONE:
            bare = ascii_digits(text).translate(_BETWEEN_DIGITS)
            return f"+{bare[2:]}" if bare.startswith("00") else bare
        case _:
            return ascii_digits(text) if question.kind is FormFieldKind.DATE else text


def problems(
    form: FormDefinition, answers: Answers, consents: Collection[FormPurposeId], today: date
) -> tuple[AnswerProblem, ...]:
    """Say what of cleaned answers cannot be taken, in the order of the questions; at most one of each."""
    found = dict[str, Reason]()
    for name, reason in (*_schema_problems(form, answers, consents), *_more(form, answers, today)):
        found.setdefault(name, reason)
    order = [name for name in form.schema.properties if name in found]
    return tuple(
        AnswerProblem(name, found[name]) for name in (*order, *(one for one in sorted(found) if one not in order))
    )


def _schema_problems(
    form: FormDefinition, answers: Answers, consents: Collection[FormPurposeId]
) -> Iterator[tuple[str, Reason]]:
    # A library of 3 MiB, for centres that have forms.
    import jsonschema_rs  # noqa: PLC0415

    schema = msgspec.json.encode(json_schema(form, frozenset(consents)))
    for error in _validator(schema).iter_errors(dict(answers)):
        match error.kind:
            case jsonschema_rs.ValidationErrorKind.Required(name):
                yield str(name), Reason.MISSING
            case jsonschema_rs.ValidationErrorKind.AdditionalProperties(unexpected):
                yield from ((name, Reason.UNKNOWN) for name in unexpected)
            case jsonschema_rs.ValidationErrorKind.Format(name):
                yield str(error.instance_path[0]), Reason.DATE if name == "date" else Reason.SIGNS
            case kind:
                yield str(error.instance_path[0]), _REASONS.get(kind.name, Reason.KIND)


@lru_cache(maxsize=256)
def _validator(schema: bytes) -> "jsonschema_rs.Validator":
    # As above.
    import jsonschema_rs  # noqa: PLC0415

    return jsonschema_rs.Draft202012Validator(
        msgspec.json.decode(schema),
        validate_formats=True,
        ignore_unknown_formats=False,
        pattern_options=jsonschema_rs.RegexOptions(),
        email_options=jsonschema_rs.EmailOptions(
            require_tld=True, allow_domain_literal=False, allow_display_text=False
        ),
        offline=True,
    )


def _more(form: FormDefinition, answers: Answers, today: date) -> Iterator[tuple[str, Reason]]:
    """Find what a JSON Schema has no word for."""
    for name, answer in answers.items():
        question = form.schema.properties.get(FormFieldId(name))
        if isinstance(question, IntegerQuestion) and not isinstance(answer, int):
            # A schema takes 2.0 for a whole number.
            yield name, Reason.KIND
        if not isinstance(question, StringQuestion) or not isinstance(answer, str):
            continue
        if any(_is_barred(sign) and not (question.lines and sign == "\n") for sign in answer):
            yield name, Reason.SIGNS
        elif question.kind is FormFieldKind.DATE:
            reason = _date_problem(answer, question.dates, today)
            if reason is not None:
                yield name, reason


def _is_barred(sign: str) -> bool:
    return sign in _TURNS or unicodedata.category(sign) in _BARRED


def _date_problem(answer: str, dates: FormDates, today: date) -> Reason | None:
    try:
        day = date.fromisoformat(answer)
    except ValueError:
        return Reason.DATE
    if not _EARLIEST <= day <= _LATEST:
        return Reason.DATE
    if dates is FormDates.PAST and day > today:
        return Reason.PAST
    return Reason.FUTURE if dates is FormDates.FUTURE and day < today else None


def remaining(
    form: FormDefinition | None, answers: Answers, consents: Collection[FormPurposeId]
) -> dict[str, FormAnswer]:
    """Give what is left of answers where they consent to these purposes alone."""
    if form is None:
        return {}
    asked = {name for name in form.schema.properties if form.purpose_of(name) in consents}
    return {name: answer for name, answer in answers.items() if name in asked}
