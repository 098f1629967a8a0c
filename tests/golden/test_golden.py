"""Streams as earlier releases stored them: they lead to the same states for ever."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from queue_server.domain.values import Actor, CentreId, Day, Micros
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import UnknownEventError
from queue_server.queue.events import EVENTS, DayEvent, decode
from queue_server.queue.evolve import evolve
from queue_server.queue.state import DayState
from tests.golden import stored
from tests.golden.stored import Line
from tests.queue_server.queue.digest import plain

FOLDER = Path(__file__).parent
STREAMS = sorted(path.name.removesuffix(".jsonl") for path in FOLDER.glob("*.jsonl"))


def lines(name: str) -> list[Line]:
    return stored.lines(FOLDER / name)


def replay(name: str) -> DayState:
    opened = msgspec.json.decode(lines(name)[0].payload)
    state = DayState(CentreId("harbour"), Day(opened["day"]))
    for line in lines(name):
        body = decode(line.type, line.v, line.payload.encode())
        evolve(state, DayEvent(line.seq, Micros(line.at), line.type, line.v, line.command, Actor(line.actor), body))
    return state


def assert_holds(expected: Any, found: Any, where: str = "") -> None:
    """Compare all that was kept; a later release may know more of a state, never less or something else."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert_holds(value, found[key], f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(expected) == len(found), where
        for index, value in enumerate(expected):
            assert_holds(value, found[index], f"{where}[{index}]")
    elif isinstance(expected, int) and isinstance(found, dict):
        # A notice was once no more than the time at which it was shown.
        assert expected == found["at"], where
    else:
        assert expected == found, where


def test_a_golden_stream_leads_to_its_state(subtests: pytest.Subtests) -> None:
    for name in STREAMS:
        with subtests.test(name=name):
            kept = msgspec.json.decode((FOLDER / f"{name}.state.json").read_bytes())
            assert_holds(kept, msgspec.json.decode(msgspec.json.encode(plain(replay(name)))))


def test_every_version_of_every_event_has_a_golden_line() -> None:
    kept = {(line.type, line.v) for name in STREAMS for line in lines(name)}
    released = {(name, v) for name, kind in EVENTS.items() for v in range(1, kind.v + 1)}
    assert kept == released


def test_the_stored_bytes_of_current_versions_are_made_again(subtests: pytest.Subtests) -> None:
    for name in STREAMS:
        with subtests.test(name=name):
            for line in lines(name):
                if line.v == EVENTS[line.type].v:
                    assert encode(decode(line.type, line.v, line.payload.encode())) == line.payload.encode()


@pytest.mark.parametrize(
    ("name", "v", "payload"),
    [
        ("visit-vanished", 1, b"{}"),
        ("visit-started", 99, b'{"counter":"c","visit":"v"}'),
        ("visit-started", 0, b'{"counter":"c","visit":"v"}'),
        ("visit-started", 1, b'{"counter":"c"}'),
        ("visit-started", 1, b'{"counter":"c","visit":7}'),
        ("visit-started", 1, b"\xff"),
    ],
)
def test_what_this_release_does_not_know_is_an_error_of_its_own(name: str, v: int, payload: bytes) -> None:
    with pytest.raises(UnknownEventError):
        decode(name, v, payload)
