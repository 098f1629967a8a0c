"""Who is in the centre now for something that a new catalogue takes out."""

from collections.abc import Iterable
from typing import Final

import msgspec

from queue_server.catalogue.difference import CatalogueDifference
from queue_server.domain.values import CentreId, VisitState
from queue_server.eventlog.port import EventLog
from queue_server.queue.state import DayState, Visit
from queue_server.writer.days import Days

_HERE: Final = frozenset({VisitState.WAITING, VisitState.CALLED, VisitState.SERVING, VisitState.PARKED})


class RemovalInUse(msgspec.Struct, frozen=True):
    """``visits`` are under way for a part of a section that is to be removed."""

    section: str
    part: str
    visits: int


async def in_use(log: EventLog, centre: CentreId, found: Iterable[CatalogueDifference]) -> tuple[RemovalInUse, ...]:
    """Count the visits of the current service day that are under way for each thing that is removed.

    Raises:
        UnknownEventError: a newer release wrote an event of that day.
    """
    current = (await Days.load(log, centre)).current
    return () if current is None or current.state.closed else counted(current.state, found)


def counted(state: DayState, found: Iterable[CatalogueDifference]) -> tuple[RemovalInUse, ...]:
    """Count visits that wait, are called, served or put aside; what nobody needs now is left out. Pure."""
    here = [one for one in state.visits.values() if one.state in _HERE]
    removed = [one for one in found if one.change == "removed"]
    counts = ((one, sum(_needs(visit, one) for visit in here)) for one in removed)
    return tuple(RemovalInUse(one.section, one.part, visits) for one, visits in counts if visits)


def _needs(visit: Visit, removed: CatalogueDifference) -> bool:
    ahead = [stop for index, stop in enumerate(visit.steps) if index >= visit.at_step and not stop.done]
    match removed.section:
        case "services":
            return removed.part in visit.services
        case "steps":
            return any(stop.step == removed.part for stop in ahead)
        case "governments":
            return any(stop.government == removed.part for stop in ahead)
        case "counters":
            return removed.part in {visit.counter, visit.for_counter}
        case _:
            return False
