"""A ticket as the outbox keeps it, and how the outbox stands."""

from enum import StrEnum

import msgspec

from kiosk.store.uptime import Moment
from kiosk.tickets.on_paper import PaperState
from queue_server.contract.visits import IssueRequest
from queue_server.domain.values import TicketCode, VisitId


class Delivery(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    #: The server has said no; a person has to look at it.
    REFUSED = "refused"
    #: Its payment is not settled: it is sent when that is (kiosk.payment).
    HELD = "held"
    #: Its payment came to nothing before it was on paper: it never existed for anybody.
    WITHDRAWN = "withdrawn"


class Ticket(msgspec.Struct, frozen=True):
    """A committed ticket; ``seq`` is its place in the order of issue, ``key`` its idempotency key."""

    seq: int
    visit: VisitId
    code: TicketCode
    key: str
    request: IssueRequest
    moment: Moment
    delivery: Delivery
    problem: str
    paper: PaperState


class Standing(msgspec.Struct, frozen=True):
    """How the outbox stands: ``day`` is empty until the server has said one; ``last`` is the last ticket's seq.

    ``waiting`` counts what is held for its payment, too: it may still be sent. ``refused`` counts those of this day.
    """

    day: str
    position: int
    last: int
    waiting: int
    refused: int
