"""Who may read and write the notes of a visit. Pure."""

from queue_server.domain.values import CounterId, VisitId
from queue_server.framework.permissions import Principal, PrincipalKind
from queue_server.queue.state import DayState, Visit

#: Who sees the notes of every visit of the day.
_EVERYWHERE = frozenset({PrincipalKind.RECEPTION, PrincipalKind.MANAGER})


def may_read_notes(principal: Principal, visit: Visit, state: DayState) -> bool:
    """Tell whether somebody may: at a counter only of the visit that is there, or was there last."""
    if principal.kinds & _EVERYWHERE:
        return True
    return principal.counter is not None and last_at(principal.counter, state) == visit.id


def came_with(state: DayState, visit: Visit) -> tuple[VisitId, ...]:
    """List a visit, then those that were merged into it, the latest ticket first: one party."""
    own = state.visits.get(visit.id)
    merged = (state.visits[one] for one in state.merged - {visit.id})
    party = [one for one in merged if _goes_on_with(state, one, visit.id)] + ([] if own is None else [own])
    party.sort(key=lambda one: (one.id == visit.id, one.issued_at, one.seq), reverse=True)
    return tuple(one.id for one in party)


def _goes_on_with(state: DayState, visit: Visit, into: VisitId) -> bool:
    seen: set[VisitId] = set()
    while visit.merged_into is not None and visit.id not in seen:
        seen.add(visit.id)
        if visit.merged_into == into:
            return True
        visit = state.visits[visit.merged_into]
    return False


def last_at(counter: CounterId, state: DayState) -> VisitId | None:
    """Find the visit that is at a counter, or that it called last."""
    here = state.counters.get(counter)
    if here is not None and here.visit is not None:
        return here.visit
    calls = (
        (record.called_at, visit.id)
        for visit in state.visits.values()
        for record in visit.records
        if record.counter == counter and record.called_at is not None
    )
    return max(calls, default=(0, None))[1]
