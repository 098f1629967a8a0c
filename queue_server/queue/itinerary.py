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


#: Categories that staff set; nobody is due later for them than without them.
RAISED = (Category.PRIORITY, Category.URGENT)


def without_priority(category: Category, *, booked: bool) -> Category:
    """Return the category that a visit would have if staff had not raised it."""
    if category not in RAISED:
        return category
    return Category.APPOINTMENT if booked else Category.WALK_IN


def promised(promises: Promises, category: Category, *, booked: bool = False) -> int:
    """Return the promise of a category in minutes: for priority the shorter of its own and the one without it."""
    plain = without_priority(category, booked=booked)
    return min(promises.get(one, DEFAULT_PROMISES[one]) for one in (category, plain))


def line_up(
    services: Iterable[ServiceId], category: Category, settings: CentreSettings, *, booked: bool = False
) -> tuple[StepPlan, ...] | Refusal:
    """Line up the steps of every service, one service after another."""
    plans: list[StepPlan] = []
    for service in services:
        stops = stops_of(service, category, settings, booked=booked)
        if stops is None:
            return refuse(RefusalCode.SERVICE_UNKNOWN, service=service)
        plans += stops
    return tuple(plans) or refuse(RefusalCode.SERVICE_UNKNOWN, service="")


def line_up_printed(
    services: Iterable[ServiceId], category: Category, settings: CentreSettings, *, booked: bool = False
) -> tuple[StepPlan, ...]:
    """Line up what a ticket on paper says: a service that has been dropped meanwhile is a stop at the reception."""
    plans: list[StepPlan] = []
    for service in services:
        stops = stops_of(service, category, settings, booked=booked)
        plans += stops or (_unspecified(service, category, booked=booked),)
    return tuple(plans) or (_unspecified(ServiceId("unspecified"), category, booked=booked),)


def stops_of(
    service: ServiceId, category: Category, settings: CentreSettings, *, booked: bool = False
) -> tuple[StepPlan, ...] | None:
    """Line up the steps of a service; None where it is not set up."""
    known = settings.services.get(service)
    if known is None:
        return None
    return tuple(
        StepPlan(step.step, service, known.government, promised(step.promises, category, booked=booked))
        for step in known.steps
    )


def _unspecified(service: ServiceId, category: Category, *, booked: bool) -> StepPlan:
    return StepPlan(RECEPTION, service, order.UNSPECIFIED, promised({}, category, booked=booked))


def promise_at(
    step: StepId, service: ServiceId, category: Category, settings: CentreSettings, *, booked: bool = False
) -> int:
    """Give the promise that the set-up now makes at a stop, in minutes."""
    known = settings.services.get(service)
    steps = () if known is None else known.steps
    promises = next((one.promises for one in steps if one.step == step), {})
    return promised(promises, category, booked=booked)


def promised_anew(
    steps: Iterable[StepPlan], category: Category, settings: CentreSettings, *, booked: bool = False
) -> tuple[StepPlan, ...]:
    """Give every stop the promise of another category."""
    return tuple(
        replace(stop, promise=promise_at(stop.step, stop.service, category, settings, booked=booked)) for stop in steps
    )


def marked(steps: tuple[StepPlan, ...], index: int, *, done: bool) -> tuple[StepPlan, ...]:
    """Say of a stop whether the visit has been served there."""
    return (*steps[:index], replace(steps[index], done=done), *steps[index + 1 :])


def extra_stop(visit: Visit, step: StepId, settings: CentreSettings) -> StepPlan | Refusal:
    """Make a stop that is not in the plan, on the way of the service at hand; a step nobody knows is refused."""
    steps = {one.step for service in settings.services.values() for one in service.steps}
    if step not in steps and not any(step in counter.skills.steps for counter in settings.counters.values()):
        return refuse(RefusalCode.STEP_UNKNOWN, step=step)
    now = visit.step
    promise = promise_at(step, now.service, visit.category, settings, booked=visit.booked_at is not None)
    return StepPlan(step, now.service, now.government, promise)


def bounded(steps: tuple[StepPlan, ...]) -> tuple[StepPlan, ...] | Refusal:
    return steps if len(steps) <= MAX_STOPS else refuse(RefusalCode.PLAN_TOO_LONG, most=MAX_STOPS)
