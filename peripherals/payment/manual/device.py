"""A payment that people make by hand: at a stand-alone terminal, or at a cashier's window.

``manual:`` has no line and no device. ``pay`` waits until staff confirm at the counter page with the number of the
slip; that comes through ``ManualTerminal.desk`` (``AttendedConfirmations.confirm`` and ``refuse``). Only staff know
what became of a payment: a look-up of one about which they said nothing leaves it in doubt, and never says that it was
not there.
"""

import contextlib
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self, override

from peripherals.device import DeviceState, DeviceUrl, HealthAnswer, LifecycleStage, Timings
from peripherals.errors import BusyError, UrlInvalidError
from peripherals.money import Amount
from peripherals.payment.attended import AttendedConfirmations, AttendedQuestion, Settled, Task
from peripherals.payment.decision import decided
from peripherals.payment.port import (
    Capabilities,
    Decide,
    Follow,
    Order,
    PaymentTerminal,
    Progress,
    Result,
    TerminalReceipt,
    TerminalReconciliation,
    TerminalStatus,
    Transaction,
)


class ManualTerminal(PaymentTerminal):
    capabilities = Capabilities(closes_day=False, attended=True)

    def __init__(self, url: str) -> None:
        super().__init__(url, TerminalStatus(state=DeviceState.UNKNOWN))
        self._desk = AttendedConfirmations()
        self._taken = False

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:  # noqa: ARG003 - people have no timings
        """Read ``manual:``; there is nothing more to say.

        Raises:
            UrlInvalidError: more is said.
        """
        url.only()
        if url.host or url.path:
            raise UrlInvalidError(part="url", value=url.text)
        return cls(url.text)

    @property
    @override
    def desk(self) -> AttendedConfirmations:
        return self._desk

    async def _claim(self) -> None:
        """Nothing to take: each of these asks for itself, and an order tells them apart."""

    async def _enable(self) -> None:
        self._publish(_ready())

    async def _release(self) -> None:
        # Whoever waits is told; what staff say later is kept.
        self._desk.withdraw()
        self._publish(TerminalStatus(state=DeviceState.UNKNOWN))

    async def _check_health(self) -> TerminalStatus:
        return self.status

    async def pay(self, order: Order, *, follow: Follow, decide: Decide) -> Transaction:
        """Wait until staff took the order's amount, however long that takes; see ``PaymentTerminal``.

        Where ``decide`` says no or fails the money is with staff already: the payment stands (APPROVED, ``give-back``),
        and they must give it back, as an order of its own. So it is where they took another amount
        (``amount-differs``), about which ``decide`` is not asked.
        """
        async with self._turn("pay"):
            follow(Progress.WAIT)
            transaction = await self._wait(order, Task.TAKE)
            if transaction.result is not Result.APPROVED:
                follow(Progress.CANCELLED)
                return transaction
            follow(Progress.APPROVED)
            if transaction.reason or await decided(decide, transaction):
                return transaction
            return replace(transaction, reason="give-back", held=True)

    async def look_up(self, order: Order) -> Transaction | None:
        """Give what staff said of an order; IN_DOUBT where they said nothing (yet), to this process at least."""
        self._require("look_up", LifecycleStage.ENABLED)
        return _transaction(order, self._desk.settled(order.id))

    async def reverse(self, order: Order, paid: Transaction) -> Transaction:
        """Wait until staff gave back all of it."""
        return await self.refund(replace(order, amount=paid.amount), paid)

    async def refund(self, order: Order, paid: Transaction) -> Transaction:  # noqa: ARG002 - staff have the slip
        """Wait until staff gave back the order's amount."""
        async with self._turn("refund"):
            return await self._wait(order, Task.GIVE_BACK)

    async def repeat_receipts(self) -> tuple[TerminalReceipt, ...]:
        """Give none: the slip is with whoever paid."""
        self._require("repeat_receipts", LifecycleStage.ENABLED)
        return ()

    async def end_day(self) -> TerminalReconciliation:
        """Close nothing: what was taken by hand is counted by hand."""
        self._require("end_day", LifecycleStage.ENABLED)
        return TerminalReconciliation(Result.FAILED, reason="counted-by-hand")

    async def abort(self) -> None:
        """Ask no more. Staff may have taken the money in that moment: what they say then is kept for ``look_up``."""
        self._require("abort", LifecycleStage.ENABLED)
        self._desk.withdraw()

    @contextlib.asynccontextmanager
    async def _turn(self, call: str) -> AsyncGenerator[None]:
        self._require(call, LifecycleStage.ENABLED)
        if self._taken:
            raise BusyError(port="manual")
        self._taken = True
        try:
            yield
        finally:
            self._taken = False

    async def _wait(self, order: Order, task: Task) -> Transaction:
        said = await self._desk.ask(AttendedQuestion(order.id, task, order.amount, datetime.now(UTC)))
        if said is None and self._stage is LifecycleStage.ENABLED:
            return Transaction(Result.CANCELLED, order.amount, reason="withdrawn")
        return _transaction(order, said)


def _ready() -> TerminalStatus:
    return TerminalStatus(state=DeviceState.ONLINE, registered=HealthAnswer.YES, prints=HealthAnswer.UNKNOWN)


def _transaction(order: Order, said: Settled | None) -> Transaction:
    if said is None:
        return Transaction(Result.IN_DOUBT, order.amount, reason="not-confirmed")
    if not said.confirmed:
        return Transaction(Result.CANCELLED, order.amount, at=said.at, reason="refused-by-staff")
    amount: Amount = said.amount or order.amount
    reason = "" if amount == order.amount else "amount-differs"
    return Transaction(Result.APPROVED, amount, reference=said.slip, at=said.at, reason=reason)
