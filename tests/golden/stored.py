"""Golden streams on disk: a line an event, and beside them the state to which they lead."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from queue_server.domain.values import Actor, Micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Event

ROOT = Path(__file__).parent
START = 1_795_600_000_000_000

#: What is decided of a stream from where it is.
type Deed = Callable[[Any], tuple[Payload, ...]]


class Line(msgspec.Struct, frozen=True):
    seq: int
    at: int
    type: str
    v: int
    command: str
    actor: str
    payload: str


def lines(stream: Path) -> list[Line]:
    """Read a stream by its file without ending."""
    return [msgspec.json.decode(line, type=Line) for line in stream.with_suffix(".jsonl").read_bytes().splitlines()]


def event(line: Line) -> Event:
    at, by, payload = Micros(line.at), Actor(line.actor), line.payload.encode()
    return Event("golden/a", line.seq, at, line.type, line.v, line.command, by, payload, b"")


def played(aggregate: Aggregate[Any], deeds: Iterable[Deed]) -> tuple[list[Payload], Any]:
    """Do one after the other; each of them comes to something."""
    found: Any = None
    bodies: list[Payload] = []
    for deed in deeds:
        (body,) = deed(found)
        bodies.append(body)
        found = aggregate.evolve(found, body, len(bodies), Micros(START + len(bodies)))
    return bodies, found


def write(stream: Path, bodies: Sequence[Payload], found: Any, command: str, actor: str) -> None:
    """Write a stream that is not there yet, and the state ``found``; ``command`` is a pattern of the number."""
    stream.parent.mkdir(exist_ok=True)
    with stream.with_suffix(".jsonl").open("xb") as file:
        for seq, body in enumerate(bodies, start=1):
            payload = encode(body).decode()
            line = Line(seq, START + seq, body.type, body.v, command.format(seq), actor, payload)
            file.write(msgspec.json.encode(line) + b"\n")
    state = msgspec.json.format(msgspec.json.encode(found, order="sorted"), indent=1)
    stream.with_suffix(".state.json").write_bytes(state + b"\n")
