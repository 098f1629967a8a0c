"""The stops of a visit: lined up when it is issued, counted anew when it is reclassified, changed on the way."""

from collections.abc import Iterable

from msgspec.structs import replace

from queue_server.domain.values import Category, ServiceId, StepId
from queue_server.queue import order
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import DEFAULT_PROMISES, CentreSettings, Promises
from queue_server.queue.state import StepPlan, Visit

#: Where a person is sent whose service has left the catalogue while the kiosk was away.
RECEPTION = StepId("reception")

#: More stops than any ticket has: five services of five steps. Beyond it somebody sends a visit in circles.
MAX_STOPS = 30


def promised(promises: Promises, category: Category) -> int:
    return promises.get(category, DEFAULT_PROMISES[category])


def line_up(
    services: Iterable[ServiceId], category: Category, settings: CentreSettings
) -> tuple[StepPlan, ...] | Refusal:
    """Line up the steps of every service, one service after another."""
    plans: list[StepPlan] = []
    for service in services:
        stops = stops_of(service, category, settings)
        if stops is None:
            return refuse(RefusalCode.SERVICE_UNKNOWN, service=service)
        plans += stops
    return tuple(plans) or refuse(RefusalCode.SERVICE_UNKNOWN, service="")


def line_up_printed(
    services: Iterable[ServiceId], category: Category, settings: CentreSettings
) -> tuple[StepPlan, ...]:
    """Line up what a ticket on paper says: a service that has been dropped meanwhile is a stop at the reception."""
    plans: list[StepPlan] = []
    for service in services:
        plans += stops_of(service, category, settings) or (_unspecified(service, category),)
    return tuple(plans) or (_unspecified(ServiceId("unspecified"), category),)


def stops_of(service: ServiceId, category: Category, settings: CentreSettings) -> tuple[StepPlan, ...] | None:
    """Line up the steps of a service; None where it is not set up."""
    known = settings.services.get(service)
    if known is None:
        return None
    return tuple(
        StepPlan(step.step, service, known.government, promised(step.promises, category)) for step in known.steps
    )


def _unspecified(service: ServiceId, category: Category) -> StepPlan:
    return StepPlan(RECEPTION, service, order.UNSPECIFIED, DEFAULT_PROMISES[category])


def promise_at(step: StepId, service: ServiceId, category: Category, settings: CentreSettings) -> int:
    """Give the promise that the set-up now makes at a stop, in minutes."""
    known = settings.services.get(service)
    steps = () if known is None else known.steps
    return next((promised(one.promises, category) for one in steps if one.step == step), DEFAULT_PROMISES[category])


def promised_anew(steps: Iterable[StepPlan], category: Category, settings: CentreSettings) -> tuple[StepPlan, ...]:
    """Give every stop the promise of another category."""
    return tuple(replace(stop, promise=promise_at(stop.step, stop.service, category, settings)) for stop in steps)


def marked(steps: tuple[StepPlan, ...], index: int, *, done: bool) -> tuple[StepPlan, ...]:
    """Say of a stop whether the visit has been served there."""
    return (*steps[:index], replace(steps[index], done=done), *steps[index + 1 :])


def extra_stop(visit: Visit, step: StepId, settings: CentreSettings) -> StepPlan | Refusal:
    """Make a stop that is not in the plan, on the way of the service at hand; a step nobody knows is refused."""
    steps = {one.step for service in settings.services.values() for one in service.steps}
    if step not in steps and not any(step in counter.skills.steps for counter in settings.counters.values()):
        return refuse(RefusalCode.STEP_UNKNOWN, step=step)
    now = visit.step
    return StepPlan(step, now.service, now.government, promise_at(step, now.service, visit.category, settings))


def bounded(steps: tuple[StepPlan, ...]) -> tuple[StepPlan, ...] | Refusal:
    return steps if len(steps) <= MAX_STOPS else refuse(RefusalCode.PLAN_TOO_LONG, most=MAX_STOPS)
