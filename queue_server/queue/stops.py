"""What came of each stop of a day's visits, read from the state that its events led to. Pure."""

from collections.abc import Iterator

import msgspec

from queue_server.domain.values import (
    Category,
    CounterId,
    GovernmentId,
    Language,
    Micros,
    ServiceId,
    StepId,
    VisitId,
    VisitState,
)
from queue_server.queue.state import DayState, StepPlan, Visit


class StopOutcome(msgspec.Struct, frozen=True):
    """A visit at one stop; ``number`` counts its stops from 0. A time is None until it has happened.

    ``waits_from``: when it was ready there, or its booked time where it came before that. ``due`` is when it should
    have been called. ``ended_at`` is set at the stop at which the visit was over without having been served there.
    """

    visit: VisitId
    number: int
    step: StepId
    service: ServiceId
    government: GovernmentId
    category: Category
    language: Language
    people: int
    ready_at: Micros
    waits_from: Micros
    due: Micros
    counter: CounterId | None
    called_at: Micros | None
    started_at: Micros | None
    finished_at: Micros | None
    served: int | None
    """For how long it was served there in all (microseconds)."""
    ended_at: Micros | None
    left: bool
    """The party was missed or cancelled here."""


def stops(state: DayState) -> Iterator[StopOutcome]:
    """List the stops of all visits of a day, visit by visit."""
    for visit in state.visits.values():
        yield from stops_of(visit)


def stops_of(visit: Visit) -> Iterator[StopOutcome]:
    """List the stops of a visit in the order in which it came to them."""
    last = len(visit.records) - 1
    for number, (record, plan) in enumerate(zip(visit.records, _plans(visit), strict=True)):
        booked = visit.booked_at if number == 0 and visit.category is Category.APPOINTMENT else None
        unserved = number == last and record.finished_at is None
        yield StopOutcome(
            visit=visit.id,
            number=number,
            step=record.step,
            service=plan.service,
            government=plan.government,
            category=visit.category,
            language=visit.language,
            people=visit.party_size,
            ready_at=record.ready_at,
            waits_from=record.ready_at if booked is None else max(record.ready_at, booked),
            due=visit.due if record.due is None else record.due,
            counter=record.counter,
            called_at=record.called_at,
            started_at=record.started_at,
            finished_at=record.finished_at,
            served=record.served,
            ended_at=visit.ended_at if unserved else None,
            left=unserved and visit.state in (VisitState.MISSED, VisitState.CANCELLED),
        )


def _plans(visit: Visit) -> Iterator[StepPlan]:
    """Find the stop of the plan for each record: the first of that step not named yet, as it is come to in order."""
    unnamed = list(visit.steps)
    for record in visit.records:
        found = next((plan for plan in unnamed if plan.step == record.step), None)
        if found is not None:
            unnamed.remove(found)
            yield found
            continue
        # Staff had it go back to a step, or its plan was changed after it had been there.
        yield next((plan for plan in visit.steps if plan.step == record.step), visit.steps[0])
