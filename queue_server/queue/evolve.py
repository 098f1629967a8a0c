"""How a day's state follows from its events, and from nothing else. One small function an event."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from queue_server.queue import codes
from queue_server.queue import events as e
from queue_server.queue.state import (
    BoardCall,
    Counter,
    DayState,
    HelpCall,
    StepRecord,
    Undoable,
    Visit,
)
from queue_server.values import CounterId, CounterState, Micros, TicketCode, VisitId, VisitState

_FOLDS: dict[type[e.Payload], Callable[[DayState, e.DayEvent, Any], None]] = {}


def evolve(state: DayState, event: e.DayEvent) -> DayState:
    """Change ``state`` by its next event, and return it."""
    _FOLDS[type(event.body)](state, event, event.body)
    state.seq, state.at = event.seq, event.at
    return state


def _fold[P: e.Payload](kind: type[P]) -> Callable[[Callable[[DayState, e.DayEvent, P], None]], None]:
    def register(function: Callable[[DayState, e.DayEvent, P], None]) -> None:
        _FOLDS[kind] = function

    return register


# --- the day -------------------------------------------------------------------------------------------------------


@_fold(e.DayOpened)
def _(state: DayState, _event: e.DayEvent, body: e.DayOpened) -> None:
    state.opened = True
    state.starts_at = body.starts_at
    state.configuration = body.configuration


@_fold(e.DayClosed)
def _(state: DayState, _event: e.DayEvent, _body: e.DayClosed) -> None:
    state.closed = True


@_fold(e.ConfigurationChanged)
def _(state: DayState, _event: e.DayEvent, body: e.ConfigurationChanged) -> None:
    state.configuration = body.version


@_fold(e.NoticeShown)
def _(state: DayState, event: e.DayEvent, body: e.NoticeShown) -> None:
    state.notices[body.notice] = event.at


@_fold(e.NoticeEnded)
def _(state: DayState, _event: e.DayEvent, body: e.NoticeEnded) -> None:
    state.notices.pop(body.notice, None)


# --- visits --------------------------------------------------------------------------------------------------------


def _change(state: DayState, event: e.DayEvent, visit: VisitId, /, **fields: object) -> Visit:
    """Store a visit with some fields changed; what was undoable before is not any more."""
    after = replace(state.visits[visit], last_seq=event.seq, **fields)
    state.put(after)
    state.undoable.pop(visit, None)
    return after


def _act(state: DayState, event: e.DayEvent, visit: VisitId, counter: CounterId, /, **fields: object) -> Visit:
    """Change a visit by something its counter did, which that counter may take back."""
    before, since = state.visits[visit], state.counters[counter].since
    after = _change(state, event, visit, **fields)
    state.undoable[visit] = Undoable(event.seq, event.at, event.type, counter, before, since)
    return after


def _hold(state: DayState, counter: CounterId, visit: VisitId | None, since: Micros) -> None:
    state.counters[counter] = replace(state.counters[counter], visit=visit, since=since)


def _release(state: DayState, visit: VisitId, since: Micros) -> None:
    """Free the counter that has called or serves this visit, if one does."""
    counter = state.visits[visit].counter
    if counter is not None and state.counters[counter].visit == visit:
        _hold(state, counter, None, since)


def _record(visit: Visit, **fields: object) -> tuple[StepRecord, ...]:
    """Write into the record of the step that a visit is at."""
    return (*visit.records[:-1], replace(visit.records[-1], **fields))


def _number(state: DayState, code: TicketCode) -> None:
    parsed = codes.parse(code)
    if parsed is not None:
        letter, digits, number = parsed
        mark = (letter, digits, number // 100)
        state.highest[mark] = max(number, state.highest.get(mark, 0))


@_fold(e.VisitIssued)
def _(state: DayState, event: e.DayEvent, body: e.VisitIssued) -> None:
    if body.day == state.day:
        state.codes[body.code] = body.visit
    _number(state, body.code)
    state.put(
        Visit(
            id=body.visit,
            code=body.code,
            day=body.day,
            seq=event.seq,
            last_seq=event.seq,
            state=VisitState.WAITING,
            category=body.category,
            services=body.services,
            steps=body.steps,
            at_step=0,
            party_size=body.party_size,
            language=body.language,
            issued_at=body.issued_at,
            counts_from=body.counts_from,
            promise=body.promise,
            late=0,
            due=body.due,
            records=(StepRecord(body.steps[0].step, body.counts_from),),
            device=body.device,
        )
    )


@_fold(e.VisitCalled)
def _(state: DayState, event: e.DayEvent, body: e.VisitCalled) -> None:
    visit = state.visits[body.visit]
    _act(
        state,
        event,
        body.visit,
        body.counter,
        state=VisitState.CALLED,
        counter=body.counter,
        called_at=event.at,
        last_call_at=event.at,
        calls=visit.calls + 1,
        records=_record(visit, counter=body.counter, called_at=event.at, due=body.due),
    )
    _hold(state, body.counter, body.visit, event.at)
    state.calls = (*state.calls, BoardCall(event.seq, body.visit, visit.code, body.counter, event.at))


@_fold(e.VisitRecalled)
def _(state: DayState, event: e.DayEvent, body: e.VisitRecalled) -> None:
    visit = state.visits[body.visit]
    _act(state, event, body.visit, body.counter, last_call_at=event.at, calls=visit.calls + 1)
    state.calls = _repeat(state.calls, body.visit, 1)


def _repeat(calls: tuple[BoardCall, ...], visit: VisitId, step: int) -> tuple[BoardCall, ...]:
    """Count the repeats of a visit's newest call up or down."""
    newest = max((index for index, call in enumerate(calls) if call.visit == visit), default=None)
    if newest is None:
        return calls
    call = calls[newest]
    return (*calls[:newest], replace(call, repeats=call.repeats + step), *calls[newest + 1 :])


