"""A ticket as the outbox keeps it, with what goes along, what became of its paper, and how the outbox stands. Pure."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import msgspec

from kiosk.store.uptime import Moment
from queue_server.contract.requirements import StatedItem
from queue_server.contract.visits import IssueRequest
from queue_server.domain.values import TicketCode, VisitId


class PrintResult(StrEnum):
    """What became of a paper."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    #: Certainly not on paper; the person was shown the number.
    FAILED = "failed"
    #: Handed to the printer, and it did not say what became of it.
    UNKNOWN = "unknown"


class Sealed(NamedTuple):
    """What was read of documents, and the pictures: sealed to the visit as it is issued, so that no kiosk opens it.

    In base64url (``contract.documents``, ``contract.faces``). ``lacking`` is what people said that they have not with
    them: ids alone, and unsealed; None where nobody asked.
    """

    readings: tuple[str, ...] = ()
    faces: tuple[str, ...] = ()
    lacking: tuple[StatedItem, ...] | None = None


class Reprint(NamedTuple):
    """A paper of a ticket beyond its first one, to tell the server of; ``number`` counts from 1 in each ticket."""

    visit: VisitId
    number: int
    #: Its idempotency key: the ticket's own, which nobody else makes, with the number.
    key: str


#: Seals what a kiosk holds to a visit.
type Sealer = Callable[[VisitId], Sealed]


def with_lacking(sealer: Sealer | None, lacking: tuple[StatedItem, ...] | None) -> Sealer | None:
    """Let what people have not with them go along with what was read of their documents."""
    if lacking is None:
        return sealer
    return lambda visit: (Sealed() if sealer is None else sealer(visit))._replace(lacking=lacking)


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    #: The server has said no; a person has to look at it.
    REFUSED = "refused"
    #: What is paid for it is not settled: it is sent when that is.
    HELD = "held"
    #: Paying for it came to nothing before it was on paper: it never existed for anybody.
    WITHDRAWN = "withdrawn"


class CommittedTicket(msgspec.Struct, frozen=True):
    """A committed ticket; ``seq`` is its place in the order of issue, ``key`` its idempotency key."""

    seq: int
    visit: VisitId
    code: TicketCode
    key: str
    request: IssueRequest
    moment: Moment
    delivery: DeliveryState
    problem: str
    paper: PrintResult


class OutboxStatus(msgspec.Struct, frozen=True):
    """How the outbox stands: ``day`` is empty until the server has said one; ``last`` is the last ticket's seq.

    ``waiting`` counts what is held until it is paid, too: it may still be sent. ``refused`` counts those of this day,
    ``damaged`` the records that were put aside today or the day before.
    """

    day: str
    position: int
    last: int
    waiting: int
    refused: int
    damaged: int = 0
