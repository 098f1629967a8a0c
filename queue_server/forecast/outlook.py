"""A centre from now on: who waits and is served, who is still expected, who will be there. Pure."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from queue_server.domain.values import (
    MINUTE,
    Category,
    CounterId,
    CounterState,
    Day,
    Micros,
    ServiceId,
    StepId,
    VisitId,
    VisitState,
)
from queue_server.forecast.chance import MIDDLE, SampledChance, Uncertainty
from queue_server.forecast.drain import CounterOutlook, Drain, ExpectedStop, LeavingRates, QueuedParty, StopKind
from queue_server.forecast.rates import STAY_MIN, CentreRates, PlannedMinutes, today
from queue_server.queue import itinerary, order
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import DayState, StepPlan, Visit

#: So long before its time an appointment comes, and so long after it nobody is expected any more.
_EARLY: Final = 8 * MINUTE
_NO_SHOW: Final = 20 * MINUTE
#: A counter that the plan has now and that is not open may only be late.
_LATE: Final = 5 * MINUTE
#: Events of a visit that is over, in the mean: how many of them today's pace is known from.
_EVENTS: Final = 6


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


class Newcomer(msgspec.Struct, frozen=True):
    """Somebody who is asked about as if they came now for ``stops``; nobody waits longer for them."""

    visit: VisitId
    stops: tuple[StepPlan, ...]


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


class ForeseenPeople(msgspec.Struct, frozen=True):
    """Who is here and who comes, whoever serves them; ``left`` is how long those are still served who are now."""

    parties: tuple[QueuedParty, ...]
    left: dict[VisitId, int]


class Forecaster:
    """Looks ahead from what a day is now, with what was learned of days before."""

    def __init__(self, rates: CentreRates, plan: DayPlan) -> None:
        self._rates = rates
        self._plan = plan
        self._drawn: dict[tuple[int, float], ForeseenPeople] = {}
        self._drawn_at: tuple[Day, int, Micros] | None = None
        # What the set-up says again and again: how long a stop is expected to take on any day, and who stops where.
        self._usual: dict[tuple[StepId, ServiceId, float], float] = {}
        self._lines: dict[tuple[tuple[ServiceId, ...], Category], tuple[StepPlan, ...]] = {}
        self._patience = LeavingRates(rates.staying, rates.gone, STAY_MIN * MINUTE, plan.settings.missed_after)
        self._takes: dict[Skills, Container[StopKind]] = {}
        self._asked: tuple[Day, int, Micros] | None = None
        self._found = 1.0, 1.0

    def with_plan(self, plan: DayPlan) -> "Forecaster":
        """Look ahead with another plan that has other counters, or other shares of who has booked come: nothing else.

        Whom chance draws is drawn once for all of them.
        """
        other = Forecaster(self._rates, plan)
        other._drawn, other._drawn_at = self._drawn, self._drawn_at
        other._takes, other._usual, other._lines = self._takes, self._usual, self._lines
        other._asked, other._found = self._asked, self._found
        return other

    def call_at(self, state: DayState, visit: VisitId, now: Micros) -> Micros | None:
        """Say when a waiting visit is expected to be called; None: not before the centre closes."""
        drain = self.drain(state, now)
        drain.run(visit)
        return drain.first_calls.get(visit)

    def calls_at(self, state: DayState, now: Micros, newcomers: Iterable[Newcomer] = ()) -> dict[VisitId, Micros]:
        """Say when everybody who waits, and each of ``newcomers``, is expected to be called."""
        drain = self.drain(state, now, newcomers=newcomers)
        drain.run()
        return drain.first_calls

    def unserved_at(self, state: DayState, now: Micros, until: Micros) -> float:
        """Say how many are expected to have a stop ahead at an instant to come."""
        drain = self.drain(state, now, until)
        drain.run()
        return drain.unserved

    def is_served(self, visit: Visit) -> bool:
        """Tell whether anybody is planned today who can serve the stop at which a visit waits."""
        return self.takes(visit.step)

    def takes(self, stop: StepPlan) -> bool:
        """Tell whether anybody is planned today who can serve a stop."""
        kind = stop.step, stop.service, stop.government
        return any(kind in self._able(one.skills) and one.spans for one in self._plan.counters)

    def drain(
        self,
        state: DayState,
        now: Micros,
        until: Micros | None = None,
        chance: Uncertainty = MIDDLE,
        kind: type[Drain] = Drain,
        *,
        newcomers: Iterable[Newcomer] = (),
    ) -> Drain:
        """Make ready what is played from ``now`` until an instant, or the end of the day."""
        people = self._people(state, now, chance, newcomers)
        return self._drain(people.parties, people.left, state, now, until, kind)

    def drawn(self, state: DayState, now: Micros, seed: int, kind: type[Drain] = Drain) -> Drain:
        """Make ready one of the ways in which it may go from ``now`` on; it is played by ``go_on``."""
        moment = state.day, state.seq, now
        if self._drawn_at != moment:
            self._drawn, self._drawn_at = {}, moment
        asked = seed, self._plan.showing
        people = self._drawn.get(asked)
        if people is None:
            people = self._drawn[asked] = self._people(state, now, SampledChance(seed), ())
        return self._drain([one.copy() for one in people.parties], people.left, state, now, now, kind)

    # --- the parts ---------------------------------------------------------------------------------------------------

    def _drain(  # noqa: PLR0917 - what is played, from when until when
        self,
        parties: Iterable[QueuedParty],
        left: Mapping[VisitId, int],
        state: DayState,
        now: Micros,
        until: Micros | None,
        kind: type[Drain],
    ) -> Drain:
        end = self._plan.closes if until is None else until
        return kind(self._counters(state, now, left), parties, end, patience=self._patience)

    def _people(
        self, state: DayState, now: Micros, chance: Uncertainty, newcomers: Iterable[Newcomer]
    ) -> ForeseenPeople:
        rates = self._rates
        more, slower = self._today(state, now)
        more = chance.arrivals(more, len(state.visits) + rates.arrivals_weight)
        slower = chance.pace(slower, state.seq / _EVENTS + rates.pace_weight, rates.spread)
        left = {
            visit.id: self._remaining(visit, now, slower, chance)
            for visit in state.visits.values()
            if visit.state in (VisitState.CALLED, VisitState.SERVING)
        }
        parties = (
            *self._present(state, now, slower, left, chance),
            *(self._newcomer(one, state, now, slower) for one in newcomers),
            *self._expected(state, now, (more, slower), chance),
        )
        return ForeseenPeople(parties, left)

    def _today(self, state: DayState, now: Micros) -> tuple[float, float]:
        """Say how today goes; once for each moment, as it looks at the whole day."""
        moment = state.day, state.seq, now
        if self._asked != moment:
            self._asked, self._found = moment, today(self._rates, state, now, self._plan.planned)
        return self._found

    def _need(self, stop: StepPlan, people: float, slower: float) -> int:
        asked = stop.step, stop.service, people
        usual = self._usual.get(asked)
        if usual is None:
            planned, whole = self._plan.planned, int(people)
            minutes = planned(stop.step, stop.service, whole)
            if people != whole:
                minutes += (people - whole) * (planned(stop.step, stop.service, whole + 1) - minutes)
            usual = self._usual[asked] = minutes * MINUTE * self._rates.pace_of(stop.step, stop.service)
        return round(usual * slower) + self._rates.walk

    def _line_up(self, services: tuple[ServiceId, ...], category: Category) -> tuple[StepPlan, ...]:
        """List the stops of a visit; none where nothing of that is done here."""
        asked = services, category
        found = self._lines.get(asked)
        if found is None:
            steps = itinerary.line_up(services, category, self._plan.settings)
            found = self._lines[asked] = () if isinstance(steps, Refusal) else tuple(steps)
        return found

    def _stops(
        self, steps: Iterable[StepPlan], people: float, slower: float, chance: Uncertainty
    ) -> list[ExpectedStop]:
        walk, spread = self._rates.walk, self._rates.spread
        return [
            ExpectedStop(
                (one.step, one.service, one.government),
                one.promise,
                chance.need(self._need(one, people, slower) - walk, spread) + walk,
            )
            for one in steps
            if not one.done
        ]

    def _present(
        self, state: DayState, now: Micros, slower: float, left: Mapping[VisitId, int], chance: Uncertainty
    ) -> Iterator[QueuedParty]:
        for visit in state.visits.values():
            if visit.state is VisitState.WAITING:
                stops = self._stops(visit.steps[visit.at_step :], visit.party_size, slower, chance)
                since = visit.records[0].ready_at if len(visit.records) == 1 else None
                party = QueuedParty(
                    visit.id, now, stops, place=visit.place, seq=visit.seq, urgent=visit.urgent, since=since
                )
                party.waits_from = waits_from(visit, visit.records[-1].ready_at)
            elif visit.state in (VisitState.CALLED, VisitState.SERVING) and visit.next_stop is not None:
                free = Micros(now + left[visit.id])
                stops = self._stops(visit.steps[visit.next_stop :], visit.party_size, slower, chance)
                late = order.late_after(visit, visit.called_at or now)
                place = order.due(free, stops[0].promise, late)
                party = QueuedParty(visit.id, free, stops, place=place, seq=visit.seq, urgent=visit.urgent)
            else:
                continue
            party.people = visit.party_size
            self._draw_leaving(party, chance)
            yield party

    def _draw_leaving(self, party: QueuedParty, chance: Uncertainty) -> None:
        drawn = chance.stays()
        if drawn is not None and party.since is not None:
            party.leaves = self._patience.drawn(party.since, party.ready_at, drawn)

    def _newcomer(self, one: Newcomer, state: DayState, now: Micros, slower: float) -> QueuedParty:
        """Let somebody come who takes no time of anybody: they weigh nothing."""
        stops = self._stops(one.stops, 1, slower, MIDDLE)
        place = order.due(now, one.stops[0].promise)
        return QueuedParty(one.visit, now, stops, place=place, seq=state.seq + 1, since=now, weight=0.0)

    def _remaining(self, visit: Visit, now: Micros, slower: float, chance: Uncertainty) -> int:
        """Say how much longer somebody is expected to be at a counter, who is there already."""
        need, walk, spread = self._need(visit.step, visit.party_size, slower), self._rates.walk, self._rates.spread
        if visit.started_at is None:
            return max(0, chance.need(need - walk, spread) + walk - (now - (visit.called_at or now)))
        return chance.remaining(need - walk, now - visit.started_at, spread)

    def _counters(self, state: DayState, now: Micros, left: Mapping[VisitId, int]) -> Iterator[CounterOutlook]:
        for planned in self._plan.counters:
            spans = [(start, end) for start, end in planned.spans if end > now]
            here = state.counters.get(planned.id)
            free = now
            if here is not None and here.visit is not None:
                free = Micros(now + left.get(here.visit, 0))
            elif spans and spans[0][0] <= now and (here is None or here.state is not CounterState.OPEN):
                free = Micros(now + _LATE)
            skills = planned.skills if here is None or here.state is CounterState.CLOSED else here.skills
            yield CounterOutlook(planned.id, self._able(skills), spans, free)

    def _able(self, skills: Skills) -> Container[StopKind]:
        found = self._takes.get(skills)
        if found is None:
            found = self._takes[skills] = _StopsOf(skills)
        return found

    def _expected(
        self, state: DayState, now: Micros, today: tuple[float, float], chance: Uncertainty
    ) -> Iterator[QueuedParty]:
        """Let come whom the days before let expect: evenly, as many of each class as there are in the mean."""
        (more, slower), number = today, 0
        if self._plan.bookings is not None:
            yield from self._booked(state, now, slower, self._plan.bookings, chance)
        for kind, rates in self._rates.classes.items():
            if self._plan.bookings is not None and kind.category is Category.APPOINTMENT:
                continue
            steps = self._line_up(kind.services, kind.category)
            if not steps:
                continue
            for at in chance.coming(rates.pieces, state.starts_at, now, self._plan.last_ticket, more):
                number += 1
                place = order.due(Micros(at + rates.early), steps[0].promise)
                stops = self._stops(steps, rates.people, slower, chance)
                party = QueuedParty(None, at, stops, place=place, seq=state.seq + number, since=at)
                party.waits_from = Micros(at + rates.early)
                party.people = rates.people
                self._draw_leaving(party, chance)
                yield party

    def _booked(
        self, state: DayState, now: Micros, slower: float, bookings: Iterable[ExpectedBooking], chance: Uncertainty
    ) -> Iterator[QueuedParty]:
        """Let come who has booked and is not here yet; the later, the less likely they do."""
        here = Counter((one.booked_at, one.services) for one in state.visits.values() if one.booked_at is not None)
        for number, booking in enumerate(bookings):
            if booking.at + _NO_SHOW <= now:
                continue
            if here[booking.at, booking.services] > 0:
                here[booking.at, booking.services] -= 1
                continue
            steps = self._line_up(booking.services, Category.APPOINTMENT)
            if not steps:
                continue
            comes = booking.at - _EARLY
            late = max(0, now - comes) / (_EARLY + _NO_SHOW)
            at = Micros(max(now + MINUTE, comes))
            place = order.due(booking.at, steps[0].promise)
            stops = self._stops(steps, booking.people, slower, chance)
            weight = chance.shows(self._plan.showing * (1 - late))
            party = QueuedParty(None, at, stops, place=place, seq=state.seq + number, since=at, weight=weight)
            party.waits_from = Micros(max(at, booking.at))
            party.people = booking.people
            self._draw_leaving(party, chance)
            if weight:
                yield party


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


def waits_from(visit: Visit, now: Micros) -> Micros:
    """Say from when a wait is counted: who is early for an appointment waits, as they see it, from its time on."""
    booked = visit.booked_at if len(visit.records) == 1 and visit.category is Category.APPOINTMENT else None
    return now if booked is None else max(now, booked)
