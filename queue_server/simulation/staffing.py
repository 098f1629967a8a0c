"""Who is there on a day by the staffing plan of a set-up, and how busy that demand would make them. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from queue_server.appointments.staffing import staffed_day
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.catalogue.hours import wall_spans
from queue_server.catalogue.model import Setup, Stored, duration, settings
from queue_server.domain.values import HOUR, MINUTE, SECOND, CounterId, Day, Micros, ServiceId, StepId, to_micros
from queue_server.queue import order
from queue_server.queue.settings import CentreSettings, CounterSettings, Skills
from queue_server.simulation.demand import Demand
from queue_server.simulation.errors import NobodyServesError
from queue_server.simulation.model import CounterShifts, SimulatedDay

_PERCENT: Final = 100


class StaffedCentre(msgspec.Struct, frozen=True):
    """A centre on one day, before anybody comes; tickets are given from ``opens`` until ``last_ticket``."""

    setup: Setup
    day: Day
    opens: Micros
    last_ticket: Micros
    empty: SimulatedDay

    def instants(self, opens: int, closes: int) -> list[tuple[int, int]]:
        """Find when the wall clock shows these minutes after midnight on the day, as far as tickets are given then."""
        first, zone = date.fromisoformat(self.day), ZoneInfo(self.setup.centre.zone)
        spans = wall_spans(zone, first, first + timedelta(days=2), lambda _: ((opens, closes),))
        found = ((max(to_micros(start), self.opens), min(to_micros(end), self.last_ticket)) for start, end in spans)
        return [(start, end) for start, end in found if start < end]


def staffed_centre(setup: Setup, day: Day) -> StaffedCentre:
    """Give each counter of the staffing plan its spans on a day.

    Raises:
        NobodyServesError: the centre is closed that day, or its plan has no counter.
    """
    rules = setup.appointments or AppointmentRules()
    plan = staffed_day(setup, rules, day)
    counters = tuple(
        CounterShifts(
            CounterId(f"{pool.id}-{number}"),
            Skills(pool.steps, pool.services, pool.governments),
            tuple((span.start, span.end) for span in pool.spans),
        )
        for pool in plan.pools
        for number in range(1, max((span.counters for span in pool.spans), default=0) + 1)
    )
    if not plan.periods or not counters:
        raise NobodyServesError(day=day, step="", service="")
    last_ticket = Micros(max(plan.begins, plan.ends - setup.rules.last_ticket_min * MINUTE))
    empty = SimulatedDay(
        day=day,
        settings=with_counters(settings(Stored(setup, 1)), counters),
        starts_at=plan.begins,
        closes=plan.ends,
        counters=counters,
        parties=(),
        grace=rules.grace_min * MINUTE,
        late=rules.late_min * MINUTE,
    )
    return StaffedCentre(setup, day, plan.begins, last_ticket, empty)


def with_counters(known: CentreSettings, counters: Iterable[CounterShifts]) -> CentreSettings:
    """Set up the counters of a plan beside those that the centre has."""
    planned = {one.id: CounterSettings(one.id, one.skills) for one in counters}
    return replace(known, counters=known.counters | planned)


# --- how busy --------------------------------------------------------------------------------------------------------

#: Work at one stop of a service, in microseconds of a counter.
type Work = dict[tuple[StepId, ServiceId], float]


def expected_work(centre: StaffedCentre, demand: Demand) -> Work:
    """Say how long counters are needed for a whole day's demand, the way to them included."""
    setup, sizes = centre.setup, demand.party_sizes
    services = {one.id: one for one in setup.services}
    steps = {one.id: one for one in setup.steps}
    coming = sum(
        rate * (end - start) / HOUR
        for opens, closes, rate in demand.spans
        for start, end in centre.instants(opens, closes)
    )
    coming *= 1 - demand.booked_percent / _PERCENT * demand.no_show_percent / _PERCENT
    whole, people_whole = sum(one.weight for one in demand.visits), sum(sizes.values())
    work: Work = {}
    for share in demand.visits:
        for service in share.services:
            for step in services[service].steps:
                minutes = sum(
                    weight * duration(services[service], steps[step], people) for people, weight in sizes.items()
                )
                each = minutes / people_whole * MINUTE + demand.walk_s * SECOND
                key = step, service
                work[key] = work.get(key, 0.0) + coming * share.weight / whole * each
    return work


def work_of(day: SimulatedDay) -> Work:
    """Say how long counters are needed for the parties of a day."""
    work: Work = {}
    for party in day.parties:
        stops = [(stop.step, service) for service in party.services for stop in day.settings.services[service].steps]
        for key, need in zip(stops, party.needs, strict=False):
            work[key] = work.get(key, 0.0) + need + party.walk
    return work


def load(day: SimulatedDay, work: Work) -> float:
    """Say how busy the busiest counters would be: work over their time, 1.0 where there is as much of both.

    Of all groups of counters it is the one that has the most to do of what only that group can do: no plan of who
    serves whom can do with less.

    Raises:
        NobodyServesError: no counter of the day takes a stop.
    """
    served_by: dict[frozenset[CounterId], float] = {}
    for (step, service), time in work.items():
        able = frozenset(one.id for one in day.counters if one.open_time and _takes(day.settings, one, step, service))
        if not able:
            raise NobodyServesError(day=day.day, step=step, service=service)
        served_by[able] = served_by.get(able, 0.0) + time
    there = {one.id: one.open_time for one in day.counters}
    return max(
        (
            sum(time for able, time in served_by.items() if able <= group) / sum(there[one] for one in group)
            for group in _unions(served_by)
        ),
        default=0.0,
    )


def _takes(settings: CentreSettings, counter: CounterShifts, step: StepId, service: ServiceId) -> bool:
    return order.takes(counter.skills, step, service, settings.services[service].government)


#: More groups of counters than any plan has that is made by people; the busiest of these are found among them.
_MAX_GROUPS: Final = 4096


def _unions(groups: Iterable[frozenset[CounterId]]) -> Iterator[frozenset[CounterId]]:
    found: set[frozenset[CounterId]] = set()
    for group in groups:
        found |= {group} | ({one | group for one in found} if len(found) < _MAX_GROUPS else set())
    yield from found
