"""Changes of the text of a catalogue: of a part, and of which parts there are. Comments and all the rest stay. Pure.

Only the block that is changed is written anew, and what came of it is read once more: a text in which anything else
would differ is never given.
"""

import tomllib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from typing import Any

import tomlkit
from msgspec.structs import replace
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from queue_server.catalogue.blocks import TextBlock, join, split
from queue_server.catalogue.errors import CatalogueSyntaxError, CatalogueTextOnlyError
from queue_server.catalogue.schema import sections

type RawPart = Mapping[str, Any]


def raw(text: str) -> dict[str, Any]:
    """Read a text as it stands, unchecked.

    Raises:
        CatalogueSyntaxError: it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogueSyntaxError(section="", key="", reason=str(error)) from error


def change(text: str, section: str, number: int, part: RawPart) -> str:
    """Let a part say ``part``, with all its fields; of a section that has no parts ``number`` is 0.

    Raises:
        CatalogueSyntaxError: the text is not TOML.
        CatalogueTextOnlyError: it is written in a way that only a hand can change.
    """
    before = raw(text)
    blocks, places = _located(text, before, section)
    wanted = deepcopy(before)
    if not sections()[section].many and not places:
        wanted[section] = dict(part)
        return _checked(join([*blocks, _new(section, part, blocks)]), wanted, section)
    _set(wanted, section, number, dict(part))
    place = places[number]
    old = before[section][number] if sections()[section].many else before[section]
    changed = [*blocks]
    changed[place] = replace(blocks[place], text=_changed(blocks[place].text, section, old, part))
    return _checked(join(changed), wanted, section)


def add(text: str, section: str, *parts: RawPart) -> str:
    """Add parts behind the last of their section; raises as ``change`` does."""
    before = raw(text)
    blocks, places = _located(text, before, section)
    wanted = deepcopy(before)
    wanted.setdefault(section, []).extend(dict(one) for one in parts)
    if not places:
        added = [*blocks]
        for one in parts:
            added.append(_new(section, one, added))
        return _checked(join(added), wanted, section)
    last = places[-1]
    body, space = _space(blocks[last].text)
    new = [_new(section, one, ()) for one in parts]
    # As far from the one before as the last was from what follows.
    ends = ["\n"] * (len(new) - 1) + [space.removeprefix("\n")]
    new = [replace(one, text=one.text + end) for one, end in zip(new, ends, strict=True)]
    changed = [*blocks[:last], replace(blocks[last], text=body + "\n\n"), *new, *blocks[last + 1 :]]
    return _checked(join(changed), wanted, section)


def remove(text: str, section: str, *numbers: int) -> str:
    """Take parts out, each with the comment above it; that above the first of a section is of the section, and stays.

    Raises as ``change`` does.
    """
    before = raw(text)
    blocks, places = _located(text, before, section)
    wanted, changed = deepcopy(before), [*blocks]
    # From the end on, so that places before it stay.
    for number in sorted(numbers, reverse=True):
        del wanted[section][number]
        gone = changed.pop(places[number])
        if number == 0 and gone.comment:
            following = places[number]
            if following < len(changed):
                changed[following] = replace(changed[following], comment=gone.comment + changed[following].comment)
            else:
                changed.append(replace(gone, text=""))
    if not wanted[section]:
        del wanted[section]
    return _checked(join(changed), wanted, section)


def move(text: str, section: str, number: int, to: int) -> str:
    """Give a part another place among those of its section; raises as ``change`` does."""
    before = raw(text)
    blocks, places = _located(text, before, section)
    wanted = deepcopy(before)
    wanted[section].insert(to, wanted[section].pop(number))
    first = blocks[places[0]].comment
    parts = [blocks[place] for place in places]
    spaces = [_space(one.text)[1] for one in parts]
    parts[0] = replace(parts[0], comment="")
    parts.insert(to, parts.pop(number))
    parts[0] = replace(parts[0], comment=first + parts[0].comment)
    changed = [*blocks]
    for place, part, space in zip(places, parts, spaces, strict=True):
        changed[place] = replace(part, text=_space(part.text)[0] + space)
    return _checked(join(changed), wanted, section)


def section_text(text: str, section: str) -> str:
    """Give what the text says of one section, as it is written.

    Raises:
        CatalogueTextOnlyError: it stands above all headers.
    """
    blocks, places = _located(text, raw(text), section)
    return join([blocks[place] for place in places])


def replace_section(text: str, section: str, said: str) -> str:
    """Let the text say ``said`` of one section, and of no other.

    Raises:
        CatalogueSyntaxError: that is not TOML; ``reason`` counts lines from its own first one.
        CatalogueTextOnlyError: the section stands above all headers, or something of another section was written.
    """
    new = raw(said)
    before = raw(text)
    blocks, places = _located(text, before, section)
    if set(new) - {section} or any(one.section not in {"", section} for one in split(said)):
        raise CatalogueTextOnlyError(section=section, key="")
    block = TextBlock(section, sections()[section].many, "", said if said.endswith("\n") or not said else f"{said}\n")
    wanted = {**before, **new} if new else {name: one for name, one in before.items() if name != section}
    if not places:
        return _checked(join([*blocks, block]), wanted, section)
    kept = [one for number, one in enumerate(blocks) if number not in places]
    kept.insert(places[0], block)
    return _checked(join(kept), wanted, section)


def _located(text: str, before: Mapping[str, Any], section: str) -> tuple[tuple[TextBlock, ...], list[int]]:
    """Find the blocks of a section."""
    blocks = split(text)
    found = before.get(section)
    if found is not None and not any(one.section == section for one in blocks):
        blocks = split(_unfolded(blocks, section, found))
    places = [number for number, one in enumerate(blocks) if one.section == section]
    many = sections()[section].many
    there = len(found) if many and isinstance(found, Sequence) else int(found is not None)
    if len(places) != there or any(blocks[place].part is not many for place in places):
        raise CatalogueTextOnlyError(section=section, key="")
    return blocks, places


def _unfolded(blocks: Sequence[TextBlock], section: str, found: Any) -> str:
    """Write a section under headers of its own that stands above all headers, as programs write short ones."""
    document = tomlkit.parse(blocks[0].comment + blocks[0].text)
    if section not in document:
        raise CatalogueTextOnlyError(section=section, key="")
    document.remove(section)
    written = [TextBlock("", False, "", tomlkit.dumps(document)), *blocks[1:]]
    for part in found if sections()[section].many else [found]:
        written.append(_new(section, part, written))
    return join(written)


def _set(wanted: dict[str, Any], section: str, number: int, part: dict[str, Any]) -> None:
    if sections()[section].many:
        wanted[section][number] = part
    else:
        wanted[section] = part


def _checked(text: str, wanted: Mapping[str, Any], section: str) -> str:
    """Give a text that says exactly what it should."""
    try:
        if tomllib.loads(text) == wanted:
            return text
    except tomllib.TOMLDecodeError:
        pass
    raise CatalogueTextOnlyError(section=section, key="")


def _space(text: str) -> tuple[str, str]:
    body = text.rstrip()
    return body, text[len(body) :] or "\n"


def _new(section: str, part: RawPart, before: Sequence[TextBlock]) -> TextBlock:
    """Write a block that was not there; it is apart from those that stand before it."""
    many = sections()[section].many
    table = tomlkit.table()
    for key, value in part.items():
        table.append(key, _item(value))
    head = f"[[{section}]]\n" if many else f"[{section}]\n"
    text = head + tomlkit.dumps(table)
    written = join(before)
    apart = "" if not written or written.endswith("\n\n") else "\n" if written.endswith("\n") else "\n\n"
    return TextBlock(section, many, apart, text)


def _item(value: Any) -> Item:
    if isinstance(value, Mapping):
        inside = tomlkit.inline_table()
        for key, one in value.items():
            inside.append(key, _item(one))
        return inside
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        for one in value:
            array.append(_item(one))
        return array
    found: Item = tomlkit.item(value)
    return found


def _changed(text: str, section: str, old: RawPart, new: RawPart) -> str:
    """Write one block anew."""
    try:
        document = tomlkit.parse(text)
        table: Any = document[section]
        _apply(table[0] if sections()[section].many else table, old, new)
        return tomlkit.dumps(document)
    except (TOMLKitError, KeyError, IndexError, TypeError, ValueError) as error:
        raise CatalogueTextOnlyError(section=section, key="") from error


def _apply(table: Any, old: RawPart, new: RawPart) -> None:
    for key in old:
        if key not in new:
            table.remove(key)
    for key, value in new.items():
        before = old.get(key)
        if key not in old:
            table.append(key, _item(value))
        elif before == value and type(before) is type(value):
            continue
        elif isinstance(before, Mapping) and isinstance(value, Mapping):
            _apply(table[key], before, value)
        elif isinstance(before, list) and isinstance(value, list):
            _apply_list(table[key], before, value)
        else:
            table[key] = _item(value)


def _apply_list(array: Any, old: Sequence[Any], new: Sequence[Any]) -> None:
    """Change what differs, from the end on, so that places before it stay."""
    for tag, first, last, begin, end in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if tag == "equal":
            continue
        for place in reversed(range(first, last)):
            del array[place]
        for place, value in enumerate(new[begin:end]):
            array.insert(first + place, _item(value))
