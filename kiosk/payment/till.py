"""Where the kiosk takes payment: the terminal's place, the desk that pays with it, and what both mean for a journey.

What was cut off is settled before anybody may pay, at the start and whenever the journal could not be written.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

import structlog
from msgspec.structs import replace

from kiosk.devices.papers import Papers
from kiosk.devices.printer import Printer
from kiosk.devices.slot import Slot, part_of
from kiosk.errors import DayOpenError, DayRefusedError, KioskError, OutboxError
from kiosk.journey import events as e
from kiosk.journey.page import Payment
from kiosk.journey.surroundings import Part
from kiosk.kit.papers import PaperClaim, PaperFoot, PaperReceipt, PaperTicket
from kiosk.link.server import Link
from kiosk.pauses import Pauses
from kiosk.payment import closing, journal
from kiosk.payment.absent import leave_to_staff
from kiosk.payment.claims import Claims
from kiosk.payment.closings import Closings
from kiosk.payment.desk import Desk
from kiosk.payment.evening import Evening
from kiosk.payment.papers import PaymentPapers
from kiosk.payment.refusals import Refusals
from kiosk.payment.report import Reports
from kiosk.payment.state import OVER, Answer, DeskState, Phase
from kiosk.payment.steps import Bill
from kiosk.payment.tools import Tools
from kiosk.payment.word import Words
from kiosk.settings import Settings
from kiosk.store.identity import Identity
from kiosk.tickets.on_paper import PaperState
from kiosk.tickets.outbox import OutboxWorker
from peripherals.device import Answer as Said
from peripherals.device import DeviceState, DeviceStatus
from peripherals.errors import NotConnectedError, PeripheralError, TerminalRefusedError
from peripherals.faults import fault_of
from peripherals.payment.money import Amount
from peripherals.payment.port import PaymentTerminal, TerminalStatus
from peripherals.printers.port import MonoImage
from queue_server.contract.client import ApiClient, ClientError
from queue_server.contract.visits import AheadAnswer, VisitView
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import new_id

_log = structlog.get_logger(__name__)

#: A terminal at work is there; one that says nothing is not.
_PRESENT = {DeviceState.ONLINE, DeviceState.DEVICE_BUSY}
_PAPER = {PaperState.PRINTED: "taken", PaperState.PRINTING: "cut", PaperState.UNKNOWN: "cut"}


class Till:
    """Takes payments for one kiosk.

    ``draw``, ``draw_receipt`` and ``draw_claim`` make the papers, ``now`` is the centre's time as it is printed,
    ``centre`` its name in a language, ``foot`` what else papers say of it. ``online``: the server is there, or the
    centre takes payment without it. ``post`` tells the journey, ``moved`` hears of each change in the outbox.
    """

    def __init__(
        self,
        device: PaymentTerminal | None,
        settings: Settings,
        printer: Printer,
        papers: Papers,
        *,
        draw: Callable[[PaperTicket, int], MonoImage],
        draw_receipt: Callable[[PaperReceipt, int], MonoImage],
        draw_claim: Callable[[PaperClaim, int], MonoImage],
        now: Callable[[], datetime],
        centre: Callable[[str], str],
        foot: Callable[[str], PaperFoot],
        online: Callable[[], bool],
        post: Callable[[e.Event], None],
        part: Callable[[Part], None],
        moved: Callable[[], None],
    ) -> None:
        self.slot = Slot(device, self._told)
        self._settings = settings
        self._printer = printer
        self._papers = papers
        #: Who pays, by the order: what is left of one person's payment is never told to the next.
        self._asked: dict[str, e.Pay] = {}
        self._drawings = PaymentPapers(
            draw=draw,
            draw_receipt=draw_receipt,
            draw_claim=draw_claim,
            now=now,
            centre=centre,
            foot=foot,
            width=lambda: printer.width,
            asked=self._asked.get,
            identity=lambda: self.identity,
        ).drawings
        self._online = online
        self._post = post
        self._part = part
        self._moved = moved
        self._box: OutboxWorker | None = None
        self._desk: Desk | None = None
        self._with: PaymentTerminal | None = None
        self._orders: dict[tuple[int, tuple[str, ...], tuple[Headcount, ...]], str] = {}
        self._answers = False
        self._settled = False
        self._said: bool | None = None
        self._shut = False
        self._day_open = False
        self._refusals = Refusals(settings.payment.recover_s, self._tell_again, self.nudge)
        self._broken = asyncio.Event()
        self.identity: Identity | None = None
        self.link: Link | None = None
        self._reports: Reports | None = None
        self._closings: Closings | None = None
        self._words = Words(lambda: self.slot.device, settings.payment, self.nudge)
        self._ask_ahead: Callable[[str], Awaitable[AheadAnswer]] | None = None
        self._claims = Claims(self._claim_desk, settings.payment.ask_again_s)
        self.evening = Evening(
            settings.payment,
            now=now,
            settled=lambda: self._settled,
            desk=self._free_desk,
            shut=self._shut_for,
            ended=self._day_ended,
        )

    async def open(self, box: OutboxWorker) -> bool:
        """Take the journal; tell whether something in it is to be settled before anybody is served.

        Raises:
            OutboxError: it cannot be read or written.
        """
        self._box = box
        await box(journal.prepare)
        await box(closing.prepare)
        return bool(await box(journal.unsettled) or await box(journal.unclaimed))

    async def run(self) -> None:
        """Settle what was cut off, and end the terminal's days."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._keep_settled())
            if self._box is not None:
                tasks.create_task(self.evening.run(self._box))
                tasks.create_task(self._refusals.run(self._box))
                tasks.create_task(self._words.run(self._box))
                tasks.create_task(self._claims.run())

    async def tell(self, client: ApiClient, centre: str) -> None:
        """Tell the server of payments, and of ends of day when it has them, until cancelled."""
        if self._box is None:
            return
        link = self._settings.link
        close = partial(client.close_terminal, centre)
        closings = self._closings = Closings(self._box, close, link, self._refusals.answered)
        reports = self._reports = Reports(self._box, partial(client.report_payment, centre), link, closings.nudge)
        self._words.ask = partial(client.payment_words, centre)
        self._ask_ahead = partial(client.ahead, centre)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(reports.run())
                tasks.create_task(closings.run())
        finally:
            self._words.ask = self._ask_ahead = None

    async def _keep_settled(self) -> None:
        """Settle at the start and after each failure of the journal."""
        while True:
            self._broken.clear()
            await self._settle()
            self._settled = True
            self._say()
            self._post(e.Settling(False))
            self.evening.nudge()
            self._claims.nudge()
            await self._broken.wait()
            self._settled = False
            self._say()
            self._post(e.Settling(True))

    async def look(self) -> str:
        """Ask the terminal how it is now, and give the failure code, empty where it would take a payment."""
        if self.slot.device is None:
            return NotConnectedError.code
        try:
            status = await self.slot.device.check_health()
        except PeripheralError as error:
            return error.code
        return "" if _takes(status) else fault_of(status) or TerminalRefusedError.code

    async def pay(self, asked: e.Pay) -> None:
        """Have a fee paid, and tell the journey of it until nothing more happens by itself."""
        device, box = self.slot.device, self._box
        if device is None or box is None or not self._settled or self.identity is None:
            self._post(e.PaymentChanged(asked.number, Payment("not-paid", reason="failed")))
            return
        desk = self._desk_with(device, box)
        order = self._orders.setdefault((asked.number, asked.services, asked.people), new_id())
        bill = Bill(
            order,
            asked.services,
            Amount(asked.fee.minor, asked.fee.currency),
            asked.language,
            asked.asks_priority,
            asked.people,
        )
        self._asked[order] = asked
        try:
            await desk.start(bill, self._papers.sealer(asked.number, asked.documents))
        except KioskError as error:
            del self._asked[order]
            _log.error("payment-not-begun", code=error.code)
            self._post(e.PaymentChanged(asked.number, Payment("not-paid", reason="failed")))
            return
        state = await desk.over()
        if state.phase is Phase.PAID:
            # They went with the ticket; where it came to nothing they may go with another one.
            self._papers.drop_faces(asked.number)
        if not _slip_missing(state):
            self._asked.pop(order, None)
        self.evening.nudge()
        await self._end(asked.number, state, box)

    def cancel(self) -> None:
        if self._desk is not None:
            self._desk.cancel()

    def answer(self, asked: e.AnswerPaper) -> None:
        if self._desk is not None:
            self._desk.answer(Answer(asked.answer))

    def forget(self) -> None:
        """Let go of the person; what goes on is settled without them."""
        self._orders.clear()

    def paper_back(self) -> None:
        """Take note that the printer can print again."""
        self._claims.nudge()

    def nudge(self) -> None:
        """Tell the server now what it has not heard."""
        # A ticket is held until its payment is settled, and goes with it.
        delivery = None if self.link is None else self.link.delivery
        for one in (delivery, self._reports, self._closings):
            if one is not None:
                one.nudge()

    async def close(self) -> None:
        """Stop where it is: the next start settles it."""
        if self._desk is not None:
            await self._desk.close()

    async def _settle(self) -> None:
        with suppress(TimeoutError):
            # A claim slip comes out only where the printer is known.
            async with asyncio.timeout(self._settings.link.request_s):
                await self._printer.known.wait()
        self._words.nudge()
        disk = Pauses(self._settings.payment.ask_again_s, self._settings.link.retry_max_s)
        while True:
            try:
                await self._recover()
            except OutboxError as error:
                if disk.first:
                    _log.error("payment-journal", **error.placeholders)
                await asyncio.sleep(disk.failed())
            else:
                break
        self._moved()
        self.nudge()

    async def _recover(self) -> None:
        if self._box is None:
            return
        if self.slot.device is None:
            await leave_to_staff(self._box)
            return
        for one in await self._desk_with(self.slot.device, self._box).recover():
            _log.warning("payment-settled", attempt=one.id, step=one.step, reason=one.reason)

    def _desk_with(self, device: PaymentTerminal, box: OutboxWorker) -> Desk:
        if self._desk is None or self._with is not device:
            payment = self._settings.payment
            tools = Tools(box, device, self._printer, self._drawings, payment, self._online, self._ahead)
            self._desk, self._with = Desk(tools, self._show), device
        return self._desk

    async def _ahead(self, service: str) -> int | None:
        """Ask how many would come before a ticket; whoever waits for theirs does not wait long for that."""
        if self._ask_ahead is None:
            return None
        try:
            async with asyncio.timeout(self._settings.link.answer_wait_s):
                return (await self._ask_ahead(service)).ahead
        except (ClientError, TimeoutError):
            return None

    def _told(self, status: DeviceStatus | None) -> None:
        self._tell_part(status)
        before, self._answers = self._answers, status is not None and _takes(status)
        if self._answers and not before:
            self.evening.nudge()
        self._say()

    def _tell_part(self, status: DeviceStatus | None) -> None:
        part = part_of("terminal", self.slot.device, status)
        if part.address and not part.code and (self._day_open or self._refusals.refused):
            part = replace(part, code=DayOpenError.code if self._day_open else DayRefusedError.code)
        self._part(part)

    def _day_ended(self, ended: bool) -> None:
        """Tell the server of a day that has ended, and staff of one that could not be."""
        if ended:
            self.nudge()
        if self._day_open is ended:
            self._day_open = not ended
            self._tell_again()

    def _tell_again(self) -> None:
        self._tell_part(None if self.slot.device is None else self.slot.device.status)

    def _say(self) -> None:
        """Tell the journey whether payment can be begun."""
        there = self._answers and self._settled and not self._shut
        if there is not self._said:
            self._said = there
            _log.info("terminal", there=there)
            self._post(e.TerminalChanged(there))

    def _free_desk(self) -> Desk | None:
        device, box = self.slot.device, self._box
        well = self._answers and self._settled and self.identity is not None
        return self._desk_with(device, box) if well and device is not None and box is not None else None

    def _claim_desk(self) -> Desk | None:
        """Give the desk that prints claim slips: whether the terminal answers is no matter."""
        device, box = self.slot.device, self._box
        return self._desk_with(device, box) if self._settled and device is not None and box is not None else None

    def _shut_for(self, shut: bool) -> None:
        self._shut = shut
        self._say()

    # What the desk says.

    def _show(self, state: DeskState) -> None:
        self.nudge()
        self._words.nudge()
        if state.phase in {Phase.CHECKING, Phase.PRINTING} or state.phase in OVER:
            self._moved()
        # How it ended is told once, with what became of the ticket.
        asked = self._asked.get(state.order)
        if asked is not None and (state.phase not in OVER or state.phase is Phase.STAFF):
            self._post(e.PaymentChanged(asked.number, _payment(state)))
        if state.claim_paper:
            self._moved()

    async def _end(self, number: int, state: DeskState, box: OutboxWorker) -> None:
        if state.phase is Phase.BROKEN:
            self._broken.set()
        ended = _payment(state)
        try:
            attempt = await box(journal.attempt, state.attempt)
        except OutboxError as error:
            _log.error("payment-journal", **error.placeholders)
        else:
            # What a person is told is that they have not paid, and who ended it: the codes are for the log.
            reason = attempt.step.value if state.phase is Phase.NOT_PAID else state.reason
            ended = replace(ended, visit=attempt.visit, reason=reason)
        self._post(e.PaymentChanged(number, ended))
        self._moved()
        if state.phase is Phase.PAID and self.link is not None:
            self._watch(number, ended.visit, self.link)

    def _watch(self, number: int, visit: str, link: Link) -> None:
        """Tell how many are before this one, when the server has said it."""

        def answered(future: asyncio.Future[VisitView | None]) -> None:
            view = None if future.cancelled() else future.result()
            if view is not None and view.ahead is not None:
                self._post(e.Answered(number, view.ahead))

        link.delivery.watch(visit).add_done_callback(answered)
        link.delivery.nudge()


def _slip_missing(state: DeskState) -> bool:
    """Tell whether a slip may still come out for a person, who is told of it then."""
    return state.phase is Phase.STAFF and not state.claim_paper


def _takes(status: DeviceStatus) -> bool:
    registered = status.registered if isinstance(status, TerminalStatus) else Said.UNKNOWN
    return status.state in _PRESENT and registered is not Said.NO


def _payment(state: DeskState) -> Payment:
    return Payment(
        phase=state.phase.value,  # type: ignore[arg-type]  # IDLE is never told
        progress=state.progress.value if state.progress is not None else "",
        reason=state.reason,
        code=state.code or "",
        paper=_PAPER.get(state.paper, "none"),  # type: ignore[arg-type]
        claim=state.claim,
        claim_paper=state.claim_paper,
        may_cancel=state.may_cancel,
        card=state.card.value,
    )
