"""What the sections of a catalogue may say, read from the types of its model: there is no second description. Pure.

Forms are drawn from this, and what is typed into them is turned into what the file says.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import inspect

from queue_server.catalogue.model import Setup


class CatalogueFieldKind(StrEnum):
    """As what a field is shown and typed."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes-no"
    DATE = "date"
    #: One of a few words.
    CHOICE = "choice"
    #: The id of a part of another section.
    PART = "part"
    ICON = "icon"
    #: A text for each language.
    NAMES = "names"
    TEXTS = "texts"
    NUMBERS = "numbers"
    DATES = "dates"
    #: Several words, or ids of parts, in their order.
    SEVERAL = "several"
    #: Minutes for each category.
    PROMISES = "promises"
    #: A number for each step, or minutes for each step and category.
    STEP_NUMBERS = "step-numbers"
    STEP_PROMISES = "step-promises"
    #: What no form is good for.
    NESTED = "nested"


class CatalogueField(msgspec.Struct, frozen=True):
    """One field: its bounds are those of its items where it has several.

    ``part_of`` is the section whose ids it holds, ``choices`` what else it may be; ``ordered``: which comes first means
    something. ``default`` is what a file says that leaves it out; a required one has none.
    """

    name: str
    kind: CatalogueFieldKind
    required: bool
    default: Any = None
    part_of: str = ""
    choices: tuple[str | int, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    max_items: int | None = None
    ordered: bool = False
    pattern: str = ""


class CatalogueSectionFields(msgspec.Struct, frozen=True):
    """One section; ``many``: it holds parts, each with these fields."""

    name: str
    many: bool
    required: bool
    fields: tuple[CatalogueField, ...]

    @property
    def nested(self) -> bool:
        """Whether no form is good for it."""
        return any(one.kind is CatalogueFieldKind.NESTED for one in self.fields)

    def field(self, name: str) -> CatalogueField | None:
        return next((one for one in self.fields if one.name == name), None)


@cache
def sections() -> Mapping[str, CatalogueSectionFields]:
    """Describe all sections by name, in the order of the model."""
    kind = inspect.type_info(Setup)
    assert isinstance(kind, inspect.StructType)  # noqa: S101 - a catalogue is a struct
    return MappingProxyType({one.encode_name: _section(one) for one in kind.fields})


def _section(field: inspect.Field) -> CatalogueSectionFields:
    kind, _, _ = _bare(field.type)
    many = isinstance(kind, inspect.VarTupleType)
    if isinstance(kind, inspect.VarTupleType):
        kind, _, _ = _bare(kind.item_type)
    if isinstance(kind, inspect.DictType):
        # Promises: each category is a field by itself.
        fields = tuple(
            msgspec.structs.replace(_scalar(str(one), kind.value_type), required=False)
            for one in _values(kind.key_type)
        )
    else:
        assert isinstance(kind, inspect.StructType)  # noqa: S101 - all other sections are structs
        fields = tuple(map(_field, kind.fields))
    return CatalogueSectionFields(field.encode_name, many, field.required, fields)


def _bare(kind: inspect.Type) -> tuple[inspect.Type, Mapping[str, Any], bool]:
    """Take off what stands around a type: what is noted of it, and that it may be left out."""
    noted: Mapping[str, Any] = {}
    optional = False
    while True:
        if isinstance(kind, inspect.Metadata):
            noted = {**noted, **(kind.extra or {})}
            kind = kind.type
        elif isinstance(kind, inspect.UnionType) and any(isinstance(one, inspect.NoneType) for one in kind.types):
            optional = True
            (kind,) = (one for one in kind.types if not isinstance(one, inspect.NoneType))
        else:
            return kind, noted, optional


def _field(field: inspect.Field) -> CatalogueField:
    default = field.default
    if default is msgspec.NODEFAULT:
        default = None if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    if isinstance(default, msgspec.Struct):
        default = msgspec.to_builtins(default)
    _, noted, _ = _bare(field.type)
    found = _typed(field.encode_name, field.type)
    ordered = bool(noted.get("ordered"))
    return msgspec.structs.replace(found, required=field.required, default=_raw(default), ordered=ordered)


def _raw(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _typed(name: str, wrapped: inspect.Type) -> CatalogueField:
    kind, _, _ = _bare(wrapped)
    match kind:
        case inspect.DictType():
            return _mapping(name, kind)
        case inspect.VarTupleType():
            return _list(name, kind)
        case _:
            return _scalar(name, wrapped)


def _scalar(name: str, wrapped: inspect.Type) -> CatalogueField:
    kind, noted, _ = _bare(wrapped)
    match kind:
        case inspect.BoolType():
            return CatalogueField(name, CatalogueFieldKind.YES_NO, required=True)
        case inspect.IntType():
            return CatalogueField(name, CatalogueFieldKind.NUMBER, required=True, minimum=kind.ge, maximum=kind.le)
        case inspect.DateType():
            return CatalogueField(name, CatalogueFieldKind.DATE, required=True)
        case inspect.LiteralType() | inspect.EnumType():
            return CatalogueField(name, CatalogueFieldKind.CHOICE, required=True, choices=_values(kind))
        case inspect.StrType():
            # What is called ``id`` names the part itself.
            part_of = "" if name == "id" else noted.get("part_of", "")
            shown = CatalogueFieldKind.ICON if noted.get("icon") else CatalogueFieldKind.TEXT
            return CatalogueField(
                name,
                CatalogueFieldKind.PART if part_of else shown,
                required=True,
                part_of=part_of,
                max_length=kind.max_length,
                pattern=kind.pattern or "",
            )
        case _:
            return CatalogueField(name, CatalogueFieldKind.NESTED, required=True)


def _list(name: str, kind: inspect.VarTupleType) -> CatalogueField:
    item = _scalar(name, kind.item_type)
    several = {
        CatalogueFieldKind.TEXT: CatalogueFieldKind.TEXTS,
        CatalogueFieldKind.NUMBER: CatalogueFieldKind.NUMBERS,
        CatalogueFieldKind.DATE: CatalogueFieldKind.DATES,
        CatalogueFieldKind.CHOICE: CatalogueFieldKind.SEVERAL,
        CatalogueFieldKind.PART: CatalogueFieldKind.SEVERAL,
    }.get(item.kind, CatalogueFieldKind.NESTED)
    return msgspec.structs.replace(item, kind=several, max_items=kind.max_length)


def _mapping(name: str, kind: inspect.DictType) -> CatalogueField:
    key, noted, _ = _bare(kind.key_type)
    value, _, _ = _bare(kind.value_type)
    if isinstance(key, inspect.EnumType):
        item = _scalar(name, value)
        return msgspec.structs.replace(item, kind=CatalogueFieldKind.PROMISES, choices=_values(key))
    if noted.get("part_of") == "steps" and isinstance(value, inspect.DictType):
        item = _mapping(name, value)
        return msgspec.structs.replace(item, kind=CatalogueFieldKind.STEP_PROMISES, part_of="steps")
    if noted.get("part_of") == "steps":
        return msgspec.structs.replace(_scalar(name, value), kind=CatalogueFieldKind.STEP_NUMBERS, part_of="steps")
    if isinstance(value, inspect.StrType):
        return msgspec.structs.replace(_scalar(name, value), kind=CatalogueFieldKind.NAMES)
    return CatalogueField(name, CatalogueFieldKind.NESTED, required=True)


def _values(kind: inspect.Type) -> tuple[str | int, ...]:
    match kind:
        case inspect.LiteralType():
            return tuple(one for one in kind.values if isinstance(one, str | int))
        case inspect.EnumType():
            return tuple(one.value for one in kind.cls)
        case _:
            return ()
