"""What was typed into the form of a part, as the file says it. Pure.

What cannot be right is handed on as it was typed: the checks of the catalogue refuse it, and nothing else does.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from queue_server.catalogue.schema import CatalogueField, CatalogueFieldKind, CatalogueSectionFields

#: Before the names of fields of the form: others belong to the page.
PREFIX: Final = "f."
#: Further texts of a list are typed behind a comma, or on a line of their own.
_BETWEEN: Final = re.compile(r"[,،;\n]")


def part(section: CatalogueSectionFields, before: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
    """Turn a form into a part; what was left out ``before`` and says its default still is left out."""
    said = {}
    for field in section.fields:
        value = _value(field, form, before.get(field.name))
        if value is None or (field.name not in before and not field.required and value == field.default):
            continue
        said[field.name] = value
    # In the order of the file, what is new behind it.
    return {name: said[name] for name in (*before, *(one for one in said if one not in before)) if name in said}


def _value(field: CatalogueField, form: Mapping[str, str], before: Any) -> Any:  # noqa: PLR0911 - one for each kind
    name = f"{PREFIX}{field.name}"
    kinds = CatalogueFieldKind
    match field.kind:
        case kinds.YES_NO:
            return name in form
        case kinds.NAMES:
            return _within(form, name) or None
        case kinds.PROMISES | kinds.STEP_NUMBERS:
            return {key: _number(value) for key, value in _within(form, name).items()} or None
        case kinds.STEP_PROMISES:
            return _by_step(_within(form, name)) or None
        case kinds.SEVERAL:
            return _several(field, form, name, before)
        case kinds.TEXTS | kinds.NUMBERS | kinds.DATES:
            return _listed(field.kind, form.get(name, ""))
        case kinds.NESTED:
            return before
        case _:
            return _single(field, form.get(name, "").strip())


def _single(field: CatalogueField, text: str) -> Any:
    if not text:
        return None
    if field.kind is CatalogueFieldKind.NUMBER or any(isinstance(one, int) for one in field.choices):
        return _number(text)
    return _date(text) if field.kind is CatalogueFieldKind.DATE else text


def _within(form: Mapping[str, str], name: str) -> dict[str, str]:
    """Give what stands under a name, by the rest of the names of its fields."""
    return {
        key.removeprefix(f"{name}."): value.strip()
        for key, value in form.items()
        if key.startswith(f"{name}.") and value.strip()
    }


def _by_step(said: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for key, value in said.items():
        step, _, category = key.rpartition(".")
        found.setdefault(step, {})[category] = _number(value)
    return found


def _several(field: CatalogueField, form: Mapping[str, str], name: str, before: Any) -> list[Any] | None:
    """Give what was chosen: in the order of their places (``f.steps.0``), else those of before first."""
    said = _within(form, name)
    if field.ordered:
        chosen = [said[key] for key in sorted(said, key=int)]
    else:
        old = [one for one in before or () if str(one) in said]
        chosen = [*old, *(key for key in said if key not in map(str, old))]
    found = [_number(one) if any(isinstance(each, int) for each in field.choices) else one for one in chosen]
    return found or None


def _listed(kind: CatalogueFieldKind, text: str) -> list[Any]:
    read = {CatalogueFieldKind.NUMBERS: _number, CatalogueFieldKind.DATES: _date}.get(kind, str)
    return [read(one) for one in items(text)]


def items(text: str) -> Iterable[str]:
    """Cut a list that was typed into its texts."""
    return (one.strip() for one in _BETWEEN.split(text) if one.strip())


def _number(text: str) -> int | str:
    """Read a whole number; what is none stays a text."""
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,12}", text) else text


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
