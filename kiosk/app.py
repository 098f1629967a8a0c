"""The kiosk put together: one asyncio thread for journey, devices, outbox and server; frames go out to Qt.

``Kiosk`` knows no Qt: what is shown leaves by ``show``, what is touched comes in by ``act``, and ``draw`` makes the
paper. The journey decides; this does what it says.
"""

import asyncio
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Concatenate, NamedTuple
from zoneinfo import ZoneInfo

import structlog

from kiosk.data import DataFolder, Identity
from kiosk.devices import Printer, Reader
from kiosk.errors import CodesUsedUpError, KioskError, OutboxError
from kiosk.journey import events as e
from kiosk.journey import idle
from kiosk.journey.context import Surroundings
from kiosk.journey.failure import FailureCode
from kiosk.journey.machine import advance, page
from kiosk.journey.state import Journey, start
from kiosk.kit.bridge import Frame
from kiosk.kit.paper import PaperStop, PaperTicket
from kiosk.offer import offer_of
from kiosk.outbox import Outbox, PaperState, Ticket
from kiosk.server import HelpSent, Link
from kiosk.settings import Settings
from kiosk.worker import OutboxWorker
from peripherals.documents.port import DocumentReader
from peripherals.printers.port import MonoImage, POSPrinter
from queue_server.contract.client import ApiClient, ProblemError, ServerAwayError
from queue_server.contract.messages import ServicesAnswer, VisitView
from queue_server.values import HelpKind, new_id

_log = structlog.get_logger(__name__)

_TOO_MANY = 429


class Parts(NamedTuple):
    """What a kiosk is made of. ``connect`` makes a client of the server with a token; None before enrolment.

    ``translated`` are the languages that screen and paper both speak.
    """

    data: DataFolder
    settings: Settings
    server: str
    connect: Callable[[str | None], ApiClient]
    printer: POSPrinter | None
    reader: DocumentReader | None
    translated: Collection[str]
    show: Callable[[Frame], None]
    draw: Callable[[PaperTicket, int], MonoImage]


