"""What is read of whole days, from the rows of what happened: statements on a ``Connection``. Nothing here writes.

Days are service days of one centre. Where a visit came over from the day before it counts there, and not here.
"""

from collections.abc import Iterable, Mapping

import msgspec
from sqlalchemy import Connection, case, func, select

from queue_server.domain.values import CentreId, Day, Micros
from queue_server.reports.facts import VisitOutcome
from queue_server.reports.tables import report_days, report_visits

#: How a visit ends without having been served.
_LEFT = (VisitOutcome.MISSED, VisitOutcome.CANCELLED, VisitOutcome.NOT_SERVED)


class DayCount(msgspec.Struct, frozen=True):
    """How many visits a day had, how many people, how many were served, and how many left without it."""

    visits: int = 0
    people: int = 0
    served: int = 0
    left: int = 0

    def __add__(self, other: "DayCount") -> "DayCount":
        return DayCount(
            self.visits + other.visits,
            self.people + other.people,
            self.served + other.served,
            self.left + other.left,
        )


class Coming(msgspec.Struct, frozen=True):
    """When a visit came and when it was over, from the start of its day (microseconds); None while it goes on."""

    came: int
    ended: int | None
    is_served: bool


def starts(connection: Connection, centre: CentreId, days: Iterable[Day]) -> dict[Day, Micros]:
    """Tell when each of these days began; one of which nothing is known is left out."""
    d = report_days.c
    found = connection.execute(select(d.day, d.starts_at).where(d.centre == centre, d.day.in_(list(days))))
    return {Day(row.day): Micros(row.starts_at) for row in found}


def counts(connection: Connection, centre: CentreId, first: Day, last: Day) -> dict[Day, DayCount]:
    """Count the visits of each day from ``first`` to ``last``; a day on which nobody came is left out."""
    v = report_visits.c
    outcome = v.outcome
    found = connection.execute(
        select(
            v.day,
            func.count(),
            func.sum(v.party_size),
            func.sum(case((outcome == VisitOutcome.SERVED.value, 1), else_=0)),
            func.sum(case((outcome.in_([one.value for one in _LEFT]), 1), else_=0)),
        )
        .where(v.centre == centre, v.day >= first, v.day <= last, v.arrived)
        .group_by(v.day)
    )
    return {Day(day): DayCount(*(int(number) for number in numbers)) for day, *numbers in found}


def comings(connection: Connection, centre: CentreId, begun: Mapping[Day, Micros]) -> dict[Day, tuple[Coming, ...]]:
    """List the visits of some days, whose starts are given, in the order in which they came."""
    v = report_visits.c
    found: dict[Day, list[Coming]] = {day: [] for day in begun}
    rows = connection.execute(
        select(v.day, v.issued_at, v.ended_at, v.outcome)
        .where(v.centre == centre, v.day.in_(list(begun)), v.arrived)
        .order_by(v.issued_at)
    )
    for day, issued_at, ended_at, outcome in rows:
        start = begun[Day(day)]
        ended = None if ended_at is None else ended_at - start
        found[Day(day)].append(Coming(issued_at - start, ended, outcome == VisitOutcome.SERVED))
    return {day: tuple(visits) for day, visits in found.items()}
