"""What a counter does with a visit: one counter, one visit."""

from queue_server.domain.values import SECOND, CallReason, CounterId, CounterState, Micros, VisitState
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue import order
from queue_server.queue.guards import HELD, ended, known_counter, known_visit, visit_at
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState

ENDED = (VisitState.DONE, VisitState.NOT_SERVED)
#: States from which a visit can be called.
CALLABLE = (VisitState.WAITING, VisitState.PARKED, VisitState.MISSED)


def call_next(
    state: DayState, command: c.CallNext, settings: CentreSettings, now: Micros
) -> tuple[Payload, ...] | Refusal:
    """Call the next visit and say why it is; nobody to call is no event."""
    counter = _ready(state, command.counter, settings)
    if isinstance(counter, Refusal):
        return counter
    choice = order.choose(state, counter, settings, now)
    return () if choice is None else (_called(counter, choice, None),)


def call(state: DayState, command: c.CallVisit, settings: CentreSettings, now: Micros) -> tuple[Payload, ...] | Refusal:
    """Call the visit that staff chose, whatever the counter's skills; called here already, it stays so."""
    visit = known_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if visit.state is VisitState.CALLED and visit.counter == command.counter:
        return ()
    counter = _ready(state, command.counter, settings)
    if isinstance(counter, Refusal):
        return counter
    if visit.state in HELD:
        return refuse(RefusalCode.VISIT_AT_COUNTER, visit=visit.id, counter=visit.counter or "")
    if visit.state not in CALLABLE:
        return ended(visit)
    considered = order.considered(state, counter, settings, now)
    return (_called(counter, order.NextVisit(visit, e.CallRule.PARTICULAR, considered), command.reason),)


def _ready(state: DayState, counter_id: CounterId, settings: CentreSettings) -> Counter | Refusal:
    """Find a counter that can call: open, with nobody at it."""
    counter = known_counter(state, counter_id, settings)
    if isinstance(counter, Refusal):
        return counter
    if counter.state is not CounterState.OPEN:
        return refuse(RefusalCode.COUNTER_NOT_OPEN, counter=counter.id)
    if counter.visit is not None:
        return refuse(RefusalCode.COUNTER_BUSY, counter=counter.id, visit=counter.visit)
    return counter


def _called(counter: Counter, choice: order.NextVisit, reason: CallReason | None) -> e.VisitCalled:
    visit = choice.visit
    return e.VisitCalled(
        visit=visit.id,
        counter=counter.id,
        step=visit.step.step,
        rule=choice.rule,
        category=visit.category,
        counts_from=visit.counts_from,
        promise=visit.promise,
        due=visit.due,
        considered=choice.considered,
        reason=reason,
    )


def recall(state: DayState, command: c.Recall, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    visit = visit_at(state, command.counter, command.visit, settings)
    if isinstance(visit, Refusal):
        return visit
    if visit.state is not VisitState.CALLED:
        return refuse(RefusalCode.VISIT_NOT_CALLED, visit=visit.id)
    return (e.VisitRecalled(visit.id, command.counter),)


def start(state: DayState, command: c.StartServing, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    visit = visit_at(state, command.counter, command.visit, settings)
    if isinstance(visit, Refusal):
        return visit
    if visit.state is VisitState.SERVING:
        return ()
    return (e.VisitStarted(visit.id, command.counter),)


def finish(state: DayState, command: c.Finish, settings: CentreSettings, now: Micros) -> tuple[Payload, ...] | Refusal:
    """Finish the step: the visit is done, or ready now for its next step, what it is owed taken off its due time."""
    visit = visit_at(state, command.counter, command.visit, settings)
    if isinstance(visit, Refusal):
        return visit
    if visit.state is not VisitState.SERVING or visit.called_at is None:
        return refuse(RefusalCode.VISIT_NOT_STARTED, visit=visit.id)
    if visit.next_stop is None:
        return (e.VisitDone(visit.id, command.counter, visit.step.step),)
    following = visit.steps[visit.next_stop]
    late = order.late_after(visit, visit.called_at)
    return (
        e.StepFinished(
            visit=visit.id,
            counter=command.counter,
            step=visit.step.step,
            next_step=following.step,
            counts_from=now,
            promise=following.promise,
            late=late,
            due=order.due(now, following.promise, late),
        ),
    )


def missed(state: DayState, command: c.Missed, settings: CentreSettings, now: Micros) -> tuple[Payload, ...] | Refusal:
    """Give up on a called visit that has had its calls and its time."""
    named = None if command.visit is None else state.visits.get(command.visit)
    if named is not None and named.state is VisitState.MISSED and named.counter == command.counter:
        return ()
    visit = visit_at(state, command.counter, command.visit, settings)
    if isinstance(visit, Refusal):
        return visit
    if visit.state is not VisitState.CALLED or visit.called_at is None:
        return refuse(RefusalCode.VISIT_NOT_CALLED, visit=visit.id)
    wait = visit.called_at + settings.missed_after - now
    calls = settings.missed_min_calls - visit.calls
    if wait > 0 or calls > 0:
        seconds = max(0, -(-wait // SECOND))
        return refuse(RefusalCode.MISSED_TOO_EARLY, seconds=seconds, calls=max(0, calls))
    return (e.VisitMissed(visit.id, command.counter),)


def cancel(state: DayState, command: c.Cancel) -> tuple[Payload, ...] | Refusal:
    """Cancel a visit that is not being served; a counter that had called it is free again."""
    visit = known_visit(state, command.visit)
    if isinstance(visit, Refusal):
        return visit
    if visit.state is VisitState.CANCELLED:
        return ()
    if visit.state is VisitState.SERVING:
        return refuse(RefusalCode.VISIT_BEING_SERVED, visit=visit.id)
    if visit.state in ENDED:
        return ended(visit)
    return (e.VisitCancelled(visit.id, visit.counter if visit.state is VisitState.CALLED else None),)
