"""Counters that are open and call nobody, though somebody waits whom they may call. Pure."""

from queue_server.domain.values import CounterState, Micros
from queue_server.early_warnings.model import IdleCounter
from queue_server.queue import order
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState


def idle_counters(state: DayState, settings: CentreSettings, now: Micros, *, after: int) -> tuple[IdleCounter, ...]:
    """List those that could have called somebody for ``after`` microseconds, in their order.

    Only who waits for all that time counts: where everybody is called by others before it is over, nobody needs this
    counter.
    """
    found = []
    for counter in state.counters.values():
        if counter.state is not CounterState.OPEN or counter.visit is not None:
            continue
        waiting = [state.visits[ident] for ident in order.servable(state, counter, settings, now)]
        if not waiting:
            continue
        first = min(max(visit.records[-1].ready_at, visit.away_until or 0) for visit in waiting)
        if now - max(counter.since, first) >= after:
            found.append(IdleCounter(counter.id, Micros(max(counter.since, first)), len(waiting)))
    return tuple(found)
