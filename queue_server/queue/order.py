"""Who is next, and why. ``docs/who-is-next.md`` explains it to people.

Urgent visits come first; then the one due earliest of those that this counter can serve (earliest due date, Jackson's
rule); between two due at once, the one issued first. A visit that comes back stands a little later than it is due:
after the next call at its step. ``DayState.waiting`` is kept in that order.

A counter that says which languages are spoken there calls a visit in one of them before others while all of these have
time for it (``preferred``).
"""

from collections.abc import Sequence

import msgspec

from queue_server.domain.values import MINUTE, CounterState, GovernmentId, Micros, ServiceId, StepId, VisitId
from queue_server.queue.events import CallRule
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import Counter, DayState, Visit

#: The government of a step whose service is no longer in the catalogue (ICAO 9303-3: XXX, unspecified). Any counter
#: takes it, because somebody has to tell the person.
UNSPECIFIED = GovernmentId("XXX")


class NextVisit(msgspec.Struct, frozen=True):
    """Whom a counter calls; ``considered`` counts the waiting visits among which it calls its next."""

    visit: Visit
    rule: CallRule
    considered: int


def due(counts_from: Micros, promise: int, late: int = 0) -> Micros:
    """When a visit should be called: what its place comes from. ``promise`` minutes, ``late`` microseconds."""
    return Micros(counts_from + promise * MINUTE - late)


def late_after(visit: Visit, called_at: Micros) -> int:
    """What a visit has waited beyond its promises today once it is called: how far past its due time it was called.

    ``due`` already has the lateness of earlier steps taken off, so time made good at one step is not owed at the next.
    """
    return max(0, called_at - visit.due)


def takes(skills: Skills, step: StepId, service: ServiceId, government: GovernmentId) -> bool:
    """Tell whether a counter takes a stop, whoever comes."""
    return government == UNSPECIFIED or (
        (not skills.steps or step in skills.steps)
        and (not skills.services or service in skills.services)
        and (not skills.governments or government in skills.governments)
    )


def can_serve(skills: Skills, visit: Visit, *, language_filters: bool) -> bool:
    stop = visit.step
    if not takes(skills, stop.step, stop.service, stop.government):
        return False
    # Whoever comes for something that is no more only has to be told.
    spoken = not language_filters or not skills.languages or visit.language in skills.languages
    return spoken or stop.government == UNSPECIFIED


def is_away(visit: Visit, now: Micros) -> bool:
    """Tell whether a visit that waits has stepped back and is not to be called yet."""
    return visit.away_until is not None and visit.away_until > now


def is_hidden(state: DayState, visit: Visit, now: Micros) -> bool:
    """Tell whether a visit is away, or waits for one counter alone: until its time is over or that counter closes."""
    if is_away(visit, now):
        return True
    if visit.for_counter is None or visit.for_until is None or visit.for_until <= now:
        return False
    target = state.counters.get(visit.for_counter)
    return target is not None and target.state is not CounterState.CLOSED


def may_call(state: DayState, counter: Counter, visit: Visit, settings: CentreSettings, now: Micros) -> bool:
    """Tell whether a waiting visit is one of those among which a counter calls its next."""
    if is_away(visit, now):
        return False
    if visit.for_counter == counter.id:
        return True
    if is_hidden(state, visit, now):
        return False
    return can_serve(counter.skills, visit, language_filters=settings.language_filters)


def servable(state: DayState, counter: Counter, settings: CentreSettings, now: Micros) -> list[VisitId]:
    """List the waiting visits among which a counter calls, the next first."""
    if _serves_all(state, counter):
        return [visit for _, visit in state.waiting]
    visits, skills, filters, hidden = state.visits, counter.skills, settings.language_filters, state.hidden
    return [
        visit
        for _, visit in state.waiting
        if (
            may_call(state, counter, visits[visit], settings, now)
            if visit in hidden
            else can_serve(skills, visits[visit], language_filters=filters)
        )
    ]


def considered(state: DayState, counter: Counter, settings: CentreSettings, now: Micros) -> int:
    """Count the waiting visits among which a counter calls."""
    return len(state.waiting) if _serves_all(state, counter) else len(servable(state, counter, settings, now))


def choose(state: DayState, counter: Counter, settings: CentreSettings, now: Micros) -> NextVisit | None:
    """Choose the next visit of a counter; None when nobody waits whom it can serve."""
    if _serves_all(state, counter):
        many, candidates = len(state.waiting), [visit for _, visit in state.waiting[:1]]
    else:
        candidates = servable(state, counter, settings, now)
        many = len(candidates)
    if not candidates:
        return None
    place = preferred(state, counter, candidates, settings, now)
    visit = state.visits[candidates[place]]
    if place:
        return NextVisit(visit, CallRule.LANGUAGE, many)
    return NextVisit(visit, CallRule.URGENT if visit.urgent else CallRule.DUE_EARLIEST, many)


def preferred(
    state: DayState, counter: Counter, candidates: Sequence[VisitId], settings: CentreSettings, now: Micros
) -> int:
    """Say which of those that a counter can serve, the next first, it calls; 0 is the next.

    The first whose language is spoken there goes before the others if each of them would still be called in time by
    this counter alone, one every ``language_room``, after it. Before who is urgent, late or short of time nobody goes.
    """
    languages, room = counter.skills.languages, settings.language_room
    if not languages or not room:
        return 0
    for index, ident in enumerate(candidates):
        visit = state.visits[ident]
        if visit.language in languages:
            return index
        if visit.urgent or visit.due < now + (index + 1) * room:
            break
    return 0


def in_calling_order(state: DayState, counter: Counter, settings: CentreSettings, now: Micros) -> list[VisitId]:
    """List whom a counter can serve as ``servable`` does, but the one that it calls next first."""
    candidates = servable(state, counter, settings, now)
    if place := preferred(state, counter, candidates, settings, now):
        candidates.insert(0, candidates.pop(place))
    return candidates


def _serves_all(state: DayState, counter: Counter) -> bool:
    """Tell without a look at anybody that a counter may call everybody who waits."""
    return counter.skills == Skills() and not state.hidden


def place_on_return(state: DayState, visit: Visit, now: Micros) -> Micros:
    """Say where a visit comes in that waits again: where it is due, but after the next call at its step.

    A visit hidden for one counter is not the next of the others.
    """
    step = visit.step.step
    for key, ident in state.waiting:
        other = state.visits[ident]
        if other.step.step == step and not is_hidden(state, other, now):
            first = other.urgent == visit.urgent and (not visit.urgent, visit.due, visit.seq) < key
            return Micros(other.place + 1) if first else visit.due
    return visit.due
