"""The hash chain is fixed for ever: golden hashes, made once, and the ways in which two events could be confused."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import Actor, Micros
from queue_server.eventlog.hash_chain import chain, event_hash
from queue_server.eventlog.port import Head, NewEvent

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_numbers = st.integers(-(2**63), 2**63 - 1)
_events = st.builds(
    NewEvent,
    at=_numbers.map(Micros),
    type=_texts,
    v=_numbers,
    command=_texts,
    actor=_texts.map(Actor),
    payload=st.binary(max_size=8),
)
_places = st.tuples(st.binary(max_size=32), _texts, _numbers, _events)


def test_the_hashes_of_the_first_release() -> None:
    events = (
        NewEvent(Micros(1_764_043_200_000_000), "day-opened", 1, "open", Actor("system"), b'{"day":"2026-11-25"}'),
        NewEvent(Micros(-1), "visit-issued", 2, "\u00e9", Actor("device/k1"), b"\x00\xff"),
    )
    chained = chain("queue/demo/2026-11-25", Head(0, b""), events)
    assert [event.seq for event in chained] == [1, 2]
    assert [event.hash.hex() for event in chained] == [
        "9d8735b350b4419934224a74354b5837e22bfff21e8125ee9eb17ac4d80892b3",
        "28a55c6cd4bcab2e0630f2a0d72fc59668258a1c4b1c2956f2e9b3ffa63f1cc4",
    ]


@given(_places, _places)
def test_two_different_events_never_give_the_same_hash(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    assert (event_hash(*one) == event_hash(*other)) == (one == other)


@given(_places, st.integers(0, 8), st.data())
def test_a_change_of_any_field_changes_the_hash(place: tuple[Any, ...], which: int, data: st.DataObject) -> None:
    previous, stream, seq, event = place
    changed = list(place)
    if which < 3:
        changed[which] = data.draw((st.binary(max_size=32), _texts, _numbers)[which])
    else:
        field = NewEvent.__struct_fields__[which - 3]
        changed[3] = msgspec.structs.replace(event, **{field: getattr(data.draw(_events), field)})
    assert (event_hash(*changed) == event_hash(previous, stream, seq, event)) == (changed == list(place))


@given(st.lists(st.tuples(_texts, _texts), min_size=2, max_size=2))
def test_texts_that_meet_at_another_place_are_another_event(pairs: list[tuple[str, str]]) -> None:
    def digest(command: str, actor: str) -> bytes:
        return event_hash(b"", "s", 1, NewEvent(Micros(0), "t", 1, command, Actor(actor), b""))

    (a, b), (c, d) = pairs
    assert (digest(a, b) == digest(c, d)) == ((a, b) == (c, d))
    assert (digest(a + b, "") == digest(a, b)) == (b == "")
