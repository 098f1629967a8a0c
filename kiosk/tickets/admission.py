"""Admission: the server is asked for the ticket of an appointment before it is on paper, so that one gets one ticket.

The ticket is committed and held. Where the server gives it, it is there; where it refuses, nobody has it. Where nobody
answers it is released, and on paper: it goes the way of all tickets, with what it was made for.
"""

import asyncio
from typing import NamedTuple

import structlog
from msgspec.structs import replace

from kiosk.link.outbox_relay import is_final
from kiosk.tickets.model import CommittedTicket
from kiosk.tickets.outbox import Outbox, OutboxWorker
from kiosk.tickets.uploader import TicketUploader
from queue_server.contract.client import ClientError, ProblemError
from queue_server.domain.appointments import CheckInVerdict
from queue_server.domain.values import new_id

_log = structlog.get_logger(__name__)

#: The server's word that this appointment lets nobody in (docs/failure-codes.md).
REFUSED = "check-in-refused"


class RefusedAdmission(NamedTuple):
    """Why the server gives no ticket; ``code`` is the number of the one that was given already."""

    verdict: CheckInVerdict
    code: str = ""


class Admission:
    """``wait_s`` is how long a person waits for the server's word; what comes later changes nothing any more."""

    def __init__(self, box: OutboxWorker, uploader: TicketUploader, wait_s: float) -> None:
        self._box = box
        self._uploader = uploader
        self._wait_s = wait_s

    async def ask(self, ticket: CommittedTicket) -> RefusedAdmission | None:
        """Ask for a ticket that is held; None where it exists from now on.

        Raises:
            OutboxError: it cannot be written down what became of it.
        """
        refused = await self._refusal(ticket)
        if refused is None:
            # Given or not heard of: it is sent like all others. The server knows a visit again that it has.
            await self._box(Outbox.release, ticket.visit)
            return None
        await self._box(Outbox.withdraw, ticket.visit)
        return refused

    async def _refusal(self, ticket: CommittedTicket) -> RefusedAdmission | None:
        # It is another request than the one that follows, which asks for what is on paper.
        asked = replace(ticket, key=new_id(), request=replace(ticket.request, unprinted=True))
        try:
            async with asyncio.timeout(self._wait_s):
                await self._uploader.send(asked)
        except ProblemError as problem:
            if problem.code != REFUSED or not is_final(problem):
                return None
            said = problem.problem.placeholders
            _log.info("admission-refused", visit=ticket.visit, verdict=said.get("verdict"))
            return RefusedAdmission(CheckInVerdict(str(said.get("verdict"))), str(said.get("code", "")))
        except (ClientError, TimeoutError):
            return None
        return None
