"""The kiosk put together: one asyncio thread for journey, devices, outbox and server; frames go out to Qt.

``Kiosk`` knows no Qt: what is shown leaves by ``show``, what is touched comes in by ``act``, and ``draw`` makes the
paper. The journey decides; this does what it says.
"""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from kiosk.devices.chip import Chip
from kiosk.devices.papers import Papers
from kiosk.devices.printer import Printer
from kiosk.devices.reader import Reader
from kiosk.devices.scanner import CodeScanner
from kiosk.devices.seals import Seals
from kiosk.errors import KioskError, OutboxError
from kiosk.journey import events as e
from kiosk.journey import idle
from kiosk.journey.events import FailureCode
from kiosk.journey.flows.visit import VISIT
from kiosk.journey.machine import advance, page
from kiosk.journey.offer import Offer, text
from kiosk.journey.page import Payment
from kiosk.journey.state import Journey, start
from kiosk.journey.surroundings import Health, Surroundings
from kiosk.kit.frame import Frame
from kiosk.kit.papers import NO_FOOT, PaperFoot
from kiosk.link import place
from kiosk.link.calls import Calls
from kiosk.link.enrolment import enrol, refusal
from kiosk.link.hall import HallKeeper
from kiosk.link.health import HealthBook, status_of
from kiosk.link.offer import offer_of
from kiosk.link.server import Link
from kiosk.parts import Parts
from kiosk.payment.till import Till
from kiosk.store.identity import Identity
from kiosk.store.storage import Storage
from kiosk.technician import pin
from kiosk.technician.desk import Technician
from kiosk.tickets.issuing import Tickets
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.contract.client import ApiClient, ClientError
from queue_server.contract.devices import StatusRequest
from queue_server.contract.hall import HelpView, NoticeView
from queue_server.contract.reporter import Reporter
from queue_server.contract.starts import Start, sign
from queue_server.domain.values import Intake

_log = structlog.get_logger(__name__)


