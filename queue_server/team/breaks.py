"""The breaks that the staffing plan has for a counter on a day, and what is to be said of each now. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.catalogue.fields import span_minutes
from queue_server.catalogue.hours import wall_spans
from queue_server.domain.appointments import PoolId
from queue_server.domain.service_day import DayRule, following
from queue_server.domain.values import Day, Micros, to_micros

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class PlannedBreak(msgspec.Struct, frozen=True, order=True):
    """Between these instants whoever works there has a break."""

    starts_at: Micros
    ends_at: Micros


class BreakStanding(StrEnum):
    """How a planned break stands for somebody."""

    AHEAD = "ahead"
    #: It is time, and they have said nothing of it yet.
    DUE = "due"
    TAKEN = "taken"
    #: They have said that they leave it out.
    LEFT_OUT = "left-out"
    #: Its time is over, and they have said nothing of it.
    OVER = "over"


def planned_breaks(
    plan: Iterable[StaffingDefinition], pools: Iterable[PoolId], zone: ZoneInfo, rule: DayRule, day: Day
) -> tuple[PlannedBreak, ...]:
    """List the breaks of these pools that begin on a service day, the first first.

    Hours are those of the wall clock: a break in an hour that the clock leaves out is none.
    """
    wanted = set(pools)
    begins, ends = rule.starts_at(day), rule.starts_at(following(day))
    first = date.fromisoformat(day)
    found = set()
    for pool in plan:
        if pool.id not in wanted:
            continue
        spans = [span_minutes(span) for span in pool.breaks]

        def of_date(
            one: date, pool: StaffingDefinition = pool, spans: list[tuple[int, int]] = spans
        ) -> Iterable[tuple[int, int]]:
            holds = (pool.valid_from or one) <= one <= (pool.valid_until or one)
            return spans if holds and _WEEKDAYS[one.weekday()] in pool.days else ()

        # A service day may begin in the night before or after its date.
        for start, stop in wall_spans(zone, first - timedelta(days=1), first + timedelta(days=3), of_date):
            if begins <= to_micros(start) < ends:
                found.add(PlannedBreak(to_micros(start), to_micros(stop)))
    return tuple(sorted(found))


def standing(one: PlannedBreak, said: Mapping[Micros, bool], now: Micros) -> BreakStanding:
    """Say how a break stands; ``said`` is whether it was taken, by its start, for those of which something was said."""
    taken = said.get(one.starts_at)
    if taken is not None:
        return BreakStanding.TAKEN if taken else BreakStanding.LEFT_OUT
    if now < one.starts_at:
        return BreakStanding.AHEAD
    return BreakStanding.DUE if now < one.ends_at else BreakStanding.OVER
