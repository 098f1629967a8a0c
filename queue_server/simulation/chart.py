"""Policies over loads as a picture (SVG 1.1): three panels, each policy with a colour, a dash and a mark. Pure."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import Final, NamedTuple

from queue_server.domain.values import Category
from queue_server.simulation.figures import PolicyFigures, WaitFigures
from queue_server.simulation.policies import CallingPolicy
from queue_server.simulation.table import NAMES

_WIDTH, _HEIGHT = 960, 400
_TOP, _BOTTOM = 56, 300
_PANEL, _GAP, _LEFT = 250, 62, 52
_NOBODY: Final = WaitFigures(0, 0.0, 0.0, 0.0)


class _Style(NamedTuple):
    colour: str
    dash: str
    mark: str


#: Colours of Okabe and Ito, told apart also by people who see few colours; marks are drawn about 0,0.
_STYLES: Final = {
    CallingPolicy.EARLIEST_DUE: _Style("#0072b2", "none", "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0Z"),
    CallingPolicy.FIRST_COME: _Style("#000000", "2 4", "M-4.5,-4.5h9v9h-9Z"),
    CallingPolicy.STRICT_CLASSES: _Style("#d55e00", "9 4", "M0,-6L5.5,4.5H-5.5Z"),
    CallingPolicy.ACCUMULATING_PRIORITY: _Style("#117733", "9 3 2 3", "M0,-6.5L5.5,0L0,6.5L-5.5,0Z"),
}


class _Panel(NamedTuple):
    title: str
    unit: str
    value: Callable[[PolicyFigures], float]


def _of(category: Category, row: PolicyFigures) -> WaitFigures:
    return row.waits.get(category, _NOBODY)


_PANELS: Final = (
    _Panel("Called within the promise", "%", lambda row: row.in_time * 100),
    _Panel("Appointments: 95 of 100 wait at most", "min", lambda row: _of(Category.APPOINTMENT, row).p95),
    _Panel("Walk-ins: the longest wait", "min", lambda row: _of(Category.WALK_IN, row).longest),
)


def chart(rows: Sequence[PolicyFigures], title: str) -> str:
    """Draw the figures of policies by their load."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"',
        f' font-family="sans-serif" font-size="13" aria-label="{escape(title)}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="24" font-size="16" font-weight="bold">{escape(title)}</text>',
    ]
    for number, panel in enumerate(_PANELS):
        parts += _panel(panel, rows, _LEFT + number * (_PANEL + _GAP))
    parts += _legend(dict.fromkeys(row.policy for row in rows))
    return "\n".join((*parts, "</svg>", ""))


def _panel(panel: _Panel, rows: Sequence[PolicyFigures], left: int) -> Iterable[str]:
    loads = sorted({row.load for row in rows})
    first, last = (loads[0], loads[-1]) if len(loads) > 1 else (loads[0] - 0.1, loads[0] + 0.1)
    step = _round_step(max((panel.value(row) for row in rows), default=0.0))
    top = step * 5

    def x(load: float) -> float:
        return left + (load - first) / (last - first) * _PANEL

    def y(value: float) -> float:
        return _BOTTOM - value / top * (_BOTTOM - _TOP)

    yield f'<text x="{left}" y="{_TOP - 10}">{escape(panel.title)} ({panel.unit})</text>'
    for number in range(6):
        at = y(number * step)
        yield f'<path d="M{left},{at:.1f}h{_PANEL}" stroke="#d0d0d0" fill="none"/>'
        yield f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{number * step:g}</text>'
    for load in loads:
        yield f'<text x="{x(load):.1f}" y="{_BOTTOM + 18}" text-anchor="middle">{load:g}</text>'
    yield f'<text x="{left + _PANEL / 2:.1f}" y="{_BOTTOM + 36}" text-anchor="middle">load</text>'
    for policy in dict.fromkeys(row.policy for row in rows):
        style = _STYLES[policy]
        points = sorted((row.load, panel.value(row)) for row in rows if row.policy is policy)
        for (load, value), (other, following) in pairwise(points):
            line = f"M{x(load):.1f},{y(value):.1f}L{x(other):.1f},{y(following):.1f}"
            yield f'<path d="{line}" stroke="{style.colour}" stroke-width="2" stroke-dasharray="{style.dash}"/>'
        for load, value in points:
            yield f'<path transform="translate({x(load):.1f},{y(value):.1f})" d="{style.mark}" fill="{style.colour}"/>'


def _round_step(highest: float) -> float:
    """Choose a fifth of the axis that people count in."""
    for step in (1, 2, 5, 10, 20, 25, 50, 100, 200):
        if step * 5 >= highest:
            return step
    return highest / 5


def _legend(policies: Iterable[CallingPolicy]) -> Iterable[str]:
    for number, policy in enumerate(policies):
        style, left = _STYLES[policy], _LEFT + number * 225
        at = _HEIGHT - 24
        yield (
            f'<path d="M{left},{at}h36" stroke="{style.colour}" stroke-width="2" stroke-dasharray="{style.dash}"/>'
            f'<path transform="translate({left + 18},{at})" d="{style.mark}" fill="{style.colour}"/>'
            f'<text x="{left + 44}" y="{at + 4}">{escape(NAMES[policy])}</text>'
        )
