"""The rules by which events change a day's state: one small function an event, found by the type of its payload."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from queue_server.domain.values import CounterId, Micros, VisitId, VisitState
from queue_server.eventlog.payload import Payload
from queue_server.queue import events as e
from queue_server.queue.acts import add_act, delete_act
from queue_server.queue.state import DayState, StepRecord, Undoable, Visit

RULES: dict[type[Payload], Callable[[DayState, e.DayEvent, Any], None]] = {}


def fold[P: Payload](kind: type[P]) -> Callable[[Callable[[DayState, e.DayEvent, P], None]], None]:
    """Register the rule of an event."""

    def register(function: Callable[[DayState, e.DayEvent, P], None]) -> None:
        RULES[kind] = function

    return register


#: Acts of a visit before its newest that can be taken back too: more than anybody does in the time there is for it.
MAX_EARLIER = 7


def change(state: DayState, event: e.DayEvent, visit: VisitId, /, **fields: object) -> Visit:
    """Store a visit with some fields changed; what was undoable before is not any more."""
    after = replace(state.visits[visit], last_seq=event.seq, **fields)
    state.put(after)
    delete_act(state, visit)
    return after


def act(state: DayState, event: e.DayEvent, visit: VisitId, counter: CounterId, /, **fields: object) -> Visit:
    """Change a visit by something its counter did, which that counter may take back."""
    before, since, last = state.visits[visit], state.counters[counter].since, state.undoable.get(visit)
    after = change(state, event, visit, **fields)
    earlier = () if last is None else (*last.earlier, replace(last, earlier=()))[-MAX_EARLIER:]
    add_act(state, Undoable(event.seq, event.at, event.type, counter, before, since, earlier))
    return after


def hold(state: DayState, counter: CounterId, visit: VisitId | None, since: Micros) -> None:
    """Let a counter have this visit, or none."""
    state.counters[counter] = replace(state.counters[counter], visit=visit, since=since)


def release(state: DayState, visit: VisitId, since: Micros) -> None:
    """Free the counter that has called or serves this visit, if one does."""
    counter = state.visits[visit].counter
    if counter is not None and state.counters[counter].visit == visit:
        hold(state, counter, None, since)


def record(visit: Visit, **fields: object) -> tuple[StepRecord, ...]:
    """Write into the record of the step that a visit is at."""
    return (*visit.records[:-1], replace(visit.records[-1], **fields))


def end(state: DayState, event: e.DayEvent, visit: VisitId, how: VisitState, /, **fields: object) -> None:
    """Let a visit be over, and whoever holds it be free."""
    release(state, visit, event.at)
    change(state, event, visit, state=how, ended_at=event.at, **fields)
