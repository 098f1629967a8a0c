"""Streams of what people were told as earlier releases stored them: they lead to the same states for ever."""

from pathlib import Path

import msgspec
import pytest

from queue_server.eventlog.codec import encode
from queue_server.notices.events import CODEC
from queue_server.notices.store import NOTIFICATIONS
from tests.golden.test_custody import event
from tests.golden.test_golden import Line, assert_holds

FOLDER = Path(__file__).parent / "notifications"
STREAMS = sorted(path.name.removesuffix(".jsonl") for path in FOLDER.glob("*.jsonl"))


def lines(name: str) -> list[Line]:
    return [msgspec.json.decode(line, type=Line) for line in (FOLDER / f"{name}.jsonl").read_bytes().splitlines()]


@pytest.mark.parametrize("name", STREAMS)
def test_a_golden_stream_leads_to_its_state(name: str) -> None:
    kept = msgspec.json.decode((FOLDER / f"{name}.state.json").read_bytes())
    assert_holds(kept, msgspec.to_builtins(NOTIFICATIONS.replay(map(event, lines(name)))))


def test_every_version_of_every_event_has_a_golden_line() -> None:
    kept = {(line.type, line.v) for name in STREAMS for line in lines(name)}
    assert kept == {(name, v) for name, body in CODEC.kinds.items() for v in range(1, body.v + 1)}


@pytest.mark.parametrize("name", STREAMS)
def test_the_stored_bytes_of_current_versions_are_made_again(name: str) -> None:
    for line in lines(name):
        if line.v == CODEC.kinds[line.type].v:
            assert encode(CODEC.decode(line.type, line.v, line.payload.encode())) == line.payload.encode()
