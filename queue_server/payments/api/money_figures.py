"""The route of figures of money, for managers and their programs."""

import csv
import io
from collections.abc import Iterable

import msgspec
from aiohttp import web

from queue_server.centre.submit import centre_of
from queue_server.contract import payment_figures as m
from queue_server.framework.paging import QueryInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.payments.money_figures import MoneyBy, MoneyFigures, money_figures
from queue_server.reports.api import asked_days, one_of


@refuses(QueryInvalidError)
async def figures_of(ask: RequestContext) -> m.PaymentFiguresAnswer | web.StreamResponse:
    """Add up what moved on some days; today where none are named.

    Raises:
        QueryInvalidError: there is no such day, nothing can be counted so, or they are too many days.
    """
    centre, query = centre_of(ask), ask.request.query
    first, last = asked_days(query, centre.rule.day_at(ask.server.clock()))
    by = MoneyBy(one_of(query.get("by", MoneyBy.DAY.value), tuple(one.value for one in MoneyBy), "by"))
    media = one_of(query.get("format", "json"), ("json", "csv"), "format")
    found = await ask.server.log.run(
        lambda connection: money_figures(connection, centre.id, centre.rule, (first, last), by)
    )
    if media == "csv":
        name = f'attachment; filename="payments-{centre.id}-{by}-{first}-{last}.csv"'
        headers = {"Content-Disposition": name}
        return web.Response(text=figures_csv(by, found), content_type="text/csv", charset="utf-8", headers=headers)
    return m.PaymentFiguresAnswer(by, first, last, tuple(map(_row, found)))


def figures_csv(by: MoneyBy, found: Iterable[MoneyFigures]) -> str:
    """Write figures as CSV (RFC 4180), under the names of their fields; amounts in minor units."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow((by, *m.PaymentFiguresRow.__struct_fields__[1:]))
    writer.writerows(msgspec.structs.astuple(_row(one)) for one in found)
    return out.getvalue()


def _row(one: MoneyFigures) -> m.PaymentFiguresRow:
    return m.PaymentFiguresRow(**msgspec.structs.asdict(one), stays=one.stays)
