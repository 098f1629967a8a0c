"""A payment terminal that speaks ZVT, over TCP or a serial line.

``zvt+tcp://HOST:20007?currency=EUR`` and ``zvt+serial:///dev/serial/by-id/...``; see ``options``.

06 01 is sent once for a payment and never again by itself. Where the line is lost, or the terminal falls silent, the
result is ``IN_DOUBT`` unless ``judgement`` says that it is certain, and ``look_up`` asks with 06 20; what proves what
is said in ``marks``.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog

from peripherals.device import LifecycleStage, Timings
from peripherals.errors import AnswerTimeoutError, BusyError, NotConnectedError, NotProvedError, TerminalRefusedError
from peripherals.money import Amount
from peripherals.owner import Address, Job
from peripherals.payment.port import (
    Decide,
    Follow,
    Order,
    PaymentTerminal,
    Result,
    TerminalReceipt,
    TerminalReconciliation,
    Transaction,
)
from peripherals.payment.zvt import codes, commands, marks
from peripherals.payment.zvt.apdu import WAIT, Apdu
from peripherals.payment.zvt.bmp import Fields
from peripherals.payment.zvt.commands import RepeatService
from peripherals.payment.zvt.dialogue import Dialogue, How
from peripherals.payment.zvt.exchange import Exchange
from peripherals.payment.zvt.judgement import judge_command, judge_payment, receipts, reconciliation, transaction
from peripherals.payment.zvt.line import ZvtLine
from peripherals.payment.zvt.marks import LastTransaction
from peripherals.payment.zvt.options import Options

log = structlog.get_logger()

#: Marks of orders that came without one, kept until the process ends.
_KEPT = 16
_LAST_RECEIPT = 9999


@dataclass(eq=False, slots=True)
class _Attempt:
    """A payment, a reversal or a refund under way. ``told``: what it came to, where its line was lost after that."""

    order: Order
    pays: bool
    exchange: Exchange
    dialogue: Dialogue | None = None
    told: Transaction | None = None


class ZvtTerminal(ZvtLine, PaymentTerminal):
    def __init__(self, url: str, place: Address, timings: Timings, options: Options, *, serial: bool) -> None:
        super().__init__(url, place, timings, options, serial=serial)
        self._paying: _Attempt | None = None
        self._marks: dict[str, LastTransaction] = {}
        #: Object 1F1F of the last transaction, which the next one mirrors.
        self._unique = b""

    async def mark(self) -> str:
        """Say what the terminal did last (06 20, nothing printed), after asking whether it takes a payment (05 01).

        Raises:
            TerminalRefusedError: it does not take one now.
            AnswerTimeoutError: it is silent.
            NotConnectedError: it is away.
        """
        self._require("mark", LifecycleStage.ENABLED)

        async def work(_: Job[str]) -> str:
            await self._ready()
            return str(LastTransaction.of(await self._last(), datetime.now(UTC)))

        return await self._do(work)

    async def pay(self, order: Order, *, follow: Follow, decide: Decide) -> Transaction:
        """Charge a card (06 01).

        ``decide`` is asked before our answer to 04 0F, and may take its time: the terminal is told to wait (84 9C)
        as long as it does. Where it raises, or where whoever called this is gone, the goods are not issued.

        Raises:
            BusyError: another payment goes on.
            TerminalRefusedError, AnswerTimeoutError, NotConnectedError: before 06 01 was sent.
        """
        self._require("pay", LifecycleStage.ENABLED)
        if self._paying is not None:
            raise BusyError(port=self._address.key)
        attempt = _Attempt(order, pays=True, exchange=Exchange(follow))

        def command() -> Apdu:
            return commands.authorisation(order.amount, order.language[:2].lower(), self._unique)

        doing = asyncio.ensure_future(self._do(self._attempt(attempt, command)))
        self._paying = attempt
        try:
            asked = attempt.exchange.asked
            either: set[asyncio.Future[Any]] = {doing, asked}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if asked.done() and not doing.done():
                attempt.exchange.decide(await self._decide(decide, order, asked.result()))
            return await self._outcome(attempt, doing)
        finally:
            self._paying = None
            # Whoever is gone issues nothing.
            attempt.exchange.decide(False)
            doing.add_done_callback(lambda future: future.cancelled() or future.exception())

    async def reverse(self, order: Order, paid: Transaction) -> Transaction:
        """Undo a whole payment (06 30) by its receipt number.

        Raises:
            TerminalRefusedError: ``paid`` has no receipt number, or as for ``pay``.
        """
        self._require("reverse", LifecycleStage.ENABLED)
        receipt = _receipt(paid)
        attempt = _Attempt(order, pays=False, exchange=Exchange())

        def command() -> Apdu:
            return commands.reversal(self._options.password, receipt, paid.amount, self._unique)

        return await self._outcome(attempt, self._do(self._attempt(attempt, command)))

    async def refund(self, order: Order, paid: Transaction) -> Transaction:
        """Give back the order's amount (06 31). The person holds the card to the terminal once more.

        Raises:
            TerminalRefusedError: more than was paid, or another currency; or as for ``pay``.
        """
        self._require("refund", LifecycleStage.ENABLED)
        if order.amount.currency != paid.amount.currency or order.amount.minor > paid.amount.minor:
            raise TerminalRefusedError(reason="amount-too-high")
        attempt = _Attempt(order, pays=False, exchange=Exchange())

        def command() -> Apdu:
            return commands.refund(self._options.password, order.amount, self._unique)

        return await self._outcome(attempt, self._do(self._attempt(attempt, command)))

    async def look_up(self, order: Order) -> Transaction | None:
        """Ask for the last transaction (06 20, service 03) and compare it with the order's mark: see ``marks``.

        Raises:
            AnswerTimeoutError, NotConnectedError: the terminal cannot be asked now.
        """
        self._require("look_up", LifecycleStage.ENABLED)

        async def work(_: Job[Transaction | None]) -> Transaction | None:
            await self._settle()
            last = await self._last()
            mark = LastTransaction.parse(order.mark) or self._marks.get(order.id)
            seen = None if last is None else self._read(last, order)
            concluded = marks.conclude(marks.compare(mark, last, seen, order), order, seen)
            if concluded is None:
                return None
            result, reason = concluded
            if seen is None or result is Result.IN_DOUBT:
                # The numbers would be those of somebody else's payment.
                return Transaction(result, order.amount, reason=reason)
            return replace(seen, result=result, reason=reason)

        return await self._do(work)

    async def repeat_receipts(self) -> tuple[TerminalReceipt, ...]:
        """Give the receipts of the last transaction (06 20).

        Raises:
            TerminalRefusedError: it has none, or does not repeat it.
            AnswerTimeoutError, NotConnectedError: it cannot be asked now.
        """
        self._require("repeat_receipts", LifecycleStage.ENABLED)

        async def work(_: Job[tuple[TerminalReceipt, ...]]) -> tuple[TerminalReceipt, ...]:
            await self._settle()
            dialogue = await self._sent(commands.repeat_receipt(self._options.password, RepeatService.SEND_STATUS))
            last = dialogue.statuses[-1] if dialogue.statuses else None
            composed = self._options.receipts == "composed" and last is not None
            blank = Order("", Amount(0, self._options.currency))
            amount = self._read(last, blank).amount if last is not None else blank.amount
            return receipts(dialogue, amount, composed=composed, title=self._options.title)

        return await self._do(work)

    async def end_day(self) -> TerminalReconciliation:
        """Close the terminal's day (06 50). In doubt where the line was lost: ask the terminal's own journal."""
        self._require("end_day", LifecycleStage.ENABLED)
        held: list[Dialogue] = []

        async def work(job: Job[TerminalReconciliation]) -> TerminalReconciliation:
            await self._settle()
            job.begun = True
            held.append(await self._talk(commands.end_of_day(self._options.password)))
            return reconciliation(held[0], self._options.currency)

        try:
            return await self._do(work)
        except NotProvedError:
            return TerminalReconciliation(Result.IN_DOUBT, reason="line-lost")

    async def diagnose(self) -> tuple[TerminalReceipt, ...]:
        """Have the terminal call its host (06 70), and give what it printed about that.

        Raises:
            TerminalRefusedError: it failed.
            AnswerTimeoutError, NotConnectedError: it cannot be asked now, or fell silent.
        """
        self._require("diagnose", LifecycleStage.ENABLED)

        async def work(_: Job[tuple[TerminalReceipt, ...]]) -> tuple[TerminalReceipt, ...]:
            await self._settle()
            return (await self._sent(commands.DIAGNOSIS)).receipts.collect(signed=False)

        return await self._do(work)

    async def abort(self) -> None:
        """Send 06 B0 to the payment that goes on; nothing where none does."""
        self._require("abort", LifecycleStage.ENABLED)
        if self._paying is not None:
            self._paying.exchange.abort()

    # What moves money.

    def _attempt(
        self, attempt: _Attempt, command: Callable[[], Apdu]
    ) -> Callable[[Job[Transaction]], Awaitable[Transaction]]:
        async def work(job: Job[Transaction]) -> Transaction:
            await self._ready()
            if not attempt.order.mark:
                self._store_mark(attempt.order.id, LastTransaction.of(await self._last(), datetime.now(UTC)))
            job.begun = True
            pays = attempt.order.amount if attempt.pays else None
            attempt.dialogue = Dialogue(command(), self._options.times, pays=pays, charset=self._options.charset)
            await self._converse(attempt.dialogue, attempt.exchange)
            attempt.told = told = self._judged(attempt)
            if attempt.dialogue.end is None or attempt.dialogue.end.how is How.SILENT:
                raise NotConnectedError(reason="silent")
            if attempt.pays and told.result is Result.APPROVED and told.reason:
                attempt.told = replace(told, result=Result.IN_DOUBT, reason="reversal-in-doubt")
                attempt.told = told = await self._undo(told)
            return told

        return work

    async def _outcome(self, attempt: _Attempt, doing: Awaitable[Transaction]) -> Transaction:
        try:
            return await doing
        except NotProvedError:
            # The owner lost the line after the command had left.
            told = attempt.told or self._judged(attempt)
            if attempt.pays and told.result is Result.APPROVED and told.reason:
                # Charged for certain, and there was no line to reverse it over.
                told = replace(told, reason="not-reversed")
            log.warning("terminal-line-lost", device=self.url, order=attempt.order.id, result=told.result.value)
            return told

    async def _undo(self, paid: Transaction) -> Transaction:
        """Reverse a payment that the terminal does not reverse by itself, and whose goods are not issued."""
        if not paid.reference:
            return replace(paid, reason="not-reversed")
        command = commands.reversal(self._options.password, _receipt(paid), paid.amount, self._unique)
        result, reason = judge_command(await self._talk(command))
        if result is Result.APPROVED or reason == "already-reversed":
            return replace(paid, result=Result.CANCELLED)
        if result is Result.IN_DOUBT:
            return replace(paid, result=Result.IN_DOUBT, reason="reversal-in-doubt")
        return replace(paid, reason="not-reversed")

    def _judged(self, attempt: _Attempt) -> Transaction:
        """What is certain of an attempt now."""
        dialogue, order = attempt.dialogue, attempt.order
        if dialogue is None:
            return Transaction(Result.IN_DOUBT, order.amount, reason="line-lost")
        if attempt.pays:
            result, reason = judge_payment(dialogue, prints_here=self._options.receipts == "lines")
        else:
            result, reason = judge_command(dialogue)
            if reason == "already-reversed":
                result = Result.APPROVED
        said = dialogue.approved or (dialogue.statuses[-1] if dialogue.statuses else None)
        seen = Transaction(result, order.amount) if said is None else self._read(said, order)
        if dialogue.approved is not None and dialogue.unique:
            self._unique = dialogue.unique
        composed = self._options.receipts == "composed" and result is Result.APPROVED
        found = receipts(dialogue, seen.amount, composed=composed, title=self._options.title)
        return replace(seen, result=result, reason=reason, receipts=found)

    async def _decide(self, decide: Decide, order: Order, fields: Fields) -> bool:
        try:
            return await decide(self._read(fields, order))
        except Exception as error:  # noqa: BLE001 - whatever it was, nobody said that the goods can be issued
            log.error("decide-failed", device=self.url, order=order.id, error=type(error).__name__)  # noqa: TRY400 - its text may hold what it was about
            return False

    # What only asks.

    async def _last(self) -> Fields | None:
        """The 04 0F of the last transaction; None where there is none, or the terminal does not repeat it.

        Raises:
            TerminalRefusedError: it is busy.
            AnswerTimeoutError: it fell silent.
        """
        service = RepeatService.SEND_STATUS | RepeatService.PRINT_NOTHING
        dialogue = await self._query(commands.repeat_receipt(self._options.password, service))
        end = dialogue.end
        if end is None or end.how is How.SILENT:
            raise AnswerTimeoutError(seconds=self._options.times.t3_s)
        if end.how is How.REFUSED and end.code == WAIT:
            raise TerminalRefusedError(reason="terminal-busy")
        if end.how is not How.COMPLETED or not dialogue.statuses:
            return None
        self._unique = dialogue.unique or self._unique
        return dialogue.statuses[-1]

    async def _sent(self, command: Apdu) -> Dialogue:
        dialogue = await self._talk(command)
        end = dialogue.end
        if end is None or end.how is How.SILENT:
            raise AnswerTimeoutError(seconds=self._options.times.t3_s)
        if end.how is not How.COMPLETED:
            raise TerminalRefusedError(reason=codes.result(end.code)[1])
        return dialogue

    def _read(self, fields: Fields, order: Order) -> Transaction:
        return transaction(fields, order.amount, datetime.now(UTC), self._options.zone)

    def _store_mark(self, order: str, mark: LastTransaction) -> None:
        self._marks[order] = mark
        while len(self._marks) > _KEPT:
            del self._marks[next(iter(self._marks))]


def _receipt(paid: Transaction) -> int:
    if not (paid.reference.isascii() and paid.reference.isdecimal() and int(paid.reference) <= _LAST_RECEIPT):
        raise TerminalRefusedError(reason="no-reference")
    return int(paid.reference)
