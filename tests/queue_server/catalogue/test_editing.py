"""A change of a catalogue's text changes what was meant and nothing else, and every comment stays."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.catalogue import editing, store, toml
from queue_server.catalogue.blocks import join, split
from queue_server.catalogue.difference import differences
from queue_server.catalogue.errors import CatalogueTextOnlyError
from queue_server.catalogue.schema import sections

TEXTS = store.demo_catalogues()
COMMENT = re.compile(r"# comment [0-9]+")
#: A header, or a key with all of its value on its line.
WHOLE = re.compile(r"(\[.*\]|[\w\"-]+ = .*[^\[,{])$")


def commented(text: str) -> str:
    """Write a comment above and behind every line where one may stand."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        lines += [f"# comment {number}", f"{line} # comment {10_000 + number}"] if WHOLE.match(line) else [line]
    return "\n".join(lines) + "\n"


#: The demo as people write it and as a program writes it, with comments everywhere.
WRITTEN = tuple(commented(one) for text in TEXTS for one in (text, toml.write(toml.parse(text))))
RAW = {text: editing.raw(text) for text in WRITTEN}
texts = st.sampled_from(WRITTEN)
quick = settings(max_examples=12, deadline=None)


def comments(text: str) -> list[str]:
    return sorted(COMMENT.findall(text))


@pytest.mark.parametrize("text", WRITTEN)
def test_blocks_are_the_text(text: str) -> None:
    assert join(split(text)) == text
    parts = [one.section for one in split(text) if one.part]
    assert {name: parts.count(name) for name in set(parts)} == {
        name: len(found)
        for name, found in RAW[text].items()
        # Programs write short sections above all headers.
        if sections()[name].many and name in parts
    }


FIELDS: Mapping[str, Mapping[str, Any]] = {
    "governments": {"name": {"en": "Other", "fr": "Autre", "ar": "\N{ARABIC LETTER ALEF}"}},
    "steps": {"minutes": 333, "place": {"en": "Room 9", "fr": "Salle 9", "ar": "9"}, "takes_fees": False},
    "services": {"standard_minutes": 7, "bookable": False, "name": {"en": 'Say "it"', "fr": "É", "ar": "\\"}},
    "counters": {"direction": "up", "languages": ["en", "fr"]},
}


@given(texts, st.data())
@quick
def test_one_field_changes_alone_and_every_comment_stays(text: str, data: st.DataObject) -> None:
    section = data.draw(st.sampled_from(sorted(FIELDS)))
    parts = RAW[text][section]
    number = data.draw(st.integers(0, len(parts) - 1))
    field = data.draw(st.sampled_from(sorted(FIELDS[section])))
    value = FIELDS[section][field]
    after = editing.change(text, section, number, {**parts[number], field: value})
    assert comments(after) == comments(text)
    assert editing.raw(after)[section][number] == {**parts[number], field: value}
    found = differences(toml.convert(RAW[text]), toml.convert(editing.raw(after)))
    assert {(one.change, one.section, one.part, one.field.partition(".")[0]) for one in found} <= {
        ("changed", section, parts[number]["id"], field)
    }


@given(texts, st.sampled_from(["steps", "services", "counters", "kinds"]), st.data())
@quick
def test_parts_come_go_and_move_with_their_comments(text: str, section: str, data: st.DataObject) -> None:
    parts = RAW[text][section]
    new = {"id": "new-part", "name": {"en": "New", "fr": "Nouveau"}, "steps": ["x"]}
    added = editing.add(text, section, new)
    assert editing.raw(added)[section] == [*parts, new]
    assert comments(added) == comments(text)
    assert editing.raw(editing.remove(added, section, len(parts))) == RAW[text]
    begin, end = (data.draw(st.integers(0, len(parts) - 1)) for _ in range(2))
    moved = editing.move(text, section, begin, end)
    assert comments(moved) == comments(text)
    assert editing.raw(editing.move(moved, section, end, begin)) == RAW[text]


@pytest.mark.parametrize("text", TEXTS)
def test_a_change_of_the_demo_is_one_line(text: str) -> None:
    before = editing.raw(text)["services"][1]
    changed = editing.change(text, "services", 1, {**before, "standard_minutes": 17})
    assert [line for line in changed.splitlines() if line not in text.splitlines()] == ["standard_minutes = 17"]
    assert editing.raw(editing.change(changed, "services", 1, before)) == editing.raw(text)


def test_a_day_goes_and_the_comment_of_another_stays() -> None:
    text = "[holidays]\nclosed = [\n  2026-12-24, # Christmas Eve\n  2026-12-31, # the last day\n]\n"
    days = editing.raw(text)["holidays"]["closed"]
    one = editing.change(text, "holidays", 0, {"closed": days[:1]})
    assert "# Christmas Eve" in one
    assert editing.raw(one) == {"holidays": {"closed": days[:1]}}


def test_what_looks_like_a_header_is_none() -> None:
    text = '[rules]\nx = """\n[hours]\n# no comment"""\ny = [\n[1],\n] # [a]\n\n  # of hours\n  [hours]\nmonday = []\n'
    found = [(one.section, one.comment) for one in split(text)]
    assert found == [("", ""), ("rules", ""), ("hours", "  # of hours\n")]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ('[[services]]\nid = "a"\n[rules]\nmax_party = 3\n[services.name]\nen = "A"\n', "services"),
    ],
)
def test_what_only_a_hand_can_change_is_refused(text: str, section: str) -> None:
    raw = editing.raw(text)[section]
    part: Mapping[str, Any] = raw[0] if isinstance(raw, list) else raw
    with pytest.raises(CatalogueTextOnlyError):
        editing.change(text, section, 0, {**part, "id": "b"})


def test_a_section_above_all_headers_gets_headers_when_it_is_changed() -> None:
    text = '# above\nshelves = [{id = "A", places = 3}, {id = "B", places = 4}]\n\n[rules]\nmax_party = 3 # few\n'
    after = editing.change(text, "shelves", 1, {"id": "B", "places": 5})
    assert editing.raw(after) == editing.raw(text) | {"shelves": [{"id": "A", "places": 3}, {"id": "B", "places": 5}]}
    assert [one for one in ("# above", "[[shelves]]", "max_party = 3 # few") if one not in after] == []


def test_a_section_is_replaced_as_text_and_nothing_else() -> None:
    said = editing.section_text(TEXTS[0], "forms")
    after = editing.replace_section(TEXTS[0], "forms", f"# looked through\n{said}")
    assert editing.raw(after) == editing.raw(TEXTS[0])
    assert "# looked through" in after
    with pytest.raises(CatalogueTextOnlyError):
        editing.replace_section(TEXTS[0], "forms", f"{said}\n[rules]\nmax_party = 3\n")
