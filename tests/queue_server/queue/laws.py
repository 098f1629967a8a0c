"""What must hold of a day whatever people do, counted the long way round: no index and nothing of ``order``."""

import msgspec

from queue_server.domain.values import (
    MINUTE,
    Category,
    CounterId,
    CounterState,
    Micros,
    ServiceId,
    StepId,
    VisitId,
    VisitState,
)
from queue_server.eventlog.payload import Payload
from queue_server.queue import events as e
from queue_server.queue.itinerary import MAX_STOPS
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState, Line, Visit

HELD = (VisitState.CALLED, VisitState.SERVING)

#: Events by which a visit comes to stand in the queue, or stands elsewhere in it.
NAMED = (
    e.VisitIssued,
    e.StepFinished,
    e.VisitTransferred,
    e.VisitResumed,
    e.VisitReinstated,
    e.VisitHandedBack,
    e.VisitSteppedBack,
    e.VisitReclassified,
    e.VisitChanged,
    e.StopsSkipped,
    e.Undone,
)


def queue(state: DayState) -> list[Visit]:
    """List who waits in the order of calling: urgent, then by place, then by issue."""
    waiting = [visit for visit in state.visits.values() if visit.state is VisitState.WAITING]
    return sorted(waiting, key=lambda one: (one.category is not Category.URGENT, one.place, one.seq))


def hidden(state: DayState, visit: Visit, now: Micros) -> bool:
    """Tell whether a visit is away, or only one counter, which is there, may call it now."""
    if visit.away_until is not None and now < visit.away_until:
        return True
    if visit.for_counter is None or visit.for_until is None:
        return False
    target = state.counters.get(visit.for_counter)
    return now < visit.for_until and target is not None and target.state is not CounterState.CLOSED


def may_call(state: DayState, counter: Counter, visit: Visit, settings: CentreSettings, now: Micros) -> bool:
    if visit.for_counter == counter.id and (visit.away_until is None or visit.away_until <= now):
        return True
    stop, able = visit.steps[visit.at_step], counter.skills
    return (
        not hidden(state, visit, now)
        and (able.steps == () or stop.step in able.steps)
        and (able.governments == () or stop.government in able.governments)
        and (able.services == () or stop.service in able.services)
        and not (settings.language_filters and able.languages)
    )


def next_of(counter: Counter, may: list[Visit], settings: CentreSettings, now: Micros) -> Visit:
    """Choose of those whom a counter may call, in order: the first, or one in its languages who takes nobody's time.

    Whoever is called later by that must not be late by it: they are played one after the other, each
    ``language_room`` later.
    """
    for place, visit in enumerate(may):
        if visit.language not in counter.skills.languages:
            continue
        calls = [now + turn * settings.language_room for turn in range(1, place + 1)]
        in_time = all(at <= other.due for at, other in zip(calls, may[:place], strict=True))
        free = in_time and not any(other.category is Category.URGENT for other in may[:place])
        return visit if free and settings.language_room else may[0]
    return may[0]


def ahead(state: DayState) -> dict[VisitId, set[VisitId]]:
    """Name for everybody who waits those who come before at the same step."""
    before: dict[StepId, list[VisitId]] = {}
    found = {}
    for visit in queue(state):
        line = before.setdefault(visit.steps[visit.at_step].step, [])
        found[visit.id] = set(line)
        line.append(visit.id)
    return found


def acts_of(state: DayState, counter: CounterId) -> list[int]:
    """List what a counter may take back, the newest first, as its chain says."""
    found, act = [], state.acts.get(counter)
    while act is not None:
        memo = state.undoable.get(act.visit)
        if memo is not None and memo.seq == act.seq:
            found.append(act.seq)
        act = act.older
    return found


def check_indexes(state: DayState) -> None:
    assert list(state.waiting) == [(visit.key, visit.id) for visit in queue(state)]
    hidden_once = (visit for visit in queue(state) if visit.for_counter is not None or visit.away_until is not None)
    assert state.hidden == {visit.id for visit in hidden_once}
    lines: dict[Line, list[VisitId]] = {}
    for visit in queue(state):
        lines.setdefault(visit.line, []).append(visit.id)
    assert {line: [visit for _, visit in entries] for line, entries in state.lines.items()} == lines
    acts: dict[CounterId, list[int]] = {}
    for memo in sorted(state.undoable.values(), key=lambda one: -one.seq):
        acts.setdefault(memo.counter, []).append(memo.seq)
    assert {counter: seqs for counter in state.acts if (seqs := acts_of(state, counter))} == acts
    for visit in state.visits.values():
        assert visit.device is None or state.last_tickets[visit.device] >= visit.issued_at
    assert state.merged == {visit.id for visit in state.visits.values() if visit.merged_into is not None}
    assert [*state.visits] == [visit.id for visit in state.visits.values()]


def check_hands(state: DayState) -> None:
    """One counter, one visit; one visit, one counter."""
    for counter in state.counters.values():
        if counter.visit is not None:
            visit = state.visits[counter.visit]
            assert counter.state is CounterState.OPEN
            assert visit.counter == counter.id
            assert visit.state in HELD
    held = [visit.id for visit in state.visits.values() if visit.state in HELD]
    assert sorted(held) == sorted(counter.visit for counter in state.counters.values() if counter.visit)


