"""The tickets and payments of a party: a visit, and all that goes on with it."""

from collections.abc import Iterator

from sqlalchemy import Connection

from queue_server.domain.values import CentreId, PaymentId, VisitId
from queue_server.payments import store
from queue_server.payments.model import Payment
from queue_server.queue.state import DayState, Visit


def of_party(connection: Connection, centre: CentreId, state: DayState, visit: VisitId) -> tuple[Payment, ...]:
    """Read the payments of a visit and of the tickets that go on with it, those of a visit of another day alone."""
    known = state.visits.get(visit)
    if known is None:
        return store.of_visit(connection, centre, visit)
    found: dict[PaymentId, Payment] = {}
    for ticket in tickets(state, known):
        found |= {one.id: one for one in store.of_visit(connection, centre, ticket.id)}
    # Those of a ticket of a day before are found by what the visit took on from it.
    for ident in known.settlement_ids:
        if ident not in found and (payment := store.load(connection, centre, ident)) is not None:
            found[ident] = payment
    return tuple(found.values())


def tickets(state: DayState, visit: Visit) -> Iterator[Visit]:
    """Give a visit and the tickets that were merged into it, those of them too that others were merged into."""
    found = [visit]
    for ticket in found:
        yield ticket
        found += (one for one in state.visits.values() if one.merged_into == ticket.id)


def chain(state: DayState, visit: VisitId) -> tuple[Visit, ...]:
    """Give the tickets with which a party went on, from this one to that with which it goes on; none if not known."""
    found: list[Visit] = []
    ident: VisitId | None = visit
    while ident is not None and (ticket := state.visits.get(ident)) is not None:
        found.append(ticket)
        ident = ticket.merged_into
    return tuple(found)
