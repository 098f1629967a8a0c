"""Streams of payments as earlier releases stored them: they lead to the same states for ever."""

from pathlib import Path

import msgspec
import pytest

from queue_server.domain.values import Actor, Micros
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Event
from queue_server.payments import events, reconciliation
from queue_server.payments.model import Payment
from queue_server.payments.reconciliation import Reconciliation
from queue_server.payments.reconciliation_store import RECONCILIATIONS
from queue_server.payments.store import PAYMENTS
from tests.golden.test_golden import Line, assert_holds

FOLDER = Path(__file__).parent / "payments"
STREAMS = sorted(path.name.removesuffix(".jsonl") for path in FOLDER.glob("*.jsonl"))


def lines(name: str) -> list[Line]:
    return [msgspec.json.decode(line, type=Line) for line in (FOLDER / f"{name}.jsonl").read_bytes().splitlines()]


def event(line: Line) -> Event:
    payload = line.payload.encode()
    return Event(
        "payment/p", line.seq, Micros(line.at), line.type, line.v, line.command, Actor(line.actor), payload, b""
    )


#: A payment or a waiver, or the end of a terminal's day: told by its first event.
EVENTS = {**events.EVENTS, **reconciliation.EVENTS}


def replay(name: str) -> Payment | Reconciliation | None:
    found = [event(line) for line in lines(name)]
    if found[0].type in reconciliation.EVENTS:
        return RECONCILIATIONS.replay(found)
    return PAYMENTS.replay(found)


def decode(line: Line) -> Payload:
    read = reconciliation.decode if line.type in reconciliation.EVENTS else events.decode
    return read(line.type, line.v, line.payload.encode())


@pytest.mark.parametrize("name", STREAMS)
def test_a_golden_stream_leads_to_its_state(name: str) -> None:
    kept = msgspec.json.decode((FOLDER / f"{name}.state.json").read_bytes())
    assert_holds(kept, msgspec.to_builtins(replay(name)))


def test_every_version_of_every_event_has_a_golden_line() -> None:
    kept = {(line.type, line.v) for name in STREAMS for line in lines(name)}
    assert kept == {(name, v) for name, kind in EVENTS.items() for v in range(1, kind.v + 1)}


@pytest.mark.parametrize("name", STREAMS)
def test_the_stored_bytes_of_current_versions_are_made_again(name: str) -> None:
    for line in lines(name):
        if line.v == EVENTS[line.type].v:
            assert encode(decode(line)) == line.payload.encode()
