"""Days of a centre as they were, to be played again: who came and what they needed, who was there. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from statistics import fmean
from typing import Final

from msgspec.structs import replace

from queue_server.catalogue.model import Setup
from queue_server.domain.values import MINUTE, SECOND, Category, CounterId, Micros, ServiceId, StepId, VisitState
from queue_server.queue.events import CounterClosed, CounterOpened, CounterPaused, DayEvent
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import DayState, Visit
from queue_server.queue.stops import StopOutcome, stops_of
from queue_server.simulation.arrivals import mean_minutes
from queue_server.simulation.model import CounterShifts, SimulatedDay, SimulatedParty
from queue_server.simulation.staffing import with_counters

#: From a call to the counter, where nobody was seen to walk.
_WALK: Final = 40 * SECOND

type _Means = Mapping[tuple[StepId, ServiceId], float]


def past_day(
    setup: Setup, settings: CentreSettings, state: DayState, events: Iterable[DayEvent], *, grace: int, late: int
) -> SimulatedDay:
    """Make a day that can be played of one that was: ``state`` is what its ``events`` led to.

    A stop at which somebody was not served takes what that step of that service took others on the day, or what the
    catalogue says of it. Visits of the day before, and those of services that are no more, are left out.
    """
    counters = tuple(shifts_of(events, state.at))
    stops = {visit.id: tuple(stops_of(visit)) for visit in state.visits.values()}
    means = _means(one for found in stops.values() for one in found)
    parties = [
        _party(setup, visit, stops[visit.id], means)
        for visit in state.visits.values()
        if visit.day == state.day and visit.merged_into is None and settings.services.keys() >= set(visit.services)
    ]
    ends = [end for one in counters for _, end in one.spans]
    return SimulatedDay(
        day=state.day,
        settings=with_counters(settings, counters),
        starts_at=state.starts_at,
        closes=max(ends, default=state.at),
        counters=counters,
        parties=tuple(sorted(parties, key=lambda one: one.arrives)),
        grace=grace,
        late=late,
    )


def shifts_of(events: Iterable[DayEvent], ended_at: Micros) -> Iterator[CounterShifts]:
    """List when each counter was there, once for each set of skills that it had; who pauses is not there."""
    since: dict[CounterId, tuple[Micros, Skills]] = {}
    spans: dict[tuple[CounterId, Skills], list[tuple[Micros, Micros]]] = {}

    def end(counter: CounterId, at: Micros) -> None:
        begun = since.pop(counter, None)
        if begun is not None and begun[0] < at:
            spans[counter, begun[1]].append((begun[0], at))

    for event in events:
        match event.body:
            case CounterOpened(counter=counter, skills=skills):
                end(counter, event.at)
                since[counter] = event.at, skills
                # In the order in which they opened: so they open again, and the first free of them calls first.
                spans.setdefault((counter, skills), [])
            case CounterPaused(counter=counter) | CounterClosed(counter=counter):
                end(counter, event.at)
            case _:
                pass
    for counter in tuple(since):
        end(counter, ended_at)
    for (counter, skills), found in spans.items():
        if found:
            yield CounterShifts(counter, skills, tuple(found))


def _means(stops: Iterable[StopOutcome]) -> _Means:
    seen: dict[tuple[StepId, ServiceId], list[int]] = defaultdict(list)
    for one in stops:
        if one.served is not None:
            seen[one.step, one.service].append(one.served)
    return {key: fmean(times) for key, times in seen.items()}


def _party(setup: Setup, visit: Visit, stops: tuple[StopOutcome, ...], means: _Means) -> SimulatedParty:
    known = {one.id: one for one in setup.services}
    planned = [(step, service) for service in visit.services for step in known[service].steps]
    usual = mean_minutes(setup, visit.services, visit.party_size)
    took = {(one.step, one.service): one.served for one in stops if one.served is not None}
    walks = [
        one.started_at - one.called_at for one in stops if one.called_at is not None and one.started_at is not None
    ]
    booked = visit.booked_at if visit.category in (Category.APPOINTMENT, Category.WALK_IN) else None
    first = stops[0]
    patience = None
    if len(stops) == 1 and first.left and first.started_at is None:
        # Who is called in vain had gone before that.
        called = first.ready_at if first.called_at is None else first.called_at - 1
        gone = first.ended_at if visit.state is VisitState.CANCELLED else called
        patience = max(0, (gone or first.ready_at) - first.waits_from)
    return SimulatedParty(
        arrives=visit.issued_at,
        services=visit.services,
        needs=tuple(
            round(took.get(key, means.get(key, minutes * MINUTE))) for key, minutes in zip(planned, usual, strict=True)
        ),
        category=Category.APPOINTMENT if booked is not None else _counted(visit.category),
        people=visit.party_size,
        walk=round(fmean(walks)) if walks else _WALK,
        patience=patience,
        notifies=visit.state is VisitState.CANCELLED,
        booked_at=booked,
    )


def _counted(category: Category) -> Category:
    """Appointments without a booking are of days that were carried over; they count as walk-ins here."""
    return Category.WALK_IN if category is Category.APPOINTMENT else category


def scaled(day: SimulatedDay, factor: float) -> SimulatedDay:
    """Let everybody need ``factor`` times as long at each stop."""
    parties = (replace(one, needs=tuple(round(need * factor) for need in one.needs)) for one in day.parties)
    return replace(day, parties=tuple(parties))
