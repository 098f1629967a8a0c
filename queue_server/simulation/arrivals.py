"""Draws who comes on a day: arrivals that change with the hour (Poisson), what they need, how long they wait. Pure."""

import random
from typing import Final

from msgspec.structs import replace

from queue_server.catalogue.model import Setup, duration
from queue_server.domain.values import HOUR, MINUTE, SECOND, Category, Micros, ServiceId
from queue_server.simulation.demand import Demand
from queue_server.simulation.draws import lognormal, poisson_times, source, weighted
from queue_server.simulation.model import SimulatedBooking, SimulatedDay, SimulatedParty
from queue_server.simulation.staffing import StaffedCentre

_PERCENT: Final = 100
#: Nobody comes later for an appointment than this, and stays.
_MAX_LATE_MIN: Final = 25
#: Appointments begin at multiples of this after the hour.
_PERIOD: Final = 15 * MINUTE


def drawn_day(centre: StaffedCentre, demand: Demand, *, factor: float, seed: str) -> SimulatedDay:
    """Draw the parties of a day; ``factor`` times as many come as the demand says.

    Each span of the demand has chance of its own, so that a day whose afternoon is another has the same morning.
    """
    parties: list[SimulatedParty] = []
    bookings: list[SimulatedBooking] = []
    for opens, closes, rate in demand.spans:
        chance = source(seed, opens)
        for start, end in centre.instants(opens, closes):
            for hours in poisson_times(chance, rate * factor, 0.0, (end - start) / HOUR):
                party, booking = _party(chance, centre, demand, Micros(start + round(hours * HOUR)))
                parties += [] if party is None else [party]
                bookings += [] if booking is None else [booking]
    parties.sort(key=lambda one: one.arrives)
    bookings.sort(key=lambda one: one.at)
    return replace(centre.empty, parties=tuple(parties), bookings=tuple(bookings))


def _party(
    chance: random.Random, centre: StaffedCentre, demand: Demand, wish: Micros
) -> tuple[SimulatedParty | None, SimulatedBooking | None]:
    """Draw a party that would like to come then, None where it does not come; and what it has booked."""

    def happens(percent: float) -> bool:
        return chance.random() * _PERCENT < percent

    services = weighted(chance, {one.services: one.weight for one in demand.visits})
    people = weighted(chance, demand.party_sizes)
    booked, comes = happens(demand.booked_percent), not happens(demand.no_show_percent)
    off = min(_MAX_LATE_MIN, chance.gauss(-demand.booked_early_min, demand.booked_early_spread_min))
    priority, impatient = happens(demand.priority_percent), happens(demand.impatient_percent)
    patience = round(chance.expovariate(1 / demand.patience_min) * MINUTE)
    notifies = happens(demand.leave_notified_percent)
    needs = tuple(
        round(lognormal(chance, minutes, demand.spread_percent / _PERCENT) * MINUTE)
        for minutes in mean_minutes(centre.setup, services, people)
    )
    walk = round(chance.uniform(0.5, 1.5) * demand.walk_s * SECOND)
    at = Micros(wish - wish % _PERIOD)
    booking = SimulatedBooking(at, services, people) if booked else None
    if booked and not comes:
        return None, booking
    arrives = min(centre.last_ticket, max(centre.opens, at + round(off * MINUTE)))
    party = SimulatedParty(
        arrives=Micros(arrives) if booked else wish,
        services=services,
        needs=needs,
        category=Category.APPOINTMENT if booked else Category.PRIORITY if priority else Category.WALK_IN,
        people=people,
        walk=walk,
        patience=patience if impatient else None,
        notifies=notifies,
        booked_at=at if booked else None,
    )
    return party, booking


def mean_minutes(setup: Setup, services: tuple[ServiceId, ...], people: int) -> tuple[int, ...]:
    """Give the minutes that a party needs at each stop of its services, by the catalogue."""
    known = {one.id: one for one in setup.services}
    steps = {one.id: one for one in setup.steps}
    return tuple(duration(known[service], steps[step], people) for service in services for step in known[service].steps)
