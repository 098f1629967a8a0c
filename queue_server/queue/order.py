"""Who is next, and why. ``docs/who-is-next.md`` explains it to people.

Urgent visits come first; then the one due earliest of those that this counter can serve (earliest due date, Jackson's
rule); between two due at once, the one issued first. A visit that comes back stands a little later than it is due:
after the next call at its step. ``DayState.waiting`` and each line of ``DayState.lines`` are kept in that order.

A counter that says which languages are spoken there calls a visit in one of them before others while all of these have
time for it (``preferred``).
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from queue_server.domain.values import MINUTE, CounterState, GovernmentId, Micros, ServiceId, StepId, VisitId
from queue_server.queue.calling_order import Entry
from queue_server.queue.events import CallRule
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import Counter, DayState, Line, Visit

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


def serves(skills: Skills, line: Line, *, language_filters: bool) -> bool:
    """Tell whether a counter serves whoever stands in a line."""
    if not takes(skills, line.step, line.service, line.government):
        return False
    # Whoever comes for something that is no more only has to be told.
    spoken = not language_filters or not skills.languages or line.language in skills.languages
    return spoken or line.government == UNSPECIFIED


def can_serve(skills: Skills, visit: Visit, *, language_filters: bool) -> bool:
    return serves(skills, visit.line, language_filters=language_filters)


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
    return [visit for _, visit in sorted(chain.from_iterable(_served(state, counter, settings, now)))]


def considered(state: DayState, counter: Counter, settings: CentreSettings, now: Micros) -> int:
    """Count the waiting visits among which a counter calls."""
    return sum(map(len, _served(state, counter, settings, now)))


def choose(state: DayState, counter: Counter, settings: CentreSettings, now: Micros) -> NextVisit | None:
    """Choose the next visit of a counter; None when nobody waits whom it can serve."""
    served = _served(state, counter, settings, now)
    first = next(_in_order(served), None)
    if first is None:
        return None
    found = preferred(state, counter, _in_order(served), settings, now) or first
    visit = state.visits[found]
    by_order = CallRule.URGENT if visit.urgent else CallRule.DUE_EARLIEST
    return NextVisit(visit, by_order if found == first else CallRule.LANGUAGE, sum(map(len, served)))


def _served(state: DayState, counter: Counter, settings: CentreSettings, now: Micros) -> list[Collection[Entry]]:
    """List the lines among which a counter calls, each in order; nobody stands in two."""
    skills, filters, hidden = counter.skills, settings.language_filters, state.hidden
    if not hidden:
        if skills == Skills():
            return [state.waiting]
        return [entries for line, entries in state.lines.items() if serves(skills, line, language_filters=filters)]
    visits = state.visits
    own = [visit for visit in map(visits.__getitem__, hidden) if may_call(state, counter, visit, settings, now)]
    touched = {visits[visit].line for visit in hidden}
    lines: list[Collection[Entry]] = [sorted((visit.key, visit.id) for visit in own)]
    for line, entries in state.lines.items():
        if serves(skills, line, language_filters=filters):
            lines.append([one for one in entries if one[1] not in hidden] if line in touched else entries)
    return lines


def _in_order(lines: Sequence[Iterable[Entry]]) -> Iterator[VisitId]:
    """Go through lines together, the next first, and look no further than is asked for."""
    return (visit for _, visit in (heapq.merge(*lines) if len(lines) > 1 else chain.from_iterable(lines)))


def preferred(
    state: DayState, counter: Counter, candidates: Iterable[VisitId], settings: CentreSettings, now: Micros
) -> VisitId | None:
    """Say which of those that a counter can serve, the next first, it calls for its language; None is the next.

    The first whose language is spoken there goes before the others if each of them would still be called in time by
    this counter alone, one every ``language_room``, after it. Before who is urgent, late or short of time nobody goes.
    """
    languages, room = counter.skills.languages, settings.language_room
    if not languages or not room:
        return None
    for index, ident in enumerate(candidates):
        visit = state.visits[ident]
        if visit.language in languages:
            return ident
        if visit.urgent or visit.due < now + (index + 1) * room:
            break
    return None


def in_calling_order(state: DayState, counter: Counter, settings: CentreSettings, now: Micros) -> list[VisitId]:
    """List whom a counter can serve as ``servable`` does, but the one that it calls next first."""
    candidates = servable(state, counter, settings, now)
    if first := preferred(state, counter, candidates, settings, now):
        candidates.remove(first)
        candidates.insert(0, first)
    return candidates


def place_on_return(state: DayState, visit: Visit, now: Micros) -> Micros:
    """Say where a visit comes in that waits again: where it is due, but after the next call at its step.

    A visit hidden for one counter is not the next of the others.
    """
    step = visit.step.step
    lines = [entries for line, entries in state.lines.items() if line.step == step]
    for key, ident in heapq.merge(*lines):
        other = state.visits[ident]
        if not is_hidden(state, other, now):
            first = other.urgent == visit.urgent and (not visit.urgent, visit.due, visit.seq) < key
            return Micros(other.place + 1) if first else visit.due
    return visit.due
