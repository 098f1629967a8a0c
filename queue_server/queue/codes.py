"""Ticket codes: the letter says where a ticket was issued, never why.

A series is a letter and a range of three-digit numbers. Past its end it goes on with four digits: every three-digit
number stands for the ten four-digit numbers that start with it, so ranges that do not overlap never meet there either.
"""

import re

from queue_server.queue.commands import Series
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.state import DayState
from queue_server.values import CODE_LETTERS, TicketCode

_SHAPE = re.compile(rf"([{CODE_LETTERS}])([0-9]{{3,4}})")
_SHORT, _LONG = 3, 4


def parse(code: str) -> tuple[str, int, int] | None:
    """Split a code into letter, digits (3 or 4) and number; None if it is none."""
    match = _SHAPE.fullmatch(code)
    if match is None:
        return None
    return match[1], len(match[2]), int(match[2])


def _spans(series: Series) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """List (digits, first, last): the range itself, then the numbers of four digits behind it.

    Those begin without a leading zero (``B1000`` after ``B999``) unless the range is the first hundred.
    """
    last = series.last * 10 + 9
    first = max(series.first * 10, 1000) if last >= 1000 else series.first * 10  # noqa: PLR2004 - the first of four digits
    return (_SHORT, series.first, series.last), (_LONG, first, last)


def owns(series: Series, code: TicketCode) -> bool:
    parsed = parse(code)
    if parsed is None:
        return False
    letter, digits, number = parsed
    return letter == series.letter and any(
        digits == width and first <= number <= last for width, first, last in _spans(series)
    )


def _highest(state: DayState, letter: str, span: tuple[int, int, int]) -> int:
    """Find the highest number issued today within a span, 0 if none. Ranges are hundreds, kept in ``highest``."""
    digits, first, last = span
    marks = (state.highest.get((letter, digits, hundred), 0) for hundred in range(first // 100, last // 100 + 1))
    return max((mark for mark in marks if first <= mark <= last), default=0)


def highest(state: DayState, series: Series) -> int:
    """Find the highest number of a series that is in use today, 0 if none; above ``last`` it has four digits.

    Four digits of the first hundred may be a number within the range (``B0042``): then ``last + 1``, which is higher
    than all of them, so a device that starts above it skips some codes and gives none twice.
    """
    short, long = (_highest(state, series.letter, span) for span in _spans(series))
    return max(long, series.last + 1) if long else short


def following(state: DayState, series: Series) -> TicketCode | Refusal:
    """Make the next code of a series: above the highest issued today, past its end with four digits."""
    for span in _spans(series):
        digits, first, last = span
        number = max(first, _highest(state, series.letter, span) + 1)
        if number <= last:
            return TicketCode(f"{series.letter}{number:0{digits}}")
    return refuse(RefusalCode.SERIES_EXHAUSTED, letter=series.letter)
