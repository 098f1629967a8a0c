"""Where the words of staff come in, for a terminal that has people move the money (``PaymentTerminal.desk``).

Whoever listens to the server calls ``confirm`` or ``refuse`` with what staff entered, as often and as late as the
server says it: an order is settled once, by what was said first. What is ``ConfirmationOutcome.STORED`` is money that
nobody waited for: it is to be matched with its order, or given back.
"""

import asyncio
import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from peripherals.errors import SlipInvalidError
from peripherals.money import Amount

#: What terminals and cashiers' windows print as the number of a slip.
_SLIP = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,23}")
#: As many digits as a card's number has; nobody may type that (PCI DSS 4.0, 3.2).
_CARD = re.compile(r"\d(?:[./-]?\d){11,}")
#: Settled orders that are kept, so that a late or repeated word finds what was said first.
_KEPT = 1024


class Task(StrEnum):
    """What staff are to do with money."""

    TAKE = "take"
    GIVE_BACK = "give-back"


class ConfirmationOutcome(StrEnum):
    """What a word of staff came to."""

    #: Somebody was waiting for it.
    NOW = "now"
    #: Nobody waits; it is kept, and a look-up finds it.
    STORED = "kept"
    #: The order was settled before, by the same word.
    AGAIN = "again"
    #: The order was settled before, and otherwise: it stays as it was.
    TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True)
class AttendedQuestion:
    """What staff are asked: to take or give back ``amount``, and to say the number of the slip."""

    order_id: str
    task: Task
    amount: Amount
    since: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """What staff said of an order: confirmed with the number of a slip, or refused, with none."""

    slip: str
    amount: Amount | None
    at: datetime

    @property
    def confirmed(self) -> bool:
        return self.amount is not None


class AttendedConfirmations:
    """Remembers what staff said of orders, for as long as the process lives; the server remembers longer."""

    def __init__(self) -> None:
        self._settled: OrderedDict[str, Settled] = OrderedDict()
        self._question: AttendedQuestion | None = None
        self._spoken = asyncio.Event()

    @property
    def question(self) -> AttendedQuestion | None:
        """What staff are asked now, for whoever shows it."""
        return self._question

    def confirm(self, order_id: str, slip: str, amount: Amount) -> ConfirmationOutcome:
        """Say that money was taken, or given back, with a slip of this number. ``amount`` is what staff saw.

        Raises:
            SlipInvalidError: it is no slip's number, or another amount than was asked for; nothing was confirmed.
        """
        if not _SLIP.fullmatch(slip):
            raise SlipInvalidError(fault="form")
        if _CARD.search(slip):
            raise SlipInvalidError(fault="card-number")
        if self._question is not None and self._question.order_id == order_id and self._question.amount != amount:
            raise SlipInvalidError(fault="amount")
        return self._settle(order_id, Settled(slip, amount, datetime.now(UTC)))

    def refuse(self, order_id: str) -> ConfirmationOutcome:
        """Say that no money moved, and none will."""
        return self._settle(order_id, Settled("", None, datetime.now(UTC)))

    def settled(self, order_id: str) -> Settled | None:
        return self._settled.get(order_id)

    async def ask(self, question: AttendedQuestion) -> Settled | None:
        """Wait for a word about an order; None where the question was withdrawn without one."""
        self._spoken.clear()
        if question.order_id not in self._settled:
            self._question = question
            try:
                await self._spoken.wait()
            finally:
                self._question = None
        return self._settled.get(question.order_id)

    def withdraw(self) -> None:
        """Ask no more."""
        self._question = None
        self._spoken.set()

    def _settle(self, order_id: str, word: Settled) -> ConfirmationOutcome:
        before = self._settled.get(order_id)
        if before is not None:
            return (
                ConfirmationOutcome.AGAIN
                if (before.slip, before.amount) == (word.slip, word.amount)
                else ConfirmationOutcome.TOO_LATE
            )
        self._settled[order_id] = word
        while len(self._settled) > _KEPT:
            self._settled.popitem(last=False)
        if self._question is None or self._question.order_id != order_id:
            return ConfirmationOutcome.STORED
        self._spoken.set()
        return ConfirmationOutcome.NOW
