"""What is read of stops: how long people waited and were served at each step, and where they went from there."""

import msgspec
from sqlalchemy import Connection, and_, func, select

from queue_server.domain.values import CentreId, Day, StepId
from queue_server.reports.facts import VisitSource
from queue_server.reports.tables import report_stops

_MINUTE_S = 60


class StepWaits(msgspec.Struct):
    """A step: calls, how many of them were in time, and how many waited or were served so many whole minutes."""

    calls: int = 0
    kept: int = 0
    promised: int = 0
    waits: dict[int, int] = msgspec.field(default_factory=dict)
    served: dict[int, int] = msgspec.field(default_factory=dict)


class StepMove(msgspec.Struct, frozen=True):
    """So many visits came to ``step``: ``came_by`` for their first stop, and from there to ``to``.

    ``to`` is None where it was their last stop; then ``outcome`` is how they left it.
    """

    came_by: VisitSource | None
    step: StepId
    to: StepId | None
    outcome: str
    visits: int


def step_waits(connection: Connection, centre: CentreId, first: Day, last: Day) -> dict[StepId, StepWaits]:
    """Count waits and services of the days from ``first`` to ``last``, by step."""
    s = report_stops.c
    here = (s.centre == centre, s.day >= first, s.day <= last)
    found: dict[StepId, StepWaits] = {}
    wait = (s.waited_s // _MINUTE_S).label("wait")
    called = select(s.step, wait, s.kept, func.count()).where(*here, s.waited_s.is_not(None))
    for step, minutes, kept, many in connection.execute(called.group_by(s.step, "wait", s.kept)):
        one = found.setdefault(StepId(step), StepWaits())
        one.calls += many
        one.kept += many if kept else 0
        one.promised += many if kept is not None else 0
        one.waits[int(minutes)] = one.waits.get(int(minutes), 0) + many
    lasted = (s.served_s // _MINUTE_S).label("lasted")
    served = select(s.step, lasted, func.count()).where(*here, s.served_s.is_not(None))
    for step, minutes, many in connection.execute(served.group_by(s.step, "lasted")):
        found.setdefault(StepId(step), StepWaits()).served[int(minutes)] = many
    return found


def step_moves(connection: Connection, centre: CentreId, first: Day, last: Day) -> tuple[StepMove, ...]:
    """Count how visits went from step to step on the days from ``first`` to ``last``."""
    after = report_stops.alias("after")
    s, n = report_stops.c, after.c
    behind = and_(n.book == s.book, n.visit == s.visit, n.number == s.number + 1)
    is_first = (s.number == 0).label("is_first")
    rows = connection.execute(
        select(is_first, s.source, s.step, n.step, s.outcome, func.count())
        .outerjoin(after, behind)
        .where(s.centre == centre, s.day >= first, s.day <= last)
        .group_by("is_first", s.source, s.step, n.step, s.outcome)
    )
    return tuple(
        StepMove(
            VisitSource(source) if begins else None, StepId(step), None if to is None else StepId(to), outcome, many
        )
        for begins, source, step, to, outcome, many in rows
    )
