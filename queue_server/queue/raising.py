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
    """Return from when a visit counts in another category. ``counts_from`` moves for early appointments alone."""
    booked_at = visit.booked_at
    steps = itinerary.promised_anew(visit.steps, category, settings, booked=booked_at is not None)
    if booked_at is None or any(record.called_at is not None for record in visit.records):
        return WaitStart(steps, visit.counts_from, steps[visit.at_step].promise)
    if category in itinerary.RAISED and visit.counts_from == booked_at:
        arrived, stop = min(visit.records[-1].ready_at, booked_at), visit.step
        priority = itinerary.promise_at(stop.step, stop.service, category, settings)
        return sooner(steps, visit.at_step, arrived, booked_at, priority)
    given_back = category is Category.APPOINTMENT and visit.category in itinerary.RAISED
    counts_from = max(visit.counts_from, booked_at) if given_back else visit.counts_from
    return WaitStart(steps, counts_from, steps[visit.at_step].promise)
