"""What came of days that were played: promises, waits, who left and who was sent home. Pure."""

from collections.abc import Iterable, Sequence

import msgspec

from queue_server.domain.values import MINUTE, Category, VisitState
from queue_server.queue.state import DayState
from queue_server.queue.stops import StopOutcome, stops
from queue_server.simulation.policies import CallingPolicy


class WaitFigures(msgspec.Struct, frozen=True):
    """Waits of one category in minutes: half of them and 95 of a hundred are at most so long."""

    stops: int
    p50: float
    p95: float
    longest: float


class PolicyFigures(msgspec.Struct, frozen=True):
    """What a policy came to at a load; ``in_time``, ``left`` and ``not_served`` are shares."""

    policy: CallingPolicy
    load: float
    days: int
    visits: int
    in_time: float
    left: float
    not_served: float
    waits: dict[Category, WaitFigures]


def figures(policy: CallingPolicy, load: float, days: Sequence[DayState]) -> PolicyFigures:
    """Count what came of the days of one policy.

    Whoever left or was not served has waited until then: who makes people go home does not look the better for it.
    """
    found = [stop for day in days for stop in stops(day)]
    states = [visit.state for day in days for visit in day.visits.values()]
    due = [kept for stop in found if (kept := _in_time(stop)) is not None]
    by_category: dict[Category, list[float]] = {}
    for stop in found:
        by_category.setdefault(stop.category, []).append(_waited(stop) / MINUTE)
    gone = sum(state in (VisitState.MISSED, VisitState.CANCELLED) for state in states)
    unserved = sum(state is VisitState.NOT_SERVED for state in states)
    return PolicyFigures(
        policy=policy,
        load=load,
        days=len(days),
        visits=len(states),
        in_time=_share(sum(due), len(due)),
        left=_share(gone, len(states)),
        not_served=_share(unserved, len(states)),
        waits={category: wait_figures(waits) for category, waits in sorted(by_category.items())},
    )


def wait_figures(waits: Iterable[float]) -> WaitFigures:
    ordered = sorted(waits)
    return WaitFigures(len(ordered), quantile(ordered, 0.5), quantile(ordered, 0.95), ordered[-1] if ordered else 0.0)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Find the value that this share of sorted values do not exceed; 0 where there are none."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _in_time(stop: StopOutcome) -> bool | None:
    """Tell whether a promise was kept; None where it was not due yet when the visit was over."""
    if stop.called_at is not None:
        return stop.called_at <= stop.due
    return None if stop.ended_at is None or stop.ended_at <= stop.due else False


def _waited(stop: StopOutcome) -> int:
    until = stop.called_at if stop.called_at is not None else stop.ended_at
    return 0 if until is None else max(0, until - stop.waits_from)
