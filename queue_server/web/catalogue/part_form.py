"""The form of a part of the set-up, made of what the schema says of its fields. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal

import msgspec
from markupsafe import Markup

from queue_server.catalogue.errors import CatalogueError, CatalogueInvalidError
from queue_server.catalogue.schema import CatalogueField, CatalogueFieldKind, CatalogueSectionFields
from queue_server.web.catalogue.hints import hint
from queue_server.web.catalogue.naming import CatalogueNames
from queue_server.web.catalogue.refusals import refusal
from queue_server.web.catalogue.typed import PREFIX
from queue_server.web.view_context import PageReader, spoken_name

_ENGLISH: Final = "en"


class PartInput(msgspec.Struct, frozen=True):
    """A line to type into: ``label`` names it among those of its field, ``lang`` is the language of what is typed."""

    name: str
    value: str
    label: Markup = Markup()
    lang: str = ""


class PartOption(msgspec.Struct, frozen=True):
    """Something to choose; ``name`` is that of its own control, where it has one."""

    value: str
    text: Markup
    chosen: bool
    name: str = ""


class PartSelect(msgspec.Struct, frozen=True):
    """One choice of several."""

    name: str
    label: Markup
    options: tuple[PartOption, ...]


class PartField(msgspec.Struct, frozen=True):
    """A field of the form; ``problem`` says why it is refused."""

    name: str
    label: Markup
    hint: Markup
    problem: Markup
    control: Literal["inputs", "names", "long", "check", "checks", "icons", "selects"]
    kind: str = "text"
    inputs: tuple[PartInput, ...] = ()
    options: tuple[PartOption, ...] = ()
    selects: tuple[PartSelect, ...] = ()
    checked: bool = False


class PartFormLook(msgspec.Struct, frozen=True):
    """What fields are drawn from: the catalogue as it stands, its names, and the pictures that kiosks have."""

    set_up: Mapping[str, Any]
    named: CatalogueNames
    reader: PageReader
    pictures: tuple[str, ...]


def part_fields(
    look: PartFormLook,
    section: CatalogueSectionFields,
    part: Mapping[str, Any],
    problems: Mapping[str, CatalogueError],
) -> tuple[PartField, ...]:
    """Draw all fields of a part, filled with what it says."""
    return tuple(_field(look, section.name, one, part, problems.get(one.name)) for one in section.fields)


def problem(look: PageReader, field: CatalogueField, error: CatalogueError | None) -> Markup:
    """Say why a field is refused: of what its type refuses, what may stand there."""
    return refused(look, error, hint(look.words, field))


def refused(look: PageReader, error: CatalogueError | None, expected: Markup) -> Markup:
    """Say why something is refused; ``expected`` is what may stand there, in words."""
    if error is None:
        return Markup()
    if isinstance(error, CatalogueInvalidError) and expected:
        return look.words("Write here: %(what)s.", what=expected)
    return refusal(look.words, error)


def _field(  # noqa: PLR0911 - one for each kind
    look: PartFormLook, section: str, field: CatalogueField, part: Mapping[str, Any], error: CatalogueError | None
) -> PartField:
    words, kinds = look.reader.words, CatalogueFieldKind
    name, value = f"{PREFIX}{field.name}", part.get(field.name)
    drawn = PartField(
        field.name,
        look.named.field(section, field.name),
        hint(words, field),
        problem(look.reader, field, error),
        "inputs",
    )
    match field.kind:
        case kinds.YES_NO:
            return _with(drawn, control="check", checked=bool(field.default if value is None else value))
        case kinds.NAMES:
            return _with(drawn, control="names", inputs=tuple(_names(look, name, value)))
        case kinds.ICON:
            return _with(drawn, control="icons", options=tuple(_icons(look, value)))
        case kinds.CHOICE | kinds.PART:
            return _with(drawn, control="selects", selects=(_select(look, field, name, value, words("none")),))
        case kinds.SEVERAL if field.ordered:
            return _with(drawn, control="selects", selects=tuple(_places(look, field, name, value)))
        case kinds.SEVERAL:
            return _with(drawn, control="checks", options=tuple(_checks(look, field, name, value)))
        case kinds.PROMISES | kinds.STEP_NUMBERS | kinds.STEP_PROMISES:
            return _with(drawn, kind="number", inputs=tuple(_grid(look, field, name, part)))
        case kinds.TEXTS | kinds.NUMBERS | kinds.DATES:
            return _with(drawn, control="long", inputs=(PartInput(name, ", ".join(map(_text, value or ()))),))
        case _:
            kind = {kinds.NUMBER: "number", kinds.DATE: "date"}.get(field.kind, "text")
            shown = field.default if value is None and kind == "number" else value
            return _with(drawn, kind=kind, inputs=(PartInput(name, _text(shown)),))


def _with(field: PartField, **changes: Any) -> PartField:
    return msgspec.structs.replace(field, **changes)


def _text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def languages(set_up: Mapping[str, Any], said: Iterable[str] = ()) -> list[str]:
    """List the languages of a centre, English first, and those in which something is said already."""
    spoken = (set_up.get("centre") or {}).get("languages") or ()
    return list(dict.fromkeys([_ENGLISH, *map(str, spoken), *said]))


def _names(look: PartFormLook, name: str, value: Any) -> Iterator[PartInput]:
    said = value if isinstance(value, Mapping) else {}
    for tag in languages(look.set_up, said):
        label = Markup.escape(spoken_name(tag, look.reader.language))
        yield PartInput(f"{name}.{tag}", _text(said.get(tag)), label, tag)


def _icons(look: PartFormLook, value: Any) -> Iterator[PartOption]:
    for one in dict.fromkeys([*look.pictures, *([str(value)] if value else [])]):
        yield PartOption(one, Markup.escape(one), one == value)


def _known(look: PartFormLook, field: CatalogueField) -> list[tuple[str, Markup]]:
    """List what a field may be, in words."""
    if field.choices:
        # Days of the week stand in their order, not in that of their letters.
        return [(str(one), look.named.choice(one)) for one in look.named.in_order(field.choices)]
    parts = look.set_up.get(field.part_of) or ()
    return [(str(one["id"]), Markup.escape(look.named.title(field.part_of, one))) for one in parts if "id" in one]


def _select(look: PartFormLook, field: CatalogueField, name: str, value: Any, nothing: Markup) -> PartSelect:
    chosen = _text(field.default if value is None else value)
    known = _known(look, field)
    if chosen and chosen not in dict(known):
        # What is named and not set up: it is refused beside the field, and not lost.
        known = [*known, (chosen, Markup.escape(chosen))]
    empty = [] if field.default is not None or (field.required and chosen) else [PartOption("", nothing, not chosen)]
    return PartSelect(name, Markup(), (*empty, *(PartOption(one, text, one == chosen) for one, text in known)))


def _places(look: PartFormLook, field: CatalogueField, name: str, value: Any) -> Iterator[PartSelect]:
    said = list(value or ())
    single = msgspec.structs.replace(field, required=False, default=None)
    for number in range(field.max_items or len(said) + 1):
        one = said[number] if number < len(said) else None
        drawn = _select(look, single, f"{name}.{number}", one, look.reader.words("none"))
        yield msgspec.structs.replace(drawn, label=Markup.escape(number + 1))


def _checks(look: PartFormLook, field: CatalogueField, name: str, value: Any) -> Iterator[PartOption]:
    said = [str(one) for one in value or ()]
    known = _known(look, field)
    for one, text in [*known, *((one, Markup.escape(one)) for one in said if one not in dict(known))]:
        yield PartOption(one, text, one in said, f"{name}.{one}")


def _grid(look: PartFormLook, field: CatalogueField, name: str, part: Mapping[str, Any]) -> Iterator[PartInput]:
    said = part.get(field.name) or {}
    if field.kind is CatalogueFieldKind.PROMISES:
        for one in map(str, field.choices):
            yield PartInput(f"{name}.{one}", _text(said.get(one)), look.named.choice(one))
        return
    for step in dict.fromkeys([*(part.get("steps") or ()), *said]):
        named = Markup.escape(look.named.part("steps", step))
        if field.kind is CatalogueFieldKind.STEP_NUMBERS:
            yield PartInput(f"{name}.{step}", _text(said.get(step)), named)
            continue
        for one in map(str, field.choices):
            label = look.reader.words(", ").join((named, look.named.choice(one)))
            yield PartInput(f"{name}.{step}.{one}", _text((said.get(step) or {}).get(one)), label)
