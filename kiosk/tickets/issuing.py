"""A ticket: committed, sent, printed (docs/design.md, "Paper, money and speech")."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Concatenate

import structlog

from kiosk.devices.equipment import Equipment
from kiosk.errors import CodesExhaustedError, OutboxError
from kiosk.journey import events as e
from kiosk.journey.events import FailureCode
from kiosk.journey.foreseen import foreseen
from kiosk.kit.papers import PaperTicket, PrintedStop
from kiosk.kit.qr_code import qr_code
from kiosk.link.health import HealthBook
from kiosk.ports import Artist, CentreFacts, EventSink, OutboxWatch, Wakeable
from kiosk.settings import KioskLinkSettings
from kiosk.store.identity import KioskIdentity
from kiosk.tickets.admission import Admission
from kiosk.tickets.model import CommittedTicket, PrintResult, with_lacking
from kiosk.tickets.outbox import Outbox, OutboxWorker
from kiosk.tickets.uploader import TicketRelay
from peripherals.money import Amount
from peripherals.printers.port import MonoImage
from queue_server.contract.visits import VisitView
from queue_server.domain.tariff import size
from queue_server.domain.values import VisitId, new_id

_log = structlog.get_logger(__name__)


class Tickets:
    """Issues for one kiosk of a centre.

    ``line`` tells whether the server is heard; ``reprints`` is woken when there may be a paper more to tell it of.
    """

    def __init__(
        self,
        box: OutboxWorker,
        identity: KioskIdentity,
        equipment: Equipment,
        delivery: TicketRelay,
        *,
        settings: KioskLinkSettings,
        line: HealthBook,
        centre: CentreFacts,
        artist: Artist,
        events: EventSink,
        watch: OutboxWatch,
        admission: Admission,
        reprints: Wakeable,
    ) -> None:
        self._box = box
        self._reprints = reprints
        self._admission = admission
        self._identity = identity
        self._printer = equipment.printer
        self._papers = equipment.papers
        self._delivery = delivery
        self._settings = settings
        self._line = line
        self._centre = centre
        self._artist = artist
        self._events = events
        self._watch = watch
        #: The number of the journey that goes on now: paper for another one would be a stranger's.
        self._number = 0
        #: What stands on the screen alone, and may still be printed.
        self._held: tuple[e.MakeTicket, CommittedTicket, VisitView | None] | None = None

    def attend(self, number: int) -> None:
        """Take note of which journey goes on now."""
        self._number = number

    async def issue(self, asked: e.MakeTicket) -> None:
        # Asked beside the commit and the server, so that the paper need not wait for its answers. Whatever comes of it
        # ends nothing here: what cannot be printed is found out once more then.
        checked = asyncio.create_task(self._printer.check(), name="printer-check")
        try:
            await self._issue(asked)
        finally:
            await asyncio.wait({checked})

    async def _issue(self, asked: e.MakeTicket) -> None:
        begun = asyncio.get_running_loop().time()
        visit = VisitId(new_id())
        address = self._identity.ticket_address(visit)
        # Screen and paper bear it: found while the disk writes.
        coded = asyncio.create_task(asyncio.to_thread(qr_code, address), name="qr-code")
        try:
            ticket = await self._box(
                Outbox.issue,
                asked.services,
                asked.language,
                datetime.now(UTC),
                asks_priority=asked.asks_priority,
                people=asked.people,
                sealer=with_lacking(self._papers.sealer(asked.number, asked.documents), asked.lacking),
                visit=visit,
                held=asked.admits,
                appointment=asked.appointment,
            )
            if asked.admits and (refused := await self._admission.ask(ticket)) is not None:
                self._watch.moved()
                self._events.post(e.AdmissionRefused(asked.number, refused.verdict, refused.code))
                return
        except CodesExhaustedError as error:
            _log.error("codes-used-up", **error.placeholders)
            self._events.post(e.IssueFailed(asked.number, FailureCode.CODES_USED_UP))
            return
        except OutboxError as error:
            _log.error("outbox", **error.placeholders)
            self._events.post(e.IssueFailed(asked.number, FailureCode.OUTBOX))
            return
        finally:
            await asyncio.wait({coded})
        self._papers.drop_faces(asked.number)
        self._events.post(e.Issued(asked.number, ticket.visit, ticket.code, address))
        self._watch.moved()
        view = await self._send(asked.number, ticket)
        paper = await self._on_paper(asked, ticket, view)
        took = round((asyncio.get_running_loop().time() - begun) * 1000)
        _log.info("issued", visit=ticket.visit, code=ticket.code, paper=paper, ms=took)

    async def again(self, asked: e.PrintTicketLater) -> None:
        """Print the ticket for which there was no paper, as long as its person stands there."""
        if self._held is not None and self._held[0].number == asked.number:
            await self._on_paper(*self._held)
            self._reprints.wake()

    def clear(self) -> None:
        """Nobody stands there any more who could have it printed."""
        self._held = None

    async def _on_paper(self, asked: e.MakeTicket, ticket: CommittedTicket, view: VisitView | None) -> PrintResult:
        """Print, and tell the journey what came of it."""
        paper = await self._print(asked, ticket, view)
        on_paper = paper is PrintResult.PRINTED or asked.number != self._number
        self._held = None if on_paper else (asked, ticket, view)
        shown = {PrintResult.PRINTED: "taken", PrintResult.UNKNOWN: "cut"}
        self._events.post(e.Printed(asked.number, shown.get(paper, "none")))  # type: ignore[arg-type]
        return paper

    async def _send(self, number: int, ticket: CommittedTicket) -> VisitView | None:
        """Give the server, where it is there, a moment to say how many are before this one, and how long they wait."""
        future = self._delivery.notify_ahead(ticket.visit, number, self._events)
        if self._line.connected:
            await asyncio.wait({future}, timeout=self._settings.answer_wait_s)
        return future.result() if future.done() else None

    async def _print(self, asked: e.MakeTicket, ticket: CommittedTicket, view: VisitView | None) -> PrintResult:
        if asked.number != self._number or not self._printer.ready:
            # Nobody stands there any more, or the printer has already said that it cannot.
            await self._note(Outbox.printed, ticket.visit, PrintResult.FAILED)
            return PrintResult.FAILED
        image, _ = await asyncio.gather(
            asyncio.to_thread(self._paper, asked, ticket, view), self._note(Outbox.printing, ticket.visit)
        )
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

    def _paper(self, asked: e.MakeTicket, ticket: CommittedTicket, view: VisitView | None) -> MonoImage:
        """Draw the paper; in a worker, because fonts are read from files."""
        now = self._centre.now()
        drawing = PaperTicket(
            language=asked.language,
            centre=asked.centre,
            code=ticket.code,
            stops=tuple(PrintedStop(stop.label, stop.place) for stop in asked.stops),
            url=self._identity.ticket_address(ticket.visit),
            date=f"{now:%Y-%m-%d}",
            time=f"{now:%H:%M}",
            ahead=None if view is None else view.ahead,
            wait=None if view is None else foreseen(view.wait, self._centre.clock),
            owed=() if asked.owed is None else tuple(Amount(one.minor, one.currency) for one in asked.owed.fees),
            desk="" if asked.owed is None else asked.owed.desk,
            people=size(asked.people),
            booked=asked.booked,
            foot=self._centre.foot(asked.language),
        )
        return self._artist.ticket(drawing, self._printer.width)
