"""Draws how many are here through a day over what is usual, and writes the same as a table. Pure."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from queue_server.domain.values import HOUR, Micros
from queue_server.web import wording
from queue_server.web.figures import figures_words
from queue_server.web.figures.axis import axis
from queue_server.web.figures.band import SLOT, BandSlot, band, came_by_hour, present, slots, usual_by_hour
from queue_server.web.figures.figures_query import FiguresQuery, VisitsQuery
from queue_server.web.figures.page import AxisMark, CurveRow, DayCurve, HourColumn
from queue_server.web.figures.reading import FiguresData
from queue_server.web.view_context import StaffView

#: Units of the drawing, and what is left around the curve.
WIDTH, HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 92, 14, 30
_WIDE: Final = WIDTH - _LEFT - _RIGHT
_HIGH: Final = HEIGHT - _TOP - _BOTTOM


def day_curve(look: StaffView, data: FiguresData, starts_at: Micros, until: Micros) -> DayCurve | None:
    """Draw a day as far as ``until``; None where there is nothing to draw."""
    at = slots((data.visits, *data.usual.values()))
    if len(at) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    usual = band(data.usual, at)
    elapsed = until - starts_at
    seen = [slot * SLOT for slot in at if slot * SLOT <= elapsed]
    here = list(present(data.visits, at[: len(seen)])) if data.visits.came else []
    if seen and seen[-1] < elapsed < at[-1] * SLOT:
        seen.append(elapsed)
        # Whatever is known has happened by now.
        here += present(data.visits, [at[-1] + 1]) if data.visits.came else ()
    top = axis(max((*here, *(one.high for one in usual), 1)))
    instants = [slot * SLOT for slot in at]
    place = _Place(instants[0], instants[-1], top[-1])
    line = [(place.x(instant), place.y(count)) for instant, count in zip(seen, here, strict=False)]
    low = [(place.x(instant), place.y(one.low)) for instant, one in zip(instants, usual, strict=False)]
    high = [(place.x(instant), place.y(one.high)) for instant, one in zip(instants, usual, strict=False)]
    middle = len(high) * 2 // 3
    return DayCurve(
        summary=_summary(look, here, usual),
        area=_points([*high, *reversed(low)]),
        low=_points(low),
        high=_points(high),
        line=_points(line),
        end=line[-1] if line else None,
        end_text=str(here[-1]) if here else "",
        band_at=(high[middle][0], high[middle][1] - 8) if high else (0, 0),
        across=tuple(
            AxisMark(place.x(instant), look.clock.hhmm(starts_at + instant))
            for instant in instants
            if instant % HOUR == 0
        ),
        up=tuple(AxisMark(place.y(number), str(number)) for number in top),
        rows=_rows(look, starts_at, instants, dict(zip(seen, here, strict=False)), usual),
        note=_note(look, data, usual),
    )


def hour_columns(look: StaffView, data: FiguresData, starts_at: Micros, asked: FiguresQuery) -> tuple[HourColumn, ...]:
    """Say for each hour of a day who came, how many usually do, and how long half of them waited."""
    came = came_by_hour(data.visits)
    usual_hours = {hour for day in data.usual.values() for hour in came_by_hour(day)}
    hours = {*came, *usual_hours}
    if not hours:
        return ()
    every = range(min(hours), max(hours) + 1)
    usual = usual_by_hour(data.usual, every)
    tallies = data.hours.get(data.period.first.weekday(), {})

    def column(hour: int) -> HourColumn:
        half = tallies[hour].first_waits.percentile_min(50) if hour in tallies else None
        return HourColumn(
            head=look.clock.hhmm(starts_at + hour * HOUR),
            came=figures_words.number(came.get(hour, 0)) if data.visits.came else wording.NOTHING,
            usual=_range(usual[hour]) if hour in usual else "",
            wait=figures_words.number(half),
            url=VisitsQuery(asked, hour=hour).address() if came.get(hour) else "",
        )

    return tuple(column(hour) for hour in every)


class _Place:
    """Puts an instant and a number where they stand in the drawing."""

    def __init__(self, first: int, last: int, top: int) -> None:
        self._first, self._length, self._top = first, last - first, top

    def x(self, instant: int) -> float:
        return round(_LEFT + _WIDE * (instant - self._first) / self._length, 1)

    def y(self, number: int) -> float:
        return round(_TOP + _HIGH * (1 - number / self._top), 1)


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _range(slot: BandSlot) -> str:
    if slot.low == slot.high:
        return str(slot.low)
    return f"{slot.low}–{slot.high}"  # noqa: RUF001 - a range is written with a dash


def _rows(
    look: StaffView, starts_at: Micros, at: Sequence[int], here: dict[int, int], usual: Sequence[BandSlot]
) -> tuple[CurveRow, ...]:
    known = dict(zip(at, usual, strict=False))
    instants = sorted({*at, *here})
    return tuple(
        CurveRow(
            time=look.clock.hhmm(starts_at + instant),
            here=figures_words.number(here.get(instant)),
            usual=_range(known[instant]) if instant in known else wording.NOTHING,
            middle=figures_words.number(known[instant].middle) if instant in known else wording.NOTHING,
        )
        for instant in instants
        if instant % SLOT == 0 or instant in here
    )


def _summary(look: StaffView, here: Sequence[int], usual: Sequence[BandSlot]) -> str:
    """Say in one sentence what the drawing shows."""
    _ = look.words
    if not here:
        return wording.plain(_("Nobody has come."))
    if not usual:
        return wording.plain(
            _.ngettext(
                "At most %(count)s visit was here at once.", "At most %(count)s visits were here at once.", max(here)
            )
        )
    return wording.plain(
        _(
            "At most %(here)s visits were here at once; usually it is at most %(low)s to %(high)s.",
            here=max(here),
            low=max(one.low for one in usual),
            high=max(one.high for one in usual),
        )
    )


def _note(look: StaffView, data: FiguresData, usual: Sequence[BandSlot]) -> Markup:
    """Say what is called usual."""
    _ = look.words
    days = sum(1 for day in data.usual.values() if day.came)
    if not usual:
        return _("What is usual is shown once the centre was open on this weekday four times in twelve weeks.")
    return _.ngettext(
        "Usual: eight of ten such days lie between. Counted from %(count)s day of this weekday in the last 12 weeks.",
        "Usual: eight of ten such days lie between. Counted from %(count)s days of this weekday in the last 12 weeks.",
        days,
    )
