"""What other rooms do when a ticket is issued: a centre knows none of them, they say so themselves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from queue_server.contract.visits import IssueRequest
from queue_server.contract.waits import WaitView
from queue_server.domain.values import ServiceId, VisitId
from queue_server.framework.request_context import RequestContext
from queue_server.queue.proved_booking import ProvedBooking
from queue_server.writer import Rows


class BookingProof(NamedTuple):
    """What proves an appointment; ``rows`` note in the commit of the ticket that they came.

    They raise ``StreamMovedError`` where the booking is not any more what it was when it was proved.
    """

    booking: ProvedBooking
    rows: Rows


@dataclass(slots=True)
class Issuing:
    """``rows`` make what is stored with a ticket, in its commit; ``after`` is done once a device's ticket is there.

    ``foresee_visit`` says how long one waits who has a ticket, ``foresee_service`` one who would take it.
    ``prove`` says what proves the appointment that a request names, None where its ticket is one of a walk-in.
    """

    rows: list[Callable[[RequestContext, VisitId, IssueRequest], Rows | None]] = field(default_factory=list)
    after: list[Callable[[RequestContext, VisitId], Awaitable[None]]] = field(default_factory=list)
    foresee_visit: Callable[[RequestContext, VisitId], Awaitable[WaitView | None]] | None = None
    foresee_service: Callable[[RequestContext, ServiceId], Awaitable[WaitView | None]] | None = None
    prove: Callable[[RequestContext, VisitId, IssueRequest], Awaitable[BookingProof | None]] | None = None
