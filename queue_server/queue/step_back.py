"""More time, and "on my way": what people say of their own visit, without harm to anybody else.

Whoever steps back by ``minutes`` stands as if their ticket had been taken so much later: what their wait counts from
and their due time move by as much, their place is never an earlier one, and no counter calls them as its next before
they said that they are back. So nobody else has more people before them by it, who waits now or comes later.
How often one visit may do so is a rule of the centre.
"""

from queue_server.domain.values import MINUTE, Micros, VisitState
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.guards import ended, known_visit
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import MORE_TIME_MIN, CentreSettings
from queue_server.queue.state import DayState, Visit

#: States of a visit whose party may be elsewhere, and may say that they come.
EXPECTED = (VisitState.WAITING, VisitState.CALLED, VisitState.PARKED, VisitState.MISSED)
#: States in which a visit may step back.
MAY_STEP_BACK = (VisitState.WAITING, VisitState.CALLED)


def may_step_back(visit: Visit, settings: CentreSettings) -> bool:
    """Tell whether more time is offered to a visit as it stands."""
    return visit.state in MAY_STEP_BACK and visit.step_backs < settings.more_time_times


def stepped_back(visit: Visit, minutes: int) -> tuple[Micros, Micros, Micros]:
    """Say what a visit would count from, when it would be due and where it would stand after stepping back."""
    due = Micros(visit.due + minutes * MINUTE)
    return Micros(visit.counts_from + minutes * MINUTE), due, Micros(max(visit.place, due))


def step_back(
    state: DayState, command: c.StepBack, settings: CentreSettings, now: Micros
) -> tuple[Payload, ...] | Refusal:
    """Let a visit that waits, or was called, have more time; the counter that had called it is free again."""
    visit = known_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if visit.state not in MAY_STEP_BACK:
        return _elsewhere(visit)
    if command.minutes not in MORE_TIME_MIN:
        return refuse(RefusalCode.MORE_TIME_NOT_OFFERED, minutes=command.minutes)
    if visit.step_backs >= settings.more_time_times:
        return refuse(RefusalCode.MORE_TIME_USED, times=settings.more_time_times)
    counts_from, due, place = stepped_back(visit, command.minutes)
    return (
        e.VisitSteppedBack(
            visit=visit.id,
            counter=visit.counter if visit.state is VisitState.CALLED else None,
            minutes=command.minutes,
            counts_from=counts_from,
            due=due,
            place=place,
            until=Micros(now + command.minutes * MINUTE),
        ),
    )


def say_on_the_way(state: DayState, command: c.SayOnTheWay) -> tuple[Payload, ...] | Refusal:
    """Note that somebody comes; one who was away may be called again. It moves nobody."""
    visit = known_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if visit.state not in EXPECTED:
        return _elsewhere(visit)
    if visit.on_the_way_at is not None and visit.away_until is None:
        return ()
    return (e.VisitOnTheWay(visit.id),)


def _elsewhere(visit: Visit) -> Refusal:
    if visit.state is VisitState.SERVING:
        return refuse(RefusalCode.VISIT_BEING_SERVED, visit=visit.id)
    if visit.state in (VisitState.PARKED, VisitState.MISSED):
        return refuse(RefusalCode.VISIT_NOT_WAITING, visit=visit.id, state=visit.state)
    return ended(visit)
