"""The visits behind a number: which ones it counts, and what each of them did. Nothing here writes.

Every condition is one of the pictures' own, so that a list has as many rows as the number beside which it is opened.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, and_, func, select

from queue_server.domain.values import HOUR, CentreId, Day, Micros, ServiceId, StepId, VisitId
from queue_server.reports.facts import StopStanding, VisitOutcome, VisitSource
from queue_server.reports.tables import report_days, report_stops, report_visits
from queue_server.reports.tally import Dimension

#: Ends of a visit that was not served.
_LEFT = (VisitOutcome.MISSED, VisitOutcome.CANCELLED, VisitOutcome.NOT_SERVED)
#: Of which groups a visit is, as it is counted in the tallies of that dimension.
GROUPS: Final[Mapping[Dimension, Column[str]]] = {
    Dimension.SERVICE: report_visits.c.service,
    Dimension.GOVERNMENT: report_visits.c.government,
    Dimension.CATEGORY: report_visits.c.category,
    Dimension.LANGUAGE: report_visits.c.language,
    Dimension.SOURCE: report_visits.c.source,
}


class VisitFilter(msgspec.Struct, frozen=True):
    """Which visits of some days: ``first`` to ``last``, or ``days`` of them alone where that is given.

    ``hour`` is that of the service day in which they came, from 0. ``end`` is ``served``, ``left`` or ``present``.
    ``step``: they were called there, and in time or not where ``in_time`` says so; with ``to`` or ``leaving`` (how they
    left it) it is enough that they went that way. ``source`` is how they came to their first step. ``group``: they are
    of this key of one of ``GROUPS``. ``printed_again``: their ticket was, wherever they came from.
    """

    first: Day
    last: Day
    days: tuple[Day, ...] | None = None
    hour: int | None = None
    end: str = ""
    source: VisitSource | None = None
    step: StepId | None = None
    in_time: bool | None = None
    to: StepId | None = None
    leaving: tuple[StopStanding, ...] = ()
    group: tuple[Dimension, str] | None = None
    printed_again: bool = False


class VisitLine(msgspec.Struct, frozen=True):
    """A visit of a list; who it is nobody can tell from it. Its ticket was printed again ``reprints`` times."""

    visit: VisitId
    day: Day
    service: ServiceId
    category: str
    source: VisitSource
    issued_at: Micros
    first_called_at: Micros | None
    ended_at: Micros | None
    outcome: VisitOutcome
    reprints: int


class StopLine(msgspec.Struct, frozen=True):
    """A stop of a visit: seconds of waiting and of service, as far as there are any."""

    step: StepId
    counter: str | None
    waited_s: int | None
    served_s: int | None


def how_many(connection: Connection, centre: CentreId, wanted: VisitFilter) -> int:
    return connection.execute(
        select(func.count())
        .select_from(report_visits.join(report_days, report_days.c.book == report_visits.c.book))
        .where(*_conditions(centre, wanted))
    ).scalar_one()


def visits(
    connection: Connection, centre: CentreId, wanted: VisitFilter, *, skip: int, limit: int
) -> tuple[VisitLine, ...]:
    """List them, the newest first, behind the first ``skip``."""
    v = report_visits.c
    columns = [v[name] for name in VisitLine.__struct_fields__]
    rows = connection.execute(
        select(*columns)
        .join(report_days, report_days.c.book == v.book)
        .where(*_conditions(centre, wanted))
        .order_by(v.issued_at.desc(), v.visit)
        .offset(skip)
        .limit(limit)
    )
    return tuple(_line(row) for row in rows)


def stops(connection: Connection, centre: CentreId, listed: Iterable[VisitLine]) -> dict[VisitId, tuple[StopLine, ...]]:
    """Give the stops of some visits, each visit's in their order; of a day in which it came, and not of the next."""
    s, wanted = report_stops.c, {(one.day, one.visit) for one in listed}
    found: dict[VisitId, list[StopLine]] = {visit: [] for _, visit in wanted}
    rows = connection.execute(
        select(s.day, s.visit, s.step, s.counter, s.waited_s, s.served_s)
        .where(s.centre == centre, s.day.in_({day for day, _ in wanted}), s.visit.in_({visit for _, visit in wanted}))
        .order_by(s.visit, s.number)
    )
    for day, visit, step, counter, waited_s, served_s in rows:
        if (day, visit) in wanted:
            found[VisitId(visit)].append(StopLine(StepId(step), counter, waited_s, served_s))
    return {visit: tuple(lines) for visit, lines in found.items()}


def _line(row: Collection[object]) -> VisitLine:
    return msgspec.convert(dict(zip(VisitLine.__struct_fields__, row, strict=True)), VisitLine)


def _conditions(centre: CentreId, wanted: VisitFilter) -> list[ColumnElement[bool]]:
    v = report_visits.c
    which: list[ColumnElement[bool]] = [v.centre == centre]
    if wanted.days is None:
        which += [v.day >= wanted.first, v.day <= wanted.last]
    else:
        which.append(v.day.in_(wanted.days))
    at_step = wanted.step is not None
    # A visit that came over from the day before has come there; it ends here, and was at steps here.
    if not at_step and not wanted.end and not wanted.printed_again:
        which.append(v.arrived)
    if wanted.printed_again:
        which.append(v.reprints > 0)
    if wanted.hour is not None:
        which.append((v.issued_at - report_days.c.starts_at) // HOUR == wanted.hour)
    if wanted.end:
        ends = {"served": (VisitOutcome.SERVED,), "left": _LEFT, "present": (VisitOutcome.PRESENT,)}[wanted.end]
        which.append(v.outcome.in_([one.value for one in ends]))
    if wanted.source is not None:
        which.append(v.source == wanted.source.value)
    if wanted.group is not None:
        dimension, key = wanted.group
        which.append(GROUPS[dimension] == key)
    if at_step:
        which.append(_went(wanted))
    return which


def _went(wanted: VisitFilter) -> ColumnElement[bool]:
    """Say at which step they were, and what became of it there."""
    v, s = report_visits.c, report_stops.c
    there: list[ColumnElement[bool]] = [s.book == v.book, s.visit == v.visit, s.step == wanted.step]
    after = report_stops.alias("after")
    n = after.c
    behind = and_(n.book == s.book, n.visit == s.visit, n.number == s.number + 1)
    if wanted.source is not None:
        there.append(s.number == 0)
    elif wanted.to is not None:
        there.append(select(n.visit).where(behind, n.step == wanted.to).exists())
    elif wanted.leaving:
        there.append(s.outcome.in_([one.value for one in wanted.leaving]))
        there.append(~select(n.visit).where(behind).exists())
    else:
        there.append(s.waited_s.is_not(None))
    if wanted.in_time is not None:
        there.append(s.kept.is_(wanted.in_time))
    return select(s.visit).where(*there).correlate(report_visits).exists()
