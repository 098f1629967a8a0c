"""Draws who waits until closing as bands, and the counters of a plan as bars along the day. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from queue_server.domain.values import HOUR, MINUTE, Micros, StepId
from queue_server.forecast.futures import DayOutlook, FutureBand
from queue_server.web.forecast.page import HEIGHT, WIDTH, TimeMark, WaitingPicture
from queue_server.web.times import Clockface

#: Tops of the axis that give round labels, and how many lines are above the base.
_STEPS: Final = (1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500)
_LINES: Final = 4
#: Hours that stand beside each other without being upon each other.
_MAX_HOURS: Final = 12


class TimeScale:
    """Places instants between two of them, in percent."""

    def __init__(self, start: Micros, end: Micros) -> None:
        self.start, self.end = start, end

    def at(self, instant: int) -> float:
        return round(100 * min(1.0, max(0.0, (instant - self.start) / max(1, self.end - self.start))), 2)

    def hours(self, clock: Clockface) -> tuple[TimeMark, ...]:
        """List the full hours of the clock."""
        local = clock.local(self.start)
        first = self.start - (local.minute * 60 + local.second) * 1_000_000 - local.microsecond
        full = [at for at in range(first, self.end + 1, HOUR) if at >= self.start]
        every = -(-len(full) // _MAX_HOURS)
        return tuple(TimeMark(self.at(at), f"{clock.local(at):%-H}") for at in full[::every])


def bands_at(found: DayOutlook, step: StepId | None) -> list[tuple[Micros, FutureBand]]:
    """Give how many wait at each instant, at a step or in all."""
    nobody = FutureBand(0, 0, 0)
    return [(one.at, one.whole if step is None else one.steps.get(step, nobody)) for one in found.waiting]


def picture(
    base: DayOutlook,
    others: tuple[DayOutlook | None, DayOutlook | None],
    step: StepId | None,
    clock: Clockface,
    summary: str,
) -> WaitingPicture:
    """Draw the plan as it is, and beside it what is tried (as a band) and a plan that was kept (its middle)."""
    scale = TimeScale(base.now, base.closes)
    first = bands_at(base, step)
    second, third = ([] if one is None else bands_at(one, step) for one in others)
    most = max((*(band.high for _, band in (*first, *second)), *(band.mean for _, band in third)))
    line = next((one for one in _STEPS if one * _LINES >= most), round(most / _LINES) + 1)
    top = line * _LINES
    return WaitingPicture(
        band=_area(first, scale, top),
        middle=_line(((at, band.mean) for at, band in first), scale, top),
        other_band=_area(second, scale, top),
        other_middle=_line(((at, band.mean) for at, band in second), scale, top),
        beside_middle=_line(((at, band.mean) for at, band in third), scale, top),
        across=scale.hours(clock),
        up=tuple(TimeMark(100 - 100 * number / _LINES, str(line * number)) for number in range(_LINES + 1)),
        summary=summary,
    )


def _line(points: Iterable[tuple[int, float]], scale: TimeScale, top: float) -> str:
    return " ".join(
        f"{scale.at(at) * WIDTH / 100:.1f},{HEIGHT - HEIGHT * min(value, top) / top:.1f}" for at, value in points
    )


def _area(bands: Sequence[tuple[Micros, FutureBand]], scale: TimeScale, top: float) -> str:
    """Go along the upper edge, and back along the lower one."""
    there = [(at, band.high) for at, band in bands]
    back = [(at, band.low) for at, band in reversed(bands)]
    return _line((*there, *back), scale, top)


def quarters(start: Micros, end: Micros) -> Iterator[Micros]:
    """List the full quarters of an hour after one instant, until another, which is the last."""
    piece = 15 * MINUTE
    yield from (Micros(at) for at in range(-(-start // piece) * piece, end, piece))
    yield end
