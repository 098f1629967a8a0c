"""The figures of a day: numbers alone, counted from its state. Pure."""

from collections import Counter as Tally
from collections.abc import Iterable

import msgspec

from queue_server.domain.values import MINUTE, CounterId, CounterState, Micros, StepId, VisitState
from queue_server.queue.state import DayState, Visit

#: States in which a party is at the centre: a missed one did not come when it was called.
PRESENT = frozenset({VisitState.WAITING, VisitState.CALLED, VisitState.SERVING, VisitState.PARKED})
WITH_STAFF = frozenset({VisitState.CALLED, VisitState.SERVING})


class Figures(msgspec.Struct, frozen=True):
    """``people`` counts everybody of every party at the centre, the other fields visits.

    ``overdue`` is by step, the largest first. ``kept`` of ``called`` calls came within the promise.
    """

    waiting: int
    with_staff: int
    people: int
    overdue: dict[StepId, int]
    kept: int
    called: int
    finished: int
    open_counters: int
    counters: int


def is_overdue(due: Micros, now: Micros) -> bool:
    """Tell whether the minute in which a visit should have been called is over, as every page counts it."""
    return now - due >= MINUTE


def waiting(state: DayState) -> list[Visit]:
    """List the visits that wait, in the order of their calling."""
    return [state.visits[visit] for _, visit in state.waiting]


def figures(state: DayState, counters: Iterable[CounterId], now: Micros) -> Figures:
    """Count a day; ``counters`` are those that are set up."""
    visits = state.visits.values()
    overdue = Tally(visit.step.step for visit in waiting(state) if is_overdue(visit.due, now))
    kept, called = promises(state)
    opened = {counter.id for counter in state.counters.values() if counter.state is CounterState.OPEN}
    return Figures(
        waiting=len(state.waiting),
        with_staff=sum(visit.state in WITH_STAFF for visit in visits),
        people=sum(visit.party_size for visit in visits if visit.state in PRESENT),
        overdue=dict(overdue.most_common()),
        kept=kept,
        called=called,
        finished=sum(visit.state is VisitState.DONE for visit in visits),
        open_counters=len(opened),
        counters=len(opened | set(counters)),
    )


def promises(state: DayState) -> tuple[int, int]:
    """Count today's calls, the last at each stop of a visit: those within the promise, and all."""
    calls = [
        (record.called_at, record.due)
        for visit in state.visits.values()
        for record in visit.records
        if record.called_at is not None and record.due is not None and record.called_at >= state.starts_at
    ]
    return sum(not is_overdue(due, called) for called, due in calls), len(calls)
