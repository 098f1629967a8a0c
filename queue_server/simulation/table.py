"""Figures of policies side by side, as a table in Markdown. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

from queue_server.domain.values import Category
from queue_server.simulation.figures import PolicyFigures, WaitFigures
from queue_server.simulation.policies import CallingPolicy

NAMES: Final = {
    CallingPolicy.EARLIEST_DUE: "earliest due (this product)",
    CallingPolicy.FIRST_COME: "first come",
    CallingPolicy.STRICT_CLASSES: "strict classes",
    CallingPolicy.ACCUMULATING_PRIORITY: "accumulating priority",
}
_HEADINGS: Final = (
    *("load", "policy", "in time", "appointment p50", "p95", "walk-in p50", "p95", "longest", "not served", "left"),
)
_NOBODY: Final = WaitFigures(0, 0.0, 0.0, 0.0)


def table(rows: Iterable[PolicyFigures]) -> str:
    """Write a line for each policy at each load; waits in minutes."""
    return markdown(_HEADINGS, map(_cells, rows))


def _cells(row: PolicyFigures) -> Sequence[str]:
    booked, walk_in = (row.waits.get(one, _NOBODY) for one in (Category.APPOINTMENT, Category.WALK_IN))
    return (
        f"{row.load:.2f}",
        NAMES[row.policy],
        f"{row.in_time:.0%}",
        *(f"{one:.0f}" for one in (booked.p50, booked.p95, walk_in.p50, walk_in.p95, walk_in.longest)),
        f"{row.not_served:.1%}",
        f"{row.left:.1%}",
    )


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; nothing in it may hold a bar."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
