"""Priority and urgent: what staff raise a visit to is never due later than the visit would be without it.

Priority counts from the arrival, an appointment from its booked time, and each has a promise of its own. A raised visit
is due at the earlier of both, so an early arrival gains by priority and nobody loses by it.
"""

import msgspec
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, Category, Micros
from queue_server.queue import itinerary
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import StepPlan, Visit


class WaitStart(msgspec.Struct, frozen=True):
    """From when a wait counts, with the promise at the stop at hand and the promises of all stops."""

    steps: tuple[StepPlan, ...]
    counts_from: Micros
    promise: int


def sooner(steps: tuple[StepPlan, ...], at_step: int, arrived: Micros, booked: Micros, priority: int) -> WaitStart:
    """Return the earlier of two starts: ``arrived`` with the promise of priority, ``booked`` with that of the plan."""
    promise = steps[at_step].promise
    if arrived + priority * MINUTE >= booked + promise * MINUTE:
        return WaitStart(steps, booked, promise)
    stop = replace(steps[at_step], promise=priority)
    return WaitStart((*steps[:at_step], stop, *steps[at_step + 1 :]), arrived, priority)


def restarted(visit: Visit, category: Category, settings: CentreSettings) -> WaitStart:
    """Return from when a visit counts in another category; one that staff set makes nobody due later."""
    steps = itinerary.promised_anew(visit.steps, category, settings, booked=visit.booked_at is not None)
    start = start_at(visit, category, steps, visit.at_step, settings)
    if category in itinerary.RAISED and _from(start) > visit.counts_from + visit.promise * MINUTE:
        # It was merged with a visit that is due earlier than its own stops promise.
        return WaitStart(steps, visit.counts_from, visit.promise)
    return start


def start_at(
    visit: Visit, category: Category, steps: tuple[StepPlan, ...], at_step: int, settings: CentreSettings
) -> WaitStart:
    """Return from when a visit counts at a stop. ``counts_from`` moves between arrival and booked time alone."""
    plain = WaitStart(steps, visit.counts_from, steps[at_step].promise)
    booked_at = visit.booked_at
    if booked_at is None or any(record.called_at is not None for record in visit.records):
        return plain
    arrived = min(visit.records[-1].ready_at, booked_at)
    if visit.counts_from not in (arrived, booked_at):
        return plain
    if category in itinerary.RAISED:
        stop = steps[at_step]
        priority = itinerary.promise_at(stop.step, stop.service, category, settings)
        return sooner(steps, at_step, arrived, booked_at, priority)
    given_back = category is Category.APPOINTMENT and visit.category in itinerary.RAISED
    return WaitStart(steps, booked_at, plain.promise) if given_back else plain


def _from(start: WaitStart) -> int:
    """Return when a visit with this start is due, but for what it is owed."""
    return start.counts_from + start.promise * MINUTE
