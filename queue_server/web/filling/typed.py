"""What was typed into a form of a page: answers and consents, as the names of its fields say. Pure.

``f-<question>`` is an answer; of a date ``f-<question>-day``, ``-month`` and ``-year``. ``c-<purpose>`` is ``yes`` or
``no``. Whatever else is sent says nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from queue_server.catalogue.forms import FormDefinition
from queue_server.domain.forms import FormAnswer, FormFieldId, FormFieldKind, FormPurposeId
from queue_server.domain.typed_codes import ascii_digits

YES: Final = "yes"
NO: Final = "no"
_PARTS: Final = ("year", "month", "day")
#: More than any number has that is asked.
_MAX_DIGITS: Final = 12


class TypedForm(msgspec.Struct, frozen=True):
    """``said`` is what was answered of each purpose, ``fields`` everything as it was typed; never printed."""

    said: dict[FormPurposeId, str]
    fields: dict[str, str]

    def __repr__(self) -> str:
        return "TypedForm(...)"

    @property
    def consents(self) -> tuple[FormPurposeId, ...]:
        return tuple(purpose for purpose, said in self.said.items() if said == YES)


def read(form: FormDefinition, fields: Mapping[str, str]) -> TypedForm:
    """Take from what was sent what belongs to this form."""
    said = {one.id: given for one in form.purposes if (given := fields.get(f"c-{one.id}", "")) in {YES, NO}}
    names = [name for field in form.schema.properties for name in field_names(form, field)]
    return TypedForm(said, {name: fields[name] for name in names if fields.get(name, "").strip()})


def field_names(form: FormDefinition, field: FormFieldId) -> tuple[str, ...]:
    """Name the fields of a page in which a question is answered."""
    if form.schema.properties[field].kind is FormFieldKind.DATE:
        return tuple(f"f-{field}-{part}" for part in _PARTS)
    return (f"f-{field}",)


def answers(form: FormDefinition, typed: TypedForm) -> dict[str, FormAnswer]:
    """Give what was answered, of those questions alone to whose purpose they said yes."""
    consents = typed.consents
    found = dict[str, FormAnswer]()
    for field, question in form.schema.properties.items():
        if form.purpose_of(field) in consents:
            given = [typed.fields.get(name, "").strip() for name in field_names(form, field)]
            if any(given):
                found[field] = _answer(question.kind, given)
    return found


def _answer(kind: FormFieldKind, given: list[str]) -> FormAnswer:
    said = given[0]
    match kind:
        case FormFieldKind.DATE:
            year, month, day = (ascii_digits(one) for one in given)
            return f"{year}-{month:0>2}-{day:0>2}"
        case FormFieldKind.YES_NO if said in {YES, NO}:
            return said == YES
        case FormFieldKind.NUMBER:
            digits = ascii_digits(said).replace("\N{MINUS SIGN}", "-")
            is_number = len(digits) <= _MAX_DIGITS and digits.removeprefix("-").isdecimal()
            return int(digits) if is_number else said
        case _:
            return said


def written(form: FormDefinition, answers_: Mapping[str, FormAnswer]) -> dict[str, str]:
    """Write answers as the fields of a page hold them."""
    return dict(_written(form, answers_))


def _written(form: FormDefinition, answers_: Mapping[str, FormAnswer]) -> Iterator[tuple[str, str]]:
    for field, question in form.schema.properties.items():
        answer = answers_.get(field)
        if answer is None:
            continue
        names = field_names(form, field)
        if question.kind is FormFieldKind.DATE:
            yield from zip(names, str(answer).split("-"), strict=False)
        elif isinstance(answer, bool):
            yield names[0], YES if answer else NO
        else:
            yield names[0], str(answer)
