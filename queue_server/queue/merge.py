"""A family with several tickets goes on with one of them, and loses nothing by it."""

from msgspec.structs import replace

from queue_server.domain import tariff
from queue_server.domain.values import Category, Micros, VisitState
from queue_server.eventlog.payload import Payload
from queue_server.queue import events as e
from queue_server.queue import itinerary, order
from queue_server.queue.amend import present_visit, reclassified
from queue_server.queue.commands import Merge
from queue_server.queue.guards import HELD, known_visit
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, StepPlan, Visit


def merge(state: DayState, command: Merge, settings: CentreSettings, now: Micros) -> tuple[Payload, ...] | Refusal:
    """End ``visit``; ``into`` takes on its people, its stops, the better category and the earlier due time."""
    visit = known_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if visit.merged_into == command.into:
        return ()
    into = _mergeable(state, command)
    if isinstance(into, Refusal):
        return into
    party = into.party_size + visit.party_size
    if party > settings.max_party:
        return refuse(RefusalCode.PARTY_SIZE, most=settings.max_party)
    category = _better(into, visit, settings)
    events: list[Payload] = [e.VisitMerged(visit.id, into.id)]
    before = into
    if category is not into.category:
        raised = reclassified(into, category, settings)
        events.append(raised)
        into = replace(
            into,
            category=category,
            steps=raised.steps,
            counts_from=raised.counts_from,
            promise=raised.promise,
            due=raised.due,
            place=into.place if raised.due == into.due else raised.due,
        )
    brought = _brought(visit, into, settings)
    steps = itinerary.bounded((*into.steps, *brought))
    if isinstance(steps, Refusal):
        return steps
    ahead = {stop.service for stop in brought}
    # Whoever is called or served already has no place to gain; the times that led to its call stay true.
    held = into.state in HELD
    first = into if held else min(before, into, visit, key=lambda one: one.due)
    place = into.place if held else min(before.place, into.place, _place(state, visit, into, now))
    events.append(
        e.VisitChanged(
            visit=into.id,
            services=into.services + tuple(one for one in visit.services if one in ahead and one not in into.services),
            steps=steps,
            at_step=into.at_step,
            party_size=party,
            language=into.language,
            counts_from=first.counts_from,
            promise=first.promise,
            late=first.late,
            due=first.due,
            place=place,
            people=settings.tariff.counted((*into.people, *visit.people)),
            items=tariff.added(into.items, visit.items),
        )
    )
    return tuple(events)


def _mergeable(state: DayState, command: Merge) -> Visit | Refusal:
    """Find the visit to go on with; neither may be over, and the one that ends may not stand at a counter."""
    if command.visit == command.into:
        return refuse(RefusalCode.MERGE_WITH_ITSELF, visit=command.visit)
    visit = present_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if visit.state in HELD:
        return refuse(RefusalCode.VISIT_AT_COUNTER, visit=visit.id, counter=visit.counter or "")
    into = present_visit(state, command.into)
    if isinstance(into, Visit) and into.state is VisitState.MISSED:
        return refuse(RefusalCode.VISIT_MISSED, visit=into.id)
    return into


def _better(into: Visit, visit: Visit, settings: CentreSettings) -> Category:
    """Choose the category that is called sooner at the stop where the party goes on: urgent, else promised less.

    Of two that are promised the same, priority: it is promised less or the same at every stop ahead.
    """
    stop, booked = into.step, into.booked_at is not None

    def pressing(category: Category) -> tuple[bool, int, bool]:
        promise = itinerary.promise_at(stop.step, stop.service, category, settings, booked=booked)
        return category is not Category.URGENT, promise, category not in itinerary.RAISED

    return min((into.category, visit.category), key=pressing)


def _brought(visit: Visit, into: Visit, settings: CentreSettings) -> tuple[StepPlan, ...]:
    """List the stops that ``visit`` still has before it and ``into`` has not."""
    has = {(stop.step, stop.service) for stop in into.steps[into.at_step :] if not stop.done}
    ahead = (stop for stop in visit.steps[visit.at_step :] if not stop.done)
    missing = tuple(stop for stop in ahead if (stop.step, stop.service) not in has)
    return itinerary.promised_anew(missing, into.category, settings, booked=into.booked_at is not None)


def _place(state: DayState, visit: Visit, into: Visit, now: Micros) -> Micros:
    """Say where ``visit`` would stand; one that does not wait would come back behind the next, as ever."""
    if visit.state is VisitState.WAITING:
        return visit.place
    return order.place_on_return(state, replace(into, due=visit.due, state=visit.state), now)
