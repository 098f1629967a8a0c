"""Reads tallies of some days: all of them as one, or day by day. Statements on a ``Connection``; nothing here writes.

The database adds up the counts of a year; only bins of durations are added up here, and only those that are asked for.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, func, select

from queue_server.domain.values import CentreId, Day
from queue_server.reports.durations import Durations, unpacked, unpacked_together
from queue_server.reports.tables import report_tallies
from queue_server.reports.tally import COUNTS, DURATIONS, Dimension, Tally
from queue_server.reports.tally_rows import TOTALS


class DaySpan(NamedTuple):
    """The days of a centre from ``first`` to ``last``, both among them; ``only`` those of them, where that is given."""

    centre: CentreId
    first: Day
    last: Day
    only: Collection[Day] | None = None

    def holds(self, table: Table) -> ColumnElement[bool]:
        """Say which rows of a table are of these days."""
        # PostgreSQL takes no BETWEEN whose ends name their collation.
        which = (table.c.centre == self.centre) & (table.c.day >= self.first) & (table.c.day <= self.last)
        return which if self.only is None else which & table.c.day.in_(sorted(self.only))


def days_of(centre: CentreId, days: Collection[Day]) -> DaySpan:
    """Give some days of a centre that need not be beside each other."""
    return DaySpan(centre, min(days, default=Day("")), max(days, default=Day("")), days)


def summed(
    connection: Connection, days: DaySpan, by: Dimension, durations: Collection[str] = DURATIONS
) -> dict[str, Tally]:
    """Count days as one, by the keys of a dimension, in their order; other durations than those named are empty."""
    t = report_tallies.c
    counts = [func.sum(t[name]) for name in COUNTS]
    times = [(func.sum(t[TOTALS[name]]), func.aggregate_strings(t[name], ",")) for name in durations]
    found = (
        select(t.key, *counts, *chain.from_iterable(times))
        .where(days.holds(report_tallies), t.dimension == by.value)
        .group_by(t.key)
        .order_by(t.key)
    )
    return {key: _tally(values, durations, unpacked_together) for key, *values in connection.execute(found)}


def by_day(
    connection: Connection, days: DaySpan, by: Dimension, durations: Collection[str] = ()
) -> dict[Day, dict[str, Tally]]:
    """Give the tallies of each day by their keys; days of which there are none are left out."""
    t = report_tallies.c
    counts = [t[name] for name in COUNTS]
    times = [(t[TOTALS[name]], t[name]) for name in durations]
    found = (
        select(t.day, t.key, *counts, *chain.from_iterable(times))
        .where(days.holds(report_tallies), t.dimension == by.value)
        .order_by(t.day, t.key)
    )
    listed: dict[Day, dict[str, Tally]] = {}
    for day, key, *values in connection.execute(found):
        listed.setdefault(Day(day), {})[key] = _tally(values, durations, unpacked)
    return listed


def _tally(values: Sequence[Any], durations: Iterable[str], read: Callable[[str, int], Durations]) -> Tally:
    """Make a tally of its counts, and then a sum and bins for each sort of durations."""
    fields: dict[str, Any] = {name: int(value) for name, value in zip(COUNTS, values, strict=False)}
    times = zip(values[len(COUNTS) :: 2], values[len(COUNTS) + 1 :: 2], strict=True)
    for name, (total_s, bins) in zip(durations, times, strict=True):
        fields[name] = read(bins, int(total_s))
    return Tally(**fields)
