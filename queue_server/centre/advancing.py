"""What other rooms say before a visit goes on to a later step: a centre knows none of them, they say so themselves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from queue_server.domain.values import CounterId, StepId, VisitId
from queue_server.framework.request_context import RequestContext
from queue_server.queue.state import DayState, StepPlan, Visit


@dataclass(slots=True)
class Advancing:
    """``checks`` look at a visit and the stop to which it would go, before anything is stored, and refuse."""

    checks: list[Callable[[RequestContext, Visit, StepPlan], Awaitable[None]]] = field(default_factory=list)

    async def check(
        self, ask: RequestContext, state: DayState, counter: CounterId, visit: VisitId | None, to: StepId | None
    ) -> None:
        """Ask all of them about the visit at a counter; ``to`` None: it goes to its next stop.

        Whoever has nobody, or means somebody else, is refused by the engine; nothing is said of steps that lie behind.
        """
        here = state.counters.get(counter)
        if here is None or here.visit is None or visit not in {None, here.visit}:
            return
        found = state.visits[here.visit]
        stop = later_stop(found, to)
        if stop is not None:
            for check in self.checks:
                await check(ask, found, stop)


def later_stop(visit: Visit, to: StepId | None) -> StepPlan | None:
    """Find the stop after the present one to which a visit would go; None where there is none."""
    if to is None:
        return None if visit.next_stop is None else visit.steps[visit.next_stop]
    return next((stop for stop in visit.steps[visit.at_step + 1 :] if stop.step == to), None)
