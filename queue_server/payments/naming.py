"""A visit and what was paid for it find each other, whichever of the two comes to the server first.

A kiosk keeps a ticket back until its payment is final, so the payment may be here before the visit. Both routes look
for the other after their own commit: the one that commits second finds it.
"""

from queue_server.http.ask import Ask
from queue_server.payments import store
from queue_server.queue import commands as c
from queue_server.values import Actor, VisitId

#: What follows from two commits is nobody's act.
_ACTOR = Actor("system")


async def name_payments(ask: Ask, visit: VisitId) -> None:
    """Let a visit of today name the payments by which a card was charged for it, once each.

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
        if payment not in known.payments:
            await writer.execute(c.NamePayment(visit, payment), key=f"paid:{payment}", fingerprint="", actor=_ACTOR)
