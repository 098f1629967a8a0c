"""A ticket: committed, sent, printed (docs/design.md, "Paper, money and speech")."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Concatenate

import structlog

from kiosk.devices.papers import Papers
from kiosk.devices.printer import Printer
from kiosk.errors import CodesUsedUpError, OutboxError
from kiosk.journey import events as e
from kiosk.journey.events import FailureCode
from kiosk.kit.papers import PaperFoot, PaperStop, PaperTicket
from kiosk.link.server import Link
from kiosk.settings import LinkSettings
from kiosk.store.identity import Identity
from kiosk.tickets.model import Ticket
from kiosk.tickets.on_paper import PaperState
from kiosk.tickets.outbox import Outbox, OutboxWorker
from peripherals.printers.port import MonoImage
from queue_server.contract.visits import VisitView
from queue_server.domain.tariff import size

_log = structlog.get_logger(__name__)


class Tickets:
    """Issues for one kiosk.

    ``draw`` makes the paper, ``now`` is the centre's time as it is printed, ``foot`` what else papers say of it in
    a language, ``post`` tells the journey, ``moved`` hears of each commit.
    """

    def __init__(
        self,
        box: OutboxWorker,
        printer: Printer,
        papers: Papers,
        settings: LinkSettings,
        *,
        draw: Callable[[PaperTicket, int], MonoImage],
        now: Callable[[], datetime],
        foot: Callable[[str], PaperFoot],
        post: Callable[[e.Event], None],
        moved: Callable[[], None],
    ) -> None:
        self._box = box
        self._printer = printer
        self._papers = papers
        self._settings = settings
        self._draw = draw
        self._now = now
        self._foot = foot
        self._post = post
        self._moved = moved
        self.identity: Identity | None = None
        self.link: Link | None = None
        #: The number of the journey that goes on now: paper for another one would be a stranger's.
        self.number = 0
        #: What stands on the screen alone, and may still be printed.
        self._held: tuple[e.Issue, Ticket, int | None] | None = None

    async def issue(self, asked: e.Issue) -> None:
        begun = asyncio.get_running_loop().time()
        try:
            ticket = await self._box(
                Outbox.issue,
                asked.services,
                asked.language,
                datetime.now(UTC),
                asks_priority=asked.asks_priority,
                people=asked.people,
                sealer=self._papers.sealer(asked.number, asked.documents),
            )
        except CodesUsedUpError as error:
            _log.error("codes-used-up", **error.placeholders)
            self._post(e.IssueFailed(asked.number, FailureCode.CODES_USED_UP))
            return
        except OutboxError as error:
            _log.error("outbox", **error.placeholders)
            self._post(e.IssueFailed(asked.number, FailureCode.OUTBOX))
            return
        self._papers.drop_faces(asked.number)
        address = self.identity.ticket_address(ticket.visit) if self.identity else ""
        self._post(e.Issued(asked.number, ticket.visit, ticket.code, address))
        self._moved()
        ahead = await self._send(asked.number, ticket)
        paper = await self._on_paper(asked, ticket, ahead)
        took = round((asyncio.get_running_loop().time() - begun) * 1000)
        _log.info("issued", visit=ticket.visit, code=ticket.code, paper=paper, ms=took)

    async def again(self, asked: e.PrintTicket) -> None:
        """Print the ticket for which there was no paper, as long as its person stands there."""
        if self._held is not None and self._held[0].number == asked.number:
            await self._on_paper(*self._held)

    def forget(self) -> None:
        """Nobody stands there any more who could have it printed."""
        self._held = None

    async def _on_paper(self, asked: e.Issue, ticket: Ticket, ahead: int | None) -> PaperState:
        """Print, and tell the journey what came of it."""
        paper = await self._print(asked, ticket, ahead)
        on_paper = paper is PaperState.PRINTED or asked.number != self.number
        self._held = None if on_paper else (asked, ticket, ahead)
        shown = {PaperState.PRINTED: "taken", PaperState.UNKNOWN: "cut"}
        self._post(e.Printed(asked.number, shown.get(paper, "none")))  # type: ignore[arg-type]
        return paper

    async def _send(self, number: int, ticket: Ticket) -> int | None:
        """Give the server, where it is there, a moment to say how many are before this one."""
        if self.link is None:
            return None

        def answered(future: asyncio.Future[VisitView | None]) -> None:
            view = None if future.cancelled() else future.result()
            if view is not None and view.ahead is not None:
                self._post(e.Answered(number, view.ahead))

        future = self.link.delivery.watch(ticket.visit)
        future.add_done_callback(answered)
        self.link.delivery.nudge()
        if self.link.connected:
            await asyncio.wait({future}, timeout=self._settings.answer_wait_s)
        view = future.result() if future.done() else None
        return view.ahead if view is not None else None

    async def _print(self, asked: e.Issue, ticket: Ticket, ahead: int | None) -> PaperState:
        if asked.number != self.number or not self._printer.ready or self.identity is None:
            # Nobody stands there any more, or the printer has already said that it cannot.
            await self._note(Outbox.printed, ticket.visit, PaperState.FAILED)
            return PaperState.FAILED
        image = await asyncio.to_thread(self._paper, asked, ticket, self.identity, ahead)
        await self._note(Outbox.printing, ticket.visit)
        paper = await self._printer.print(image)
        await self._note(Outbox.printed, ticket.visit, paper)
        return paper

    async def _note[**P](
        self, method: Callable[Concatenate[Outbox, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Write down what became of the paper; a person who waits for it does not wait for that."""
        try:
            await self._box(method, *args, **kwargs)
        except OutboxError as error:
            _log.error("outbox", **error.placeholders)

    def _paper(self, asked: e.Issue, ticket: Ticket, identity: Identity, ahead: int | None) -> MonoImage:
        """Draw the paper; in a worker, because fonts are read from files."""
        now = self._now()
        drawing = PaperTicket(
            language=asked.language,
            centre=asked.centre,
            code=ticket.code,
            stops=tuple(PaperStop(stop.label, stop.place) for stop in asked.stops),
            url=identity.ticket_address(ticket.visit),
            date=f"{now:%Y-%m-%d}",
            time=f"{now:%H:%M}",
            ahead=ahead,
            people=size(asked.people),
            foot=self._foot(asked.language),
        )
        return self._draw(drawing, self._printer.width)
