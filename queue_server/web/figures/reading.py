"""Reads what a page of figures shows, on one snapshot of the database. Nothing here writes."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import msgspec
from sqlalchemy import Connection

from queue_server.audit.store import codes
from queue_server.domain.values import CentreId, Day, StepId, VisitId
from queue_server.reports import visit_readings
from queue_server.reports.summing import DaySpan, by_day, days_of, summed
from queue_server.reports.tally import Dimension, Tally
from queue_server.reports.visit_readings import StopLine, VisitLine
from queue_server.web.figures.band import DayVisits
from queue_server.web.figures.figures_query import FiguresQuery, VisitsQuery
from queue_server.web.figures.period import FigurePeriod, PeriodLength, same_weekday

#: The same weekday of so many weeks says what is usual.
WEEKS: Final = 12
#: Visits of a list at once.
ROWS: Final = 50
_WEEKDAYS: Final = range(7)


class FiguresData(msgspec.Struct, frozen=True):
    """``counts`` are of the days asked for, ``whole`` what they are together, ``before`` of those as long before.

    ``visits`` is when those of the one day came and ended, ``usual`` the same weekday before it; both are empty where
    more is asked for. ``hours`` is by weekday and by hour of the service day. ``flows`` are there where the ways
    between steps are asked for, and then no other picture is. ``groups`` are by what is asked for, ``categories`` by
    category where a paper shows these too.
    """

    period: FigurePeriod
    counts: Mapping[Day, Tally]
    whole: Tally = msgspec.field(default_factory=Tally)
    before: Mapping[Day, Tally] = {}
    visits: DayVisits = DayVisits()
    usual: Mapping[Day, DayVisits] = {}
    hours: Mapping[int, Mapping[int, Tally]] = {}
    steps: Mapping[StepId, Tally] = {}
    flows: Mapping[str, int] = {}
    groups: Mapping[str, Tally] = {}
    categories: Mapping[str, Tally] = {}


class VisitsData(msgspec.Struct, frozen=True):
    """A piece of a list; ``total`` is how long the whole is, ``codes`` are their tickets."""

    total: int
    lines: tuple[VisitLine, ...]
    stops: Mapping[VisitId, tuple[StopLine, ...]]
    codes: Mapping[tuple[Day, VisitId], str]


def figures_data(connection: Connection, centre: CentreId, asked: FiguresQuery, today: date) -> FiguresData:
    """Read the figures that are asked for."""
    wanted = asked.period(today)
    days = DaySpan(centre, wanted.first_day, wanted.last_day)
    counts = _counts(connection, days)
    whole = summed(connection, days, Dimension.DAY, ("first_waits",)).get("", Tally())
    if asked.flow:
        flows = {key: tally.visits for key, tally in summed(connection, days, Dimension.FLOW, ()).items()}
        return FiguresData(wanted, counts, whole, flows=flows)
    by_step = summed(connection, days, Dimension.STEP, ("waits", "services"))
    steps = {StepId(step): tally for step, tally in by_step.items()}
    groups = summed(connection, days, asked.by, ("waits", "waits_in_vain"))
    if wanted.length is PeriodLength.DAY:
        visits = _visits(connection, centre, (wanted.first_day, *same_weekday(wanted.first, WEEKS)))
        of_day = visits.pop(wanted.first_day, DayVisits())
        hours = {wanted.first.weekday(): _hours(connection, days)}
        return FiguresData(wanted, counts, whole, visits=of_day, usual=visits, hours=hours, steps=steps, groups=groups)
    earlier = wanted.before()
    before = _counts(connection, DaySpan(centre, earlier.first_day, earlier.last_day))
    by_weekday = {which: _hours(connection, days_of(centre, wanted.on(which))) for which in _WEEKDAYS}
    return FiguresData(wanted, counts, whole, before, hours=by_weekday, steps=steps, groups=groups)


def _counts(connection: Connection, days: DaySpan) -> dict[Day, Tally]:
    return {day: tallies[""] for day, tallies in by_day(connection, days, Dimension.DAY).items()}


def _hours(connection: Connection, days: DaySpan) -> dict[int, Tally]:
    return {int(key): tally for key, tally in summed(connection, days, Dimension.HOUR, ("first_waits",)).items()}


def _visits(connection: Connection, centre: CentreId, days: Collection[Day]) -> dict[Day, DayVisits]:
    """Read when visits came and ended on some days; one of which nothing is known is left out."""
    came, ended = (
        {
            day: {int(key): tally.visits for key, tally in tallies.items()}
            for day, tallies in by_day(connection, days_of(centre, days), by).items()
        }
        for by in (Dimension.ARRIVAL, Dimension.DEPARTURE)
    )
    return {day: DayVisits(slots, ended.get(day, {})) for day, slots in came.items()}


def paper_data(connection: Connection, centre: CentreId, asked: FiguresQuery, today: date) -> FiguresData:
    """Read the figures of a day for a paper, on which nobody can choose by what visits are counted."""
    data = figures_data(connection, centre, asked, today)
    days = DaySpan(centre, data.period.first_day, data.period.last_day)
    categories = summed(connection, days, Dimension.CATEGORY, ("waits", "waits_in_vain"))
    return msgspec.structs.replace(data, categories=categories)


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
