"""When a centre is open. Pure: the instant comes from outside, the rules from the set-up.

Opening hours are wall-clock times: an hour that the clock shows twice is open twice, one it leaves out never comes.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

from queue_server.catalogue.fields import span_minutes
from queue_server.catalogue.model import Holidays, Setup, day_rule
from queue_server.domain.values import to_micros

#: Openings are told for so many days, today among them.
DAYS_AHEAD = 8
#: How far the next opening is looked for.
_WEEKS = 53

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@lru_cache(maxsize=512)
def _public(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))


def is_holiday(rules: Holidays, day: date) -> bool:
    """Tell whether the centre is closed on this day of its own calendar, whatever its weekly hours say."""
    if day in rules.closed:
        return True
    return rules.country is not None and day in _public(rules.country, rules.subdivision, day.year)


def is_open(setup: Setup, instant: datetime) -> bool:
    """Tell whether the centre is open at an aware ``instant``; the minute at which it closes is closed."""
    local = instant.astimezone(ZoneInfo(setup.centre.zone))
    if is_holiday(setup.holidays, local.date()):
        return False
    minute = local.hour * 60 + local.minute
    spans = map(span_minutes, setup.hours.week[local.weekday()])
    return any(opens <= minute < closes for opens, closes in spans)


class OpenInterval(NamedTuple):
    """A time at which the centre is open, as instants in UTC; tickets are issued before ``last_ticket``."""

    opens: datetime
    last_ticket: datetime
    closes: datetime


def openings(setup: Setup, instant: datetime) -> tuple[OpenInterval, ...]:
    """List the openings of eight days that are not over at an aware ``instant``, or the next one where there is none.

    Nothing at all is told of a centre that never opens, or not within a year.
    """
    if not any(setup.hours.week):
        return ()
    shown, week = _openings(setup, instant), timedelta(weeks=1)
    later = (_openings(setup, instant + number * week) for number in range(1, _WEEKS))
    return shown or next(filter(None, later), ())[:1]


def _openings(setup: Setup, instant: datetime) -> tuple[OpenInterval, ...]:
    """List the openings of today and the days after it that are not over, in their order.

    Hours that meet are one opening, over midnight too. What is told reaches from the start of yesterday to the end of
    the last day: an opening that goes on beyond is cut there. The last ticket is issued some minutes before the centre
    closes (``rules.last_ticket_min``), but not before a break, after which it goes on with the same service day, nor
    before a cut, where nothing closes.
    """
    zone = ZoneInfo(setup.centre.zone)
    today = instant.astimezone(zone).date()
    end = _midnight(today + DAYS_AHEAD * _DAY, zone)
    spans = _merged(sorted(_spans(setup, zone, today - _DAY, today + DAYS_AHEAD * _DAY)))
    day_at, before = day_rule(setup).day_at, setup.rules.last_ticket_min * _MINUTE
    shown = []
    for (opens, closes), following in zip_longest(spans, spans[1:]):
        goes_on = closes >= end or (
            following is not None and day_at(to_micros(following[0])) == day_at(to_micros(closes))
        )
        if closes > instant:
            shown.append(OpenInterval(opens, closes if goes_on else max(opens, closes - before), closes))
    return tuple(shown)


Span = tuple[datetime, datetime]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)


def _spans(setup: Setup, zone: ZoneInfo, first: date, end: date) -> Iterator[Span]:
    """Find when the wall clock shows opening hours, from the start of ``first`` to that of ``end``."""

    def hours(day: date) -> Iterable[tuple[int, int]]:
        return () if is_holiday(setup.holidays, day) else map(span_minutes, setup.hours.week[day.weekday()])

    return wall_spans(zone, first, end, hours)


def open_spans(setup: Setup, first: date, end: date) -> list[Span]:
    """List when the centre is open, from the start of ``first`` to that of ``end``, in order and without overlaps."""
    return _merged(sorted(_spans(setup, ZoneInfo(setup.centre.zone), first, end)))


def wall_spans(
    zone: ZoneInfo, first: date, end: date, hours: Callable[[date], Iterable[tuple[int, int]]]
) -> Iterator[Span]:
    """Find when the wall clock shows certain minutes, from the start of ``first`` to that of ``end``.

    ``hours`` gives those of a date: minutes after midnight, without the last. Between two changes of its offset the
    wall clock runs evenly, so each such piece of time is looked at by itself: an hour that is shown twice lies in two
    pieces, one that is left out in none.
    """
    for start, stop in pairwise(_pieces(zone, _midnight(first, zone), _midnight(end, zone))):
        offset = start.astimezone(zone).utcoffset() or timedelta()
        day = (start + offset).date()
        while (midnight := datetime.combine(day, datetime.min.time(), UTC) - offset) < stop:
            for opens, closes in hours(day):
                span = max(start, midnight + opens * _MINUTE), min(stop, midnight + closes * _MINUTE)
                if span[0] < span[1]:
                    yield span
            day += _DAY


def _pieces(zone: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    """Cut the time between two instants where the zone changes its offset, to the second."""
    cuts, here = [start], start
    while here < end:
        there = min(here + _HOUR, end)
        offset = here.astimezone(zone).utcoffset()
        if there.astimezone(zone).utcoffset() != offset:
            low, high = 0, int((there - here).total_seconds())
            while high - low > 1:
                middle = (low + high) // 2
                same = (here + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset
                low, high = (middle, high) if same else (low, middle)
            cuts.append(here + timedelta(seconds=high))
        here = there
    return cuts if cuts[-1] == end else [*cuts, end]


def _merged(spans: list[Span]) -> list[Span]:
    """Join spans that meet or overlap."""
    joined: list[Span] = []
    for opens, closes in spans:
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return joined
