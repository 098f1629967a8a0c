"""What an event may hold: ids, enumerations, numbers and times."""

import types
from enum import Enum
from typing import Any, NewType, TypeAliasType, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from queue_server.domain import appointments, values
from queue_server.domain.values import VisitId
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.upcast import upcast
from queue_server.queue import reducers
from queue_server.queue.events import EVENTS
from queue_server.queue.upcast import STEPS
from tests.queue_server.queue.centre import Play

IDS = {
    name
    for module in (values, appointments)
    for name, value in vars(module).items()
    if isinstance(value, NewType) and value.__supertype__ is str
}


def allowed(kind: Any) -> bool:
    """Tell whether a type holds only ids, enumerations, numbers, times and collections of them."""
    if isinstance(kind, NewType):
        return kind.__supertype__ is int or kind.__name__ in IDS
    if isinstance(kind, TypeAliasType):
        return allowed(kind.__value__)
    if kind in (int, bool, types.NoneType, msgspec.UnsetType, Ellipsis):
        return True
    if get_origin(kind) in (tuple, types.UnionType, Union):
        return all(allowed(part) for part in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return True
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct) and _fields_allowed(kind)


def _fields_allowed(kind: type[msgspec.Struct]) -> bool:
    hints = get_type_hints(kind)
    return all(allowed(hints[name]) for name in kind.__struct_fields__)


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_the_only_strings_of_an_event_are_ids_and_enumerations(kind: type[Payload]) -> None:
    assert _fields_allowed(kind)


def test_the_walk_finds_a_string() -> None:
    class Inner(msgspec.Struct, frozen=True):
        words: tuple[str, ...]

    class Told(Payload, frozen=True):
        inner: Inner | None

    assert not _fields_allowed(Told)
    assert not allowed(dict[str, int])
    assert not allowed(NewType("Note", str))


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_what_an_event_touches_is_named_alike(kind: type[Payload]) -> None:
    hints = get_type_hints(kind)
    named = {"visit": "VisitId", "counter": "CounterId", "help": "HelpId", "notice": "NoticeId"}
    # Another one that is only named: who alone may call, and the visit that an event of its own follows for.
    mentioned = {"for_counter", "into"}
    for name in set(kind.__struct_fields__) - mentioned:
        parts = {getattr(part, "__name__", "") for part in (hints[name], *get_args(hints[name]))}
        for field, identity in named.items():
            assert (name == field) == (identity in parts), (kind, name)


def test_every_event_changes_the_state_by_a_rule_of_its_own() -> None:
    assert set(reducers.RULES) == set(EVENTS.values())


def test_the_bytes_have_sorted_keys_and_no_spaces() -> None:
    play = Play().open_day()
    play.issue()
    raw = encode(play.events[-1].body)
    assert raw == msgspec.json.encode(msgspec.json.decode(raw), order="sorted")
    assert list(msgspec.json.decode(raw)) == sorted(msgspec.json.decode(raw))
    assert b'"v1"' in raw
    assert VisitId("v1") in play.state.visits


def test_an_old_version_is_brought_up_one_step_at_a_time() -> None:
    assert upcast(STEPS, "visit-started", 1, 1, {"visit": "v"}) == {"visit": "v"}
    with pytest.raises(KeyError):
        upcast(STEPS, "visit-started", 1, 2, {})
    assert all(v < EVENTS[name].v for name, v in STEPS)
