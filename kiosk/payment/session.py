"""Where a kiosk takes payment: one attempt at a time. Whoever taps twice attaches to what goes on.

A page shows ``state``; ``watcher`` hears of each new one. ``recover`` comes before anything else, at every start, and
again after BROKEN.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

import structlog

from kiosk.errors import OutboxError
from kiosk.payment import journal
from kiosk.payment.dependencies import PaymentDependencies, place_of
from kiosk.payment.errors import OrderDiffersError, PaymentOpenError
from kiosk.payment.journal_model import Attempt, PaymentOrder
from kiosk.payment.progress import DeskState, OfferAnswer, Phase, phase_of, state_of
from kiosk.payment.recovery import settle_all
from kiosk.payment.saga import PaymentSaga
from kiosk.tickets.model import Sealer

_log = structlog.get_logger(__name__)


class DeskWatcher(Protocol):
    def desk_changed(self, state: DeskState) -> None:
        """Take note of what goes on, or came of it."""


class PaymentSession:
    """Takes payments with one terminal, which is enabled."""

    def __init__(self, tools: PaymentDependencies, watcher: DeskWatcher) -> None:
        self._tools = tools
        self._watcher = watcher
        #: The terminal's driver, and where it is.
        self.place = place_of(tools.terminal.url)
        self._turn = asyncio.Lock()
        self._taken = False
        self._bill: PaymentOrder | None = None
        self._run: PaymentSaga | None = None
        self._task: asyncio.Task[None] | None = None
        self.state = DeskState()

    async def recover(self) -> tuple[Attempt, ...]:
        """Settle what was cut off, before anybody is served; give what was settled.

        Raises:
            OutboxError: the journal cannot be read or written. Nobody may pay here.
            PaymentOpenError: a payment goes on.
        """
        async with self._turn:
            if self._task is not None and not self._task.done():
                raise PaymentOpenError(attempt=self.state.attempt)
            settled = await settle_all(self._tools)
            self.run_changed(DeskState())
            return settled

    async def print_claims(self) -> None:
        """Print the claim slips that came on no paper; whoever still stands there is shown that theirs is.

        Raises:
            PaymentOpenError: a payment goes on, or the terminal does something else. Nothing was printed.
            OutboxError: the journal cannot be read or written.
        """
        if self._taken:
            raise PaymentOpenError(attempt="")
        async with self._turn:
            if self._task is not None and not self._task.done():
                raise PaymentOpenError(attempt=self.state.attempt)
            for one in await self._tools.box(journal.unclaimed):
                _log.info("claim-printed-later", attempt=one.id)
                await PaymentSaga(self._tools, one, _ClaimWatcher(self), present=False).walk()

    async def alone[T](self, work: Callable[[PaymentDependencies], Awaitable[T]]) -> T:
        """Do something with the terminal that is no payment; nobody can begin to pay meanwhile.

        Raises:
            PaymentOpenError: a payment goes on, or one is not settled. Nothing was done.
            OutboxError: the journal cannot be read.
        """
        async with self._turn:
            if self._task is not None and not self._task.done():
                raise PaymentOpenError(attempt=self.state.attempt)
            if unsettled := await self._tools.box(journal.unsettled):
                raise PaymentOpenError(attempt=unsettled[0].id)
            self._taken = True
            try:
                return await work(self._tools)
            finally:
                self._taken = False

    async def start(self, bill: PaymentOrder, sealer: Sealer | None = None) -> DeskState:
        """Begin to pay, or attach to what goes on, or came of it, for the same order.

        ``sealer`` gives what was read of documents, each sealed to the visit.

        Raises:
            PaymentOpenError: another payment goes on, or one is not settled, or the terminal does something else.
            OrderDiffersError: this order was begun with another amount or service.
            OutboxError: nothing can be written, and nothing was begun.
        """
        if self._taken:
            # Not to be waited for: a person who has gone by then would be asked to pay all the same.
            raise PaymentOpenError(attempt="")
        async with self._turn:
            if self._task is not None and not self._task.done() and self._bill is not None:
                if self._bill.order != bill.order:
                    raise PaymentOpenError(attempt=self.state.attempt)
                if (self._bill.amount, self._bill.services, self._bill.people) != (
                    bill.amount,
                    bill.services,
                    bill.people,
                ):
                    raise OrderDiffersError(order=bill.order)
                return self.state
            attempt = await self._tools.box(journal.begin, bill, *self.place, self._tools.terminal.capabilities)
            if not attempt.final and len(attempt.rows) > 1:
                # It was cut off, and nobody has found out yet what became of it.
                raise PaymentOpenError(attempt=attempt.id)
            self._bill = bill
            self._run = PaymentSaga(self._tools, attempt, self, present=True, sealer=sealer)
            self.run_changed(state_of(attempt, phase_of(attempt), None, None))
            self._task = asyncio.create_task(self._walk(self._run), name="payment")
            return self.state

    def cancel(self) -> None:
        """Ask for an end of what goes on. An approval may win: ``state`` tells."""
        if self._run is not None:
            self._run.cancel()

    def answer(self, answer: OfferAnswer) -> None:
        """Say what the person wants where ``state.phase`` is OFFER."""
        if self._run is not None:
            self._run.answer(answer)

    async def over(self) -> DeskState:
        """Wait until nothing more happens by itself."""
        if self._task is not None:
            await asyncio.shield(self._task)
        return self.state

    async def close(self) -> None:
        """Stop where it is; the next start settles it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _walk(self, run: PaymentSaga) -> None:
        try:
            await run.walk()
        except OutboxError as error:
            _log.error("payment-journal", attempt=run.attempt.id, **error.placeholders)
            self.run_changed(replace(self.state, phase=Phase.BROKEN, reason=error.code, may_cancel=False))
        except Exception as error:  # noqa: BLE001 - a fault of this program: what is true stands in the journal
            _log.error("payment-run-failed", attempt=run.attempt.id, error=type(error).__name__)
            self.run_changed(replace(self.state, phase=Phase.BROKEN, reason="internal", may_cancel=False))

    def claimed(self, state: DeskState) -> None:
        """Show whoever still stands there that their claim slip is printed."""
        if state.attempt == self.state.attempt:
            self.run_changed(replace(self.state, claim_paper=state.claim_paper))

    def run_changed(self, state: DeskState) -> None:
        """Take note of how the attempt goes on, and tell who watches what is new."""
        if state != self.state:
            self.state = state
            self._watcher.desk_changed(state)


class _ClaimWatcher:
    """Watches a claim slip that is printed for somebody who may still stand there."""

    def __init__(self, desk: PaymentSession) -> None:
        self._desk = desk

    def run_changed(self, state: DeskState) -> None:
        self._desk.claimed(state)