@_fold(e.VisitStarted)
def _(state: DayState, event: e.DayEvent, body: e.VisitStarted) -> None:
    _act(
        state,
        event,
        body.visit,
        body.counter,
        state=VisitState.SERVING,
        started_at=event.at,
        records=_record(state.visits[body.visit], started_at=event.at),
    )
    _hold(state, body.counter, body.visit, event.at)


#: A visit that waits for a call has none of what its last call left behind.
_UNCALLED: dict[str, int | None] = {
    "counter": None,
    "called_at": None,
    "last_call_at": None,
    "started_at": None,
    "calls": 0,
}


@_fold(e.StepFinished)
def _(state: DayState, event: e.DayEvent, body: e.StepFinished) -> None:
    visit = state.visits[body.visit]
    _act(
        state,
        event,
        body.visit,
        body.counter,
        state=VisitState.WAITING,
        at_step=visit.at_step + 1,
        counts_from=body.counts_from,
        promise=body.promise,
        late=body.late,
        due=body.due,
        records=(*_record(visit, finished_at=event.at), StepRecord(body.next_step, body.counts_from)),
        **_UNCALLED,
    )
    _hold(state, body.counter, None, event.at)


@_fold(e.VisitDone)
def _(state: DayState, event: e.DayEvent, body: e.VisitDone) -> None:
    visit = state.visits[body.visit]
    ended = {"state": VisitState.DONE, "ended_at": event.at, "records": _record(visit, finished_at=event.at)}
    if body.counter is None:
        _end(state, event, body.visit, VisitState.DONE, records=ended["records"])
        return
    _act(state, event, body.visit, body.counter, **ended)
    _hold(state, body.counter, None, event.at)


def _end(state: DayState, event: e.DayEvent, visit: VisitId, how: VisitState, /, **fields: object) -> None:
    _release(state, visit, event.at)
    _change(state, event, visit, state=how, ended_at=event.at, **fields)


@_fold(e.VisitMissed)
def _(state: DayState, event: e.DayEvent, body: e.VisitMissed) -> None:
    _act(state, event, body.visit, body.counter, state=VisitState.MISSED)
    _hold(state, body.counter, None, event.at)


@_fold(e.VisitCancelled)
def _(state: DayState, event: e.DayEvent, body: e.VisitCancelled) -> None:
    _end(state, event, body.visit, VisitState.CANCELLED)


@_fold(e.VisitNotServed)
def _(state: DayState, event: e.DayEvent, body: e.VisitNotServed) -> None:
    _end(state, event, body.visit, VisitState.NOT_SERVED)


def _wait_again(state: DayState, event: e.DayEvent, visit: VisitId, /, **fields: object) -> None:
    _release(state, visit, event.at)
    _change(state, event, visit, state=VisitState.WAITING, ended_at=None, **_UNCALLED, **fields)


