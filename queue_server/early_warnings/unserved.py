"""What somebody waits for and nobody serves: no open counter takes it. Pure.

A counter that is paused does not call anybody, so it takes nothing. Whom a counter was given by name it may call.
"""

from collections.abc import Collection

import msgspec

from queue_server.domain.values import CounterState, Language, Micros, ServiceId, StepId
from queue_server.queue import order
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import DayState, Visit


class Unserved(msgspec.Struct, frozen=True):
    """``count`` visits wait at ``step`` since ``since``, and no open counter takes them.

    ``service``: open counters take the step, but not this service. ``language``: they take it, but not in this language
    (``Settings.language_filters``). Both None: no open counter takes the step at all.
    """

    step: StepId
    service: ServiceId | None
    language: Language | None
    since: Micros
    count: int

    def fits(self, skills: Skills, settings: CentreSettings) -> bool:
        """Tell whether a counter that takes the step takes these too."""
        if self.language is not None:
            return not skills.languages or self.language in skills.languages
        if self.service is None:
            return True
        service = settings.services.get(self.service)
        return (not skills.services or self.service in skills.services) and (
            service is None or not skills.governments or service.government in skills.governments
        )

    @property
    def subject(self) -> str:
        return "-".join(part for part in (self.step, self.service, self.language) if part is not None)


#: What is missing: a step, a service at it, or a language at it.
type Lack = tuple[StepId, ServiceId | None, Language | None]


def unserved(state: DayState, settings: CentreSettings) -> tuple[Unserved, ...]:
    """List them, a line for each step, service or language that lacks somebody, in the order of the queue."""
    found: dict[Lack, list[Visit]] = {}
    opened = tuple(one for one in state.counters.values() if one.state is CounterState.OPEN)
    skills = tuple(one.skills for one in opened)
    for _, ident in state.waiting:
        visit = state.visits[ident]
        if any(one.id == visit.for_counter for one in opened):
            continue
        if (key := lack(skills, visit, settings)) is not None:
            found.setdefault(key, []).append(visit)
    return tuple(
        Unserved(*key, since=_since(state, visits, settings), count=len(visits)) for key, visits in found.items()
    )


def lack(there: Collection[Skills], visit: Visit, settings: CentreSettings) -> Lack | None:
    """Say what is missing for a visit of those who are there; None where one of them may call it."""
    step, filters = visit.step.step, settings.language_filters
    if any(order.can_serve(skills, visit, language_filters=filters) for skills in there):
        return None
    if any(order.can_serve(skills, visit, language_filters=False) for skills in there):
        return step, None, visit.language
    takes_step = any(not skills.steps or step in skills.steps for skills in there)
    return (step, visit.step.service, None) if takes_step else (step, None, None)


def _since(state: DayState, visits: list[Visit], settings: CentreSettings) -> Micros:
    """Since when it is so: the first of them is here, and the last counter that took them stopped."""
    first = min(visit.records[-1].ready_at for visit in visits)
    stopped = (
        counter.since
        for counter in state.counters.values()
        if counter.state is not CounterState.OPEN
        and order.can_serve(counter.skills, visits[0], language_filters=settings.language_filters)
    )
    return max((first, *stopped))
