"""Handing a visit on: to another step, or to one counter that alone may call it for a while."""

import msgspec

from queue_server.domain.values import MINUTE, CounterId, CounterState, Micros, StepId, VisitState, Where
from queue_server.eventlog.payload import Payload
from queue_server.queue import events as e
from queue_server.queue import itinerary, order
from queue_server.queue.commands import Transfer
from queue_server.queue.guards import known_counter, visit_at
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, StepPlan, Visit


class _Itinerary(msgspec.Struct, frozen=True):
    steps: tuple[StepPlan, ...]
    at_step: int


class _Times(msgspec.Struct, frozen=True):
    counts_from: Micros
    promise: int
    late: int


def transfer(
    state: DayState, command: Transfer, settings: CentreSettings, now: Micros
) -> tuple[Payload, ...] | Refusal:
    visit = visit_at(state, command.counter, command.visit, settings)
    if isinstance(visit, Refusal):
        return visit
    to = _destination(state, command, visit, settings)
    if isinstance(to, Refusal):
        return to
    times = _times(visit, to.steps[to.at_step], command.where, now)
    return (
        e.VisitTransferred(
            visit=visit.id,
            counter=command.counter,
            steps=to.steps,
            at_step=to.at_step,
            counts_from=times.counts_from,
            promise=times.promise,
            late=times.late,
            due=order.due(times.counts_from, times.promise, times.late),
            where=command.where,
            reason=command.reason,
            for_counter=command.to_counter,
            for_until=None if command.to_counter is None else Micros(now + settings.transfer_hold),
        ),
    )


def _destination(state: DayState, command: Transfer, visit: Visit, settings: CentreSettings) -> _Itinerary | Refusal:
    """Say where the visit goes on: at another stop of its plan, or at this one with another counter."""
    if command.to_step is not None and command.to_counter is None:
        return _stop(visit, command.to_step, settings)
    if command.to_counter is None or command.to_step is not None:
        return refuse(RefusalCode.TRANSFER_TARGET)
    refusal = _hindrance(state, command.to_counter, command.counter, settings)
    return refusal or _Itinerary(visit.steps, visit.at_step)


def _hindrance(state: DayState, target: CounterId, own: CounterId, settings: CentreSettings) -> Refusal | None:
    if target == own:
        return refuse(RefusalCode.TRANSFER_TO_ITSELF, counter=own)
    counter = known_counter(state, target, settings)
    if isinstance(counter, Refusal):
        return counter
    if counter.state is CounterState.CLOSED:
        return refuse(RefusalCode.COUNTER_NOT_OPEN, counter=target)
    return None


def _stop(visit: Visit, step: StepId, settings: CentreSettings) -> _Itinerary | Refusal:
    """Find the stop: this one, the nearest after it, the nearest before it, or an extra one from which it comes back.

    A stop that is left for a later one is done if the visit was served there, else skipped. One that the visit comes
    back to is neither: it is served there once more.
    """
    here, steps = visit.at_step, visit.steps
    if steps[here].step == step:
        return _Itinerary(steps, here)
    after = next((index for index in range(here + 1, len(steps)) if steps[index].step == step), None)
    if after is not None:
        left = itinerary.marked(steps, here, done=visit.state is VisitState.SERVING)
        return _Itinerary(itinerary.marked(left, after, done=False), after)
    before = next((index for index in reversed(range(here)) if steps[index].step == step), None)
    if before is not None:
        return _Itinerary(itinerary.marked(steps, before, done=False), before)
    extra = itinerary.extra_stop(visit, step, settings)
    if isinstance(extra, Refusal):
        return extra
    longer = itinerary.bounded((*steps[:here], extra, *steps[here:]))
    return longer if isinstance(longer, Refusal) else _Itinerary(longer, here)


def _times(visit: Visit, stop: StepPlan, where: Where, now: Micros) -> _Times:
    """Say what the due time is made of. To the front, what brings it to now is owed to the visit."""
    if where is Where.END:
        return _Times(now, stop.promise, 0)
    late = visit.late
    if where is Where.FRONT:
        late = max(late, visit.counts_from + visit.promise * MINUTE - now)
    return _Times(visit.counts_from, visit.promise, late)