class Kiosk:
    """Runs until cancelled; every method but ``run`` may be called in its loop's thread only."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._settings = parts.settings
        self._inbox: asyncio.Queue[e.Event] = asyncio.Queue()
        self._printer = Printer(parts.printer, self.post)
        self._reader = Reader(parts.reader, self.post)
        self._catalogue: ServicesAnswer | None = None
        self._identity: Identity | None = None
        self._link: Link | None = None
        self._helps: dict[tuple[int, int], str] = {}
        self._told: set[HelpKind] = set()
        self._shown: Frame | None = None
        self._number = 0
        self._refused = False

    def post(self, event: e.Event) -> None:
        self._inbox.put_nowait(event)

    def act(self, name: str, argument: str) -> None:
        self.post(e.Action(name, argument))

    async def run(self) -> None:
        data = self._parts.data
        self._identity = await asyncio.to_thread(data.identity)
        self._catalogue = await asyncio.to_thread(data.catalogue)
        async with OutboxWorker(data.outbox) as self._box, asyncio.TaskGroup() as self._tasks:
            for ticket in await self._box(Outbox.recover):
                # Whoever asked for it is gone: paper that comes out now would be a stranger's.
                _log.warning("not-printed-after-restart", visit=ticket.visit, code=ticket.code, paper=ticket.paper)
            self._tasks.create_task(self._printer.run())
            self._tasks.create_task(self._reader.run())
            around = Surroundings(
                enrolled=self._identity is not None,
                offer=offer_of(await self._usable(), self._parts.translated),
                kiosk=self._identity.name if self._identity else "",
            )
            if self._identity is not None:
                self._tasks.create_task(self._keep_link(self._identity))
            await self._walk(around)

    async def _walk(self, around: Surroundings) -> None:
        loop = asyncio.get_running_loop()
        journey = start(around, self._settings.journey.timing, loop.time())
        while True:
            self._show(journey)
            moment = idle.due(journey)
            try:
                async with asyncio.timeout_at(moment):
                    event = await self._inbox.get()
            except TimeoutError:
                event = e.Tick()
            if event == e.PaperChanged(paper=True):
                self._told.discard(HelpKind.PAPER)
            journey, effects = advance(journey, event, loop.time())
            self._number = journey.number
            for effect in effects:
                self._do(effect)

    def _show(self, journey: Journey) -> None:
        context = journey.context
        frame = Frame.of(
            page(journey),
            language=context.language,
            large=context.large,
            contrast=context.contrast,
            lowered=context.lowered,
        )
        if frame != self._shown:
            self._shown = frame
            self._parts.show(frame)

    def _do(self, effect: e.Effect) -> None:
        match effect:
            case e.Issue():
                self._tasks.create_task(self._issue(effect))
            case e.Enrol(code):
                self._tasks.create_task(self._enrol(code))
            case e.CallHelp():
                self._call_help(effect)
            case e.TellStaff(kind):
                self._tell(kind)
            case e.Refresh():
                if self._link is not None:
                    self._link.refresh()
            case e.Wipe():
                self._helps.clear()
                if self._link is not None:
                    self._link.forget_help()
                _log.info("wiped", journey=self._number)

    # A ticket: committed, sent, printed.

    async def _issue(self, asked: e.Issue) -> None:
        begun = asyncio.get_running_loop().time()
        try:
            ticket = await self._box(Outbox.issue, asked.service, asked.language, datetime.now(UTC))
        except CodesUsedUpError as error:
            _log.error("codes-used-up", **error.placeholders)
            self.post(e.IssueFailed(asked.number, FailureCode.CODES_USED_UP))
            return
        except OutboxError as error:
            _log.error("outbox", **error.placeholders)
            self.post(e.IssueFailed(asked.number, FailureCode.OUTBOX))
            return
        self.post(e.Issued(asked.number, ticket.visit, ticket.code))
        ahead = await self._send(asked.number, ticket)
        paper = await self._print(asked, ticket, ahead)
        shown = {PaperState.PRINTED: "taken", PaperState.UNKNOWN: "cut"}
        self.post(e.Printed(asked.number, shown.get(paper, "none")))  # type: ignore[arg-type]
        took = round((asyncio.get_running_loop().time() - begun) * 1000)
        _log.info("issued", visit=ticket.visit, code=ticket.code, paper=paper, ms=took)

    async def _send(self, number: int, ticket: Ticket) -> int | None:
        """Give the server, where it is there, a moment to say how many are before this one."""
        if self._link is None:
            return None

        def answered(future: asyncio.Future[VisitView | None]) -> None:
            view = None if future.cancelled() else future.result()
            if view is not None and view.ahead is not None:
                self.post(e.Answered(number, view.ahead))

        future = self._link.delivery.watch(ticket.visit)
        future.add_done_callback(answered)
        self._link.delivery.nudge()
        if self._link.connected:
            await asyncio.wait({future}, timeout=self._settings.link.answer_wait_s)
        view = future.result() if future.done() else None
        return view.ahead if view is not None else None

    async def _print(self, asked: e.Issue, ticket: Ticket, ahead: int | None) -> PaperState:
        if asked.number != self._number or not self._printer.ready or self._identity is None:
            # Nobody stands there any more, or the printer has already said that it cannot.
            await self._note(Outbox.printed, ticket.visit, PaperState.FAILED)
            return PaperState.FAILED
        image = await asyncio.to_thread(self._draw, asked, ticket, self._identity, ahead)
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

    def _draw(self, asked: e.Issue, ticket: Ticket, identity: Identity, ahead: int | None) -> MonoImage:
        """Draw the paper; in a worker, because zones and fonts are read from files."""
        now = datetime.now(ZoneInfo(self._catalogue.centre.zone) if self._catalogue else UTC)
        drawing = PaperTicket(
            language=asked.language,
            centre=asked.centre,
            code=ticket.code,
            stops=tuple(PaperStop(stop.label, stop.place) for stop in asked.stops),
            url=identity.ticket_address(ticket.visit),
            date=f"{now:%Y-%m-%d}",
            time=f"{now:%H:%M}",
            ahead=ahead,
        )
        return self._parts.draw(drawing, self._printer.width)

    # Staff.

    def _call_help(self, asked: e.CallHelp) -> None:
        def told(sent: HelpSent) -> None:
            self.post(e.HelpAnswered(asked.number, asked.call, sent))

        if self._link is None:
            told("away")
            return
        key = self._helps.setdefault((asked.number, asked.call), new_id())
        self._link.call_help(asked.kind, key, told)

    def _tell(self, kind: HelpKind) -> None:
        """Tell staff what the kiosk needs, once until it is mended."""
        if self._link is None or kind in self._told or self._parts.printer is None:
            return
        self._told.add(kind)

        def told(sent: HelpSent) -> None:
            if sent == "away":
                self._told.discard(kind)

        self._link.call_help(kind, new_id(), told)

    # The server.

    async def _enrol(self, code: str) -> None:
        try:
            identity = await enrol(self._parts, self._box, code)
        except ServerAwayError:
            self.post(e.EnrolRefused(FailureCode.ENROL_AWAY))
        except ProblemError as problem:
            _log.warning("enrolment-refused", code=problem.code)
            limit = problem.status == _TOO_MANY
            self.post(e.EnrolRefused(FailureCode.ENROL_LIMIT if limit else FailureCode.ENROL_CODE))
        except KioskError as error:
            _log.error("enrolment-failed", code=error.code)
            self.post(e.EnrolRefused(FailureCode.ENROL_CODE))
        else:
            self._identity = identity
            self._tasks.create_task(self._keep_link(identity))
            self.post(e.Enrolled(identity.name))

    async def _keep_link(self, identity: Identity) -> None:
        async with self._parts.connect(identity.token) as client:
            self._link = Link(client, identity, self._box, self._settings.link, self)
            await self._link.run()

    def refused(self) -> None:
        """Offer nothing more: a ticket that no server takes is none."""
        if not self._refused:
            self._refused = True
            _log.error("not-our-server")
            self.post(e.OfferChanged(offer_of(None, self._parts.translated)))

    def catalogue_changed(self, catalogue: ServicesAnswer) -> None:
        self._tasks.create_task(self._take(catalogue))

    async def _take(self, catalogue: ServicesAnswer) -> None:
        self._refused = False
        if catalogue != self._catalogue:
            self._catalogue = catalogue
            try:
                await asyncio.to_thread(self._parts.data.keep_catalogue, catalogue)
            except KioskError as error:
                _log.error("catalogue-not-kept", code=error.code)
        self.post(e.OfferChanged(offer_of(await self._usable(), self._parts.translated)))

    async def _usable(self) -> ServicesAnswer | None:
        """Offer nothing before the outbox knows its first service day: it could not issue what it offers."""
        standing = await self._box(Outbox.standing)
        return self._catalogue if standing.day else None


async def enrol(parts: Parts, box: OutboxWorker, code: str) -> Identity:
    """Exchange a code for this kiosk's identity, and keep it.

    Raises:
        ServerAwayError, ProblemError: no answer, or the server's no.
        KioskError: the outbox still belongs to another device, or the folder cannot be written.
    """
    async with parts.connect(None) as client:
        answer = await client.enrol(code)
    identity = Identity.of(parts.server, answer)
    assert answer.series is not None  # noqa: S101 - Identity.of refuses an answer without one
    await box(Outbox.enrol, identity.centre, answer.series)
    await asyncio.to_thread(parts.data.keep_identity, identity)
    _log.info("enrolled", device=identity.device, centre=identity.centre, letter=answer.series.letter)
    return identity
