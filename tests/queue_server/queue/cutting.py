"""A day cut in two: stored as far as the cut, put together again, and led on by the events after it."""

from collections.abc import Sequence

import msgspec

from queue_server.eventlog.codec import encode
from queue_server.queue.events import DayEvent
from queue_server.queue.evolve import evolve
from queue_server.queue.past import BLOCK, EventBlock, Past, pack
from queue_server.queue.snapshot import MAX_UNDO, DayRest, VisitGroup, group_part, groups_of, rest_of, restore
from queue_server.queue.state import DayState
from tests.queue_server.queue.digest import plain
from tests.queue_server.queue.laws import acts_of


def assert_goes_on(day: DayState, events: Sequence[DayEvent], cut: int) -> None:
    """Check that a day from a snapshot after ``cut`` events, and the rest, is the day from all events."""
    whole = DayState(day.centre, day.day)
    for event in events[:cut]:
        evolve(whole, event)
    restored = stored_and_restored(whole, events[:cut])
    assert_alike(whole, restored)
    for event in events[cut:]:
        evolve(whole, event)
        evolve(restored, event)
    assert_alike(whole, restored)


def stored_and_restored(state: DayState, events: Sequence[DayEvent]) -> DayState:
    """Give the day as its parts say, each of which was bytes."""
    packed = [(one.at, one.type, one.v, one.command, one.actor, encode(one.body)) for one in events]
    blocks = [pack(first + 1, packed[first : first + BLOCK]) for first in range(0, len(packed), BLOCK)]
    past = Past([as_bytes(block, EventBlock) for block in blocks])
    groups = [as_bytes(group_part(raw), VisitGroup) for raw in groups_of(state)]
    return restore(state.centre, state.day, as_bytes(rest_of(state), DayRest), groups, past)


def as_bytes[S: msgspec.Struct](part: S, kind: type[S]) -> S:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(part), type=kind)


def assert_alike(one: DayState, other: DayState) -> None:
    """Compare all but acts that nobody can take back any more."""
    whole, restored = plain(one), plain(other)
    for values in (whole, restored):
        values["undoable"] = [
            (visit, memo | {"earlier": [each for each in memo["earlier"] if one.at - each["at"] <= MAX_UNDO]})
            for visit, memo in values["undoable"]
            if one.at - memo["at"] <= MAX_UNDO
        ]
    for name in whole:
        assert restored[name] == whole[name], (name, restored[name], whole[name])
    lines = [{line: list(own) for line, own in state.lines.items() if own} for state in (one, other)]
    assert lines[0] == lines[1]
    for counter in one.counters:
        recent = [
            [seq for seq in acts_of(state, counter) if one.at - times[seq] <= MAX_UNDO]
            for state, times in ((one, _times(one)), (other, _times(other)))
        ]
        assert recent[0] == recent[1]
    assert other.last_tickets == one.last_tickets
    assert list(one.visits) == list(other.visits)
    histories = [{visit: tuple(own) for visit, own in state.history.items()} for state in (one, other)]
    assert histories[0] == histories[1]


def _times(state: DayState) -> dict[int, int]:
    return {memo.seq: memo.at for memo in state.undoable.values()}
