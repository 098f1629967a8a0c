"""Checks a part that is being changed, by what checks an import, and says which field each refusal is about. Pure."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import msgspec

from queue_server.catalogue import toml
from queue_server.catalogue.errors import CatalogueError, CatalogueInvalidError
from queue_server.catalogue.model import Setup
from queue_server.catalogue.schema import sections


class PartProblems(msgspec.Struct, frozen=True):
    """``fields`` are refusals by the field of the part that they are about; ``elsewhere`` is one of another part."""

    fields: Mapping[str, CatalogueError]
    elsewhere: CatalogueError | None = None


def check_part(before: Mapping[str, Any], section: str, number: int, part: Mapping[str, Any]) -> PartProblems:
    """Check a part at its place in a catalogue as it stands (``editing.raw``); behind all others it is a new one."""
    own: dict[str, CatalogueError] = {str(one.placeholders["key"]): one for one in _of_types(section, part)}
    if own:
        return PartProblems(own)
    after = deepcopy(dict(before))
    if sections()[section].many:
        parts = after.setdefault(section, [])
        parts[number : number + 1] = [dict(part)]
    else:
        after[section] = dict(part)
    try:
        toml.check(toml.convert(after))
    except CatalogueError as error:
        return _placed(error, section, number)
    return PartProblems({})


def check_types(section: str, said: Any) -> None:
    """Check what one section says by itself, as far as types tell; None where it says nothing.

    Raises:
        CatalogueInvalidError: it cannot be read.
    """
    fields = {one.encode_name: one for one in msgspec.structs.fields(Setup)}
    if said is None:
        if fields[section].required:
            raise CatalogueInvalidError(section=section, key="", reason=f"missing required field `{section}`")
        return
    try:
        msgspec.convert(said, fields[section].type, strict=True)
    except msgspec.ValidationError as error:
        raise toml.invalid(error, f"$.{section}") from error


def _of_types(section: str, part: Mapping[str, Any]) -> Iterable[CatalogueInvalidError]:
    """Find every field that is missing, or not what its type says."""
    for name, (kind, required) in _types(section).items():
        if name not in part:
            if required:
                yield CatalogueInvalidError(section=section, key=name, reason=f"missing required field `{name}`")
            continue
        try:
            msgspec.convert(part[name], kind, strict=True)
        except msgspec.ValidationError as error:
            yield CatalogueInvalidError(section=section, key=name, reason=str(error))


@cache
def _types(section: str) -> Mapping[str, tuple[Any, bool]]:
    kind = next(one.type for one in msgspec.structs.fields(Setup) if one.encode_name == section)
    struct = next((one for one in _inside(kind) if isinstance(one, type) and issubclass(one, msgspec.Struct)), None)
    if struct is None:
        # Promises: each category is a field.
        minutes = kind.__args__[1]
        return {one.name: (minutes, False) for one in sections()[section].fields}
    return {one.encode_name: (one.type, one.required) for one in msgspec.structs.fields(struct)}


def _inside(kind: Any) -> Iterable[Any]:
    yield kind
    for one in getattr(kind, "__args__", ()):
        yield from _inside(one)


def _placed(error: CatalogueError, section: str, number: int) -> PartProblems:
    """Say whether a refusal is about the part: one of its section as a whole is, since all others stood before."""
    where = str(error.placeholders.get("section", ""))
    key = str(error.placeholders.get("key", ""))
    names = [one.name for one in sections()[section].fields]
    field = key.partition("[")[0].partition(".")[0]
    mine = {section, f"{section}[{number}]"} if sections()[section].many else {section}
    if where in mine and field in names:
        return PartProblems({field: error})
    if not where and key == "" and section in str(error.placeholders.get("reason", "")):
        return PartProblems({names[0]: error})
    return PartProblems({}, error)
