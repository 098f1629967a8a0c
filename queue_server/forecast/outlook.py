"""A centre from now on: who waits and is served, who is still expected, who will be there. Pure."""

import math
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final

import msgspec

from queue_server.domain.values import MINUTE, Category, CounterId, CounterState, Micros, ServiceId, VisitId, VisitState
from queue_server.forecast.drain import CounterOutlook, Drain, ExpectedStop, LeavingRates, QueuedParty, StopKind
from queue_server.forecast.rates import PIECE, STAY_MIN, CentreRates, PlannedMinutes, today
from queue_server.queue import itinerary, order
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import DayState, StepPlan, Visit

#: So long before its time an appointment comes, and so long after it nobody is expected any more.
_EARLY: Final = 8 * MINUTE
_NO_SHOW: Final = 20 * MINUTE
#: A counter that the plan has now and that is not open may only be late.
_LATE: Final = 5 * MINUTE


class PlannedCounter(msgspec.Struct, frozen=True):
    """A counter of today's plan: when it is there, and what it can serve then."""

    id: CounterId
    skills: Skills
    spans: tuple[tuple[Micros, Micros], ...]


class ExpectedBooking(msgspec.Struct, frozen=True):
    """An appointment of today."""

    at: Micros
    services: tuple[ServiceId, ...]
    people: int


class DayPlan(msgspec.Struct, frozen=True):
    """What is known of a day ahead: ``settings`` of the centre, its counters, the last ticket, and its end.

    ``bookings`` are all of the day, of whom ``showing`` is the share that comes; None: nothing is known of them, and
    appointments are expected as on days before.
    """

    settings: CentreSettings
    counters: tuple[PlannedCounter, ...]
    last_ticket: Micros
    closes: Micros
    planned: PlannedMinutes
    bookings: tuple[ExpectedBooking, ...] | None = None
    showing: float = 1.0


class Forecaster:
    """Looks ahead from what a day is now, with what was learned of days before."""

    def __init__(self, rates: CentreRates, plan: DayPlan) -> None:
        self._rates = rates
        self._plan = plan
        self._patience = LeavingRates(rates.staying, rates.gone, STAY_MIN * MINUTE, plan.settings.missed_after)
        self._takes: dict[Skills, Container[StopKind]] = {}

    def call_at(self, state: DayState, visit: VisitId, now: Micros) -> Micros | None:
        """Say when a waiting visit is expected to be called; None: not before the centre closes."""
        drain = self._drain(state, now)
        drain.run(visit)
        return drain.first_calls.get(visit)

    def calls_at(self, state: DayState, now: Micros) -> dict[VisitId, Micros]:
        """Say when everybody who waits is expected to be called."""
        drain = self._drain(state, now)
        drain.run()
        return drain.first_calls

    def unserved_at(self, state: DayState, now: Micros, until: Micros) -> float:
        """Say how many are expected to have a stop ahead at an instant to come."""
        drain = self._drain(state, now, until)
        drain.run()
        return drain.unserved

    def is_served(self, visit: Visit) -> bool:
        """Tell whether anybody is planned today who can serve the stop at which a visit waits."""
        stop = visit.step
        kind = stop.step, stop.service, stop.government
        return any(kind in self._able(one.skills) and one.spans for one in self._plan.counters)

    # --- the parts ---------------------------------------------------------------------------------------------------

    def _drain(self, state: DayState, now: Micros, until: Micros | None = None) -> Drain:
        more, slower = today(self._rates, state, now, self._plan.planned)
        parties = [*self._present(state, now, slower), *self._expected(state, now, more, slower)]
        end = self._plan.closes if until is None else until
        return Drain(self._counters(state, now, slower), parties, end, patience=self._patience)

    def _need(self, stop: StepPlan, people: float, slower: float) -> int:
        planned = self._plan.planned
        whole = int(people)
        minutes = planned(stop.step, stop.service, whole)
        if people != whole:
            minutes += (people - whole) * (planned(stop.step, stop.service, whole + 1) - minutes)
        return round(minutes * MINUTE * self._rates.pace_of(stop.step, stop.service) * slower) + self._rates.walk

    def _stops(self, steps: Iterable[StepPlan], people: float, slower: float) -> list[ExpectedStop]:
        return [
            ExpectedStop((one.step, one.service, one.government), one.promise, self._need(one, people, slower))
            for one in steps
            if not one.done
        ]

    def _present(self, state: DayState, now: Micros, slower: float) -> Iterator[QueuedParty]:
        for visit in state.visits.values():
            if visit.state is VisitState.WAITING:
                stops = self._stops(visit.steps[visit.at_step :], visit.party_size, slower)
                since = visit.records[0].ready_at if len(visit.records) == 1 else None
                place, urgent = visit.place, visit.urgent
                yield QueuedParty(visit.id, now, stops, place=place, seq=visit.seq, urgent=urgent, since=since)
            elif visit.state in (VisitState.CALLED, VisitState.SERVING) and visit.next_stop is not None:
                free = Micros(now + self._remaining(visit, now, slower))
                stops = self._stops(visit.steps[visit.next_stop :], visit.party_size, slower)
                late = order.late_after(visit, visit.called_at or now)
                place = order.due(free, stops[0].promise, late)
                yield QueuedParty(visit.id, free, stops, place=place, seq=visit.seq, urgent=visit.urgent)

    def _remaining(self, visit: Visit, now: Micros, slower: float) -> int:
        """Say how much longer somebody is expected to be at a counter, who is there already."""
        need = self._need(visit.step, visit.party_size, slower)
        if visit.started_at is None:
            return max(0, need - (now - (visit.called_at or now)))
        return remaining(need - self._rates.walk, now - visit.started_at, self._rates.spread)

    def _counters(self, state: DayState, now: Micros, slower: float) -> Iterator[CounterOutlook]:
        for planned in self._plan.counters:
            spans = [(start, end) for start, end in planned.spans if end > now]
            here = state.counters.get(planned.id)
            free = now
            if here is not None and here.visit is not None:
                free = Micros(now + self._remaining(state.visits[here.visit], now, slower))
            elif spans and spans[0][0] <= now and (here is None or here.state is not CounterState.OPEN):
                free = Micros(now + _LATE)
            skills = planned.skills if here is None or here.state is CounterState.CLOSED else here.skills
            yield CounterOutlook(planned.id, self._able(skills), spans, free)

    def _able(self, skills: Skills) -> Container[StopKind]:
        found = self._takes.get(skills)
        if found is None:
            found = self._takes[skills] = _StopsOf(skills)
        return found

    def _expected(self, state: DayState, now: Micros, more: float, slower: float) -> Iterator[QueuedParty]:
        """Let come whom the days before let expect: evenly, as many of each class as there are in the mean."""
        settings, number = self._plan.settings, 0
        if self._plan.bookings is not None:
            yield from self._booked(state, now, slower, self._plan.bookings)
        for kind, rates in self._rates.classes.items():
            if self._plan.bookings is not None and kind.category is Category.APPOINTMENT:
                continue
            steps = itinerary.line_up(kind.services, kind.category, settings)
            if isinstance(steps, Refusal):
                continue
            stops = self._stops(steps, rates.people, slower)
            for at in _evenly(rates.pieces, state.starts_at, now, self._plan.last_ticket, more):
                number += 1
                place = order.due(Micros(at + rates.early), steps[0].promise)
                yield QueuedParty(None, at, stops, place=place, seq=state.seq + number, since=at)

    def _booked(
        self, state: DayState, now: Micros, slower: float, bookings: Iterable[ExpectedBooking]
    ) -> Iterator[QueuedParty]:
        """Let come who has booked and is not here yet; the later, the less likely they do."""
        here = Counter((one.booked_at, one.services) for one in state.visits.values() if one.booked_at is not None)
        for number, booking in enumerate(bookings):
            if booking.at + _NO_SHOW <= now:
                continue
            if here[booking.at, booking.services] > 0:
                here[booking.at, booking.services] -= 1
                continue
            steps = itinerary.line_up(booking.services, Category.APPOINTMENT, self._plan.settings)
            if isinstance(steps, Refusal):
                continue
            comes = booking.at - _EARLY
            late = max(0, now - comes) / (_EARLY + _NO_SHOW)
            at = Micros(max(now + MINUTE, comes))
            place = order.due(booking.at, steps[0].promise)
            stops = self._stops(steps, booking.people, slower)
            weight = self._plan.showing * (1 - late)
            yield QueuedParty(None, at, stops, place=place, seq=state.seq + number, since=at, weight=weight)


