"""What a set-up gives for one day: who is there, when something begins, and what a party needs of them. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from queue_server.appointments.capacity import CapacityRules, StaffedDay, StaffedPool, StaffedSpan, StopDemand
from queue_server.catalogue.appointments import AppointmentRules, StaffingDefinition
from queue_server.catalogue.fields import span_minutes
from queue_server.catalogue.hours import Span, open_spans, wall_spans
from queue_server.catalogue.model import ServiceDefinition, Setup, StepDefinition, day_rule, duration
from queue_server.domain.appointments import RemoteChannel
from queue_server.domain.service_day import following
from queue_server.domain.values import Category, Day, Micros, ServiceId, StepId, to_micros
from queue_server.queue import itinerary
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings

_MINUTE_S: Final = 60
_MINUTES: Final = 24 * 60
_PERCENT: Final = 100
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def capacity_rules(rules: AppointmentRules) -> CapacityRules:
    return CapacityRules(rules.period_min * _MINUTE_S, rules.work_percent, rules.walk_in_percent)


def staffed_day(setup: Setup, rules: AppointmentRules, day: Day) -> StaffedDay:
    """Say who is there on a service day, and cut it into periods.

    A period begins where the wall clock shows a multiple of its length, or where the centre opens. One that the clock
    shows twice is there twice, one that it leaves out never comes.
    """
    rule, zone = day_rule(setup), ZoneInfo(setup.centre.zone)
    begins, ends = rule.starts_at(day), rule.starts_at(following(day))
    # A service day may begin in the night before or after its date.
    first, end = (date.fromisoformat(day) + timedelta(days=days) for days in (-1, 3))
    is_open = _within(_micros(open_spans(setup, first, end)), [(begins, ends)])
    length = rules.period_min
    cut = wall_spans(zone, first, end, lambda _: ((start, start + length) for start in range(0, _MINUTES, length)))
    pools = (_staffed(pool, zone, first, end, is_open) for pool in setup.staffing)
    return StaffedDay(day, tuple(_within(_micros(cut), is_open)), tuple(pools))


def _staffed(
    pool: StaffingDefinition, zone: ZoneInfo, first: date, end: date, is_open: list["_Between"]
) -> StaffedPool:
    """Say when a pool is there: within its hours, without its breaks, while the centre is open."""
    opens, closes = span_minutes(pool.hours)
    breaks = [span_minutes(span) for span in pool.breaks]
    starts = (opens, *(stop for _, stop in breaks))
    stops = (*(start for start, _ in breaks), closes)
    parts = [part for part in zip(starts, stops, strict=True) if part[0] < part[1]]

    def hours(day: date) -> Iterable[tuple[int, int]]:
        holds = (pool.valid_from or day) <= day <= (pool.valid_until or day)
        return parts if holds and _WEEKDAYS[day.weekday()] in pool.days else ()

    spans = _within(_micros(wall_spans(zone, first, end, hours)), is_open)
    return StaffedPool(
        pool.id,
        tuple(StaffedSpan(start, stop, pool.counters) for start, stop in spans),
        pool.steps,
        pool.services,
        pool.governments,
    )


type _Between = tuple[Micros, Micros]


def _micros(spans: Iterable[Span]) -> list[_Between]:
    return sorted((to_micros(start), to_micros(stop)) for start, stop in spans)


def _within(spans: list[_Between], bounds: list[_Between]) -> list[_Between]:
    """Cut spans to what lies within bounds; both in their order, and without overlaps among themselves."""
    found = []
    for opens, closes in bounds:
        for start, stop in spans:
            if start < closes and opens < stop:
                found.append((Micros(max(start, opens)), Micros(min(stop, closes))))
    return sorted(found)


# --- what a party needs ----------------------------------------------------------------------------------------------


class PartyJourney(msgspec.Struct, frozen=True):
    """What a party needs of staff, before it is known who will come. ``remote``: they are served where they are."""

    stops: tuple[StopDemand, ...]
    remote: RemoteChannel | None

    @property
    def seconds(self) -> int:
        """How long they are served in all."""
        return sum(stop.seconds for stop in self.stops)

    def expected(self, missing_percent: int, overbooking_percent: int) -> tuple[StopDemand, ...]:
        """Say what it takes of staff where so many of a hundred parties do not come.

        As a booking takes less by that, more of them fit: never more than ``overbooking_percent`` more.
        """
        return tuple(
            msgspec.structs.replace(stop, seconds=_expected(stop.seconds, missing_percent, overbooking_percent))
            for stop in self.stops
        )


def _expected(seconds: int, missing: int, overbooking: int) -> int:
    least = -(-seconds * _PERCENT // (_PERCENT + overbooking))
    return max(least, -(-seconds * (_PERCENT - missing) // _PERCENT))


def journey(setup: Setup, settings: CentreSettings, services: Iterable[ServiceId], people: int) -> PartyJourney | None:
    """Line up what a party needs; None where no appointment is given for one of the services."""
    named = tuple(services)
    known = {service.id: service for service in setup.services}
    if len(set(named)) != len(named) or not all(one in known and known[one].bookable for one in named):
        return None
    plans = itinerary.line_up(named, Category.APPOINTMENT, settings)
    if isinstance(plans, Refusal):
        return None
    steps: Mapping[StepId, StepDefinition] = {step.id: step for step in setup.steps}
    stops = tuple(
        StopDemand(
            plan.step,
            plan.service,
            plan.government,
            duration(known[plan.service], steps[plan.step], people) * _MINUTE_S,
            plan.promise * _MINUTE_S,
        )
        for plan in plans
    )
    ways = [steps[plan.step].remote for plan in plans]
    return PartyJourney(stops, ways[0] if all(ways) else None)


def bookable(setup: Setup) -> tuple[ServiceDefinition, ...]:
    """List the services for which appointments are given."""
    return () if setup.appointments is None else tuple(one for one in setup.services if one.bookable)


def clock_of(at: datetime, zone: str) -> str:
    """Write what the clock of a centre shows."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")
