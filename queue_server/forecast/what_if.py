"""Changes of today's plan that somebody only thinks of, and the plan as it would be with them. Pure.

A change says from when until when a counter is there, or is not; later changes hold over earlier ones.
"""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, CounterId, Micros, StepId
from queue_server.forecast.outlook import DayPlan, PlannedCounter
from queue_server.queue.settings import Skills

type Spans = tuple[tuple[Micros, Micros], ...]


class OneMore(Struct, frozen=True, tag="more"):
    """One counter more than planned, which serves ``step`` alone."""

    step: StepId
    start: Micros
    end: Micros


class Present(Struct, frozen=True, tag="present"):
    """A counter of the plan is there, whatever the plan says."""

    counter: CounterId
    start: Micros
    end: Micros


class Absent(Struct, frozen=True, tag="absent"):
    """A counter of the plan is not there, whatever the plan says."""

    counter: CounterId
    start: Micros
    end: Micros


class EverybodyComes(Struct, frozen=True, tag="everybody"):
    """Whoever has booked and is not too late by now comes."""


type PlanChange = OneMore | Present | Absent | EverybodyComes


def changed(plan: DayPlan, changes: Iterable[PlanChange]) -> DayPlan:
    """Give the plan with changes; one that names a counter that is not planned changes nothing."""
    for number, change in enumerate(changes):
        match change:
            case OneMore(step, start, end):
                more = PlannedCounter(more_id(number), Skills(steps=(step,)), ((start, end),) if start < end else ())
                plan = replace(plan, counters=(*plan.counters, more))
            case Present(counter, start, end):
                plan = _respanned(plan, counter, with_span, start, end)
            case Absent(counter, start, end):
                plan = _respanned(plan, counter, without_span, start, end)
            case EverybodyComes():
                plan = replace(plan, showing=1.0)
    return plan


def more_id(number: int) -> CounterId:
    """Name the counter that the change at this place in the list brings; no counter of a catalogue is named so."""
    return CounterId(f"+{number}")


def with_span(spans: Sequence[tuple[Micros, Micros]], start: Micros, end: Micros) -> Spans:
    """Add a span; those that meet become one."""
    found: list[tuple[Micros, Micros]] = []
    for begin, stop in sorted([*spans, (start, end)] if start < end else spans):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], stop)
        else:
            found.append((begin, stop))
    return tuple(found)


def without_span(spans: Sequence[tuple[Micros, Micros]], start: Micros, end: Micros) -> Spans:
    """Take a span out."""
    if start >= end:
        return tuple(spans)
    parts = [part for begin, stop in spans for part in ((begin, min(stop, start)), (max(begin, end), stop))]
    return tuple((begin, stop) for begin, stop in parts if begin < stop)


def moved(
    plan: DayPlan, changes: Sequence[PlanChange], counter: CounterId, edge: Micros, to: Micros
) -> Sequence[PlanChange]:
    """Move the edge of a bar: where a counter begins to be there, or ends, it does so at another instant.

    ``edge`` is an edge of the plan as it is with ``changes``, to the minute; one that is none moves nothing.
    """
    for number, change in enumerate(changes):
        if isinstance(change, OneMore) and more_id(number) == counter:
            start, end = _edges_moved(change.start, change.end, edge, to)
            return [*changes[:number], OneMore(change.step, start, end), *changes[number + 1 :]]
    spans = next((one.spans for one in changed(plan, changes).counters if one.id == counter), ())
    for start, end in spans:
        begin, stop = _edges_moved(start, end, edge, to)
        if (begin, stop) != (start, end):
            return [*changes, Absent(counter, start, end), Present(counter, begin, stop)]
    return changes


def _edges_moved(start: Micros, end: Micros, edge: Micros, to: Micros) -> tuple[Micros, Micros]:
    """Move one of two edges; beyond the other nothing is left of what is between them."""
    if start // MINUTE == edge // MINUTE:
        return min(to, end), end
    return (start, max(to, start)) if end // MINUTE == edge // MINUTE else (start, end)


def simplest(plan: DayPlan, changes: Sequence[PlanChange]) -> tuple[PlanChange, ...]:
    """Say the same with as few changes as there are: what differs from the plan, and nothing twice."""
    more = [one for one in changes if isinstance(one, OneMore) and one.start < one.end]
    after = {one.id: one.spans for one in changed(plan, changes).counters}
    found: list[PlanChange] = list(more)
    for counter in plan.counters:
        spans = after[counter.id]
        found += [Present(counter.id, start, end) for start, end in _less(spans, counter.spans)]
        found += [Absent(counter.id, start, end) for start, end in _less(counter.spans, spans)]
    return (*found, *([EverybodyComes()] if EverybodyComes() in changes else []))


def _less(spans: Spans, others: Spans) -> Spans:
    for start, end in others:
        spans = without_span(spans, start, end)
    return spans


def _respanned(
    plan: DayPlan, counter: CounterId, change: Callable[[Spans, Micros, Micros], Spans], start: Micros, end: Micros
) -> DayPlan:
    return replace(
        plan,
        counters=tuple(
            replace(one, spans=change(one.spans, start, end)) if one.id == counter else one for one in plan.counters
        ),
    )
