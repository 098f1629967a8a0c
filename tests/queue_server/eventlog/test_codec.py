"""Payloads to bytes and back, old versions too, for any kind of stream."""

import msgspec
import pytest

from queue_server.eventlog.codec import Codec, encode
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.eventlog.upcast import Raw, filled


class Found(Payload, frozen=True):
    """Something was found; first it had no place, then one word for where."""

    type = "found"
    v = 3
    item: str
    shelf: int
    floor: int


class Fetched(Payload, frozen=True):
    type = "fetched"
    item: str


def _placed(raw: Raw) -> Raw:
    floor, shelf = raw.pop("place").split("-")
    return raw | {"floor": int(floor), "shelf": int(shelf)}


CODEC = Codec((Found, Fetched), {("found", 1): filled(place="0-1"), ("found", 2): _placed})


def test_the_bytes_have_sorted_keys_and_are_read_back() -> None:
    body = Found("umbrella", shelf=4, floor=2)
    assert encode(body) == b'{"floor":2,"item":"umbrella","shelf":4}'
    assert CODEC.decode("found", 3, encode(body)) == body


@pytest.mark.parametrize(
    ("v", "payload", "expected"),
    [
        (1, b'{"item":"umbrella"}', Found("umbrella", shelf=1, floor=0)),
        (2, b'{"item":"umbrella","place":"2-4"}', Found("umbrella", shelf=4, floor=2)),
    ],
)
def test_an_old_version_is_brought_up_one_step_at_a_time(v: int, payload: bytes, expected: Found) -> None:
    assert CODEC.decode("found", v, payload) == expected


@pytest.mark.parametrize(
    ("name", "v", "payload"),
    [
        ("lost", 1, b"{}"),
        ("found", 4, b"{}"),
        ("found", 0, b"{}"),
        ("found", 3, b'{"item":"umbrella"}'),
        ("found", 3, b"\xff"),
        ("found", 2, b'{"item":"umbrella"}'),
        ("found", 2, b'{"item":"umbrella","place":4}'),
        ("found", 2, b'{"item":"umbrella","place":"attic"}'),
        ("found", 1, b"[]"),
        ("found", 1, b"\xff"),
        ("fetched", 2, b'{"item":"umbrella"}'),
    ],
)
def test_what_this_release_cannot_read_is_told(name: str, v: int, payload: bytes) -> None:
    with pytest.raises(UnknownEventError) as told:
        CODEC.decode(name, v, payload)
    assert (told.value.placeholders["type"], told.value.placeholders["v"]) == (name, v)


def test_a_version_without_a_step_up_is_noticed_when_the_program_starts() -> None:
    with pytest.raises(ValueError, match="one step up"):
        Codec((Found,), {("found", 2): _placed})
    with pytest.raises(ValueError, match="one step up"):
        Codec((Fetched,), {("fetched", 1): _placed})
    with pytest.raises(ValueError, match="name of its own"):
        Codec((Fetched, Fetched))


def test_numbers_and_names_of_columns_are_not_part_of_the_bytes() -> None:
    assert set(msgspec.json.decode(encode(Fetched("umbrella")))) == {"item"}
