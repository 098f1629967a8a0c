"""The days and times that somebody can choose: four weeks at a glance, then the times of a day. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Final

import msgspec
from babel.dates import format_date
from markupsafe import Markup

from queue_server.contract.appointments import BookableDayView, FreeTimeView
from queue_server.domain.values import to_micros
from queue_server.web.view_context import PageReader
from queue_server.web.wording import MarkupTranslations

#: The hours at which morning, afternoon and evening begin.
_MORNING, _AFTERNOON, _EVENING = 6, 12, 18
#: Other times that are named to whom the last place of one was taken.
MAX_NEAREST: Final = 3


class DayTile(msgspec.Struct, frozen=True):
    """A day: ``label`` is how it is said in full, ``href`` is empty where nothing is free on it."""

    weekday: str
    number: str
    note: Markup
    label: Markup
    chosen: bool
    href: str


class MonthTiles(msgspec.Struct, frozen=True):
    name: str
    tiles: tuple[DayTile, ...]


class TimeOption(msgspec.Struct, frozen=True):
    """``at`` is the instant in microseconds, as the form sends it; ``said`` the day and time in short."""

    at: int
    clock: str
    said: str
    chosen: bool


class TimeGroup(msgspec.Struct, frozen=True):
    name: Markup
    times: tuple[TimeOption, ...]


class TimeTable(msgspec.Struct, frozen=True):
    """``day`` is the day that is shown, empty where nothing is free on any."""

    months: tuple[MonthTiles, ...]
    day: str
    day_name: str
    groups: tuple[TimeGroup, ...]


def time_table(
    days: Sequence[BookableDayView],
    reader: PageReader,
    *,
    wanted: str,
    chosen: int | None,
    is_working: Callable[[date], bool],
    href: Callable[[str], str],
) -> TimeTable:
    """Lay out what is free.

    Args:
        days: what is free, day by day.
        reader: whom it is for.
        wanted: the day that was chosen; the first one with a free time stands for none.
        chosen: the time that was chosen.
        is_working: whether the centre works on a day at all: others are left out.
        href: gives the address at which a day is chosen.
    """
    free = {one.day: one for one in days if one.times}
    day = wanted if wanted in free else next(iter(free), "")
    shown = [one for one in days if one.times or is_working(date.fromisoformat(one.day))]
    months = tuple(
        MonthTiles(
            format_date(date(year, month, 1), "LLLL y", locale=reader.clock.locale),
            tuple(_tile(one, reader, chosen=one.day == day, href=href) for one in group),
        )
        for (year, month), group in groupby(shown, key=_month)
    )
    found = free.get(day)
    return TimeTable(
        months,
        day,
        "" if found is None else format_date(date.fromisoformat(day), "EEEE d MMMM", locale=reader.clock.locale),
        () if found is None else tuple(_groups(day, found.times, reader, chosen)),
    )


def nearest(days: Iterable[BookableDayView], at: int) -> tuple[FreeTimeView, ...]:
    """Name the free times nearest to one that is gone, the earliest first."""
    times = [one for day in days for one in day.times]
    closest = sorted(times, key=lambda one: abs(to_micros(one.at) - at))[:MAX_NEAREST]
    return tuple(sorted(closest, key=lambda one: one.at))


def said(reader: PageReader, at: int) -> str:
    """Say a time in short: ``Thu 26 Nov, 10:30``."""
    return f"{reader.clock.day(at)}{reader.words(', ')}{reader.clock.hhmm(at)}"


def _month(one: BookableDayView) -> tuple[int, int]:
    day = date.fromisoformat(one.day)
    return day.year, day.month


def _tile(one: BookableDayView, reader: PageReader, *, chosen: bool, href: Callable[[str], str]) -> DayTile:
    _, day, count = reader.words, date.fromisoformat(one.day), len(one.times)
    full = format_date(day, "EEEE d MMMM", locale=reader.clock.locale)
    if not count:
        label = _("%(day)s: no time is free", day=full)
    else:
        label = _.ngettext("%(day)s: %(count)s time is free", "%(day)s: %(count)s times are free", count, day=full)
    return DayTile(
        weekday=format_date(day, "EEE", locale=reader.clock.locale),
        number=str(day.day),
        note=_.ngettext("%(count)s free", "%(count)s free", count) if count else _("full"),
        label=label,
        chosen=chosen,
        href=href(one.day) if count else "",
    )


def _groups(day: str, times: Sequence[FreeTimeView], reader: PageReader, chosen: int | None) -> Iterable[TimeGroup]:
    twice = {clock for clock, count in Counter(one.clock for one in times).items() if count > 1}
    for (local, part), group in groupby(times, key=lambda one: _part(reader.clock.local(to_micros(one.at)))):
        name = _part_name(reader.words, part)
        if local.isoformat() != day:
            # A service day ends some hours after midnight.
            name = Markup(" \N{MIDDLE DOT} ").join((name, format_date(local, "EEE d MMM", locale=reader.clock.locale)))
        yield TimeGroup(name, tuple(_option(one, reader, twice, chosen) for one in group))


def _part(local: datetime) -> tuple[date, int]:
    return local.date(), sum(local.hour >= start for start in (_MORNING, _AFTERNOON, _EVENING))


def _part_name(_: MarkupTranslations, part: int) -> Markup:
    return (_("Night"), _("Morning"), _("Afternoon"), _("Evening"))[part]


def _option(one: FreeTimeView, reader: PageReader, twice: set[str], chosen: int | None) -> TimeOption:
    at = to_micros(one.at)
    # Where clocks go back an hour is shown twice: the zone's own letters tell which it is.
    zone = f" {reader.clock.local(at):%Z}" if one.clock in twice else ""
    return TimeOption(at, f"{one.clock}{zone}", f"{said(reader, at)}{zone}", at == chosen)
