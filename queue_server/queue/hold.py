"""Visits put aside and brought back: parked and resumed, missed and reinstated, handed back by a silent counter."""

from queue_server.domain.values import Micros, VisitState
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue import order
from queue_server.queue.guards import ended, known_visit, visit_at
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState


def park(state: DayState, command: c.Park, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    """Put the visit at a counter aside; parked there already, it stays so."""
    named = None if command.visit is None else state.visits.get(command.visit)
    if named is not None and named.state is VisitState.PARKED and named.counter == command.counter:
        return ()
    visit = visit_at(state, command.counter, command.visit, settings)
    if isinstance(visit, Refusal):
        return visit
    return (e.VisitParked(visit.id, command.counter, command.reason, command.until),)


def resume(state: DayState, command: c.Resume, now: Micros) -> tuple[Payload, ...] | Refusal:
    visit = known_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if visit.state is VisitState.WAITING:
        return ()
    if visit.state is not VisitState.PARKED:
        return refuse(RefusalCode.VISIT_NOT_PARKED, visit=visit.id, state=visit.state)
    place = order.place_on_return(state, visit, now)
    return (e.VisitResumed(visit.id, command.counter, visit.due, place),)


def reinstate(state: DayState, command: c.Reinstate, now: Micros) -> tuple[Payload, ...] | Refusal:
    """Let a missed or cancelled visit wait again, unless its party goes on with another ticket."""
    visit = known_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if visit.state is VisitState.WAITING:
        return ()
    if visit.merged_into is not None:
        return ended(visit)
    if visit.state not in (VisitState.MISSED, VisitState.CANCELLED):
        return refuse(RefusalCode.VISIT_NOT_MISSED, visit=visit.id, state=visit.state)
    if state.codes.get(visit.code, visit.id) != visit.id:
        return refuse(RefusalCode.CODE_TAKEN, code=visit.code)
    return (e.VisitReinstated(visit.id, visit.due, order.place_on_return(state, visit, now)),)


def hand_back(state: DayState, command: c.HandBack, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    visit = visit_at(state, command.counter, command.visit, settings)
    if isinstance(visit, Refusal):
        return visit
    return (e.VisitHandedBack(visit.id, command.counter),)
