"""Brings tickets to the server: in order of issue, for ever, with the key that each was committed with.

After its ticket the server is told of each further paper of it (``ReprintRelay``), for the figures of reprints. That is
a loop of its own: whatever becomes of it holds up no ticket, and no new day.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import override

from kiosk.journey.events import VisitAccepted
from kiosk.journey.foreseen import foreseen
from kiosk.link.outbox_relay import DrainWatcher, OutboxRelay, Uploader, answer_to
from kiosk.ports import EventSink, Wakeable
from kiosk.settings import KioskLinkSettings
from kiosk.store import uptime
from kiosk.tickets.model import CommittedTicket, Reprint
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract.client import ApiClient, ProblemError
from queue_server.contract.visits import VisitAnswer, VisitView


class TicketUploader:
    """Sends tickets to a centre, each with what the clock that it was issued by shows now.

    The server reckons its age from both. A clock that was set meanwhile would make it a year old, or older than those
    before it, so the time that has really passed is added to the time of issue.
    """

    def __init__(self, client: ApiClient, centre: str) -> None:
        self._client = client
        self._centre = centre

    async def send(self, ticket: CommittedTicket) -> VisitAnswer:
        passed = uptime.since(ticket.moment)
        issued_at = ticket.request.issued_at
        clock = None if passed is None or issued_at is None else issued_at + timedelta(seconds=passed)
        return await self._client.issue(self._centre, ticket.request, ticket.key, clock)


class TicketRelay(OutboxRelay[CommittedTicket]):
    """Tickets, each with the key that it was committed with; ``clock`` writes what the centre's clock shows.

    ``reprints`` is woken with each ticket that the server has taken: what is told after it may be told now.
    """

    name = "tickets"
    fault = "outbox"

    def __init__(
        self,
        box: OutboxWorker,
        uploader: Uploader[CommittedTicket, VisitAnswer],
        settings: KioskLinkSettings,
        watcher: DrainWatcher | None = None,
        *,
        clock: Callable[[datetime], str],
        reprints: Wakeable | None = None,
    ) -> None:
        super().__init__(box, settings, watcher)
        self._clock = clock
        self._reprints = reprints
        self._uploader = uploader
        self._watched: dict[str, asyncio.Future[VisitView | None]] = {}

    def notify_ahead(self, visit: str, number: int, events: EventSink) -> asyncio.Future[VisitView | None]:
        """Tell a journey how many are before its visit, as soon as the server has said it; the visit is sent now."""

        def answered(future: asyncio.Future[VisitView | None]) -> None:
            view = None if future.cancelled() else future.result()
            if view is not None and view.ahead is not None:
                events.post(VisitAccepted(number, view.ahead, foreseen(view.wait, self._clock)))

        future = self.watch(visit)
        future.add_done_callback(answered)
        self.wake()
        return future

    def watch(self, visit: str) -> asyncio.Future[VisitView | None]:
        """Give what the server will say of this visit; None where it refuses it."""
        return self._watched.setdefault(visit, asyncio.get_running_loop().create_future())

    @override
    async def _next(self) -> CommittedTicket | None:
        return await self._box(Outbox.waiting)

    @override
    async def _send(self, one: CommittedTicket) -> bool:
        match await answer_to(self._uploader.send(one), "delivery", visit=one.visit, code=one.code):
            case None:
                return False
            case ProblemError() as problem:
                await self._box(Outbox.refused, one.visit, problem.code)
                self._settle(one.visit, None)
            case VisitAnswer(visit=view):
                await self._box(Outbox.sent, one.visit)
                self._settle(one.visit, view)
                if self._reprints is not None:
                    self._reprints.wake()
        return True

    def _settle(self, visit: str, view: VisitView | None) -> None:
        watched = self._watched.pop(visit, None)
        if watched is not None and not watched.done():
            watched.set_result(view)


class ReprintUploader:
    """Tells a centre of papers beyond the first one, each under a key of its own."""

    def __init__(self, client: ApiClient, centre: str) -> None:
        self._client = client
        self._centre = centre

    async def send(self, one: Reprint, /) -> VisitAnswer:
        return await self._client.count_paper(self._centre, one.visit, one.key)


#: It is for a figure: what the server does not allow is not asked for again, unlike a ticket that somebody holds.
_FORBIDDEN = {403}


class ReprintRelay(OutboxRelay[Reprint]):
    """Papers beyond the first one, each after its ticket. What the server refuses is let go, and the log says so."""

    name = "reprints"
    fault = "outbox"

    def __init__(
        self, box: OutboxWorker, uploader: Uploader[Reprint, VisitAnswer], settings: KioskLinkSettings
    ) -> None:
        super().__init__(box, settings)
        self._uploader = uploader

    @override
    async def _next(self) -> Reprint | None:
        return await self._box(Outbox.reprint)

    @override
    async def _send(self, one: Reprint) -> bool:
        answer = await answer_to(self._uploader.send(one), "reprint", refusals=_FORBIDDEN, visit=one.visit)
        if answer is None:
            return False
        await self._box(Outbox.reprint_told, one)
        return True