@_fold(e.VisitTransferred)
def _(state: DayState, event: e.DayEvent, body: e.VisitTransferred) -> None:
    visit = state.visits[body.visit]
    _wait_again(
        state,
        event,
        body.visit,
        steps=body.steps,
        at_step=body.at_step,
        counts_from=body.counts_from,
        promise=body.promise,
        late=body.late,
        due=body.due,
        records=(
            *_record(visit, finished_at=event.at),
            StepRecord(body.steps[body.at_step].step, body.counts_from),
        ),
    )


@_fold(e.VisitParked)
def _(state: DayState, event: e.DayEvent, body: e.VisitParked) -> None:
    _release(state, body.visit, event.at)
    _change(state, event, body.visit, state=VisitState.PARKED)


@_fold(e.VisitResumed)
def _(state: DayState, event: e.DayEvent, body: e.VisitResumed) -> None:
    _wait_again(state, event, body.visit, due=body.due)


@_fold(e.VisitReinstated)
def _(state: DayState, event: e.DayEvent, body: e.VisitReinstated) -> None:
    _wait_again(state, event, body.visit, due=body.due)


@_fold(e.VisitHandedBack)
def _(state: DayState, event: e.DayEvent, body: e.VisitHandedBack) -> None:
    visit = state.visits[body.visit]
    _wait_again(
        state, event, body.visit, records=_record(visit, counter=None, called_at=None, started_at=None, due=None)
    )


@_fold(e.VisitReclassified)
def _(state: DayState, event: e.DayEvent, body: e.VisitReclassified) -> None:
    _change(
        state,
        event,
        body.visit,
        category=body.category,
        steps=body.steps,
        counts_from=body.counts_from,
        promise=body.promise,
        due=body.due,
    )


@_fold(e.VisitCarriedOver)
def _(state: DayState, _event: e.DayEvent, body: e.VisitCarriedOver) -> None:
    visit = state.visits[body.visit]
    if visit.state is VisitState.WAITING:
        state.withdraw(visit)
    state.undoable.pop(body.visit, None)
    state.carried = (*state.carried, body.visit)


@_fold(e.VisitTakenOver)
def _(state: DayState, event: e.DayEvent, body: e.VisitTakenOver) -> None:
    visit = replace(body.carried, seq=event.seq, last_seq=event.seq)
    _number(state, visit.code)
    state.put(visit)
    if visit.counter is None or visit.called_at is None:
        return
    if visit.state in (VisitState.CALLED, VisitState.SERVING):
        _hold(state, visit.counter, visit.id, event.at)
        called = BoardCall(event.seq, visit.id, visit.code, visit.counter, visit.called_at)
        state.calls = (*state.calls, called)


@_fold(e.Undone)
def _(state: DayState, event: e.DayEvent, body: e.Undone) -> None:
    memo = state.undoable.pop(body.visit)
    before = replace(memo.before, last_seq=event.seq)
    state.put(before)
    _hold(state, body.counter, before.id if before.counter == body.counter else None, memo.counter_since)
    if memo.type == e.VisitCalled.type:
        state.calls = tuple(call for call in state.calls if call.seq != memo.seq)
    elif memo.type == e.VisitRecalled.type:
        state.calls = _repeat(state.calls, body.visit, -1)


# --- counters and help ---------------------------------------------------------------------------------------------


@_fold(e.CounterOpened)
def _(state: DayState, event: e.DayEvent, body: e.CounterOpened) -> None:
    known = state.counters.get(body.counter)
    visit = None if known is None else known.visit
    state.counters[body.counter] = Counter(body.counter, CounterState.OPEN, event.at, body.staff, body.skills, visit)


@_fold(e.CounterClosed)
def _(state: DayState, event: e.DayEvent, body: e.CounterClosed) -> None:
    state.counters[body.counter] = Counter(
        body.counter, CounterState.CLOSED, event.at, skills=state.counters[body.counter].skills
    )


@_fold(e.CounterPaused)
def _(state: DayState, event: e.DayEvent, body: e.CounterPaused) -> None:
    counter = state.counters[body.counter]
    state.counters[body.counter] = replace(counter, state=CounterState.PAUSED, since=event.at, pause=body.reason)


@_fold(e.HelpCalled)
def _(state: DayState, _event: e.DayEvent, body: e.HelpCalled) -> None:
    state.helps[body.help] = HelpCall(body.help, body.kind, body.device, body.called_at)


@_fold(e.HelpTaken)
def _(state: DayState, event: e.DayEvent, body: e.HelpTaken) -> None:
    call = state.helps[body.help]
    state.helps[body.help] = replace(call, taken_at=event.at, taken_by=body.staff, taken_at_counter=body.counter)
