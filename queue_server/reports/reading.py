"""Reads figures of days from their tallies: a few rows a day, whatever happened in it. On a ``Connection``."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Table, and_, case, func, select

from queue_server.domain.values import HOUR, SECOND, CentreId, CounterId, CounterState, Day, Micros, to_datetime
from queue_server.reports.figures import GroupFigures, by_key, in_large_groups, in_teams, together
from queue_server.reports.tables import report_counters, report_days, report_tallies
from queue_server.reports.tally import Dimension, Tally
from queue_server.reports.tally_rows import tally_of


def figures(
    connection: Connection,
    centre: CentreId,
    first: Day,
    last: Day,
    by: Dimension,
    *,
    zone: str,
    now: Micros,
    teams: Mapping[CounterId, str] | None = None,
    at_least: int = 1,
) -> tuple[GroupFigures, ...]:
    """Read what the days from ``first`` to ``last``, both among them, come to by one dimension; in the order of keys.

    Keys of days are dates, those of hours ``HH:MM`` on the clock of ``zone``. ``now`` is until when counters that
    are open are counted. ``teams``: counters are counted by these. ``at_least``: smaller groups are counted
    together (``figures.in_large_groups``), as for readers outside of the centre.
    """
    rows = by_key(figures_of_days(connection, centre, first, last, by, zone=zone, now=now).values())
    if by is Dimension.COUNTER and teams is not None:
        rows = in_teams(rows, teams)
    return in_large_groups(rows, at_least)


def figures_of_days(
    connection: Connection, centre: CentreId, first: Day, last: Day, by: Dimension, *, zone: str, now: Micros
) -> dict[tuple[Day, str], GroupFigures]:
    """Read the same day by day: by the day and the key, for what is compared by weekday or drawn by day and hour."""
    period = _Period(centre, first, last)
    tallies = dict(_tallies(connection, period, by))
    if by is Dimension.HOUR:
        return _by_the_clock(tallies, _starts(connection, period), ZoneInfo(zone))
    if by not in {Dimension.DAY, Dimension.COUNTER}:
        return {place: GroupFigures(place[1], tally) for place, tally in tallies.items()}
    spans = _spans(connection, period, by, now)
    return {
        (day, key): GroupFigures(
            day if by is Dimension.DAY else key,
            tallies.get((day, key)) or Tally(),
            *spans.get((day, key), (0, 0)),
        )
        for day, key in sorted({*tallies, *spans})
    }


def _by_the_clock(
    tallies: Mapping[tuple[Day, str], Tally], starts: Mapping[Day, int], zone: ZoneInfo
) -> dict[tuple[Day, str], GroupFigures]:
    """Name hours as the clock of the centre does; one that it shows twice in a day is counted as one."""
    found: dict[tuple[Day, str], GroupFigures] = {}
    for (day, hour), tally in tallies.items():
        label = f"{to_datetime(Micros(starts[day] + int(hour) * HOUR)).astimezone(zone):%H:%M}"
        known = found.get((day, label))
        one = GroupFigures(label, tally)
        found[day, label] = one if known is None else together(label, (known, one))
    return found


class _Period(NamedTuple):
    centre: CentreId
    first: Day
    last: Day

    def holds(self, table: Table) -> ColumnElement[bool]:
        return and_(table.c.centre == self.centre, table.c.day.between(self.first, self.last))


def _tallies(connection: Connection, period: _Period, by: Dimension) -> Iterator[tuple[tuple[Day, str], Tally]]:
    t = report_tallies.c
    found = select(report_tallies).where(period.holds(report_tallies), t.dimension == by.value)
    for row in connection.execute(found.order_by(t.day, t.key)).mappings():
        yield (Day(row["day"]), row["key"]), tally_of(row)


def _starts(connection: Connection, period: _Period) -> dict[Day, int]:
    found = select(report_days.c.day, report_days.c.starts_at).where(period.holds(report_days))
    return {Day(row.day): row.starts_at for row in connection.execute(found)}


def _spans(
    connection: Connection, period: _Period, by: Dimension, now: Micros
) -> dict[tuple[Day, str], tuple[int, int]]:
    """Sum for how many seconds counters were open, and paused."""
    c = report_counters.c
    ended = func.coalesce(c.end, case((c.start > now, c.start), else_=now))
    keys = (c.day, c.counter) if by is Dimension.COUNTER else (c.day,)
    states = [
        func.sum(case((c.state == state.value, ended - c.start), else_=0))
        for state in (CounterState.OPEN, CounterState.PAUSED)
    ]
    found = select(*states, *keys).where(period.holds(report_counters)).group_by(*keys)
    return {
        (Day(day), counter[0] if counter else ""): (int(open_for) // SECOND, int(paused_for) // SECOND)
        for open_for, paused_for, day, *counter in connection.execute(found)
    }
