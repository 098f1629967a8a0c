"""Streams of banks, orders and collecting as earlier releases stored them: they lead to the same states for ever."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from queue_server.collection.store import AUTHORITIES, KIOSKS, MADE_CODES
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import encode
from queue_server.lockers.store import BANKS, ORDERS
from tests.golden.test_custody import event
from tests.golden.test_golden import Line, assert_holds

FOLDER = Path(__file__).parent / "lockers"
STREAMS = sorted(path.name.removesuffix(".jsonl") for path in FOLDER.glob("*.jsonl"))
#: By what their names begin with.
AGGREGATES: dict[str, Aggregate[Any]] = {
    "bank": BANKS,
    "order": ORDERS,
    "authority": AUTHORITIES,
    "kiosk": KIOSKS,
    "code": MADE_CODES,
}


def aggregate_of(name: str) -> Aggregate[Any]:
    return AGGREGATES[name.partition("-")[0]]


def lines(name: str) -> list[Line]:
    return [msgspec.json.decode(line, type=Line) for line in (FOLDER / f"{name}.jsonl").read_bytes().splitlines()]


@pytest.mark.parametrize("name", STREAMS)
def test_a_golden_stream_leads_to_its_state(name: str) -> None:
    kept = msgspec.json.decode((FOLDER / f"{name}.state.json").read_bytes())
    assert_holds(kept, msgspec.to_builtins(aggregate_of(name).replay(map(event, lines(name)))))


@pytest.mark.parametrize("kind", AGGREGATES)
def test_every_version_of_every_event_has_a_golden_line(kind: str) -> None:
    kept = {(line.type, line.v) for name in STREAMS if name.startswith(kind) for line in lines(name)}
    known = AGGREGATES[kind].codec.kinds
    assert kept == {(name, v) for name, body in known.items() for v in range(1, body.v + 1)}


@pytest.mark.parametrize("name", STREAMS)
def test_the_stored_bytes_of_current_versions_are_made_again(name: str) -> None:
    codec = aggregate_of(name).codec
    for line in lines(name):
        if line.v == codec.kinds[line.type].v:
            assert encode(codec.decode(line.type, line.v, line.payload.encode())) == line.payload.encode()
