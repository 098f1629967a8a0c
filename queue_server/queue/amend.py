"""What a visit is: its category, its services, its people, its language; what it is named with."""

from collections.abc import Collection

import msgspec
from msgspec.structs import replace

from queue_server.domain import tariff
from queue_server.domain.tariff import ANYONE, PARTY, FeeItem, Headcount, of_party, size
from queue_server.domain.values import Category, ServiceId, VisitId, VisitState
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue import fees as paid
from queue_server.queue import itinerary, order, raising
from queue_server.queue.guards import HELD, ended, known_visit
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, StepPlan, Visit

#: Notes and applications of one visit at most: every event of the visit carries their ids to every page.
MAX_NOTES = 50
MAX_APPLICATIONS = 20

#: States in which a visit is over.
OVER = (VisitState.DONE, VisitState.CANCELLED, VisitState.NOT_SERVED)


class Stops(msgspec.Struct, frozen=True):
    """What a visit is for, and the plan that follows from it."""

    services: tuple[ServiceId, ...]
    steps: tuple[StepPlan, ...]
    at_step: int


def present_visit(state: DayState, visit_id: VisitId) -> Visit | Refusal:
    """Find a visit that is not over."""
    visit = known_visit(state, visit_id)
    if isinstance(visit, Visit) and visit.state in OVER:
        return ended(visit)
    return visit


