"""The route of figures: what the days of a centre come to, for managers and their programs."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from aiohttp import web

from queue_server.centre.submit import centre_of
from queue_server.contract import figures as m
from queue_server.domain.values import Day
from queue_server.framework.paging import QueryInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.reports.centre_rules import standards_of, teams_of
from queue_server.reports.reading import figures
from queue_server.reports.tally import DRAWN, Dimension
from queue_server.reports.views import figures_csv, row_view

#: A year and some weeks, so that a year may be laid beside the one before.
MAX_DAYS: Final = 400
#: By what may be asked.
_OFFERED: Final = tuple(one for one in Dimension if one not in DRAWN)


@refuses(QueryInvalidError)
async def figures_of(ask: RequestContext) -> m.FiguresAnswer | web.StreamResponse:
    """Read the figures of some days; of today where none are named.

    Raises:
        QueryInvalidError: there is no such day or dimension, or they are too many days.
    """
    centre, query, now = centre_of(ask), ask.request.query, ask.server.clock()
    first, last = asked_days(query, centre.rule.day_at(now))
    by = one_of(query.get("by", Dimension.DAY.value), tuple(one.value for one in _OFFERED), "by")
    media = one_of(query.get("format", "json"), ("json", "csv"), "format")
    setup = centre.setup.setup
    rows = await ask.server.log.run(
        lambda connection: figures(
            connection,
            centre.id,
            first,
            last,
            Dimension(by),
            zone=setup.centre.zone,
            now=now,
            teams=teams_of(setup),
        )
    )
    standards = standards_of(setup) if by == Dimension.SERVICE else {}
    found = tuple(row_view(row, standards.get(row.key)) for row in rows)
    if media == "csv":
        name = f'attachment; filename="figures-{centre.id}-{by}-{first}-{last}.csv"'
        headers = {"Content-Disposition": name}
        return web.Response(text=figures_csv(by, found), content_type="text/csv", charset="utf-8", headers=headers)
    return m.FiguresAnswer(by, first, last, found)


def asked_days(query: Mapping[str, str], today: Day) -> tuple[Day, Day]:
    """Read ``from`` and ``to``: the first and the last of some days; ``today`` where neither is said.

    Raises:
        QueryInvalidError: there is no such day, or they are too many.
    """
    last = _day(query.get("to", query.get("from", today)), "to")
    first = _day(query.get("from", last), "from")
    if not first <= last or date.fromisoformat(last) - date.fromisoformat(first) >= timedelta(days=MAX_DAYS):
        raise QueryInvalidError(name="from")
    return first, last


def _day(said: str, name: str) -> Day:
    try:
        read = date.fromisoformat(said)
    except ValueError as error:
        raise QueryInvalidError(name=name) from error
    if read.isoformat() != said or not date(2000, 1, 1) <= read <= date(9000, 1, 1):
        raise QueryInvalidError(name=name)
    return Day(said)


def one_of(said: str, known: tuple[str, ...], name: str) -> str:
    """Read one of some words.

    Raises:
        QueryInvalidError: it is none of them; ``name`` is what it was said for.
    """
    if said not in known:
        raise QueryInvalidError(name=name)
    return said