class Kiosk:
    """Runs until cancelled, or until a technician restarts it. Every method but ``run`` is for its loop's thread."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._settings = parts.settings
        self._inbox: asyncio.Queue[e.Event] = asyncio.Queue()
        self._book = HealthBook(self._health_changed)
        devices, told = parts.devices, (self.post, self._book.part)
        self._printer = Printer(devices.printer, *told)
        self._papers = Papers()
        self._reader = Reader(devices.reader, self._papers, *told)
        self._chip = Chip(
            devices.chip,
            parts.settings.documents,
            self._papers,
            trust=parts.trust,
            mark=parts.trust_mark,
            begin=self._begin,
            now=self._time,
            post=self.post,
            part=self._book.part,
        )
        seals = Seals(self._papers, store=lambda: self._chip.trusted.store, now=self._time)
        self._scanner = CodeScanner(devices.scanner, seals, *told)
        self._till = Till(
            devices.terminal,
            parts.settings,
            self._printer,
            self._papers,
            draw=parts.draw,
            draw_receipt=parts.draw_receipt,
            draw_claim=parts.draw_claim,
            now=self._time,
            centre=self._centre_name,
            foot=self._foot,
            online=self._may_pay,
            post=self.post,
            part=self._book.part,
            moved=self.outbox_moved,
        )
        self._hall = HallKeeper(parts.data, lambda hall: self.post(e.HallChanged(hall)))
        self._technician = Technician(
            parts.data,
            parts.settings.technician,
            self._printer,
            self._reader,
            self._chip,
            self._scanner,
            self._till,
            draw=parts.draw_test,
            now=self._time,
            post=self.post,
        )
        self._catalogue: ServicesAnswer | None = None
        self._zone: tzinfo = UTC
        self._identity: Identity | None = None
        self._link: Link | None = None
        self._client: ApiClient | None = None
        self._reporter: Reporter | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._calls = Calls(parts.settings.link, self.post)
        self._shown: Frame | None = None
        self._number = 0
        self._out_of_order = False
        self._emergency = False
        self._refused = False
        self._start: Start | None = None
        #: Whether another machine may have given numbers that this one has not heard of (``Outbox.doubt``).
        self._unsure = False

    def post(self, event: e.Event) -> None:
        self._inbox.put_nowait(event)

    def act(self, name: str, argument: str) -> None:
        self.post(e.Action(name, argument))

    async def run(self) -> None:
        data = self._parts.data
        self._identity = await asyncio.to_thread(data.identity)
        catalogue = await asyncio.to_thread(data.catalogue)
        self._out_of_order = (await asyncio.to_thread(data.mode)).out_of_order
        if self._identity is not None:
            await self._begin_start(self._identity)
        async with OutboxWorker(data.outbox) as self._box, asyncio.TaskGroup() as self._tasks:
            self._tickets = Tickets(
                self._box,
                self._printer,
                self._papers,
                self._settings.link,
                draw=self._parts.draw,
                now=self._time,
                foot=self._foot,
                post=self.post,
                moved=self.outbox_moved,
            )
            if catalogue is not None:
                await self._know(catalogue)
            for ticket in await self._box(Outbox.recover):
                # Whoever asked for it is gone: paper that comes out now would be a stranger's.
                _log.warning("not-printed-after-restart", visit=ticket.visit, code=ticket.code, paper=ticket.paper)
            self._book.outbox(await self._box(Outbox.standing))
            self._unsure = await self._box(Outbox.doubts)
            if self._start is not None and self._start.copied:
                await self._doubt()
            settling = await self._till.open(self._box)
            around = Surroundings(
                enrolled=self._identity is not None,
                offer=self._offer(await self._usable()),
                settling=settling,
                hall=await self._hall.load(catalogue.centre if catalogue else None),
                kiosk=self._identity.name if self._identity else "",
                version=self._parts.version,
                out_of_order=self._out_of_order,
                copied=self._sign,
                pin=await asyncio.to_thread(pin.known, data),
                sides=self._parts.settings.screen.sides,
                health=self._book.health,
            )
            for part in (self._printer, self._reader, self._chip, self._scanner, self._till):
                self._begin(part.slot.run())
            self._begin(self._till.run())
            self._begin(self._chip.trusted.keep())
            self._begin(self._hall.run())
            self._begin(Storage(data.outbox.parent, self._settings.storage, self._book.disk).run())
            if self._identity is not None:
                self._begin(self._keep_link(self._identity))
            try:
                await self._walk(around)
            finally:
                await self._till.close()
            for task in self._running:
                task.cancel()

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = self._tasks.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _walk(self, around: Surroundings) -> None:
        """Go on until a technician restarts the kiosk."""
        loop = asyncio.get_running_loop()
        timing = replace(self._settings.journey.timing, reading=self._settings.documents.read_s)
        journey = start(VISIT, around, timing, loop.time())
        while True:
            self._show(journey)
            moment = idle.due(journey)
            try:
                async with asyncio.timeout_at(moment):
                    event = await self._inbox.get()
            except TimeoutError:
                event = e.Tick()
            self._note(event)
            journey, effects = advance(journey, event, loop.time())
            self._number = self._tickets.number = journey.number
            for effect in effects:
                if isinstance(effect, e.Restart):
                    _log.info("restart")
                    return
                self._do(effect)
            if isinstance(event, e.DocumentRead):
                self._papers.settle(event.laid)

    def _note(self, event: e.Event) -> None:
        """Take from an event what is not the journey's."""
        match event:
            case e.HealthChanged():
                self._look_after()
            case e.HallChanged(hall):
                self._emergency = hall.emergency is not None
            case e.PaperChanged(paper=True):
                self._till.paper_back()
            case e.ModeChanged(out_of_order):
                self._out_of_order = out_of_order
                self._look_after()
                self._report()

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

    def _do(self, effect: e.Effect) -> None:  # noqa: C901, PLR0912, PLR0915 - one case an effect
        match effect:
            case e.Issue() if self._sign:
                self.post(e.IssueFailed(effect.number, FailureCode.COPIED))
            case e.Pay() if self._sign:
                self.post(e.PaymentChanged(effect.number, Payment("not-paid", reason="failed")))
            case e.Issue():
                self._begin(self._tickets.issue(effect))
            case e.PrintTicket():
                self._begin(self._tickets.again(effect))
            case e.Pay():
                self._begin(self._till.pay(effect))
            case e.CancelPayment():
                self._till.cancel()
            case e.AnswerPaper():
                self._till.answer(effect)
            case e.ReadChip():
                self._chip.read(effect)
            case e.GiveCan():
                self._chip.give_can(effect)
            case e.EndChip():
                self._chip.stop()
            case e.FindChip():
                self._chip.find(effect)
            case e.ForgetDocument():
                self._forget_document()
            case e.Enrol(code):
                self._begin(self._enrol(code))
            case e.LookUp():
                self._begin(self._look_up(effect))
            case e.LookUpCode():
                self._begin(self._look_up_code(effect))
            case e.CallHelp():
                self._calls.call(effect)
            case e.WithdrawHelp():
                self._calls.forget()
            case e.Refresh():
                if self._link is not None:
                    self._link.refresh()
            case e.CheckPin():
                self._begin(self._technician.check_pin(effect))
            case e.PrintTest():
                self._begin(self._technician.print_test(effect))
            case e.TryTerminal():
                self._begin(self._technician.try_terminal(effect))
            case e.RollChanged():
                self._begin(self._technician.roll_changed(effect))
            case e.SetAddress():
                self._begin(self._technician.set_address(effect))
            case e.SetOutOfOrder():
                self._begin(self._technician.set_mode(effect))
            case e.Wipe():
                self._tickets.forget()
                self._forget_document()
                # Whoever has called when the hall is cleared may be the one who cannot leave.
                (self._calls.leave if self._emergency else self._calls.forget)()
                self._till.forget()
                _log.info("wiped", journey=self._number)

    def _forget_document(self) -> None:
        self._chip.stop()
        self._papers.forget()

    async def _look_up(self, asked: e.LookUp) -> None:
        if self._client is None or self._identity is None:
            self.post(e.PlaceAway(asked.number, asked.look))
            return
        self.post(await place.look_up(self._client, self._identity.centre, asked))

    async def _look_up_code(self, asked: e.LookUpCode) -> None:
        if self._client is None or self._identity is None:
            self.post(e.PlaceAway(asked.number, asked.look))
            return
        self.post(await place.look_up_code(self._client, self._identity.centre, asked))

    # The server.

    async def _enrol(self, code: str) -> None:
        try:
            identity = await enrol(self._parts, self._box, code)
        except (ClientError, KioskError) as error:
            self.post(e.EnrolRefused(refusal(error)))
        else:
            self._identity = identity
            await self._begin_start(identity)
            self._begin(self._keep_link(identity))
            self.post(e.Enrolled(identity.name))

    async def _keep_link(self, identity: Identity) -> None:
        self._tickets.identity = self._till.identity = identity
        self._technician.name = identity.name
        async with self._parts.connect(identity.token, self._start) as client:
            self._client = client
            self._link = self._tickets.link = self._till.link = Link(
                client, identity, self._box, self._settings.link, self
            )
            self._reporter = Reporter(client, identity.centre, self._settings.link, self._status, self._hear)
            async with asyncio.TaskGroup() as all_:
                for work in (
                    self._link.run(),
                    self._reporter.run(),
                    self._till.tell(client, identity.centre),
                    self._calls.run(client, identity.centre),
                ):
                    all_.create_task(work)

    async def _begin_start(self, identity: Identity) -> None:
        self._start = Start(identity.device, identity.centre, self._parts.data.starts, self._copied)
        await asyncio.to_thread(self._start.load)

    @property
    def _sign(self) -> str:
        """What this machine shows where another one is, or was, the same kiosk; empty where it may give numbers."""
        if self._start is None or not (self._start.copied or self._unsure):
            return ""
        # One that was enrolled anew has no id before its first request.
        return sign(self._start.id) or "-"

    def _copied(self, copied: bool) -> None:
        if copied:
            _log.error(FailureCode.COPIED, sign=self._sign)
            self._begin(self._doubt())
        elif self._unsure:
            self._begin(self._ask_for_numbers())
        self.post(e.CopiedChanged(self._sign))

    async def _doubt(self) -> None:
        self._unsure = True
        try:
            await self._box(Outbox.doubt)
        except OutboxError as error:
            _log.error("outbox", **error.placeholders)

    async def _ask_for_numbers(self) -> None:
        """Hear which numbers the other machine gave, before this one gives any."""
        pause = self._settings.link.retry_first_s
        while self._unsure and self._start is not None and not self._start.copied:
            try:
                if self._link is not None and await self._link.ask() and not self._start.copied:
                    await self._box(Outbox.trust)
                    self._unsure = False
            except (ClientError, KioskError) as error:
                _log.warning("numbers-not-heard", code=error.code)
            if self._unsure:
                await asyncio.sleep(pause)
                pause = min(pause * 2, self._settings.link.retry_max_s)
        self.post(e.CopiedChanged(self._sign))

    def _hear(self, server: datetime) -> None:
        self._hall.hear(server)
        self._till.evening.nudge()

    def refused(self) -> None:
        """Offer nothing more: a ticket that no server takes is none."""
        if not self._refused:
            self._refused = True
            _log.error("not-our-server")
            self.post(e.OfferChanged(self._offer(None)))

    def heard(self, *, connected: bool) -> None:
        """Take note that the server is heard, or is not any more."""
        self._book.line(connected=connected)
        if connected:
            self._report()
            self._till.nudge()
            self._calls.nudge()

    def helped(self, calls: tuple[HelpView, ...], *, all_: bool) -> None:
        self._calls.hear(calls, all_=all_)

    def said(self, intake: Intake | None, notices: tuple[NoticeView, ...] | None) -> None:
        self._hall.say(intake, notices)

    def outbox_moved(self) -> None:
        self._begin(self._count())

    def begun_anew(self) -> None:
        self._till.nudge()
        self._begin(self._count())

    async def _count(self) -> None:
        try:
            self._book.outbox(await self._box(Outbox.standing))
        except OutboxError as error:
            _log.error("outbox", **error.placeholders)

    def catalogue_changed(self, catalogue: ServicesAnswer) -> None:
        self._begin(self._take(catalogue))

    async def _take(self, catalogue: ServicesAnswer) -> None:
        self._refused = False
        if catalogue != self._catalogue:
            await self._know(catalogue)
            try:
                await asyncio.to_thread(self._parts.data.keep_catalogue, catalogue)
            except KioskError as error:
                _log.error("catalogue-not-kept", code=error.code)
        self.post(e.OfferChanged(self._offer(await self._usable())))

    async def _know(self, catalogue: ServicesAnswer) -> None:
        self._catalogue = catalogue
        self._papers.seal_to(catalogue.documents_key)
        self._zone = await asyncio.to_thread(ZoneInfo, catalogue.centre.zone)
        await self._hall.take(catalogue.centre)

    async def _usable(self) -> ServicesAnswer | None:
        """Offer nothing before the outbox knows its first service day: it could not issue what it offers."""
        standing = await self._box(Outbox.standing)
        return self._catalogue if standing.day else None

    def _offer(self, usable: ServicesAnswer | None) -> Offer:
        return offer_of(usable, self._parts.translated, self._settings.payment.currency)

    def _may_pay(self) -> bool:
        online = self._link is not None and self._link.connected
        return online or (self._catalogue is not None and self._catalogue.pay_offline)

    def _centre_name(self, language: str) -> str:
        return text(self._catalogue.centre.name, language) if self._catalogue is not None else ""

    def _foot(self, language: str) -> PaperFoot:
        if self._catalogue is None:
            return NO_FOOT
        centre = self._catalogue.centre
        return PaperFoot(text(centre.address, language), centre.week)

    # How the kiosk is.

    def _time(self) -> datetime:
        """Say what time it is at the centre; this machine's own clock may be years wrong."""
        return self._hall.now().astimezone(self._zone)

    def _status(self) -> StatusRequest:
        return status_of(self._book.health, out_of_order=self._out_of_order)

    def _look_after(self) -> None:
        self._calls.look(self._book.health, out_of_order=self._out_of_order)

    def _health_changed(self, health: Health) -> None:
        self.post(e.HealthChanged(health))
        self._report()

    def _report(self) -> None:
        if self._reporter is not None:
            self._reporter.nudge()
