"""How a payment in doubt is found again: by what the terminal did last before it, and what it did last now. Pure.

ZVT has no room for an order's id. What proves what, when 06 20 repeats the last transaction (BMPs of its 04 0F):

* It is the one of the mark, by receipt, trace, terminal (BMP 29), the terminal's own time and amount: nothing was done
  since, so the order was never charged. The driver is the only one that can begin a payment (config byte, "from the
  register only"), and a mark is made just before one. Receipt and trace alone do not prove it: a terminal that was
  reset, or put in the place of another, counts from 1 again and comes by the same numbers.
* Its trace (BMP 0B) follows on that of the mark, the terminal is the same, and amount and currency are the order's: it
  is the order, and its result is that of the 04 0F. Its time must lie within a day of the mark's, as a guard against a
  journal that was restored or a clock that is wrong; terminals know neither year nor zone: it proves no more than that.
* It has an original trace (BMP 37) and says 00: it is a reversal. For a payment that means that the terminal reversed
  it, if what was reversed follows on the mark; for a reversal that it was done, if the mark is what was reversed.
* A trace that does not follow, another amount or none, another terminal, another day, no mark, a terminal that repeats
  nothing: nothing is proved. Where the mark is of a terminal that had done nothing, only an approval is believed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Self

from peripherals.payment.port import Order, Result, Transaction
from peripherals.payment.zvt import codes
from peripherals.payment.zvt.bmp import Bmp, Fields

_WINDOW = timedelta(days=1)
_NOTHING = "none"
_LONGEST = 100
_LAST_TRACE = 999_999
#: A payment and its reversal, and what a terminal numbers besides: tries that came to nothing, a diagnosis.
_MAX_SINCE = 100


@dataclass(frozen=True, slots=True)
class LastTransaction:
    """The last transaction before a payment; no numbers where there is none.

    ``at`` is our own clock, with its zone; ``stamp`` the terminal's month, day and time, and ``amount`` in minor units.
    """

    receipt: str
    trace: str
    terminal: str
    at: datetime
    stamp: str = ""
    amount: str = ""

    @classmethod
    def of(cls, last: Fields | None, now: datetime) -> Self:
        """Make one of the 04 0F that 06 20 gave, or of none."""
        if last is None:
            return cls("", "", "", now)
        return cls(
            receipt=last.digits(Bmp.RECEIPT),
            trace=last.digits(Bmp.TRACE),
            terminal=last.digits(Bmp.TERMINAL),
            at=now,
            stamp=last.digits(Bmp.DATE) + last.digits(Bmp.TIME),
            amount=last.digits(Bmp.AMOUNT),
        )

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read what ``str`` wrote; None where it is nothing of the kind."""
        numbers, _, at = text[:_LONGEST].partition("@")
        parts = [""] * 5 if numbers == _NOTHING else numbers.split("-")
        try:
            when = datetime.fromisoformat(at)
        except ValueError:
            return None
        if len(parts) != 5 or when.tzinfo is None or not all(not part or _decimal(part) for part in parts):  # noqa: PLR2004 - its numbers
            return None
        receipt, trace, terminal, stamp, amount = parts
        return cls(receipt, trace, terminal, when, stamp, amount)

    def __str__(self) -> str:
        numbers = (self.receipt, self.trace, self.terminal, self.stamp, self.amount)
        shown = "-".join(numbers) if self.trace or self.receipt else _NOTHING
        return f"{shown}@{self.at.isoformat(timespec='seconds')}"


class Finding(Enum):
    """What a repeat says about an order."""

    #: Nothing was done since the mark.
    NEVER = auto()
    #: It is the order.
    FOUND = auto()
    #: It is the reversal of the order, or the order where that is a reversal.
    REVERSED = auto()
    OTHER_AMOUNT = auto()
    OTHER_TERMINAL = auto()
    OTHER_TIME = auto()
    #: It counts from elsewhere: it was reset, or is not the one of the mark.
    OTHER_COUNT = auto()
    NOT_PROVED = auto()


def compare(mark: LastTransaction | None, last: Fields | None, seen: Transaction | None, order: Order) -> Finding:
    """Compare the last transaction now with the mark. ``seen`` is what the last 04 0F said, read."""
    if mark is None or last is None or seen is None or not (seen.trace or seen.reference):
        return Finding.NOT_PROVED
    if mark.terminal and seen.terminal and mark.terminal != seen.terminal:
        return Finding.OTHER_TERMINAL
    now = LastTransaction.of(last, mark.at)
    if (now.trace, now.receipt) == (mark.trace, mark.receipt):
        return Finding.NEVER if now == mark and (now.terminal or now.stamp) else Finding.OTHER_COUNT
    if seen.at is not None and abs(seen.at - mark.at) > _WINDOW:
        return Finding.OTHER_TIME
    if mark.trace and not _follows(mark.trace, seen.trace):
        return Finding.OTHER_COUNT
    return _of_new_one(mark, last, seen, order)


def _of_new_one(mark: LastTransaction, last: Fields, seen: Transaction, order: Order) -> Finding:
    original = last.digits(Bmp.ORIGINAL_TRACE)
    if last.value(Bmp.ORIGINAL_TRACE) is not None:
        return Finding.REVERSED if _of_the_order(mark, original, seen, order) else Finding.NOT_PROVED
    if last.number(Bmp.AMOUNT) is None or last.number(Bmp.RESULT) is None:
        return Finding.NOT_PROVED
    if seen.result is not Result.APPROVED and not mark.trace:
        return Finding.NOT_PROVED
    return Finding.FOUND if seen.amount == order.amount else Finding.OTHER_AMOUNT


def _of_the_order(mark: LastTransaction, original: str, seen: Transaction, order: Order) -> bool:
    """Whether a reversal of ``original`` is that of the order, or the order itself."""
    if not mark.trace or seen.amount != order.amount:
        return False
    if order.undoes:
        return (mark.receipt, mark.trace) == (order.undoes, original)
    return seen.result is Result.APPROVED and _follows(mark.trace, original) and _follows(original, seen.trace)


def _follows(before: str, after: str) -> bool:
    """Whether a trace number comes soon after another; 1 follows on 999999."""
    return bool(before and after) and 1 <= (int(after) - int(before)) % _LAST_TRACE <= _MAX_SINCE


def _decimal(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def conclude(finding: Finding, order: Order, seen: Transaction | None) -> tuple[Result, str] | None:
    """What it means for the order: result and reason, or None where the terminal never had it."""
    match finding:
        case Finding.NEVER:
            return None
        case Finding.FOUND if seen is not None:
            return seen.result, seen.reason
        case Finding.REVERSED if order.undoes:
            return (seen.result, seen.reason) if seen is not None else (Result.IN_DOUBT, "not-proved")
        case Finding.REVERSED:
            return Result.FAILED, codes.REVERSED_BY_TERMINAL
        case _:
            return Result.IN_DOUBT, finding.name.lower().replace("_", "-")
