"""What happens to visits, and to the counters that hold them."""

from msgspec.structs import replace

from queue_server.domain import ticket_codes
from queue_server.domain.values import TicketCode, VisitId, VisitState
from queue_server.queue import events as e
from queue_server.queue import itinerary
from queue_server.queue.acts import add_act, delete_act
from queue_server.queue.guards import HELD
from queue_server.queue.reducers import act, change, end, fold, hold, record, release
from queue_server.queue.state import BoardCall, DayState, StepRecord, Visit

#: Boards show the newest few, and this many more can be taken back before one is missing.
CALLS_KEPT = 64


def _note_ticket(state: DayState, visit: Visit) -> None:
    """Know the newest ticket of its device."""
    if visit.device is not None:
        last = max(visit.issued_at, state.last_tickets.get(visit.device, visit.issued_at))
        state.last_tickets = state.last_tickets.set(visit.device, last)


def _number(state: DayState, code: TicketCode) -> None:
    parsed = ticket_codes.parse(code)
    if parsed is not None:
        letter, digits, number = parsed
        mark = (letter, digits, number // 100)
        state.highest[mark] = max(number, state.highest.get(mark, 0))


@fold(e.VisitIssued)
def _(state: DayState, event: e.DayEvent, body: e.VisitIssued) -> None:
    if body.day == state.day:
        state.codes = state.codes.set(body.code, body.visit)
    _number(state, body.code)
    visit = Visit(
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
        place=body.due,
        records=(StepRecord(body.steps[0].step, body.issued_at),),
        device=body.device,
        asks_priority=body.asks_priority,
        people=body.people,
        items=body.items,
        appointment=body.appointment,
        booked_at=body.booked_at,
    )
    _note_ticket(state, visit)
    state.put(visit)


@fold(e.VisitCalled)
def _(state: DayState, event: e.DayEvent, body: e.VisitCalled) -> None:
    visit = state.visits[body.visit]
    act(
        state,
        event,
        body.visit,
        body.counter,
        state=VisitState.CALLED,
        counter=body.counter,
        called_at=event.at,
        last_call_at=event.at,
        started_at=None,
        ended_at=None,
        calls=1,
        records=record(visit, counter=body.counter, called_at=event.at, started_at=None, due=body.due),
        **_FREE,
    )
    hold(state, body.counter, body.visit, event.at)
    _show(state, BoardCall(event.seq, body.visit, visit.code, body.counter, event.at))


def _show(state: DayState, call: BoardCall) -> None:
    """Put a call on the boards."""
    state.calls = (*state.calls[1 - CALLS_KEPT :], call)


#: What a visit no longer has once it is called or waits again: who alone may call it, and why it was put aside.
_FREE: dict[str, None] = {
    "for_counter": None,
    "for_until": None,
    "park_reason": None,
    "park_until": None,
    "away_until": None,
}
#: Whoever is served, put aside or given up on is not on the way any more.
_HERE: dict[str, None] = {"on_the_way_at": None}


@fold(e.VisitRecalled)
def _(state: DayState, event: e.DayEvent, body: e.VisitRecalled) -> None:
    visit = state.visits[body.visit]
    act(state, event, body.visit, body.counter, last_call_at=event.at, calls=visit.calls + 1)
    state.calls = _repeat(state.calls, body.visit, 1)


def _repeat(calls: tuple[BoardCall, ...], visit: VisitId, step: int) -> tuple[BoardCall, ...]:
    """Count the repeats of a visit's newest call up or down."""
    newest = max((index for index, call in enumerate(calls) if call.visit == visit), default=None)
    if newest is None:
        return calls
    call = calls[newest]
    return (*calls[:newest], replace(call, repeats=call.repeats + step), *calls[newest + 1 :])


@fold(e.VisitStarted)
def _(state: DayState, event: e.DayEvent, body: e.VisitStarted) -> None:
    act(
        state,
        event,
        body.visit,
        body.counter,
        state=VisitState.SERVING,
        started_at=event.at,
        records=record(state.visits[body.visit], started_at=event.at),
        **_HERE,
    )
    hold(state, body.counter, body.visit, event.at)


#: A visit that waits for a call has none of what its last call left behind.
_UNCALLED: dict[str, int | None] = {
    "counter": None,
    "called_at": None,
    "last_call_at": None,
    "started_at": None,
    "calls": 0,
}


@fold(e.StepFinished)
def _(state: DayState, event: e.DayEvent, body: e.StepFinished) -> None:
    visit = state.visits[body.visit]
    act(
        state,
        event,
        body.visit,
        body.counter,
        state=VisitState.WAITING,
        steps=itinerary.marked(visit.steps, visit.at_step, done=True),
        at_step=visit.at_step + 1 if visit.next_stop is None else visit.next_stop,
        counts_from=body.counts_from,
        promise=body.promise,
        late=body.late,
        due=body.due,
        place=body.due,
        records=(*record(visit, finished_at=event.at), StepRecord(body.next_step, body.counts_from)),
        **_UNCALLED,
    )
    hold(state, body.counter, None, event.at)


@fold(e.VisitDone)
def _(state: DayState, event: e.DayEvent, body: e.VisitDone) -> None:
    visit = state.visits[body.visit]
    left = {
        "steps": itinerary.marked(visit.steps, visit.at_step, done=True),
        "records": record(visit, finished_at=event.at),
    }
    if body.counter is None:
        end(state, event, body.visit, VisitState.DONE, **left)
        return
    act(state, event, body.visit, body.counter, state=VisitState.DONE, ended_at=event.at, **left)
    hold(state, body.counter, None, event.at)


@fold(e.VisitMissed)
def _(state: DayState, event: e.DayEvent, body: e.VisitMissed) -> None:
    act(state, event, body.visit, body.counter, state=VisitState.MISSED, **_HERE)
    hold(state, body.counter, None, event.at)


@fold(e.VisitCancelled)
def _(state: DayState, event: e.DayEvent, body: e.VisitCancelled) -> None:
    end(state, event, body.visit, VisitState.CANCELLED)


@fold(e.VisitNotServed)
def _(state: DayState, event: e.DayEvent, body: e.VisitNotServed) -> None:
    end(state, event, body.visit, VisitState.NOT_SERVED)


def _wait_again(state: DayState, event: e.DayEvent, visit: VisitId, /, **fields: object) -> None:
    release(state, visit, event.at)
    change(state, event, visit, state=VisitState.WAITING, ended_at=None, **_UNCALLED, **_FREE, **fields)


@fold(e.VisitTransferred)
def _(state: DayState, event: e.DayEvent, body: e.VisitTransferred) -> None:
    visit = state.visits[body.visit]
    records = (*record(visit, finished_at=event.at), StepRecord(body.steps[body.at_step].step, event.at))
    fields: dict[str, object] = {
        "state": VisitState.WAITING,
        "steps": body.steps,
        "at_step": body.at_step,
        "counts_from": body.counts_from,
        "promise": body.promise,
        "late": body.late,
        "due": body.due,
        "place": body.due,
        "records": records,
        **_UNCALLED,
        "for_counter": body.for_counter,
        "for_until": body.for_until,
        **_HERE,
    }
    if body.counter is None:
        release(state, body.visit, event.at)
        change(state, event, body.visit, **fields)
        return
    act(state, event, body.visit, body.counter, **fields)
    hold(state, body.counter, None, event.at)


@fold(e.VisitParked)
def _(state: DayState, event: e.DayEvent, body: e.VisitParked) -> None:
    visit = state.visits[body.visit]
    served = visit.records[-1].served_before
    if visit.started_at is not None:
        served = (served or 0) + event.at - visit.started_at
    act(
        state,
        event,
        body.visit,
        body.counter,
        records=record(visit, served_before=served),
        state=VisitState.PARKED,
        park_reason=body.reason,
        park_until=body.until,
        **_HERE,
    )
    hold(state, body.counter, None, event.at)


@fold(e.VisitResumed)
def _(state: DayState, event: e.DayEvent, body: e.VisitResumed) -> None:
    _wait_again(state, event, body.visit, due=body.due, place=body.place)


@fold(e.VisitReinstated)
def _(state: DayState, event: e.DayEvent, body: e.VisitReinstated) -> None:
    _wait_again(state, event, body.visit, due=body.due, place=body.place)


@fold(e.VisitSteppedBack)
def _(state: DayState, event: e.DayEvent, body: e.VisitSteppedBack) -> None:
    visit = state.visits[body.visit]
    fields: dict[str, object] = {"more_min": visit.records[-1].more_min + body.minutes}
    if visit.state is VisitState.CALLED:
        fields |= {"counter": None, "called_at": None, "started_at": None, "due": None}
    release(state, body.visit, event.at)
    change(
        state,
        event,
        body.visit,
        state=VisitState.WAITING,
        counts_from=body.counts_from,
        due=body.due,
        place=body.place,
        step_backs=visit.step_backs + 1,
        away_until=body.until,
        records=record(visit, **fields),
        **_UNCALLED,
        **_HERE,
    )


@fold(e.VisitOnTheWay)
def _(state: DayState, event: e.DayEvent, body: e.VisitOnTheWay) -> None:
    # It is a word and no act: what a counter did before it can still be taken back.
    state.put(replace(state.visits[body.visit], last_seq=event.seq, on_the_way_at=event.at, away_until=None))


@fold(e.VisitHandedBack)
def _(state: DayState, event: e.DayEvent, body: e.VisitHandedBack) -> None:
    visit = state.visits[body.visit]
    _wait_again(
        state, event, body.visit, records=record(visit, counter=None, called_at=None, started_at=None, due=None)
    )


@fold(e.VisitCarriedOver)
def _(state: DayState, _event: e.DayEvent, body: e.VisitCarriedOver) -> None:
    visit = state.visits[body.visit]
    if visit.state is VisitState.WAITING:
        state.withdraw(visit)
    delete_act(state, body.visit)
    state.carried = (*state.carried, body.visit)


@fold(e.VisitTakenOver)
def _(state: DayState, event: e.DayEvent, body: e.VisitTakenOver) -> None:
    visit = replace(body.carried, seq=event.seq, last_seq=event.seq)
    _number(state, visit.code)
    _note_ticket(state, visit)
    state.put(visit)
    if visit.counter is None or visit.called_at is None:
        return
    if visit.state in HELD:
        hold(state, visit.counter, visit.id, event.at)
        _show(state, BoardCall(event.seq, visit.id, visit.code, visit.counter, visit.called_at))


@fold(e.Undone)
def _(state: DayState, event: e.DayEvent, body: e.Undone) -> None:
    memo, coming = state.undoable[body.visit], state.visits[body.visit].on_the_way_at
    delete_act(state, body.visit)
    if memo.earlier:
        add_act(state, replace(memo.earlier[-1], earlier=memo.earlier[:-1]))
    before = replace(memo.before, last_seq=event.seq)
    if coming is not None and coming >= memo.at:
        # They said so after it was done, and it stays said.
        before = replace(before, on_the_way_at=coming, away_until=None)
    state.put(before)
    held = before.state in HELD and before.counter == body.counter
    hold(state, body.counter, before.id if held else None, memo.counter_since)
    if memo.type == e.VisitCalled.type:
        state.calls = tuple(call for call in state.calls if call.seq != memo.seq)
    elif memo.type == e.VisitRecalled.type:
        state.calls = _repeat(state.calls, body.visit, -1)
