"""A visit and what was paid for it find each other, whichever of the two comes to the server first.

A kiosk keeps a ticket back until its payment is final, so the payment may be here before the visit. Both routes look
for the other after their own commit: the one that commits second finds it. With the payment the visit is told whose
fees are settled by it; what follows for its stops is decided there (``queue.paid``).
"""

from queue_server.http.ask import Ask
from queue_server.payments import store
from queue_server.payments.due import settles
from queue_server.payments.model import Payment
from queue_server.queue import commands as c
from queue_server.queue.state import Visit
from queue_server.values import Actor, VisitId

#: What follows from two commits is nobody's act.
_ACTOR = Actor("system")


async def name_payments(ask: Ask, visit: VisitId) -> None:
    """Let a visit of today name the payments by which a card was charged for it, and what they settle, once each.

    Raises:
        WriterError: the centre cannot answer now.
    """
    centre, writer = ask.centre.id, ask.centre.writer
    paid = await ask.server.log.run(lambda connection: store.paid_for(connection, centre, visit))
    if not paid:
        return
    await writer.catch_up()
    known = writer.state.visits.get(visit)
    if known is None:
        return
    for payment in paid:
        if is_news(known, payment):
            command = c.NamePayment(visit, payment.id, settles(payment))
            # A payment may be named first and be certain later: each of the two is said once.
            key = f"{'settled' if command.settles else 'paid'}:{payment.id}"
            await writer.execute(command, key=key, fingerprint="", actor=_ACTOR)


def is_news(visit: Visit, payment: Payment) -> bool:
    """Tell whether a visit does not name a payment yet, or does not know of a fee that is settled by it."""
    return payment.id not in visit.payments or not set(settles(payment)) <= set(visit.settled)
