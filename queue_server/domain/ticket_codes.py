"""Ticket codes: the letter says where a ticket was issued, never why. Pure.

A series is a letter and a range of three-digit numbers. Past its end it goes on with four digits: every three-digit
number stands for the ten four-digit numbers that start with it, so ranges that do not overlap never meet there either.
Kiosks count their own codes by it, and the server checks them.
"""

import re

import msgspec

from queue_server.domain.values import CODE_LETTERS, TicketCode

_SHAPE = re.compile(rf"([{CODE_LETTERS}])([0-9]{{3,4}})")
_SHORT, _LONG = 3, 4
#: The first number of four digits without a leading zero.
_FIRST_OF_FOUR = 1000


class Series(msgspec.Struct, frozen=True):
    """The numbers from which a device makes its codes: a letter and an inclusive range within 1..999."""

    letter: str
    first: int
    last: int


def parse(code: str) -> tuple[str, int, int] | None:
    """Split a code into letter, digits (3 or 4) and number; None if it is none."""
    match = _SHAPE.fullmatch(code)
    if match is None:
        return None
    return match[1], len(match[2]), int(match[2])


def spans(series: Series) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """List (digits, first, last): the range itself, then the numbers of four digits behind it.

    Those begin without a leading zero (``B1000`` after ``B999``) unless the range is the first hundred.
    """
    last = series.last * 10 + 9
    first = max(series.first * 10, _FIRST_OF_FOUR) if last >= _FIRST_OF_FOUR else series.first * 10
    return (_SHORT, series.first, series.last), (_LONG, first, last)


def owns(series: Series, code: TicketCode) -> bool:
    """Tell whether a code can be one of a series."""
    parsed = parse(code)
    if parsed is None:
        return False
    letter, digits, number = parsed
    return letter == series.letter and any(
        digits == width and first <= number <= last for width, first, last in spans(series)
    )


def count(series: Series) -> int:
    """Count the codes between two starts of a series."""
    return sum(max(0, last - first + 1) for _, first, last in spans(series))


def nth(series: Series, position: int) -> TicketCode:
    """Give the code at ``position``, which counts from 1.

    Raises:
        IndexError: the series is used up.
    """
    behind = position - 1
    for digits, first, last in spans(series):
        if 0 <= behind <= last - first:
            return TicketCode(f"{series.letter}{first + behind:0{digits}}")
        behind -= last - first + 1
    raise IndexError(position)


def position(series: Series, highest: int) -> int:
    """Give the position of a number that the server has seen: 0 for none; above the range it has four digits."""
    (_, first, last), (_, long_first, _) = spans(series)
    if highest <= last:
        return max(0, highest - first + 1)
    return last - first + 1 + max(0, highest - long_first + 1)
