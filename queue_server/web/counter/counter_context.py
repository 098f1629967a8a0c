"""One look at one counter."""

from queue_server.centre.views import Facts
from queue_server.domain.values import MINUTE, CounterId, CounterState, Micros, VisitState
from queue_server.queue.order import in_calling_order
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import Counter, DayState, Visit
from queue_server.web.counter.page import Stage
from queue_server.web.rules import PageRules
from queue_server.web.view_context import Kept, PageReader, Shared, StaffView


class CounterLook(StaffView):
    """``visit`` is at the counter; ``queue`` are the waiting visits that it can serve, the next first.

    ``kept`` is what the page of this counter has found out already; it is as of this minute, as the page is that time
    alone changes at the next.
    """

    def __init__(
        self,
        state: DayState,
        known: Facts,
        settings: CentreSettings,
        counter_id: CounterId,
        *,
        reader: PageReader,
        now: Micros,
        rules: PageRules = PageRules(),  # noqa: B008 - frozen
        shared: Shared | None = None,
        kept: Kept | None = None,
    ) -> None:
        super().__init__(state, known, settings, reader=reader, now=now, rules=rules, shared=shared)
        self.plate = self.plate_of(counter_id)
        own = settings.counters.get(counter_id)
        skills = Skills() if own is None else own.skills
        self.counter = state.counters.get(counter_id) or Counter(
            counter_id, CounterState.CLOSED, Micros(0), skills=skills
        )
        self.visit = None if self.counter.visit is None else state.visits[self.counter.visit]
        #: Counters for which it is the same have one queue; somebody may wait for one counter alone.
        self.queue_key = self.counter.skills, counter_id if state.hidden else None
        self.queue: tuple[Visit, ...] = self.wordless(
            ("queue", self.queue_key),
            lambda: tuple(state.visits[visit] for visit in in_calling_order(state, self.counter, settings, now)),
        )
        kept = kept or Kept()
        kept.since((known, settings, now // MINUTE))
        self.kept = kept.once

    def spoken_here(self, visit: Visit) -> bool:
        """Tell whether a visit is next because its language is spoken at the counter, and not because it is due."""
        return visit.language in self.counter.skills.languages and any(
            other.key < visit.key for other in self.queue[1:]
        )

    def stage(self) -> Stage:
        if self.visit is not None:
            return "called" if self.visit.state is VisitState.CALLED else "serving"
        if self.counter.state is CounterState.OPEN:
            return "idle"
        return "paused" if self.counter.state is CounterState.PAUSED else "closed"
