"""Random forms of a catalogue."""

from collections.abc import Sequence

from hypothesis import strategies as st

from queue_server.catalogue.forms import (
    PATTERNS,
    BooleanQuestion,
    FormChoice,
    FormDefinition,
    FormPurpose,
    FormQuestion,
    FormSchema,
    IntegerQuestion,
    StringQuestion,
)
from queue_server.domain.forms import ChipField, FormDates, FormFieldId, FormId, FormPurposeId
from queue_server.domain.values import ServiceId
from tests.queue_server.catalogue.chance import SEEDS, Chance


def forms_of(services: Sequence[str]) -> st.SearchStrategy[tuple[FormDefinition, ...]]:
    """Give forms that ask whatever can be asked."""
    return SEEDS.map(lambda seed: forms(Chance(seed), services))


def forms(chance: Chance, services: Sequence[str]) -> tuple[FormDefinition, ...]:
    """Return up to two forms."""
    return tuple(_form(chance, ident, services) for ident in chance.words(0, 2))


def _form(chance: Chance, ident: str, services: Sequence[str]) -> FormDefinition:
    purposes = chance.words(1, 3)
    required = chance.one(purposes)
    names = [FormFieldId(word) for word in chance.words(1, 4)]
    return FormDefinition(
        id=FormId(ident),
        services=(ServiceId(chance.one(services)),),
        title=chance.names(),
        purposes=tuple(FormPurpose(FormPurposeId(word), chance.names(), word == required) for word in purposes),
        schema=FormSchema(
            properties={name: _question(chance, purposes) for name in names},
            required=tuple(name for name in names if chance.boolean()),
        ),
        retention_days=chance.integer(1, 90),
    )


def _question(chance: Chance, purposes: Sequence[str]) -> FormQuestion:
    purpose = FormPurposeId(chance.one(purposes)) if chance.boolean() else None
    title, more = chance.names(), chance.names_or_none()
    match chance.one(["text", "date", "choice", "yes-no", "number"]):
        case "text":
            pattern = chance.one([None, *PATTERNS])
            return StringQuestion(
                title=title,
                help=more,
                purpose=purpose,
                from_chip=chance.one([None, ChipField.SURNAME, ChipField.DOCUMENT_NUMBER]),
                max_length=chance.integer(1, 160),
                pattern=pattern,  # type: ignore[arg-type] # one of the patterns that there are
                format="email" if pattern is None and chance.boolean() else None,
            )
        case "date":
            chip, dates = chance.one([None, ChipField.BIRTH_DATE]), chance.one(list(FormDates))
            return StringQuestion(title=title, purpose=purpose, format="date", from_chip=chip, dates=dates)
        case "choice":
            choices = tuple(FormChoice(word, chance.names()) for word in chance.words(1, 4))
            return StringQuestion(title=title, purpose=purpose, one_of=choices)
        case "yes-no":
            return BooleanQuestion(title=title, help=more, purpose=purpose)
        case _:
            least, most = sorted((chance.integer(-9, 999), chance.integer(-9, 999)))
            return IntegerQuestion(title=title, purpose=purpose, minimum=least, maximum=most)
