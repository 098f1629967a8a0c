"""A day that was ended by mistake goes on, with everybody who waited; the one after it begins again when it comes."""

from msgspec.structs import replace

from queue_server.domain.values import CounterState, VisitState
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.day import as_it_stood, held_by
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.state import Counter, DayState, Visit


def reopen_day(state: DayState, command: c.ReopenDay) -> tuple[Payload, ...] | Refusal:
    """Open a closed day again: counters first, for visits stand at them."""
    if not state.closed:
        return refuse(RefusalCode.DAY_NOT_CLOSED, day=state.day)
    reopened = e.DayReopened(command.day, command.asked_by, command.confirmed_by)
    counters = [event for counter in command.counters for event in as_it_stood(counter)]
    visits = (
        e.VisitTakenOver(visit.id, held_by(visit), visit)
        for visit in sorted(command.visits, key=lambda visit: visit.key)
    )
    return reopened, *counters, *visits


def abandon_day(state: DayState, command: c.AbandonDay) -> tuple[Payload, ...] | Refusal:
    """Leave a day that has not come yet: it is opened again when it comes, and who is in it waits in the one before."""
    if state.closed:
        return refuse(RefusalCode.DAY_CLOSED, day=state.day)
    return (e.DayAbandoned(command.day, command.asked_by, command.confirmed_by),)


def as_before(settled: DayState, before: DayState, wrong: DayState) -> tuple[tuple[Visit, ...], tuple[Counter, ...]]:
    """Say which visits and counters a reopened day takes back.

    Visits that the end of the day changed come back as they were ``before`` it; what happened meanwhile in the day
    that was opened by mistake (``wrong``) counts more, and who came only then comes along. Whoever was at a counter
    that has somebody else by now, or was left meanwhile, waits again, in the same place.
    """
    ended = {one.id: one for one in before.visits.values() if settled.visits[one.id].last_seq != one.last_seq}
    stood = before.counters | wrong.counters
    counters = {one.id: one for one in stood.values() if one.state is not CounterState.CLOSED}
    free = {one.id for one in counters.values() if one.state is CounterState.OPEN}
    free -= {held_by(visit) for visit in wrong.visits.values()}
    back = [visit if held_by(visit) in free | {None} else _waiting(visit) for visit in ended.values()]
    visits = {visit.id: visit for visit in (*back, *wrong.visits.values())}
    return tuple(visits.values()), tuple(counters.values())


def _waiting(visit: Visit) -> Visit:
    record = replace(visit.records[-1], counter=None, called_at=None, started_at=None, due=None)
    return replace(
        visit,
        state=VisitState.WAITING,
        counter=None,
        called_at=None,
        last_call_at=None,
        started_at=None,
        calls=0,
        records=(*visit.records[:-1], record),
    )
