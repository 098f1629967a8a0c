"""Reads what a page of figures shows, on one snapshot of the database. Nothing here writes."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec
from sqlalchemy import Connection

from queue_server.audit.store import codes
from queue_server.domain.values import CentreId, Day, StepId, VisitId
from queue_server.reports import day_readings, hour_readings, stop_readings, visit_readings
from queue_server.reports.day_readings import Coming, DayCount
from queue_server.reports.hour_readings import HourWaits
from queue_server.reports.stop_readings import StepMove, StepWaits
from queue_server.reports.visit_readings import StopLine, VisitLine
from queue_server.web.figures.figures_query import FiguresQuery, VisitsQuery
from queue_server.web.figures.period import FigurePeriod, PeriodLength, same_weekday

#: The same weekday of so many weeks says what is usual.
WEEKS: Final = 12
#: Visits of a list at once.
ROWS: Final = 50
_WEEKDAYS: Final = range(7)


class FiguresData(msgspec.Struct, frozen=True):
    """``counts`` are of the days asked for, ``before`` of those that are as long before.

    ``comings`` is of the one day, ``usual`` of the same weekday before it; both are empty where more is asked for.
    ``waits`` is by weekday and by hour. ``moves`` are there where the ways between steps are asked for, and then
    nothing else is.
    """

    period: FigurePeriod
    counts: Mapping[Day, DayCount]
    before: Mapping[Day, DayCount] = {}
    comings: tuple[Coming, ...] = ()
    usual: Mapping[Day, tuple[Coming, ...]] = {}
    waits: Mapping[int, Mapping[int, HourWaits]] = {}
    steps: Mapping[StepId, StepWaits] = {}
    moves: tuple[StepMove, ...] = ()


class VisitsData(msgspec.Struct, frozen=True):
    """A piece of a list; ``total`` is how long the whole is, ``codes`` are their tickets."""

    total: int
    lines: tuple[VisitLine, ...]
    stops: Mapping[VisitId, tuple[StopLine, ...]]
    codes: Mapping[tuple[Day, VisitId], str]


def figures_data(connection: Connection, centre: CentreId, asked: FiguresQuery, today: date) -> FiguresData:
    """Read the figures that are asked for."""
    wanted = asked.period(today)
    first, last = wanted.first_day, wanted.last_day
    counts = day_readings.counts(connection, centre, first, last)
    if asked.flow:
        return FiguresData(wanted, counts, moves=stop_readings.step_moves(connection, centre, first, last))
    steps = stop_readings.step_waits(connection, centre, first, last)
    if wanted.length is PeriodLength.DAY:
        past = same_weekday(wanted.first, WEEKS)
        begun = day_readings.starts(connection, centre, (first, *past))
        comings = day_readings.comings(connection, centre, begun)
        waits = {wanted.first.weekday(): hour_readings.hour_waits(connection, centre, (first,))}
        usual = {day: comings[day] for day in past if day in comings}
        return FiguresData(wanted, counts, comings=comings.get(first, ()), usual=usual, waits=waits, steps=steps)
    earlier = wanted.before()
    before = day_readings.counts(connection, centre, earlier.first_day, earlier.last_day)
    by_weekday = {which: hour_readings.hour_waits(connection, centre, wanted.on(which)) for which in _WEEKDAYS}
    return FiguresData(wanted, counts, before, waits=by_weekday, steps=steps)


def visits_data(
    connection: Connection, centre: CentreId, asked: VisitsQuery, today: date, rows: int = ROWS
) -> VisitsData:
    """Read the visits behind a number."""
    wanted = asked.filter(today)
    total = visit_readings.how_many(connection, centre, wanted)
    lines = visit_readings.visits(connection, centre, wanted, skip=asked.skip, limit=rows)
    named = {
        (day, visit): code
        for day in {one.day for one in lines}
        for visit, code in codes(connection, centre, day).items()
    }
    return VisitsData(total, lines, visit_readings.stops(connection, centre, lines), named)
