"""The route of figures of custody, for managers and their programs."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
from aiohttp import web

from queue_server.centre.submit import centre_of
from queue_server.contract import custody as m
from queue_server.custody.figures import COUNTED_BY, CustodyFigures, custody_figures
from queue_server.domain.values import Day
from queue_server.framework.paging import QueryInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.reports.api import asked_days, one_of


@refuses(QueryInvalidError)
async def figures_of(ask: RequestContext) -> m.CustodyFiguresAnswer | web.StreamResponse:
    """Count what came and went on some days; today where none are named.

    Raises:
        QueryInvalidError: there is no such day, nothing can be counted so, or they are too many days.
    """
    centre, query = centre_of(ask), ask.request.query
    first, last = asked_days(query, centre.rule.day_at(ask.server.clock()))
    by = one_of(query.get("by", COUNTED_BY[0]), COUNTED_BY, "by")
    media = one_of(query.get("format", "json"), ("json", "csv"), "format")
    since = centre.rule.starts_at(first)
    until = centre.rule.starts_at(Day((date.fromisoformat(last) + timedelta(days=1)).isoformat()))
    found = await ask.server.log.run(lambda connection: custody_figures(connection, centre.id, since, until, by))
    rows = tuple(map(_row, found))
    if media == "csv":
        name = f'attachment; filename="custody-{centre.id}-{by}-{first}-{last}.csv"'
        headers = {"Content-Disposition": name}
        return web.Response(text=_csv(by, rows), content_type="text/csv", charset="utf-8", headers=headers)
    return m.CustodyFiguresAnswer(by, first, last, rows)


def _row(one: CustodyFigures) -> m.CustodyFiguresRow:
    return m.CustodyFiguresRow(
        key=one.key,
        handed_in=one.handed_in,
        given_back=one.given_back,
        handed_over=one.handed_over,
        hours_mean=_rounded(one.mean_hours),
        hours_p50=_rounded(one.percentile_hours(50)),
        hours_p90=_rounded(one.percentile_hours(90)),
    )


def _rounded(hours: float | None) -> float | None:
    return None if hours is None else round(hours, 1)


def _csv(by: str, rows: Iterable[m.CustodyFiguresRow]) -> str:
    """Write rows as CSV (RFC 4180), under the names of their fields."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow((by, *m.CustodyFiguresRow.__struct_fields__[1:]))
    writer.writerows(msgspec.structs.astuple(row) for row in rows)
    return out.getvalue()
