"""How a payment in doubt is found again: by what the terminal did last before it, and what it did last now. Pure.

ZVT has no room for an order's id. What proves what, when 06 20 repeats the last transaction (BMPs of its 04 0F):

* Trace and receipt number are those of the mark: nothing was done since, so the order was never charged. The driver is
  the only one that can begin a payment (config byte, "from the register only"), and a mark is made just before one.
* They differ, the terminal (BMP 29) is the same, and amount and currency are the order's: it is the order, and its
  result is that of the 04 0F. Its time must lie within a day of the mark's, as a guard against a journal that was
  restored or a clock that is wrong; terminals know neither year nor zone, so it proves no more than that.
* It has an original trace (BMP 37): it is a reversal. For a payment that means that the terminal reversed it, for a
  reversal that it was done.
* Another amount or none, another terminal, another day, no mark, a terminal that repeats nothing: nothing is proved.
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
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Mark:
    """The last transaction before a payment. ``at`` is our own clock, with its zone; no numbers where there is none."""

    receipt: str
    trace: str
    terminal: str
    at: datetime

    @classmethod
    def of(cls, last: Fields | None, now: datetime) -> Self:
        """Make one of the 04 0F that 06 20 gave, or of none."""
        if last is None:
            return cls("", "", "", now)
        return cls(last.digits(Bmp.RECEIPT), last.digits(Bmp.TRACE), last.digits(Bmp.TERMINAL), now)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read what ``str`` wrote; None where it is nothing of the kind."""
        numbers, _, at = text[:_LONGEST].partition("@")
        parts = ["", "", ""] if numbers == _NOTHING else numbers.split("-")
        try:
            when = datetime.fromisoformat(at)
        except ValueError:
            return None
        if len(parts) != 3 or when.tzinfo is None or not all(not part or part.isdecimal() for part in parts):  # noqa: PLR2004 - its numbers
            return None
        return cls(parts[0], parts[1], parts[2], when)

    def __str__(self) -> str:
        numbers = f"{self.receipt}-{self.trace}-{self.terminal}" if self.trace or self.receipt else _NOTHING
        return f"{numbers}@{self.at.isoformat(timespec='seconds')}"


class Finding(Enum):
    """What a repeat says about an order."""

    #: Nothing was done since the mark.
    NEVER = auto()
    #: It is the order.
    FOUND = auto()
    #: It is the reversal of something.
    REVERSED = auto()
    OTHER_AMOUNT = auto()
    OTHER_TERMINAL = auto()
    OTHER_TIME = auto()
    NOT_PROVED = auto()


def compare(mark: Mark | None, last: Fields | None, seen: Transaction | None, order: Order) -> Finding:
    """Compare the last transaction now with the mark. ``seen`` is what the last 04 0F said, read."""
    if mark is None or last is None or seen is None or not (seen.trace or seen.reference):
        return Finding.NOT_PROVED
    if mark.terminal and seen.terminal and mark.terminal != seen.terminal:
        return Finding.OTHER_TERMINAL
    if (seen.trace, seen.reference) == (mark.trace, mark.receipt):
        return Finding.NEVER
    if seen.at is not None and abs(seen.at - mark.at) > _WINDOW:
        return Finding.OTHER_TIME
    return _of_new_one(last, seen, order)


def _of_new_one(last: Fields, seen: Transaction, order: Order) -> Finding:
    if last.value(Bmp.ORIGINAL_TRACE) is not None:
        return Finding.REVERSED
    if last.number(Bmp.AMOUNT) is None or last.number(Bmp.RESULT) is None:
        return Finding.NOT_PROVED
    return Finding.FOUND if seen.amount == order.amount else Finding.OTHER_AMOUNT


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
