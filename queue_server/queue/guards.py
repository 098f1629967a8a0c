"""Finds what a command names, or says why it cannot be acted on."""

from queue_server.domain.values import CounterId, CounterState, VisitId, VisitState
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState, Visit

#: States of a visit that is in the hands of a counter.
HELD = (VisitState.CALLED, VisitState.SERVING)


def known_counter(state: DayState, counter: CounterId, settings: CentreSettings) -> Counter | Refusal:
    """Find a counter: as it stands today, or closed if it is only set up."""
    known = state.counters.get(counter)
    if known is not None:
        return known
    if counter in settings.counters:
        return Counter(counter, CounterState.CLOSED, state.starts_at)
    return refuse(RefusalCode.COUNTER_UNKNOWN, counter=counter)


def known_visit(state: DayState, visit: VisitId) -> Visit | Refusal:
    """Find a visit of today; one that has been carried over already belongs to the next day."""
    known = state.visits.get(visit)
    if known is None:
        return refuse(RefusalCode.VISIT_UNKNOWN, visit=visit)
    if state.carried and visit in state.carried:
        return refuse(RefusalCode.DAY_CLOSED, day=state.day)
    return known


def ended(visit: Visit) -> Refusal:
    """Say that a visit is over, or with which ticket its party goes on."""
    if visit.merged_into is not None:
        return refuse(RefusalCode.VISIT_MERGED, visit=visit.id, into=visit.merged_into)
    return refuse(RefusalCode.VISIT_ENDED, visit=visit.id, state=visit.state)


def visit_at(
    state: DayState, counter_id: CounterId, visit_id: VisitId | None, settings: CentreSettings
) -> Visit | Refusal:
    """Find the visit at a counter; one that is named guards against acting on another than was meant."""
    counter = known_counter(state, counter_id, settings)
    if isinstance(counter, Refusal):
        return counter
    if visit_id is not None and visit_id not in state.visits:
        return refuse(RefusalCode.VISIT_UNKNOWN, visit=visit_id)
    if visit_id is not None and counter.visit != visit_id:
        return refuse(RefusalCode.VISIT_NOT_HERE, visit=visit_id, counter=counter.id)
    if counter.visit is None:
        return refuse(RefusalCode.COUNTER_FREE, counter=counter.id)
    return known_visit(state, counter.visit)
