"""A visit and what was paid for it find each other, whichever of the two comes to the server first.

A kiosk keeps a ticket back until its payment is final, so the payment may be here before the visit. Both routes look
for the other after their own commit: the one that commits second finds it. With the payment the visit is told what of
its fees is settled by it; what follows for its stops is decided there (``queue.paid``). A payment that is not what was
owed is questioned first, and settles nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

import structlog
from sqlalchemy import Connection

from queue_server.catalogue import toml, versions
from queue_server.catalogue.errors import CatalogueError
from queue_server.catalogue.model import tariff
from queue_server.centre.submit import centre_of
from queue_server.domain.tariff import Tariff
from queue_server.domain.values import Actor, Micros, PaymentDiscrepancy, VisitId
from queue_server.framework.request_context import RequestContext
from queue_server.payments import discrepancy as judge
from queue_server.payments import store
from queue_server.payments.events import DiscrepancyFound
from queue_server.payments.model import Payment
from queue_server.payments.paid_before import PaidBefore
from queue_server.payments.party_payments import chain, of_party
from queue_server.payments.store import PAYMENTS
from queue_server.queue import commands as c
from queue_server.queue.fees import settled_by
from queue_server.queue.state import Visit

_log = structlog.get_logger(__name__)

#: So long after a set-up came into force a kiosk may still ask for a fee of the one before: 60 s.
_HEARD_US = 60_000_000
#: What follows from two commits is nobody's act.
_ACTOR = Actor("system")


async def name_payments(ask: RequestContext, visit: VisitId) -> None:
    """Let a visit of today name the payments by which a card was charged for it, and what they settle.

    Raises:
        WriterError: the centre cannot answer now.
        DatabaseUnavailableError: it could not be found out whether there are any.
    """
    centre = centre_of(ask).id
    if not await ask.server[PaidBefore].find(visit):
        return
    found = await ask.server.log.run(lambda connection: store.of_visit(connection, centre, visit))
    await notify_visit(ask, visit, found)


async def notify_visit(ask: RequestContext, visit: VisitId, found: Iterable[Payment]) -> None:
    """Let a visit of today name these payments of it, as far as it does not yet; raises what ``name_payments`` does."""
    writer = centre_of(ask).writer
    await writer.catch_up()
    for before in found:
        known = writer.state.visits.get(visit)
        if known is None:
            return
        payment = before
        if before.standing in store.PAID and before.id not in known.settlement_ids:
            payment = await ask.server.log.write_in_turn(
                PAYMENTS.stream(before.id), partial(_with_discrepancy, ask, before)
            )
        if is_news(known, payment):
            command = c.NameSettlement(visit, payment.id, payment.settles)
            # A payment may be named first and be certain later, or not any more: each is said once.
            await writer.execute(command, key=f"paid:{payment.id}:{payment.seq}", fingerprint="", actor=_ACTOR)


def is_news(visit: Visit, payment: Payment) -> bool:
    """Tell whether a visit does not name a payment yet, or knows something else of what is settled by it."""
    if payment.id in visit.settlement_ids:
        return settled_by(visit, payment.id) != payment.settles
    return payment.standing in store.PAID


def _with_discrepancy(ask: RequestContext, payment: Payment, connection: Connection) -> Payment:
    """Compare a payment with its visit, which it has not been before."""
    why = discrepancy(ask, connection, payment)
    if why is None or payment.discrepancy is not None:
        return payment
    body, at = DiscrepancyFound(payment.id, why), ask.server.clock()
    done = PAYMENTS.advance(
        connection, payment.id, lambda _: (body,), at=at, command=f"discrepancy:{payment.id}", actor=_ACTOR
    )
    return store.known(done.after, payment.centre)


def discrepancy(ask: RequestContext, connection: Connection, payment: Payment) -> PaymentDiscrepancy | None:
    """Say in what a payment that was charged differs from what was owed, as far as its visit is known here."""
    if not payment.retained:
        return None
    state, rule = centre_of(ask).writer.state, centre_of(ask).rule
    visits = chain(state, payment.visit)
    others = () if not visits else of_party(connection, payment.centre, state, visits[-1].id)
    # A fee of the day on which it was begun is right, however late it was charged.
    moments = (payment.opened_at, payment.charged_at, payment.rows[0].recorded_at if payment.rows else None)
    days = {date.fromisoformat(rule.day_at(Micros(one))) for one in moments if one is not None}
    why: PaymentDiscrepancy | None = None
    for known in _tariffs(ask, connection, payment):
        why = judge.discrepancy(payment, visits, [one for one in others if one.id != payment.id], known, days)
        if why is not PaymentDiscrepancy.AMOUNT:
            break
    if why is not None:
        _log.error("payment-discrepancy-found", centre=payment.centre, payment=payment.id, visit=payment.visit, why=why)
    return why


def _tariffs(ask: RequestContext, connection: Connection, payment: Payment) -> Iterator[Tariff]:
    """Give the tariff of now, then each that a kiosk may still have used when it began the payment."""
    yield centre_of(ask).settings.tariff
    began = (payment.opened_at, payment.rows[0].recorded_at if payment.rows else payment.opened_at)
    asked = {
        one.version: one
        for at in began
        for one in versions.in_force(connection, payment.centre, Micros(at - _HEARD_US), Micros(at))
    }
    for one in asked.values():
        try:
            yield tariff(toml.parse(one.text))
        except CatalogueError:
            # This release cannot read what one before it had in force.
            _log.warning("catalogue-version-unreadable", centre=payment.centre, version=one.version)
