"""Who is next, and why. ``docs/who-is-next.md`` explains it to people.

Urgent visits come first; then the one due earliest of those that this counter can serve (earliest due date, Jackson's
rule); between two due at once, the one issued first. ``DayState.waiting`` is kept in that order.
"""

import msgspec

from queue_server.queue.events import CallRule
from queue_server.queue.settings import Settings, Skills
from queue_server.queue.state import DayState, Visit
from queue_server.values import MINUTE, GovernmentId, Micros, VisitId

#: The government of a step whose service is no longer in the catalogue (ICAO 9303-3: XXX, unspecified). Any counter
#: takes it, because somebody has to tell the person.
UNSPECIFIED = GovernmentId("XXX")


class Choice(msgspec.Struct, frozen=True):
    """The next visit of a counter; ``considered`` counts the waiting visits it can serve, this one included."""

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


def can_serve(skills: Skills, visit: Visit, *, language_filters: bool) -> bool:
    step = visit.step
    if step.government == UNSPECIFIED:
        return True
    return (
        (not skills.steps or step.step in skills.steps)
        and (not skills.services or step.service in skills.services)
        and (not skills.governments or step.government in skills.governments)
        and (not language_filters or not skills.languages or visit.language in skills.languages)
    )


def servable(state: DayState, skills: Skills, settings: Settings) -> list[VisitId]:
    """List the waiting visits that a counter with these skills can serve, the next first."""
    if skills == Skills():
        return [visit for _, visit in state.waiting]
    visits, filters = state.visits, settings.language_filters
    return [visit for _, visit in state.waiting if can_serve(skills, visits[visit], language_filters=filters)]


def choose(state: DayState, skills: Skills, settings: Settings) -> Choice | None:
    """Choose the next visit of a counter; None when nobody waits whom it can serve."""
    candidates = servable(state, skills, settings)
    if not candidates:
        return None
    visit = state.visits[candidates[0]]
    rule = CallRule.URGENT if visit.urgent else CallRule.DUE_EARLIEST
    return Choice(visit, rule, len(candidates))
