"""What somebody waits for and nobody serves: no open counter takes it. Pure.

A counter that is paused does not call anybody, so it takes nothing. Whom a counter was given by name it may call.
"""

from collections.abc import Iterable

import msgspec

from queue_server.domain.values import CounterState, Language, Micros, ServiceId, StepId
from queue_server.queue.order import can_serve
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import Counter, DayState, Visit


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


type _Key = tuple[StepId, ServiceId | None, Language | None]


def unserved(state: DayState, settings: CentreSettings) -> tuple[Unserved, ...]:
    """List them, a line for each step, service or language that lacks somebody, in the order of the queue."""
    found: dict[_Key, list[Visit]] = {}
    opened = tuple(one for one in state.counters.values() if one.state is CounterState.OPEN)
    for _, ident in state.waiting:
        visit = state.visits[ident]
        if (key := _lacks(opened, visit, settings)) is not None:
            found.setdefault(key, []).append(visit)
    return tuple(
        Unserved(*key, since=_since(state, visits, settings), count=len(visits)) for key, visits in found.items()
    )


def _lacks(opened: Iterable[Counter], visit: Visit, settings: CentreSettings) -> _Key | None:
    """Say what is missing for a visit; None where an open counter may call it now or when its time comes."""
    there = spoken = False
    step, filters = visit.step.step, settings.language_filters
    for counter in opened:
        if counter.id == visit.for_counter or can_serve(counter.skills, visit, language_filters=filters):
            return None
        spoken = spoken or can_serve(counter.skills, visit, language_filters=False)
        there = there or not counter.skills.steps or step in counter.skills.steps
    if spoken:
        return step, None, visit.language
    return (step, visit.step.service, None) if there else (step, None, None)


def _since(state: DayState, visits: list[Visit], settings: CentreSettings) -> Micros:
    """Since when it is so: the first of them is here, and the last counter that took them stopped."""
    first = min(visit.records[-1].ready_at for visit in visits)
    stopped = (
        counter.since
        for counter in state.counters.values()
        if counter.state is not CounterState.OPEN
        and can_serve(counter.skills, visits[0], language_filters=settings.language_filters)
    )
    return max((first, *stopped))
