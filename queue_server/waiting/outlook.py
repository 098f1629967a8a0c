"""What a centre can say of waits at a moment: of everybody who waits, and of whoever would come now. Pure.

One look ahead answers all of it, so it is made once for all who ask.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from queue_server.domain.values import MINUTE, Category, Micros, ServiceId, StepId, VisitId, VisitState
from queue_server.forecast.errors import NOTHING_JUDGED, LearnedErrors
from queue_server.forecast.estimate import MAX_WIDTH, HiddenWait, WaitRange, ranged_at, rough_range
from queue_server.forecast.outlook import DayPlan, Forecaster, Newcomer, waits_from
from queue_server.forecast.rates import CentreRates, PlannedMinutes, learn
from queue_server.queue import itinerary
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, StepPlan

type Wait = WaitRange | HiddenWait


class LearnedDays(msgspec.Struct, frozen=True):
    """What a centre's days have taught: rates, how wrong forecasts were, the share of the booked who come.

    ``showing`` is None where nobody booked. ``planned`` is what the catalogue says.
    """

    rates: CentreRates
    errors: LearnedErrors
    planned: PlannedMinutes
    showing: float | None


def nothing_learned(planned: PlannedMinutes) -> LearnedDays:
    """What is known of a centre before its first day is over: the catalogue's minutes, and nobody who is expected."""
    return LearnedDays(learn((), planned), NOTHING_JUDGED, planned, None)


class Outlook(msgspec.Struct, frozen=True):
    """A look ahead from ``at``: ranges and instants are as in ``WaitRange``.

    ``closes`` is when the centre closes, and ``ends`` whether whoever waits then is sent home.
    ``visits`` has everybody who waits; ``services`` whoever takes a number now without an appointment, by service;
    ``steps`` whoever is ready at a step now. ``calls`` are the middle of it as the drain gives it, None: not before
    closing.
    """

    at: Micros
    closes: Micros
    ends: bool
    visits: Mapping[VisitId, Wait]
    services: Mapping[ServiceId, Wait]
    steps: Mapping[StepId, Wait]
    calls: Mapping[VisitId, Micros | None]


def outlook_of(learned: LearnedDays, plan: DayPlan, state: DayState, now: Micros, *, ends: bool = True) -> Outlook:
    """Look ahead once for everybody.

    ``ends``: whoever is not reached before closing is sent home, and so it is said; else nothing is said of them.
    """
    forecaster = Forecaster(learned.rates, plan)
    firsts = dict(_newcomers(plan.settings, plan.settings.services))
    later = {stop: VisitId(f"step/{number}") for number, stop in enumerate(_stops(learned.rates, plan.settings, state))}
    asked = [Newcomer(VisitId(f"service/{service}"), stops[:1]) for service, stops in firsts.items()]
    asked += [Newcomer(visit, (stop,)) for stop, visit in later.items()]
    calls = forecaster.calls_at(state, now, asked)

    def wait(stop: StepPlan, category: Category, visit: VisitId, since: Micros) -> Wait:
        if not forecaster.takes(stop):
            return HiddenWait.NOBODY_SERVES
        at = calls.get(visit)
        if at is None:
            return HiddenWait.NOT_BEFORE_CLOSING if ends else HiddenWait.TOO_LITTLE_SEEN
        forecast = max(0, at - since) / MINUTE
        told = ranged_at(forecast, learned.errors, stop.step, category, since)
        # Until forecasts of this step were judged, what the catalogue says is better than nothing.
        return rough_range(forecast) if told is HiddenWait.TOO_LITTLE_SEEN else told

    waiting = [one for one in state.visits.values() if one.state is VisitState.WAITING]
    ready: dict[StepId, list[Wait]] = {}
    for stop, visit in later.items():
        ready.setdefault(stop.step, []).append(wait(stop, Category.WALK_IN, visit, now))
    return Outlook(
        at=now,
        closes=plan.closes,
        ends=ends,
        visits={one.id: wait(one.step, one.category, one.id, waits_from(one, now)) for one in waiting},
        services={
            service: wait(stops[0], Category.WALK_IN, VisitId(f"service/{service}"), now)
            for service, stops in firsts.items()
        },
        steps={step: together(found) for step, found in ready.items()},
        calls={one.id: calls.get(one.id) for one in waiting},
    )


def _newcomers(
    settings: CentreSettings, services: Iterable[ServiceId]
) -> Iterator[tuple[ServiceId, tuple[StepPlan, ...]]]:
    for service in services:
        stops = itinerary.line_up((service,), Category.WALK_IN, settings)
        if not isinstance(stops, Refusal):
            yield service, stops


def _stops(rates: CentreRates, settings: CentreSettings, state: DayState) -> Iterator[StepPlan]:
    """Name the stops that people come to, on days before or today."""
    came = {service for kind in rates.classes for service in kind.services}
    came |= {service for visit in state.visits.values() for service in visit.services}
    seen: set[tuple[StepId, ServiceId]] = set()
    for _, stops in _newcomers(settings, sorted(came & settings.services.keys())):
        for stop in stops:
            if (stop.step, stop.service) not in seen:
                seen.add((stop.step, stop.service))
                yield stop


#: What is said of several where no range holds for all, the weightiest first.
_REASONS: Final = (
    HiddenWait.TOO_LITTLE_SEEN,
    HiddenWait.TOO_WIDE,
    HiddenWait.NOT_BEFORE_CLOSING,
    HiddenWait.NOBODY_SERVES,
)


def together(found: Iterable[Wait]) -> Wait:
    """Make one of what holds for several: a range that holds all of theirs.

    Whom nobody serves is left out, unless nobody is served at all.
    """
    waits = [one for one in found if one is not HiddenWait.NOBODY_SERVES]
    if not waits:
        return HiddenWait.NOBODY_SERVES
    ranges = [one for one in waits if isinstance(one, WaitRange)]
    if len(ranges) < len(waits):
        return next(reason for reason in _REASONS if reason in waits)
    low, high = min(one.low for one in ranges), max(one.high for one in ranges)
    middle = sum(one.middle for one in ranges) // len(ranges)
    if high - low > max(MAX_WIDTH * MINUTE, middle):
        return HiddenWait.TOO_WIDE
    latest = [one.latest for one in ranges if one.latest is not None]
    return WaitRange(low, middle, high, max(latest) if len(latest) == len(ranges) else None)
