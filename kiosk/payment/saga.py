"""One attempt to pay, walked to its end: each step is written down, and synced, before it is done.

The attempt is read from the journal and nothing else, so a run after a crash goes on where the journal ends. Errors of
the journal (OutboxError) end the run where it is.
"""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import structlog

from kiosk.errors import CodesExhaustedError, OutboxError
from kiosk.payment import journal, saga_policy
from kiosk.payment.dependencies import PaymentDependencies
from kiosk.payment.journal_model import Attempt, PaymentRow, PaymentStep
from kiosk.payment.progress import CardState, DeskState, OfferAnswer, Phase, card_after, phase_of, state_of
from kiosk.tickets.model import CommittedTicket, PrintResult, Sealer
from kiosk.tickets.outbox import Outbox
from peripherals.device import DeviceState
from peripherals.device import HealthAnswer as Said
from peripherals.errors import PeripheralError
from peripherals.payment.port import Order, Progress, TerminalReceiptKind, Transaction
from peripherals.printers.port import MonoImage
from queue_server.domain.values import VisitId, new_id

_log = structlog.get_logger(__name__)


class RunWatcher(Protocol):
    """Who shows how an attempt goes on."""

    def run_changed(self, state: DeskState) -> None: ...


class PaymentSaga:
    """``present``: the person stands there. ``watcher`` hears of each new state."""

    def __init__(
        self,
        tools: PaymentDependencies,
        attempt: Attempt,
        watcher: RunWatcher,
        *,
        present: bool,
        sealer: Sealer | None = None,
    ) -> None:
        self._tools = tools
        self._settings = tools.settings
        self._watcher = watcher
        self._present = present
        self._sealer = sealer
        self.attempt = attempt
        self._phase = phase_of(attempt)
        self._progress: Progress | None = None
        self._card = CardState.NONE
        self._ticket: CommittedTicket | None = None
        self._until: float | None = None
        self._claim_tried = False
        self._cancelled = False
        self._aborts: set[asyncio.Task[None]] = set()
        self._answer: asyncio.Future[OfferAnswer] | None = None

    async def walk(self) -> Attempt:
        """Go on until nothing is left to do.

        Raises:
            OutboxError: the journal cannot be read or written.
        """
        if self.attempt.issued:
            self._ticket = await self._tools.box(Outbox.find, VisitId(self.attempt.visit))
        try:
            while not isinstance(act := saga_policy.next_act(self.attempt, present=self._present), saga_policy.Rest):
                if isinstance(act, saga_policy.PrintClaim) and self._claim_tried:
                    break
                await self._do(act)
            self._notify(phase_of(self.attempt))
            return self.attempt
        finally:
            for task in self._aborts:
                task.cancel()

    def cancel(self) -> None:
        """Ask for an end. A request only: what is approved meanwhile goes its way."""
        self._cancelled = True
        if self.attempt.step is PaymentStep.SENT:
            self._abort()

    def answer(self, answer: OfferAnswer) -> None:
        """Say what the person wants done about the ticket that came on no paper; without effect at other times."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    async def _do(self, act: saga_policy.Act) -> None:  # noqa: C901 - one case an act
        match act:
            case saga_policy.CheckDevices():
                await self._check()
            case saga_policy.ChargeCard():
                await self._pay()
            case saga_policy.AskTerminal(order):
                await self._ask(order)
            case saga_policy.ReversePayment(reason):
                await self._undo(reason)
            case saga_policy.PrintPaidTicket():
                await self._print_ticket()
            case saga_policy.OfferPaper():
                await self._offer()
            case saga_policy.PrintReceipt():
                await self._print_receipt()
            case saga_policy.PrintClaim():
                self._claim_tried = True
                await self._print_claim()
            case saga_policy.Note(step, reason):
                await self._note(step, reason)
            case saga_policy.Rest():
                pass

    # Before and while the terminal charges.

    async def _check(self) -> None:
        self._notify(Phase.CHECKING)
        missing = await self._missing()
        if self._cancelled:
            await self._note(PaymentStep.CANCELLED, "cancelled")
        elif missing:
            await self._note(PaymentStep.FAILED, missing)
        else:
            await self._note(PaymentStep.PREFLIGHT_OK)

    async def _missing(self) -> str:
        """Say what is needed and not well, "" where all is."""
        if not self._tools.server.may_pay():
            return "server-unreachable"
        if await self._tools.box(Outbox.left) == 0:
            return "no-ticket"
        if not self._tools.printer.ready:
            return "printer-not-ready"
        try:
            status = await self._tools.terminal.check_health()
        except PeripheralError as error:
            return error.code
        well = status.state is DeviceState.ONLINE and status.registered is not Said.NO
        return "" if well else "terminal-not-ready"

    async def _pay(self) -> None:
        try:
            mark = await self._tools.terminal.mark()
        except PeripheralError as error:
            await self._note(PaymentStep.FAILED, error.code)
            return
        if self._cancelled:
            await self._note(PaymentStep.CANCELLED, "cancelled")
            return
        await self._append(PaymentRow(PaymentStep.SENT, _now(), mark=mark))
        self._notify(Phase.PAYING)
        try:
            said = await self._tools.terminal.pay(self.attempt.order, follow=self._follow, decide=self._decide)
        except PeripheralError as error:
            # Certain that no money has moved, unless it said before that some has: then it is asked.
            if self.attempt.step is PaymentStep.SENT:
                await self._note(PaymentStep.FAILED, error.code)
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, money may have moved
            _log.error("payment-driver-failed", attempt=self.attempt.id, error=type(error).__name__)
            return
        # What could not be written while it was decided is not there, whatever was meant.
        await self._reload()
        await self._append(saga_policy.after_pay(self.attempt, said, _now()))

    def _follow(self, progress: Progress) -> None:
        self._progress = progress
        self._card = card_after(self._card, progress)
        if self._cancelled:
            # The first request may have come before the terminal had anything to end.
            self._abort()
        # What it said before is no longer what it does.
        self._notify(Phase.ASKING if progress is Progress.NO_ANSWER else Phase.PAYING)

    async def _decide(self, said: Transaction) -> bool:
        """Write an approval down, then issue the ticket; False where it cannot be, and the terminal undoes it."""
        try:
            await self._append(saga_policy.row(PaymentStep.APPROVED, said, _now()))
            reason = saga_policy.objection(self.attempt, said)
            if not reason and not self._tools.printer.ready:
                reason = "no-paper"
            if not reason:
                try:
                    self.attempt, self._ticket = await self._tools.box(journal.issue, self.attempt.id, self._sealer)
                except CodesExhaustedError:
                    reason = "no-ticket"
                else:
                    return True
            await self._append(PaymentRow(PaymentStep.REVERSAL_SENT, _now(), reason))
        except OutboxError as error:
            _log.error("payment-journal", attempt=self.attempt.id, **error.placeholders)
        return False

    def _abort(self) -> None:
        async def abort() -> None:
            with contextlib.suppress(PeripheralError):
                await self._tools.terminal.abort()

        task = asyncio.create_task(abort(), name="abort of a payment")
        self._aborts.add(task)
        task.add_done_callback(self._aborts.discard)

    # Afterwards.

    async def _ask(self, order: Order) -> None:
        self._notify(Phase.ASKING)
        try:
            found = await self._tools.terminal.look_up(order)
        except PeripheralError as error:
            await self._wait(error.code)
            return
        match saga_policy.after_asking(self.attempt, found, _now(), self._settings.clock_skew_s):
            case PaymentRow() as row:
                await self._append(row)
            case saga_policy.ReversePayment(reason):
                await self._undo(reason)
            case None:
                await self._wait("")

    async def _undo(self, reason: str) -> None:
        self._notify(Phase.UNDOING)
        try:
            mark = await self._tools.terminal.mark()
        except PeripheralError as error:
            await self._wait(error.code)
            return
        await self._append(PaymentRow(PaymentStep.REVERSAL_SENT, _now(), reason, mark=mark, undo=new_id()))
        try:
            said = await self._tools.terminal.reverse(self.attempt.reversal, self.attempt.paid)
        except PeripheralError as error:
            await self._wait(error.code)
            return
        found = saga_policy.after_undoing(self.attempt, said, _now())
        if isinstance(found, PaymentRow):
            await self._append(found)

    async def _wait(self, reason: str) -> None:
        """Wait until the terminal is asked again, or leave it to staff when that was long enough."""
        loop = asyncio.get_running_loop()
        if self._until is None:
            self._until = loop.time() + (self._settings.doubt_s if self._present else self._settings.recover_s)
        if loop.time() >= self._until:
            note = saga_policy.giving_up(self.attempt, reason)
            await self._note(note.step, note.reason)
        else:
            await asyncio.sleep(self._settings.retry_interval_s)

    # Paper.

    async def _print_ticket(self) -> None:
        self._notify(Phase.PRINTING)
        visit = VisitId(self.attempt.visit)
        ticket = self._ticket
        # It is at the server only once it is on paper, which says how many are before it.
        upcoming = await self._tools.server.ahead(self.attempt.bill.services[0])
        drawing = self._tools.artist.ticket
        image = None if ticket is None else await self._draw(drawing, self.attempt, ticket, upcoming)
        if image is None:
            paper = PrintResult.FAILED
        else:
            await self._tools.box(Outbox.printing, visit)
            paper = await self._tools.printer.print(image)
        await self._tools.box(Outbox.printed, visit, paper)
        await self._reload()

    async def _offer(self) -> None:
        self._answer = asyncio.get_running_loop().create_future()
        self._notify(Phase.OFFER)
        answer = OfferAnswer.GIVE_UP
        with contextlib.suppress(TimeoutError):
            answer = await asyncio.wait_for(self._answer, self._settings.reprint_s)
        if answer is OfferAnswer.AGAIN:
            await self._print_ticket()
        elif answer is OfferAnswer.HAVE_IT and self.attempt.paper is PrintResult.UNKNOWN:
            await self._tools.box(Outbox.printed, VisitId(self.attempt.visit), PrintResult.PRINTED)
            await self._reload()
        else:
            await self._do(saga_policy.without_paper(self.attempt))

    async def _print_receipt(self) -> None:
        self._notify(Phase.PRINTING)
        came = (one.lines for one in reversed(self.attempt.receipts) if one.kind == TerminalReceiptKind.CUSTOMER)
        ticket = self._ticket
        if ticket is None:
            paper = PrintResult.FAILED
        else:
            image = await self._draw(self._tools.artist.receipt, self.attempt, ticket, next(came, ()))
            paper = await self._put_on_paper("receipt", image)
        await self._note(PaymentStep.RECEIPT_DONE, "" if paper is PrintResult.PRINTED else "receipt-not-printed")

    async def _print_claim(self) -> None:
        self._notify(Phase.STAFF)
        await self._put_on_paper("claim", await self._draw(self._tools.artist.claim, self.attempt))
        await self._reload()

    async def _put_on_paper(self, kind: str, image: MonoImage | None) -> PrintResult:
        if image is None:
            return PrintResult.FAILED
        await self._tools.box(journal.paper, self.attempt.id, kind, PrintResult.PRINTING)
        paper = await self._tools.printer.print(image)
        await self._tools.box(journal.paper, self.attempt.id, kind, paper)
        return paper

    async def _draw[**P](self, drawing: Callable[P, MonoImage], *args: P.args, **kwargs: P.kwargs) -> MonoImage | None:
        try:
            return await asyncio.to_thread(drawing, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - a paper that cannot be drawn is a paper that does not come out
            _log.error("paper-not-drawn", attempt=self.attempt.id, error=type(error).__name__)
            return None

    # The journal, and who watches.

    async def _note(self, step: PaymentStep, reason: str = "") -> None:
        await self._append(PaymentRow(step, _now(), reason))

    async def _append(self, row: PaymentRow) -> None:
        self.attempt = await self._tools.box(journal.append, self.attempt.id, row)
        _log.info("payment", attempt=self.attempt.id, step=row.step, reason=row.reason)

    async def _reload(self) -> None:
        self.attempt = await self._tools.box(journal.attempt, self.attempt.id)

    def _notify(self, phase: Phase) -> None:
        self._phase = phase
        code = None if self._ticket is None else self._ticket.code
        self._watcher.run_changed(state_of(self.attempt, phase, code, self._progress, self._card))


def _now() -> datetime:
    return datetime.now(UTC)
