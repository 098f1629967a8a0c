"""Reads figures of days from their tallies: a few rows a day, whatever happened in it. On a ``Connection``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, case, func, select

from queue_server.domain.values import HOUR, SECOND, CentreId, CounterId, CounterState, Day, Micros, to_datetime
from queue_server.reports.figures import GroupFigures, by_key, in_large_groups, in_teams
from queue_server.reports.summing import DaySpan, by_day, days_of, summed
from queue_server.reports.tables import report_counters, report_days
from queue_server.reports.tally import DURATIONS, Dimension, Tally


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
    days = DaySpan(centre, first, last)
    rows = _rows(connection, days, by, zone, now)
    if by is Dimension.COUNTER and teams is not None:
        rows = in_teams(rows, teams)
    return in_large_groups(rows, at_least)


def _rows(connection: Connection, days: DaySpan, by: Dimension, zone: str, now: Micros) -> Iterable[GroupFigures]:
    if by is Dimension.HOUR:
        return _by_the_clock(connection, days, ZoneInfo(zone))
    if by is Dimension.DAY:
        tallies = {str(day): keys[""] for day, keys in by_day(connection, days, by, DURATIONS).items()}
    else:
        tallies = summed(connection, days, by)
    if by not in {Dimension.DAY, Dimension.COUNTER}:
        return (GroupFigures(key, tally) for key, tally in tallies.items())
    spans = _spans(connection, days, by, now)
    keys = sorted({*tallies, *spans})
    return (GroupFigures(key, tallies.get(key) or Tally(), *spans.get(key, (0, 0))) for key in keys)


def _by_the_clock(connection: Connection, days: DaySpan, zone: ZoneInfo) -> tuple[GroupFigures, ...]:
    """Name hours as the clock of the centre does; one that it shows twice in a day is counted as one.

    Days whose hours have the same names are counted as one: all but those on which the clock is changed.
    """
    d = report_days.c
    alike: defaultdict[tuple[object, ...], list[Day]] = defaultdict(list)
    starts = {Day(day): at for day, at in connection.execute(select(d.day, d.starts_at).where(days.holds(report_days)))}
    for day, at in starts.items():
        ahead = [to_datetime(Micros(at + hours * HOUR)).astimezone(zone).utcoffset() for hours in (0, 24, 48)]
        alike[(at % (24 * HOUR), ahead[0]) if ahead[0] == ahead[1] == ahead[2] else (day,)].append(day)
    return by_key(
        GroupFigures(f"{to_datetime(Micros(starts[some[0]] + int(hour) * HOUR)).astimezone(zone):%H:%M}", tally)
        for some in alike.values()
        for hour, tally in summed(connection, days_of(days.centre, some), Dimension.HOUR).items()
    )


def _spans(connection: Connection, days: DaySpan, by: Dimension, now: Micros) -> dict[str, tuple[int, int]]:
    """Sum for how many seconds counters were open, and paused."""
    c = report_counters.c
    ended = func.coalesce(c.end, case((c.start > now, c.start), else_=now))
    key = c.counter if by is Dimension.COUNTER else c.day
    states = [
        func.sum(case((c.state == state.value, ended - c.start), else_=0))
        for state in (CounterState.OPEN, CounterState.PAUSED)
    ]
    found = select(key, *states).where(days.holds(report_counters)).group_by(key)
    return {
        name: (int(open_for) // SECOND, int(paused_for) // SECOND)
        for name, open_for, paused_for in connection.execute(found)
    }
