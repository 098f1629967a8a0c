"""A day, a week, a month or a year, and those beside it. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from queue_server.domain.values import Day

_ONE = timedelta(days=1)
_DECEMBER = 12


class PeriodLength(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class FigurePeriod(msgspec.Struct, frozen=True):
    """From ``first`` to ``last``, both of them in it."""

    length: PeriodLength
    first: date
    last: date

    def days(self) -> Iterator[date]:
        """List them in their order."""
        return (self.first + number * _ONE for number in range((self.last - self.first).days + 1))

    def on(self, weekday: int) -> tuple[Day, ...]:
        """List those of one weekday, 0 being Monday."""
        return tuple(Day(one.isoformat()) for one in self.days() if one.weekday() == weekday)

    @property
    def first_day(self) -> Day:
        return Day(self.first.isoformat())

    @property
    def last_day(self) -> Day:
        return Day(self.last.isoformat())

    def before(self) -> "FigurePeriod":
        return period(self.length, self.first - _ONE)

    def after(self) -> "FigurePeriod":
        return period(self.length, self.last + _ONE)


def period(length: PeriodLength, day: date) -> FigurePeriod:
    """Give the one in which a day lies; weeks begin on Monday (ISO 8601)."""
    match length:
        case PeriodLength.DAY:
            return FigurePeriod(length, day, day)
        case PeriodLength.WEEK:
            monday = day - day.weekday() * _ONE
            return FigurePeriod(length, monday, monday + 6 * _ONE)
        case PeriodLength.MONTH:
            return FigurePeriod(length, day.replace(day=1), _next_month(day) - _ONE)
        case PeriodLength.YEAR:
            return FigurePeriod(length, day.replace(month=1, day=1), day.replace(month=_DECEMBER, day=31))


def _next_month(day: date) -> date:
    if day.month == _DECEMBER:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)


def same_weekday(day: date, weeks: int) -> tuple[Day, ...]:
    """List the same weekday of the weeks before, the last first."""
    return tuple(Day((day - 7 * number * _ONE).isoformat()) for number in range(1, weeks + 1))
