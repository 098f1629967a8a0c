"""The hours of a week as a table whose cells are shaded. Pure."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from msgspec.structs import replace

from queue_server.domain.service_day import DayRule
from queue_server.web import wording
from queue_server.web.figures import figures_words
from queue_server.web.figures.figures_query import FiguresQuery, VisitsQuery
from queue_server.web.figures.hour_map import HourCellCount, bounds, hour_map, shade_of
from queue_server.web.figures.page import HourMapTable, MapCell, MapRow, PeriodLink
from queue_server.web.figures.reading import FiguresData
from queue_server.web.view_context import StaffView

_DAY_MINUTES = 24 * 60


def hour_name(rule: DayRule, hour: int) -> str:
    """Write when an hour of the service day begins, by the centre's clock."""
    minutes = (rule.start + 60 * hour) % _DAY_MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"


def hour_map_table(
    look: StaffView, data: FiguresData, asked: FiguresQuery, rule: DayRule, today: date
) -> HourMapTable | None:
    """Make the table of what was asked for: waits, or how many came on a day; None where nobody came."""
    found = hour_map(data.hours)
    if not found.cells:
        return None
    weekdays = sorted({which for which, _ in found.cells})
    days = {which: _open_days(data, which, today) for which in weekdays}
    numbers = {place: _number(cell, asked, days[place[0]]) for place, cell in found.cells.items()}
    _ = look.words
    known = [one for one in numbers.values() if one is not None]
    writer = _CellWriter(look, asked, rule, bounds(known))
    rows = tuple(
        MapRow(
            figures_words.weekday(look.clock, which),
            tuple(
                writer.write(which, hour, found.cells.get((which, hour)), numbers.get((which, hour)))
                for hour in found.hours
            ),
        )
        for which in weekdays
    )
    came, waits = _("Visits that came, by weekday and hour"), _("Wait for the first call, by weekday and hour")
    return HourMapTable(
        head=came if asked.by_came else waits,
        hours=tuple(hour_name(rule, hour) for hour in found.hours),
        rows=rows,
        legend=_legend(look, writer.limits, known, asked),
        other=PeriodLink(
            replace(asked, by_came=not asked.by_came).address(),
            _("Show waits") if asked.by_came else _("Show how many came"),
            "M",
            here=False,
        ),
    )


def _open_days(data: FiguresData, which: int, today: date) -> int:
    """Count the days of a weekday on which somebody came."""
    days = (day for day in data.period.days() if day.weekday() == which and day <= today)
    return sum(1 for day in days if day.isoformat() in data.counts)


def _number(cell: HourCellCount, asked: FiguresQuery, days: int) -> int | None:
    if not asked.by_came:
        return cell.half_min
    return round(cell.came / max(1, days))


class _CellWriter:
    """Writes the cells of one table, whose shades are parted by ``limits``."""

    def __init__(self, look: StaffView, asked: FiguresQuery, rule: DayRule, limits: tuple[int, ...]) -> None:
        self._look, self._rule, self.limits = look, rule, limits
        self._of = FiguresQuery(asked.length, asked.day)

    def write(self, weekday: int, hour: int, cell: HourCellCount | None, shown: int | None) -> MapCell:
        if cell is None:
            return MapCell()
        label = self._look.words(
            "%(weekday)s from %(time)s: %(came)s visits came, half waited at most %(half)s minutes, "
            "nine of ten %(most)s",
            weekday=figures_words.weekday(self._look.clock, weekday),
            time=hour_name(self._rule, hour),
            came=figures_words.number(cell.came),
            half=figures_words.number(cell.half_min),
            most=figures_words.number(cell.most_min),
        )
        return MapCell(
            text=figures_words.number(shown),
            label=wording.plain(label),
            shade=0 if shown is None else shade_of(shown, self.limits),
            url=VisitsQuery(self._of, weekday=weekday, hour=hour).address(),
        )


def _legend(
    look: StaffView, limits: tuple[int, ...], numbers: Sequence[int], asked: FiguresQuery
) -> tuple[tuple[int, Markup], ...]:
    """Say which numbers each shade stands for."""
    _ = look.words
    if not numbers:
        return ()
    largest, below = max(numbers), -1
    found: list[tuple[int, Markup]] = []
    for bound in (*limits, largest):
        first = below + 1
        text = str(first) if first == bound else f"{first}–{bound}"  # noqa: RUF001 - a range is written with a dash
        found.append((shade_of(bound, limits), Markup.escape(text)))
        below = bound
    unit = _("visits an hour") if asked.by_came else _("minutes, half of the visits")
    return ((-1, unit), *found)
