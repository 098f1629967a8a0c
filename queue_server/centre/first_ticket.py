"""The first ticket that a centre ever gave: with it the centre is open."""

import msgspec
from sqlalchemy import Connection, select

from queue_server.domain.values import CentreId, Micros, TicketCode
from queue_server.eventlog.statements import QUEUE_PREFIX
from queue_server.eventlog.tables import events
from queue_server.queue.events import VisitIssued


class FirstTicket(msgspec.Struct, frozen=True):
    """``code`` is what stood on the paper, ``at`` when it was issued."""

    code: TicketCode
    at: Micros


class _Issued(msgspec.Struct):
    """What early versions of the event do not say is left out."""

    code: TicketCode
    issued_at: Micros | None = None


def first_ticket(connection: Connection, centre: CentreId) -> FirstTicket | None:
    """Find the first ticket of a centre; None where there was none.

    Names of days sort as the days do, so that the first event that is found is the one.
    """
    of_centre = events.c.stream.startswith(f"{QUEUE_PREFIX}{centre}/", autoescape=True)
    issued = select(events.c.payload, events.c.at).where(of_centre, events.c.type == VisitIssued.type)
    found = connection.execute(issued.order_by(events.c.stream, events.c.seq).limit(1)).one_or_none()
    if found is None:
        return None
    said = msgspec.json.decode(found.payload, type=_Issued)
    return FirstTicket(said.code, Micros(found.at) if said.issued_at is None else said.issued_at)
