"""What was paid for a party that goes on with one of several tickets."""

from msgspec.structs import replace
from sqlalchemy import Connection

from queue_server.payments import store
from queue_server.payments.model import Payment
from queue_server.queue.paid import brought_fees
from queue_server.queue.state import DayState
from queue_server.values import CentreId, VisitId


def of_party(connection: Connection, centre: CentreId, state: DayState, visit: VisitId) -> tuple[Payment, ...]:
    """Read the payments of a visit, then those of the tickets that go on with it, for the services that came with them.

    Of a service that both tickets had, both fees are wanted: what was paid for the other is not for this one.
    """
    found = store.of_visit(connection, centre, visit)
    known = state.visits.get(visit)
    if known is None:
        return found
    for ticket, services in brought_fees(state, known).items():
        for payment in store.of_visit(connection, centre, ticket):
            here = tuple(one for one in payment.services if one in services)
            found += (replace(payment, services=here),) if here else ()
    return found
