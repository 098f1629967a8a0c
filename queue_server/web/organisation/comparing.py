"""Reads what centres are compared by: all of them in a few statements, and the same question once for all who ask."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from queue_server.centre.centres import Centres
from queue_server.domain.values import SECOND, CentreId, CounterState, Day, Micros, ServiceId
from queue_server.reports.figures import OTHERS, GroupFigures, in_large_groups
from queue_server.reports.tables import report_counters, report_tallies
from queue_server.reports.tally import Dimension, Tally
from queue_server.reports.tally_rows import tally_of
from queue_server.web.organisation.comparison import CentreComparison, compare
from queue_server.web.organisation.settings import OrganisationSettings

if TYPE_CHECKING:
    from queue_server.framework.server import Server

#: Questions whose answers are kept at most.
_MAX: Final = 32


class ComparisonQuery(msgspec.Struct, frozen=True):
    """The days from ``first`` to ``last``, both among them; of one service, or of all where it is None."""

    first: Day
    last: Day
    service: ServiceId | None = None

    def holds(self, day: ColumnElement[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """Say which days these are; PostgreSQL takes no BETWEEN whose ends name their collation."""
        return day >= self.first, day <= self.last


def read(
    connection: Connection, query: ComparisonQuery, centres: tuple[CentreId, ...], now: Micros
) -> dict[CentreId, CentreComparison]:
    """Compare centres, those of which nothing is known among them."""
    tallies = _tallies(connection, query)
    if query.service is None:
        opened = _opened(connection, query, now)
        return {
            one: compare(one, GroupFigures("", tallies.get(one) or Tally(), opened.get(one, 0), 0)) for one in centres
        }
    shown = _shown(connection, query)
    # A service whose number would follow from that of all and of the others is as if it were not there.
    known = {one: tallies[one] for one in centres if one in tallies and query.service in shown.get(one, frozenset())}
    return {one: compare(one, GroupFigures(query.service or "", known.get(one) or Tally())) for one in centres}


def _tallies(connection: Connection, query: ComparisonQuery) -> dict[CentreId, Tally]:
    t = report_tallies.c
    by = Dimension.DAY if query.service is None else Dimension.SERVICE
    wanted = select(report_tallies).where(t.dimension == by.value, *query.holds(t.day))
    if query.service is not None:
        wanted = wanted.where(t.key == query.service)
    found: dict[CentreId, Tally] = {}
    for row in connection.execute(wanted).mappings():
        found.setdefault(row["centre"], Tally()).merge(tally_of(row))
    return found


def _opened(connection: Connection, query: ComparisonQuery, now: Micros) -> dict[CentreId, int]:
    """Sum for how many seconds counters were open; one that is open still is counted until now."""
    c = report_counters.c
    lasted = func.coalesce(c.end, now) - c.start
    wanted = (
        select(c.centre, func.sum(lasted).label("lasted"))
        .where(c.state == CounterState.OPEN.value, *query.holds(c.day))
        .group_by(c.centre)
    )
    return {row.centre: max(0, int(row.lasted)) // SECOND for row in connection.execute(wanted)}


def _shown(connection: Connection, query: ComparisonQuery) -> Mapping[CentreId, frozenset[str]]:
    """Say which services of each centre are groups that are large enough."""
    t = report_tallies.c
    wanted = (
        select(t.centre, t.key, func.sum(t.visits).label("visits"))
        .where(t.dimension == Dimension.SERVICE.value, *query.holds(t.day))
        .group_by(t.centre, t.key)
    )
    groups: dict[CentreId, list[GroupFigures]] = {}
    for row in connection.execute(wanted):
        groups.setdefault(row.centre, []).append(GroupFigures(row.key, Tally(visits=int(row.visits))))
    return {
        centre: frozenset(one.key for one in in_large_groups(rows) if one.key != OTHERS)
        for centre, rows in groups.items()
    }


class Comparisons:
    """Compares when somebody asks, and says the same to all who ask alike until ``compare_ms`` are over."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._believed = server.settings[OrganisationSettings].compare_ms * 1000
        self._reading = asyncio.Lock()
        self._known: dict[ComparisonQuery, tuple[Micros, dict[CentreId, CentreComparison]]] = {}
        #: How often it has read.
        self.reads = 0

    async def of(self, query: ComparisonQuery) -> Mapping[CentreId, CentreComparison]:
        """Compare all centres.

        Raises:
            DatabaseUnavailableError: they cannot be read.
        """
        async with self._reading:
            now = self._server.clock()
            held = self._known.get(query)
            if held is not None and 0 <= now - held[0] < self._believed:
                return held[1]
            if len(self._known) >= _MAX:
                self._known.clear()
            self.reads += 1
            work: Callable[[Connection], dict[CentreId, CentreComparison]] = lambda connection: read(  # noqa: E731
                connection, query, tuple(self._server[Centres]), now
            )
            found = await self._server.log.run(work)
            self._known[query] = (now, found)
            return found
