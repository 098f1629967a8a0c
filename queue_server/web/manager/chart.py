"""Throughput by hour as a chart and as the table under it, the hours of both aligned."""

from queue_server.domain.values import HOUR, Micros, to_micros
from queue_server.web import wording
from queue_server.web.figures.band import BandSlot, usual_by_hour
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import Bar, Chart, Grid, HourCell
from queue_server.web.manager.throughput import Hour, throughput, window

#: Tops of the axis that give round labels.
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
#: Lines above the base.
_LINES = 4
#: Percent of the width of an hour: where a pair of bars begins, and how wide each is.
_PAD, _BAR, _GAP = 16.0, 32.0, 4.0
_HOURS_OF_A_DAY = 24


def chart(scene: ManagerView) -> Chart:
    visits = scene.state.visits.values()
    first = min((visit.issued_at for visit in visits if visit.issued_at >= scene.state.starts_at), default=scene.now)
    opens, closes = opening(scene)
    start, count = window(min(first, opens), closes, scene.now, scene.clock)
    hours = throughput(visits, start, count, scene.now)
    begin = (start - scene.state.starts_at) // HOUR
    # After its last hour another weekday begins.
    usual = usual_by_hour(scene.usual, range(begin, min(begin + count, _HOURS_OF_A_DAY)))
    step = _step(max(max(hour.arrived, hour.finished) for hour in hours))
    top = step * _LINES
    return Chart(
        hours=tuple(_cell(scene, hour, usual.get(begin + index)) for index, hour in enumerate(hours)),
        bars=tuple(bar for index, hour in enumerate(hours) for bar in _bars(hour, index, count, top)),
        grid=tuple(Grid(100 - 100 * line / _LINES, str(step * line)) for line in range(_LINES + 1)),
        summary=_summary(scene, hours),
        empty=not any(hour.arrived or hour.finished for hour in hours),
    )


def opening(scene: ManagerView) -> tuple[Micros, Micros]:
    """Give the beginning and the last instant of today's hours, as far as they are known; else the present."""
    end = scene.state.starts_at + 24 * 3_600_000_000
    today = [
        (to_micros(one.opens), to_micros(one.closes))
        for one in scene.known.catalogue.centre.openings
        if to_micros(one.closes) > scene.state.starts_at and to_micros(one.opens) < end
    ]
    # A centre that is always open has no hours of which the day is made.
    if not today or any(closes - opens > end - scene.state.starts_at - 1 for opens, closes in today):
        return scene.now, scene.now
    return min(opens for opens, _ in today), Micros(max(closes for _, closes in today) - 1)


def _step(most: int) -> int:
    return next(step for step in _STEPS if step * _LINES >= most) if most <= _STEPS[-1] * _LINES else most


def _cell(scene: ManagerView, hour: Hour, usual: BandSlot | None) -> HourCell:
    return HourCell(
        head=f"{scene.clock.local(hour.start):%-H}",
        current=hour.current,
        arrived=str(hour.arrived) if hour.begun else "",
        usual="" if usual is None else str(usual.middle),
        finished=str(hour.finished) if hour.begun else "",
        present=str(hour.present) if hour.begun else "",
    )


def _bars(hour: Hour, index: int, count: int, top: int) -> list[Bar]:
    width = 100 / count
    drawn = []
    for place, (series, number) in enumerate((("arrived", hour.arrived), ("finished", hour.finished))):
        x = (index + (_PAD + place * (_BAR + _GAP)) / 100) * width
        height = round(100 * number / top, 2)
        if number:
            drawn.append(
                Bar("arrived" if series == "arrived" else "finished", round(x, 2), round(width * _BAR / 100, 2),
                    round(100 - height, 2), height)
            )  # fmt: skip
    return drawn


def _summary(scene: ManagerView, hours: tuple[Hour, ...]) -> str:
    """Say in one sentence what the chart shows."""
    _ = scene.words
    begun = [hour for hour in hours if hour.begun]
    arrived, finished = sum(hour.arrived for hour in begun), sum(hour.finished for hour in begun)
    if not arrived and not finished:
        return wording.plain(_("Nobody has arrived yet."))
    busiest = max(begun, key=lambda hour: hour.arrived)
    return wording.plain(
        _(
            "From %(from)s until now %(arrived)s visits arrived and %(finished)s were finished; most arrived in the "
            "hour from %(busiest)s.",
            **{
                "from": scene.clock.hhmm(begun[0].start),
                "arrived": arrived,
                "finished": finished,
                "busiest": scene.clock.hhmm(busiest.start),
            },
        )
    )
