"""Forms as a catalogue says them, and what of that is refused. Pure.

What is asked is a JSON Schema (draft 2020-12) of one flat object, of which only what stands here may be used: there is
no reference, no nesting and no pattern of one's own, so that nobody can make it costly or endless to check an answer.
What that draft has no word for, begins with ``x-``: the questions by language, what they are for, and what of a
document answers them.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from queue_server.catalogue.errors import CatalogueDuplicateError, CatalogueFormsError, CatalogueReferenceError
from queue_server.catalogue.fields import CatalogueSection, Field_, Form_, Kind_, Names, Purpose_, Sentences, Service_
from queue_server.domain.forms import ChipField, FormDates, FormFieldId, FormFieldKind, FormId, FormPurposeId, FormSigns
from queue_server.domain.values import ServiceId

#: Characters that all answers of a form may have together: they are one row of the vault, and one form of a page.
MAX_ANSWERS: Final = 4_000
#: A text that may be longer than this may have several lines.
MAX_LINE: Final = 160

#: The patterns that there are, and which signs they take; each is read once from left to right.
PATTERNS: Final = {
    r"^[0-9]+$": FormSigns.DIGITS,
    r"^[A-Z0-9]+$": FormSigns.DOCUMENT,
    r"^\+[0-9]+$": FormSigns.TELEPHONE,
}
Pattern = Literal[r"^[0-9]+$", r"^[A-Z0-9]+$", r"^\+[0-9]+$"]

_CHIP_DATES: Final = frozenset({ChipField.BIRTH_DATE, ChipField.DOCUMENT_EXPIRES})


class FormChoice(CatalogueSection, frozen=True):
    """One of the answers to choose from."""

    const: Kind_
    title: Names = msgspec.field(name="x-title")


class _Question(CatalogueSection, frozen=True, kw_only=True, tag_field="type"):
    """What every question has; ``purpose`` is the first that is required where none is named."""

    title: Names = msgspec.field(name="x-title")
    help: Sentences = msgspec.field(name="x-help", default_factory=dict)
    purpose: Purpose_ | None = msgspec.field(name="x-purpose", default=None)
    from_chip: ChipField | None = msgspec.field(name="x-from-chip", default=None)


class StringQuestion(_Question, frozen=True, kw_only=True, tag="string"):
    """A text (``maxLength``), a date (``format``), or one of several answers (``oneOf``)."""

    format: Literal["date", "email"] | None = None
    max_length: Annotated[int, Meta(ge=1, le=2_000)] | None = msgspec.field(name="maxLength", default=None)
    pattern: Pattern | None = None
    one_of: Annotated[tuple[FormChoice, ...], Meta(max_length=260)] = msgspec.field(name="oneOf", default=())
    dates: FormDates = msgspec.field(name="x-dates", default=FormDates.ANY)

    @property
    def kind(self) -> FormFieldKind:
        if self.one_of:
            return FormFieldKind.CHOICE
        return FormFieldKind.DATE if self.format == "date" else FormFieldKind.TEXT

    @property
    def signs(self) -> FormSigns:
        if self.pattern is not None:
            return PATTERNS[self.pattern]
        return FormSigns.EMAIL if self.format == "email" else FormSigns.ANY

    @property
    def lines(self) -> bool:
        return self.kind is FormFieldKind.TEXT and self.signs is FormSigns.ANY and (self.max_length or 0) > MAX_LINE


class BooleanQuestion(_Question, frozen=True, kw_only=True, tag="boolean"):
    """Yes or no."""

    @property
    def kind(self) -> FormFieldKind:
        return FormFieldKind.YES_NO


_Bound = Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]


class IntegerQuestion(_Question, frozen=True, kw_only=True, tag="integer"):
    """A whole number."""

    minimum: _Bound
    maximum: _Bound

    @property
    def kind(self) -> FormFieldKind:
        return FormFieldKind.NUMBER


FormQuestion = StringQuestion | BooleanQuestion | IntegerQuestion


class FormSchema(CatalogueSection, frozen=True):
    """The JSON Schema of the answers; questions are asked in the order in which they stand."""

    properties: Annotated[dict[Field_, FormQuestion], Meta(min_length=1, max_length=60)]
    required: Annotated[tuple[Field_, ...], Meta(max_length=60)] = ()
    type: Literal["object"] = "object"
    draft: Literal["https://json-schema.org/draft/2020-12/schema"] = msgspec.field(
        name="$schema", default="https://json-schema.org/draft/2020-12/schema"
    )
    additional: Literal[False] = msgspec.field(name="additionalProperties", default=False)


class FormPurpose(CatalogueSection, frozen=True):
    """What answers are wanted for, in plain words; without consent to a ``required`` one nothing is stored."""

    id: Purpose_
    text: Sentences
    required: bool = False


class FormDefinition(CatalogueSection, frozen=True):
    """A form for ``services``; what is of no visit and no appointment is kept for ``retention_days`` of 24 hours."""

    id: Form_
    services: Annotated[tuple[Service_, ...], Meta(min_length=1, max_length=100)]
    title: Names
    purposes: Annotated[tuple[FormPurpose, ...], Meta(min_length=1, max_length=10)]
    schema: FormSchema
    retention_days: Annotated[int, Meta(ge=1, le=90)] = 14

    @property
    def main_purpose(self) -> FormPurposeId:
        """Name what answers are for of which nothing else is said: the first purpose that is required."""
        return next(one.id for one in self.purposes if one.required)

    def purpose_of(self, field: FormFieldId) -> FormPurposeId:
        return self.schema.properties[field].purpose or self.main_purpose


# --- what is refused -------------------------------------------------------------------------------------------------


def check_forms(forms: Iterable[FormDefinition], services: Iterable[ServiceId]) -> None:
    """Check what the types cannot say.

    Raises:
        CatalogueReferenceError: a form is for a service that is not set up, or names a purpose or question it has not.
        CatalogueDuplicateError: two forms, purposes or answers to choose from have one id.
        CatalogueFormsError: a question cannot be asked like that, or no purpose is required.
    """
    known, ids = set(services), set[FormId]()
    for index, form in enumerate(forms):
        place = f"forms[{index}]"
        if form.id in ids:
            raise CatalogueDuplicateError(section=place, key="id", value=form.id)
        ids.add(form.id)
        _check_once(place, "services", form.services)
        for service in form.services:
            if service not in known:
                raise CatalogueReferenceError(section=place, key="services", value=service)
        _check_once(place, "purposes", [one.id for one in form.purposes])
        if not any(one.required for one in form.purposes):
            raise CatalogueFormsError(section=place, key="purposes", reason="none is required")
        _check_schema(place, form)


def _check_schema(place: str, form: FormDefinition) -> None:
    schema, purposes = form.schema, {one.id for one in form.purposes}
    _check_once(f"{place}.schema", "required", schema.required)
    for name in schema.required:
        if name not in schema.properties:
            raise CatalogueReferenceError(section=f"{place}.schema", key="required", value=name)
    for name, question in schema.properties.items():
        section = f"{place}.schema.properties.{name}"
        if question.purpose is not None and question.purpose not in purposes:
            raise CatalogueReferenceError(section=section, key="x-purpose", value=question.purpose)
        reason = _wrong(question)
        if reason:
            raise CatalogueFormsError(section=section, key=reason[0], reason=reason[1])
        if isinstance(question, StringQuestion):
            _check_once(section, "oneOf", [one.const for one in question.one_of])
    if sum(map(_length, schema.properties.values())) > MAX_ANSWERS:
        raise CatalogueFormsError(section=f"{place}.schema", key="properties", reason=f"longer than {MAX_ANSWERS}")


def _length(question: FormQuestion) -> int:
    return (question.max_length or 0) if isinstance(question, StringQuestion) else 0


def _wrong(question: FormQuestion) -> tuple[str, str] | None:
    """Say which key of a question is wrong, and why; None where nothing is."""
    chip = question.from_chip
    if chip is not None and (question.kind is FormFieldKind.DATE) != (chip in _CHIP_DATES):
        return "x-from-chip", "of another kind"
    if chip is not None and question.kind not in {FormFieldKind.DATE, FormFieldKind.TEXT, FormFieldKind.CHOICE}:
        return "x-from-chip", "of another kind"
    match question:
        case IntegerQuestion() if question.minimum > question.maximum:
            return "minimum", "greater than maximum"
        case StringQuestion():
            return _wrong_string(question)
    return None


def _wrong_string(question: StringQuestion) -> tuple[str, str] | None:
    kind, length = question.kind, question.max_length
    is_bound = question.pattern is not None or length is not None
    wrong = {
        ("oneOf", "beside another bound"): kind is FormFieldKind.CHOICE and (is_bound or question.format is not None),
        ("format", "beside another bound"): kind is FormFieldKind.DATE and is_bound,
        ("maxLength", "missing"): kind is FormFieldKind.TEXT and length is None,
        ("maxLength", f"more than {MAX_LINE} of one line"): question.signs is not FormSigns.ANY
        and (length or 0) > MAX_LINE,
        ("pattern", "beside a format"): question.format == "email" and question.pattern is not None,
        ("x-dates", "not of a date"): kind is not FormFieldKind.DATE and question.dates is not FormDates.ANY,
    }
    return next((reason for reason, is_so in wrong.items() if is_so), None)


def _check_once(section: str, key: str, values: Iterable[str]) -> None:
    seen = set[str]()
    for value in values:
        if value in seen:
            raise CatalogueDuplicateError(section=section, key=key, value=value)
        seen.add(value)


def written_form_words(forms: Iterable[FormDefinition]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every word of the forms and where it stands; what is empty is left out."""
    for index, form in enumerate(forms):
        place = f"forms[{index}]"
        yield place, "title", form.title
        for number, purpose in enumerate(form.purposes):
            yield f"{place}.purposes[{number}]", "text", purpose.text
        for name, question in form.schema.properties.items():
            section = f"{place}.schema.properties.{name}"
            yield section, "x-title", question.title
            if question.help:
                yield section, "x-help", question.help
            if isinstance(question, StringQuestion):
                for number, choice in enumerate(question.one_of):
                    yield f"{section}.oneOf[{number}]", "x-title", choice.title
