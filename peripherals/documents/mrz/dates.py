"""Dates of a zone with their century, which a zone leaves out (ICAO Doc 9303-3, 4.8). Pure: today is given.

Some issuers write 00 for a month or day that is unknown, and 000000 or 999999 for a date that is.

A guess it remains: somebody of 103 years reads as 3. Where a chip was read, its DG11 has the whole date.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_UNKNOWN = ("<<", "XX")
_CENTURY = 100
_ZEROS = "000000"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which month and day may be unknown; no day without a month."""

    year: int
    month: int | None
    day: int | None

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def birth(text: str, today: date) -> PartialDate | None:
    """Complete a date of birth: the latest one that is not after today.

    Args:
        text: YYMMDD as ``Mrz.field`` gives it; a pair ``<<`` or ``XX`` is unknown.
        today: where the holder stands.

    Returns:
        None where the year is unknown or there is no such day.
    """
    past = [found for found in _candidates(text, today) if found.earliest <= today]
    return max(past, key=lambda found: found.earliest, default=None)


def expiry(text: str, today: date) -> date | None:
    """Complete a date of expiry: the one nearest to today, and the last day that it can mean.

    Args:
        text: YYMMDD as ``Mrz.field`` gives it; a pair ``<<`` or ``XX`` is unknown.
        today: where the document is looked at.

    Returns:
        The last day on which the document is valid; None where the year is unknown or there is no such day.
    """
    found = [each.latest for each in _candidates(text, today)]
    return min(found, key=lambda day: abs(day - today), default=None)


def _candidates(text: str, today: date) -> Iterator[PartialDate]:
    """Give the date in the last century, in this and in the next."""
    year, month, day = (_number(text[at : at + 2]) for at in (0, 2, 4))
    if year is None or year < 0 or text == _ZEROS:
        return
    month, day = month or None, day or None
    this = today.year - today.year % _CENTURY
    for century in (this - _CENTURY, this, this + _CENTURY):
        try:
            # A 29th of February stands in one century and not in another.
            date(century + year, 1 if month is None else month, 1 if month is None or day is None else day)
        except ValueError:
            continue
        yield PartialDate(century + year, month, None if month is None else day)


def _number(pair: str) -> int | None:
    """Read two digits, None where they are unknown, -1, which is in no calendar, where they are none."""
    if pair in _UNKNOWN:
        return None
    return int(pair) if len(pair) == 2 and pair.isascii() and pair.isdecimal() else -1  # noqa: PLR2004 - a pair
