"""Brings tickets to the server: in order of issue, for ever, with the key that each was committed with."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import override

from kiosk.link.telling import Telling, answer_to
from kiosk.settings import LinkSettings
from kiosk.store import uptime
from kiosk.tickets.model import Ticket
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract.client import ApiClient, ProblemError
from queue_server.contract.visits import VisitAnswer, VisitView


async def send(client: ApiClient, centre: str, ticket: Ticket) -> VisitAnswer:
    """Send a ticket, with what the clock that it was issued by shows now.

    The server reckons its age from both. A clock that was set meanwhile would make it a year old, or older than those
    before it, so the time that has really passed is added to the time of issue.
    """
    passed = uptime.since(ticket.moment)
    issued_at = ticket.request.issued_at
    clock = None if passed is None or issued_at is None else issued_at + timedelta(seconds=passed)
    return await client.issue(centre, ticket.request, ticket.key, clock)


class Delivery(Telling[Ticket]):
    """Tickets, each with the key that it was committed with."""

    fault = "outbox"

    def __init__(
        self,
        box: OutboxWorker,
        deliver: Callable[[Ticket], Awaitable[VisitAnswer]],
        settings: LinkSettings,
        drained: Callable[[], None],
    ) -> None:
        super().__init__(box, settings, drained)
        self._send = deliver
        self._watched: dict[str, asyncio.Future[VisitView | None]] = {}

    def watch(self, visit: str) -> asyncio.Future[VisitView | None]:
        """Give what the server will say of this visit; None where it refuses it."""
        return self._watched.setdefault(visit, asyncio.get_running_loop().create_future())

    @override
    async def _next(self) -> Ticket | None:
        return await self._box(Outbox.waiting)

    @override
    async def _tell(self, one: Ticket) -> bool:
        match await answer_to(self._send(one), "delivery", visit=one.visit, code=one.code):
            case None:
                return False
            case ProblemError() as problem:
                await self._box(Outbox.refused, one.visit, problem.code)
                self._settle(one.visit, None)
            case VisitAnswer(visit=view):
                await self._box(Outbox.sent, one.visit)
                self._settle(one.visit, view)
        return True

    def _settle(self, visit: str, view: VisitView | None) -> None:
        watched = self._watched.pop(visit, None)
        if watched is not None and not watched.done():
            watched.set_result(view)