def check_visit(visit: Visit) -> None:
    """Due follows from what the page says, nobody stands earlier than due, and no stop is forgotten."""
    assert visit.due == visit.counts_from + visit.promise * MINUTE - visit.late
    assert visit.place >= visit.due
    assert visit.late >= 0
    assert 0 <= visit.at_step < len(visit.steps) <= MAX_STOPS
    assert visit.records[-1].step == visit.steps[visit.at_step].step
    assert {stop.service for stop in visit.steps} >= set(visit.services)
    ahead_of_it = visit.steps[visit.at_step :]
    if visit.state is VisitState.DONE:
        assert all(stop.done for stop in ahead_of_it), "nobody goes home before the last stop"
    elif visit.state not in (VisitState.CANCELLED, VisitState.NOT_SERVED):
        assert not ahead_of_it[0].done, "nobody is sent to a stop again without need"
    calling = (visit.called_at, visit.last_call_at, visit.started_at, visit.calls or None, visit.counter)
    if visit.state is VisitState.WAITING:
        assert calling == (None,) * 5
        assert visit.park_reason is None
        assert visit.ended_at is None
    else:
        ended_waiting = visit.state in (VisitState.CANCELLED, VisitState.NOT_SERVED)
        assert (visit.for_counter is None and visit.away_until is None) or ended_waiting


def check_order(before: list[VisitId], after: list[VisitId], touched: set[VisitId]) -> None:
    """Of two visits that waited before and wait now, and that nobody named, the first is first."""
    stay = [visit for visit in before if visit not in touched and visit in after]
    assert stay == [visit for visit in after if visit not in touched and visit in before]


def check_ahead(
    before: dict[VisitId, set[VisitId]], after: dict[VisitId, set[VisitId]], events: tuple[Payload, ...]
) -> None:
    """Nobody has more people before them but for one whom an event names that says so."""
    named = {event.visit for event in events if isinstance(event, NAMED)}
    touched = {event.visit for event in events if hasattr(event, "visit")}
    for visit, others in after.items():
        if visit in before and visit not in touched:
            assert others - before[visit] <= named


def check_stepped_back(
    before: Visit,
    after: Visit,
    ahead_before: dict[VisitId, set[VisitId]],
    ahead_after: dict[VisitId, set[VisitId]],
    minutes: int,
) -> None:
    """Whoever steps back counts from so much later, and nobody who waits has more people before them by it."""
    later = minutes * MINUTE
    assert (after.counts_from, after.due) == (before.counts_from + later, before.due + later)
    assert after.place == max(before.place, after.due)
    assert (after.late, after.promise, after.steps) == (before.late, before.promise, before.steps)
    for visit, others in ahead_after.items():
        if visit == after.id:
            continue
        # Whoever was called comes back no earlier than they stood: behind them are those alone who were behind them.
        called = set() if before.state is VisitState.WAITING else {after.id}
        assert others <= ahead_before[visit] | called


#: What may be another of a visit that has not to go to the cash desk, and of one that has left it.
_SKIPS = {"steps", "at_step", "last_seq"}
_LEAVES = {"counts_from", "promise", "late", "due", "place", "records", "for_counter", "for_until"}


def check_skipped(before: Visit, after: Visit, body: e.StopsSkipped, settings: CentreSettings, now: Micros) -> None:
    """Nothing but cash desks is left out, and all else stays; who waited at one goes on as if served there now."""
    old, new = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
    assert {name for name in old if old[name] != new[name]} <= _SKIPS | (set() if body.left is None else _LEAVES)
    kept = list(after.steps)
    gone = [stop for stop in before.steps if not (kept and kept[0] == stop and kept.pop(0))]
    assert kept == []
    assert gone
    assert all(stop.step in settings.cash_desks and not stop.done for stop in gone)
    if body.left is None:
        assert after.steps[after.at_step] == before.steps[before.at_step]
        assert after.key == before.key
        return
    assert before.state not in HELD
    assert before.steps[before.at_step] in gone
    called = now if before.called_at is None else before.called_at
    assert after.late == max(0, called - before.due)
    # Who was not called yet, and came early for an appointment, counts from its time as before.
    counts_from = now if before.called_at is not None else max(now, before.counts_from)
    assert after.due == counts_from + after.steps[after.at_step].promise * MINUTE - after.late
    assert after.place == after.due
    assert after.records[-1].ready_at == now


def check_paid(visit: Visit, fees: set[ServiceId], settings: CentreSettings) -> None:
    """Whoever has paid does not visit the cash desk, but where staff have begun or nothing else is left."""
    here = visit.at_step
    ahead = [stop for stop in visit.steps[here + 1 :] if not stop.done]
    for index, stop in enumerate(visit.steps):
        if stop.service in fees and stop.step in settings.cash_desks and not stop.done:
            alone = {one.step for one in visit.steps if one.service == stop.service} <= set(settings.cash_desks)
            assert alone or (index == here and (visit.state in HELD or not ahead))
