"""The day's payments as CSV, for the accounts."""

from datetime import date
from typing import Final

from aiohttp import web

from queue_server.catalogue.cache import Catalogues
from queue_server.catalogue.model import day_rule
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.server import SERVER
from queue_server.payments.export import day_ledger
from queue_server.web.page_context import DESK, signed_in

#: Beyond them the clocks of some zones cannot be told.
_YEARS: Final = range(2000, 3000)


async def export(request: web.Request) -> web.Response:
    """Send what moved on a service day, ``?day=2026-11-25``, or on today's.

    Raises:
        BodyInvalidError: it is no day.
    """
    session = await signed_in(request)
    server = request.app[SERVER]
    stored = await server[Catalogues].get(session.centre)
    wanted = _day(request.query.get("day") or day_rule(stored.setup).day_at(server.clock()))
    text = await request.app[DESK].log.run(lambda connection: day_ledger(connection, stored, wanted))
    name = f'attachment; filename="payments-{session.centre}-{wanted.isoformat()}.csv"'
    return web.Response(text=text, content_type="text/csv", charset="utf-8", headers={"Content-Disposition": name})


def _day(written: str) -> date:
    try:
        found = date.fromisoformat(written)
    except ValueError as error:
        raise BodyInvalidError("Expected a day, as 2026-11-25") from error
    if found.year not in _YEARS:
        raise BodyInvalidError("Expected a day of this time")
    return found
