"""What differs between two catalogues, part by part and language by language. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal

import msgspec

from queue_server.catalogue.model import Setup

#: Sections that hold many parts, and the fields that tell one from another.
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("governments", "groups", "kinds", "steps", "services", "counters"), ("id",)),
    **dict.fromkeys(("bands", "shelves", "staffing", "forms"), ("id",)),
    # One service has a fee for each currency, age and time.
    "fees": ("service", "currency", "per", "bands", "valid_from"),
    "checklists": ("services",),
}


class CatalogueDifference(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is not as it was.

    ``part`` is the id of a part of a section that has many, such as the service; ``field`` what of it, such as
    ``name.fr``. A part that is ``added`` or ``removed`` is told whole, without its fields; one that is ``moved`` has
    another place among the others. ``before`` and ``after`` are None where the catalogue leaves the field out.
    """

    change: Literal["added", "removed", "changed", "moved"]
    section: str
    part: str = ""
    field: str = ""
    before: Any = None
    after: Any = None


def differences(before: Setup | None, after: Setup) -> tuple[CatalogueDifference, ...]:
    """Compare two catalogues in the order of their sections; all of a new centre is added."""
    old, new = {} if before is None else plain(before), plain(after)
    return tuple(one for section in Setup.__struct_fields__ for one in _section(section, old, new))


def plain(value: Any) -> Any:
    """Give every field, whether the file says it or leaves it at its default: that is no difference."""
    match value:
        case msgspec.Struct():
            return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case date():
            return value.isoformat()
        case _:
            return value


def _section(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[CatalogueDifference]:
    keys = PARTS.get(section)
    if keys is None:
        yield from _fields(section, "", old.get(section), new.get(section))
        return
    before = {part_id(one, keys): one for one in old.get(section, ())}
    after = {part_id(one, keys): one for one in new.get(section, ())}
    yield from (CatalogueDifference("removed", section, ident) for ident in before if ident not in after)
    for ident, part in after.items():
        if ident in before:
            yield from _fields(section, ident, before[ident], part)
        else:
            yield CatalogueDifference("added", section, ident)
    # Those that stand in both, in each order: what came or went moves nobody.
    there, here = [one for one in before if one in after], [one for one in after if one in before]
    yield from (
        CatalogueDifference("moved", section, one) for one, other in zip(here, there, strict=True) if one != other
    )


def part_id(part: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """Name a part by what tells it from the others; what it leaves out is left out."""
    values = (part.get(key, ()) for key in keys)
    return " ".join("+".join(one) if isinstance(one, list | tuple) else str(one) for one in values if one)


def _fields(section: str, part: str, before: Any, after: Any) -> Iterator[CatalogueDifference]:
    old, new = dict(_leaves("", before)), dict(_leaves("", after))
    for field in [*old, *(one for one in new if one not in old)]:
        was, becomes = old.get(field), new.get(field)
        if was != becomes:
            yield CatalogueDifference("changed", section, part, field, was, becomes)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Give each value with the names that lead to it; what has an id is named by it, wherever it stands."""
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), one)
    elif isinstance(value, list | tuple) and value and all(isinstance(one, Mapping) and "id" in one for one in value):
        for one in value:
            yield from _leaves(f"{path}.{one['id']}", {key: other for key, other in one.items() if key != "id"})
        # Their order says what is asked first.
        yield f"{path}.order", [one["id"] for one in value]
    elif value is not None:
        yield path, value


def line(one: CatalogueDifference) -> str:
    """Write a difference as a line: ``~ services uto-visa name.fr: "Visa" -> "Visa court"``."""
    sign = {"added": "+", "removed": "-", "changed": "~", "moved": "^"}[one.change]
    where = " ".join(word for word in (sign, one.section, one.part, one.field) if word)
    return f"{where}: {_said(one.before)} -> {_said(one.after)}" if one.change == "changed" else where


def _said(value: Any) -> str:
    return "(left out)" if value is None else msgspec.json.encode(value).decode()
