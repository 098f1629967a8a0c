"""Reads what the counter page shows of payments."""

from aiohttp import web
from sqlalchemy import Connection

from queue_server.domain.values import SECOND, Micros
from queue_server.framework.parts import PartContext
from queue_server.framework.server import SERVER
from queue_server.payments import store
from queue_server.payments.party_payments import of_party
from queue_server.payments.rules import PaymentRules
from queue_server.queue.state import DayState, Visit
from queue_server.web.payments.at_counter import Cash, May


async def cash_of(shown: PartContext, state: DayState, visit: Visit | None, *, fees: bool) -> Cash | None:
    """Read the payments of the visit at a counter, and count those that need somebody; None at a centre without fees.

    A centre whose last fee was taken out of its set-up still shows what was paid.
    """
    may = May.of(shown.principal)
    if not fees and (visit is None or not visit.settlement_ids):
        return None
    since = stalled(shown.request)

    def read(connection: Connection) -> Cash:
        asking = store.asking(connection, shown.centre) if may.take else ()
        # What a kiosk asks for is counted once, however long it has asked.
        fresh = sum(one.changed_at > since for one in asking)
        return Cash(
            may,
            () if visit is None else of_party(connection, shown.centre, state, visit.id),
            store.count_waiting(connection, shown.centre, since) + fresh if may.refund else None,
            asking,
        )

    return await shown.server.log.run(read)


def stalled(request: web.Request) -> Micros:
    """Give the instant before which the last news of an uncertain payment must lie for it to need somebody."""
    server = request.app[SERVER]
    return Micros(server.clock() - server.settings[PaymentRules].stalled_s * SECOND)
