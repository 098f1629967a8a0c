"""Brings tickets to the server: in order of issue, for ever, with the key that each was committed with."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from kiosk import uptime
from kiosk.errors import OutboxError
from kiosk.outbox import Outbox, Ticket
from kiosk.settings import LinkSettings
from kiosk.worker import OutboxWorker
from queue_server.contract.client import ApiClient, ProblemError, ServerAwayError
from queue_server.contract.messages import VisitAnswer, VisitView

_log = structlog.get_logger(__name__)

#: Not the server's word on this ticket: it has to be asked again (RFC 9110: time-out, too early, too many, and rights
#: that may be given back). Everything else below 500 is a refusal.
_ASK_AGAIN = {401, 403, 408, 425, 429}
_ASK_AGAIN_CODES = {"day-not-open"}
_SERVER_FAULT = 500


def is_final(problem: ProblemError) -> bool:
    """Tell whether the server will say the same again."""
    return problem.status < _SERVER_FAULT and problem.status not in _ASK_AGAIN and problem.code not in _ASK_AGAIN_CODES


async def send(client: ApiClient, centre: str, ticket: Ticket) -> VisitAnswer:
    """Send a ticket, with what the clock that it was issued by shows now.

    The server reckons its age from both. A clock that was set meanwhile would make it a year old, or older than those
    before it, so the time that has really passed is added to the time of issue.
    """
    passed = uptime.since(ticket.moment)
    issued_at = ticket.request.issued_at
    clock = None if passed is None or issued_at is None else issued_at + timedelta(seconds=passed)
    return await client.issue(centre, ticket.request, ticket.key, clock)


class Delivery:
    """One loop, one ticket at a time. ``drained`` is called whenever nothing waits any more."""

    def __init__(
        self,
        box: OutboxWorker,
        deliver: Callable[[Ticket], Awaitable[VisitAnswer]],
        settings: LinkSettings,
        drained: Callable[[], None],
    ) -> None:
        self._box = box
        self._send = deliver
        self._settings = settings
        self._drained = drained
        self._wake = asyncio.Event()
        self._watched: dict[str, asyncio.Future[VisitView | None]] = {}

    def watch(self, visit: str) -> asyncio.Future[VisitView | None]:
        """Give what the server will say of this visit; None where it refuses it."""
        return self._watched.setdefault(visit, asyncio.get_running_loop().create_future())

    def nudge(self) -> None:
        """Try now: a ticket was issued, or the server is heard again."""
        self._wake.set()

    async def run(self) -> None:
        pause = self._settings.retry_first_s
        while True:
            self._wake.clear()
            try:
                ticket = await self._box(Outbox.waiting)
                if ticket is None:
                    self._drained()
                    await self._wake.wait()
                    continue
                if await self._deliver(ticket):
                    pause = self._settings.retry_first_s
                    continue
            except OutboxError as error:
                # The disk is full or gone: the ticket is sent again, with the same key, when it can be marked.
                _log.error("outbox", **error.placeholders)
            try:
                # Kiosks of one centre lose the server together and should not all come back in the same instant.
                async with asyncio.timeout(pause * random.uniform(0.5, 1.0)):  # noqa: S311 - not a secret
                    await self._wake.wait()
            except TimeoutError:
                pause = min(pause * 2, self._settings.retry_max_s)

    async def _deliver(self, ticket: Ticket) -> bool:
        try:
            answer = await self._send(ticket)
        except ServerAwayError:
            return False
        except ProblemError as problem:
            if not is_final(problem):
                _log.warning("delivery-put-off", visit=ticket.visit, status=problem.status, code=problem.code)
                return False
            _log.error("delivery-refused", visit=ticket.visit, code=ticket.code, problem=problem.code)
            await self._box(Outbox.refused, ticket.visit, problem.code)
            self._settle(ticket.visit, None)
            return True
        await self._box(Outbox.sent, ticket.visit)
        self._settle(ticket.visit, answer.visit)
        return True

    def _settle(self, visit: str, view: VisitView | None) -> None:
        watched = self._watched.pop(visit, None)
        if watched is not None and not watched.done():
            watched.set_result(view)
