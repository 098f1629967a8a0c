"""Reads who came in the weeks before, and who is planned for the week to come."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from queue_server.appointments.staffing import staffed_day
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.catalogue.model import Setup
from queue_server.centre.centres import Centre
from queue_server.domain.values import Category, CentreId, Day, Micros, StepId, to_datetime
from queue_server.forecast.week_plan import SLOT_MIN, DayStaffing, PastStop, PlannedSlots, week_plan
from queue_server.framework.server import Server
from queue_server.queue import itinerary
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings
from queue_server.reports.tables import report_days, report_stops

#: Weeks before that are looked at; older ones tell of another time of the year.
_WEEKS: Final = 8
_DAYS: Final = 7
_DAY_MIN: Final = 24 * 60
#: What a stop took of which nothing was seen, in minutes.
_USUAL_MIN: Final = 10.0


async def coming_week(server: Server, centre: Centre, now: Micros) -> tuple[DayStaffing, ...]:
    """Say what the seven days after today need; a day on which the centre is closed is left out."""
    today = date.fromisoformat(centre.rule.day_at(now))
    zone, setup = ZoneInfo(centre.setup.setup.centre.zone), centre.setup.setup
    first = Day((today - timedelta(weeks=_WEEKS)).isoformat())
    days, past = await server.log.run(
        lambda connection: _past(connection, centre.id, first, Day(today.isoformat()), zone)
    )
    coming = [
        plan
        for ahead in range(1, _DAYS + 1)
        if (plan := planned(setup, Day((today + timedelta(days=ahead)).isoformat()), zone)) is not None
    ]
    return week_plan(past, days, coming, promises(centre.settings))


def _past(
    connection: Connection, centre: CentreId, first: Day, until: Day, zone: ZoneInfo
) -> tuple[tuple[Day, ...], tuple[PastStop, ...]]:
    """Read the days from ``first`` on and before ``until``, and every stop of them that somebody was there for."""
    within = (report_days.c.centre == centre, report_days.c.day >= first, report_days.c.day < until)
    days = tuple(Day(day) for (day,) in connection.execute(select(report_days.c.day).where(*within).distinct()))
    stops = report_stops.c
    rows = connection.execute(
        select(stops.day, stops.step, stops.ready_at, stops.served_s, stops.walked_s)
        .where(stops.centre == centre, stops.day >= first, stops.day < until)
        .order_by(stops.day, stops.ready_at)
    ).all()
    served = [(one.step, one.served_s + (one.walked_s or 0)) for one in rows if one.served_s is not None]
    means: dict[str, float] = {}
    for step in {step for step, _ in served}:
        of = [seconds for other, seconds in served if other == step]
        means[step] = sum(of) / len(of) / 60
    return days, tuple(
        PastStop(
            Day(one.day),
            StepId(one.step),
            minute_of(to_datetime(Micros(one.ready_at)).astimezone(zone)),
            # Who left, or was not served, would have needed what others do.
            means.get(one.step, _USUAL_MIN) if one.served_s is None else (one.served_s + (one.walked_s or 0)) / 60,
        )
        for one in rows
    )


def minute_of(local: datetime) -> int:
    return local.hour * 60 + local.minute


def planned(setup: Setup, day: Day, zone: ZoneInfo) -> PlannedSlots | None:
    """Read the staffing plan of a day; None where the centre is closed on it."""
    plan = staffed_day(setup, setup.appointments or AppointmentRules(), day)
    if not plan.periods:
        return None

    def local(at: Micros) -> int:
        """Say which minute of the day the clock shows; the end of a day that goes on is its last one."""
        found = to_datetime(at).astimezone(zone)
        return (
            minute_of(found) if found.date().isoformat() == day else (0 if found.date().isoformat() < day else _DAY_MIN)
        )

    there: dict[StepId, list[int]] = {}
    for pool in plan.pools:
        for step in pool.steps or tuple(one.id for one in setup.steps):
            slots = there.setdefault(step, [0] * (_DAY_MIN // SLOT_MIN))
            for span in pool.spans:
                for slot in _slots(local(span.start), local(span.end)):
                    slots[slot] += span.counters
    return PlannedSlots(day, local(plan.begins), local(plan.ends), there)


def _slots(start: int, end: int) -> Iterator[int]:
    """Name the slots of which most lies within a span."""
    half = SLOT_MIN / 2
    return (slot for slot in range(_DAY_MIN // SLOT_MIN) if start <= slot * SLOT_MIN + half < end)


def promises(settings: CentreSettings) -> dict[StepId, int]:
    """Say what is promised at each step to who comes without an appointment: the shortest of all services."""
    found: dict[StepId, int] = {}
    for service in settings.services:
        stops = itinerary.line_up((service,), Category.WALK_IN, settings)
        for stop in () if isinstance(stops, Refusal) else stops:
            found[stop.step] = min(found.get(stop.step, stop.promise), stop.promise)
    return found
