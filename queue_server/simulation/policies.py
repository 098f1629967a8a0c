"""Whom a counter calls: the product's own rule, and others to compare it with. Pure.

Each of them gives a command that the queue decides: ``CallNext`` for its own rule, else ``CallVisit`` for one of those
whom the queue says that this counter may call. Urgent visits come first, whatever the policy.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from queue_server.domain.values import MINUTE, CallReason, Category, Micros
from queue_server.queue import order
from queue_server.queue.commands import CallNext, CallVisit
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState, Visit


class CallingPolicy(StrEnum):
    """A rule by which the next is called."""

    EARLIEST_DUE = "earliest-due"
    FIRST_COME = "first-come"
    STRICT_CLASSES = "strict-classes"
    ACCUMULATING_PRIORITY = "accumulating-priority"


#: Whoever has the smaller key is called first.
type CallingKey = Callable[[Visit, Micros], tuple[float, ...]]

#: How classes stand above one another where nothing else counts.
_CLASSES: Final[Mapping[Category, int]] = MappingProxyType(
    {Category.URGENT: 0, Category.APPOINTMENT: 1, Category.PRIORITY: 2, Category.WALK_IN: 3}
)


def _first_come(visit: Visit, _now: Micros) -> tuple[float, ...]:
    """Who has been ready the longest at its stop, whatever was promised."""
    return (not visit.urgent, visit.records[-1].ready_at, visit.seq)


def _strict_classes(visit: Visit, _now: Micros) -> tuple[float, ...]:
    """Appointments before priority before walk-ins; within a class, who counts from earlier."""
    return (_CLASSES[visit.category], visit.counts_from, visit.seq)


def _accumulating_priority(visit: Visit, now: Micros) -> tuple[float, ...]:
    """The largest share of its promise waited: priority grows with time, the faster the less was promised.

    D. A. Stanford, P. Taylor, I. Ziedins, "Waiting time distributions in the accumulating priority queue", Queueing
    Systems 77 (2014), 297-330, with rates of 1 / promise. What was waited too long at earlier steps counts as here.
    """
    return (not visit.urgent, -(now - visit.counts_from + visit.late) / max(MINUTE, visit.promise * MINUTE), visit.seq)


_KEYS: Final[Mapping[CallingPolicy, CallingKey]] = MappingProxyType(
    {
        CallingPolicy.FIRST_COME: _first_come,
        CallingPolicy.STRICT_CLASSES: _strict_classes,
        CallingPolicy.ACCUMULATING_PRIORITY: _accumulating_priority,
    }
)


def next_call(
    policy: CallingPolicy, state: DayState, counter: Counter, settings: CentreSettings, now: Micros
) -> CallNext | CallVisit | None:
    """Say what a free counter asks of the queue; None where there is nobody whom it may call."""
    key = _KEYS.get(policy)
    if key is None:
        return CallNext(counter.id)
    may = order.servable(state, counter, settings, now)
    if not may:
        return None
    return CallVisit(counter.id, min(may, key=lambda one: key(state.visits[one], now)), CallReason.OTHER)