def reclassify(state: DayState, command: c.Reclassify, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    """Set the category. The present one is an answer where priority was asked for, and moves nobody."""
    visit = present_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if command.category is visit.category:
        if not visit.asks_priority:
            return ()
        same = (visit.steps, visit.counts_from, visit.promise, visit.due)
        return (e.VisitReclassified(visit.id, visit.category, *same),)
    if command.category is Category.APPOINTMENT and visit.appointment is None:
        return refuse(RefusalCode.APPOINTMENT_UNPROVED, visit=visit.id)
    return (reclassified(visit, command.category, settings),)


def reclassified(visit: Visit, category: Category, settings: CentreSettings) -> e.VisitReclassified:
    """Return the event that gives a visit its category, with the times that follow."""
    start = raising.restarted(visit, category, settings)
    due = order.due(start.counts_from, start.promise, visit.late)
    return e.VisitReclassified(visit.id, category, start.steps, start.counts_from, start.promise, due)


def change_visit(state: DayState, command: c.ChangeVisit, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    visit = present_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    people = settings.tariff.counted(_people(visit, command))
    party = size(people)
    if party != visit.party_size and not 1 <= party <= settings.max_party:
        return refuse(RefusalCode.PARTY_SIZE, most=settings.max_party)
    stops = Stops(visit.services, visit.steps, visit.at_step)
    if command.services is not None and set(command.services) != set(visit.services):
        replanned = _replan(state, visit, command.services, settings)
        if isinstance(replanned, Refusal):
            return replanned
        stops = replanned
    language = visit.language if command.language is None else command.language
    items = _items(visit, command, people, stops.services)
    if isinstance(items, Refusal):
        return items
    if command.only is not None:
        people, party = visit.people, visit.party_size
    if (stops.services, people, items, language) == (visit.services, visit.people, visit.items, visit.language):
        return ()
    stays = stops.steps[stops.at_step] == visit.step
    start = (
        raising.WaitStart(stops.steps, visit.counts_from, visit.promise)
        if stays
        else raising.start_at(visit, visit.category, stops.steps, stops.at_step, settings)
    )
    due = order.due(start.counts_from, start.promise, visit.late)
    return (
        e.VisitChanged(
            visit=visit.id,
            services=stops.services,
            steps=start.steps,
            at_step=stops.at_step,
            party_size=party,
            language=language,
            counts_from=start.counts_from,
            promise=start.promise,
            late=visit.late,
            due=due,
            place=visit.place if due == visit.due else due,
            people=people,
            items=items,
        ),
    )


def _people(visit: Visit, command: c.ChangeVisit) -> tuple[Headcount, ...]:
    """Count the party anew; a size alone, where it is another one, says nothing of ages."""
    if command.people is not None:
        return command.people
    if command.party_size in (None, visit.party_size):
        return visit.people
    return (Headcount(ANYONE, command.party_size),)


def _items(
    visit: Visit, command: c.ChangeVisit, people: tuple[Headcount, ...], services: tuple[ServiceId, ...]
) -> tuple[FeeItem, ...] | Refusal:
    """Say what the visit is for: what it was, without services that are not wanted, for as many people as there are.

    The parties that brought a service stay: each owes what a party owes.
    """
    dropped = set(visit.services) - set(services)
    kept = tuple(one for one in visit.items if one.service not in dropped)
    had = dict.fromkeys(one.service for one in kept)
    changed: Collection[ServiceId] = had if people != visit.people else ()
    if command.only is not None:
        if command.only not in had:
            return refuse(RefusalCode.FEE_NOT_OF_VISIT, visit=visit.id, service=command.only)
        changed = (command.only,)
    return tariff.added(
        (one for one in kept if one.service not in changed or one.band == PARTY),
        (one for one in of_party(changed, people) if one.band != PARTY),
        of_party((one for one in services if one not in had), people),
    )


def _replan(state: DayState, visit: Visit, wanted: tuple[ServiceId, ...], settings: CentreSettings) -> Stops | Refusal:
    """Leave out the stops ahead of services that are not wanted, and append those of the new ones."""
    for service in visit.services:
        if service not in wanted and _begun(visit, service):
            return refuse(RefusalCode.SERVICE_BEGUN, service=service)
    kept = tuple(service for service in visit.services if service in wanted)
    added = tuple(dict.fromkeys(service for service in wanted if service not in visit.services))
    fees = paid.settled_fees(replace(visit, items=of_party(added, visit.people)), settings, state.day)
    new: tuple[StepPlan, ...] = ()
    for service in added:
        stops = itinerary.stops_of(service, visit.category, settings, booked=visit.booked_at is not None)
        if stops is None:
            return refuse(RefusalCode.SERVICE_UNKNOWN, service=service)
        new += paid.without_cash_desk(stops, settings) if service in fees else stops
    here = visit.at_step
    ahead = tuple(
        stop
        for index, stop in enumerate(visit.steps[here:], here)
        if stop.done or stop.service in wanted or (index == here and _stands_at(visit))
    )
    steps = itinerary.bounded((*visit.steps[:here], *ahead, *new))
    if isinstance(steps, Refusal):
        return steps
    first = next((index for index in range(here, len(steps)) if not steps[index].done), None)
    if first is None:
        return refuse(RefusalCode.PLAN_EMPTY, visit=visit.id)
    return Stops(kept + added, steps, first)


def _begun(visit: Visit, service: ServiceId) -> bool:
    """Tell whether a service has been served anywhere, or is at hand."""
    if any(stop.done and stop.service == service for stop in visit.steps):
        return True
    return visit.step.service == service and _stands_at(visit)


def _stands_at(visit: Visit) -> bool:
    """Tell whether the visit's stop is at hand: a counter has called it there, or had begun to serve it."""
    return visit.state in HELD or visit.records[-1].started_at is not None


def add_note(state: DayState, command: c.AddNote) -> tuple[Payload, ...] | Refusal:
    visit = known_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if command.note in visit.notes:
        return ()
    if len(visit.notes) >= MAX_NOTES:
        return refuse(RefusalCode.NOTES_FULL, most=MAX_NOTES)
    return (e.VisitNoted(visit.id, command.note),)


def count_paper(state: DayState, command: c.CountPaper) -> tuple[Payload, ...] | Refusal:
    """Count a paper in whatever state its visit is: somebody may want one of a visit that is over, too."""
    visit = known_visit(state, command.visit)
    return visit if isinstance(visit, Refusal) else (e.TicketPrinted(visit.id),)


def name_application(state: DayState, command: c.NameApplication) -> tuple[Payload, ...] | Refusal:
    visit = known_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if command.application in visit.applications:
        return ()
    if len(visit.applications) >= MAX_APPLICATIONS:
        return refuse(RefusalCode.APPLICATIONS_FULL, most=MAX_APPLICATIONS)
    return (e.VisitApplied(visit.id, command.application),)
