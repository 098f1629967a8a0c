"""The visits of each day, or each month of a year, beside those of the time before. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from queue_server.domain.values import Day
from queue_server.reports.tally import Tally
from queue_server.web import wording
from queue_server.web.figures import figures_words
from queue_server.web.figures.axis import axis
from queue_server.web.figures.figures_query import FiguresQuery
from queue_server.web.figures.page import AxisMark, PeriodBar, PeriodBars
from queue_server.web.figures.period import FigurePeriod, PeriodLength, period
from queue_server.web.figures.reading import FiguresData
from queue_server.web.view_context import StaffView

#: Units of the drawing.
WIDTH, HEIGHT = 720, 220
_LEFT, _TOP, _BOTTOM = 52, 10, 28
#: Names that fit beside each other under the bars.
_MAX_NAMES = 12
#: Of the width that a bar has for itself it fills so much.
_FILLED = 0.6


def period_bars(look: StaffView, data: FiguresData) -> PeriodBars | None:
    """Draw them; None where nobody came, or of a single day."""
    wanted = data.period
    if wanted.length is PeriodLength.DAY or not data.counts:
        return None
    parts, beside = _parts(wanted), _parts(wanted.before())
    visits = [_visits(one, data.counts) for one in parts]
    before = [_visits(one, data.before) for one in beside[: len(parts)]]
    before += [0] * (len(parts) - len(before))
    top = axis(max((*visits, *before, 1)))
    high, each = HEIGHT - _TOP - _BOTTOM, (WIDTH - _LEFT) / len(parts)

    def y(number: int) -> float:
        return round(_TOP + high * (1 - number / top[-1]), 1)

    _ = look.words
    bars = tuple(
        PeriodBar(
            name=_name(look, one),
            visits=figures_words.number(count),
            before=figures_words.number(earlier) if data.before else "",
            x=round(_LEFT + each * (place + (1 - _FILLED) / 2), 1),
            width=round(each * _FILLED, 1),
            y=y(count),
            height=round(HEIGHT - _BOTTOM - y(count), 1),
            before_y=y(earlier) if data.before else None,
            url=FiguresQuery(one.length, one.first).address() if count else "",
        )
        for place, (one, count, earlier) in enumerate(zip(parts, visits, before, strict=True))
    )
    most = max(range(len(parts)), key=lambda place: visits[place])
    summary = _(
        "%(count)s visits; most of them %(most)s: %(visits)s.",
        count=figures_words.number(sum(visits)),
        most=bars[most].name,
        visits=bars[most].visits,
    )
    is_year = wanted.length is PeriodLength.YEAR
    return PeriodBars(
        head=_("Visits by month") if is_year else _("Visits by day"),
        unit=_("Month") if is_year else _("Day"),
        before_head=figures_words.period_name(_, look.clock, wanted.before()) if data.before else Markup(),
        bars=bars,
        across=tuple(
            AxisMark(round(bar.x + bar.width / 2, 1), name)
            for bar, name in zip(bars, _names(parts, bars), strict=True)
            if name
        ),
        up=tuple(AxisMark(y(number), figures_words.number(number)) for number in top),
        summary=wording.plain(summary),
    )


def _parts(wanted: FigurePeriod) -> list[FigurePeriod]:
    """Cut a year into months, and anything shorter into days."""
    if wanted.length is PeriodLength.YEAR:
        return [period(PeriodLength.MONTH, date(wanted.first.year, month, 1)) for month in range(1, 13)]
    return [period(PeriodLength.DAY, day) for day in wanted.days()]


def _visits(part: FigurePeriod, counts: Mapping[Day, Tally]) -> int:
    return sum(one.arrived for day, one in counts.items() if part.first_day <= day <= part.last_day)


def _names(parts: Sequence[FigurePeriod], bars: Sequence[PeriodBar]) -> Iterator[str]:
    """Name the bars where there is room; of the days of a month some, by their numbers alone."""
    each = -(-len(bars) // _MAX_NAMES)
    for place, (part, bar) in enumerate(zip(parts, bars, strict=True)):
        yield "" if place % each else bar.name if each == 1 else str(part.first.day)


def _name(look: StaffView, part: FigurePeriod) -> str:
    if part.length is PeriodLength.MONTH:
        return format_date(part.first, "LLL", locale=look.clock.locale)
    return figures_words.short_day(look.clock, part.first)