class _StopsOf(dict[StopKind, bool]):
    """The stops that a counter with some skills takes, each looked at once."""

    def __init__(self, skills: Skills) -> None:
        super().__init__()
        self._skills = skills

    def __contains__(self, kind: object) -> bool:
        return self[kind]  # type: ignore[index] # a kind is all that is asked for

    def __missing__(self, kind: StopKind) -> bool:
        found = self[kind] = order.takes(self._skills, *kind)
        return found


def _evenly(pieces: Sequence[float], starts_at: Micros, now: Micros, end: Micros, more: float) -> Iterator[Micros]:
    """Give when they come: whenever another half of one is full, of so many in each piece."""
    full = 0.5
    for index, count in enumerate(pieces):
        start = starts_at + index * PIECE
        begin = max(now, start)
        stop = min(end, start + PIECE)
        if begin >= stop or count <= 0:
            continue
        rate = count * more / PIECE
        coming = full + rate * (stop - begin)
        at = float(begin)
        while full + rate * (stop - at) >= 1:
            at += (1 - full) / rate
            yield Micros(round(at))
            full = 0.0
        full = coming - math.floor(coming) if coming >= 1 else coming


def remaining(mean: int, gone: int, spread: float) -> int:
    """Say how much longer something lasts that has lasted ``gone``, and in all lasts ``mean`` (lognormal)."""
    if mean <= 0:
        return 0
    if gone <= 0 or spread <= 0:
        return max(0, mean - gone)
    sigma = math.sqrt(math.log(1 + max(spread, 0.05) ** 2))
    mu = math.log(mean) - sigma**2 / 2
    at = (mu - math.log(gone)) / sigma
    longer = _normal(at)
    # Beyond what a computer can tell from nothing, it goes on as long as it has lasted, times what is left of chance.
    if longer < 1e-6:  # noqa: PLR2004
        return round(gone * sigma / 3)
    return max(0, round(mean * _normal(at + sigma) / longer) - gone)


def _normal(value: float) -> float:
    return 0.5 * (1 + math.erf(value / math.sqrt(2)))
