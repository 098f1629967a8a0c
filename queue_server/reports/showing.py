"""Brings the rows of one day to where its stream is: what changes is found first, and stored by a short transaction.

Rows and the event up to which they show their day are stored together, so that a server that is killed in between goes
on from there, and two servers do not do it twice.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple, Protocol

from sqlalchemy import Connection, Select, func, literal, or_, select, text

from queue_server.database.serialising import serialise
from queue_server.eventlog import statements
from queue_server.eventlog.projection import TableChange
from queue_server.eventlog.tables import heads
from queue_server.reports.day_facts import DayFacts
from queue_server.reports.projection import DAYS, PROJECTION, reached
from queue_server.reports.tables import report_days

_LOCK: Final = text(f"LOCK TABLE {report_days.name} IN ROW EXCLUSIVE MODE")


class Transactions(Protocol):
    """An event log, or a database."""

    def run[T](self, work: Callable[[Connection], T]) -> Awaitable[T]: ...

    def write[T](self, work: Callable[[Connection], T]) -> Awaitable[T]: ...


class LaterFacts(NamedTuple):
    """A day where its stream is, and what has to be written so that its rows are there, too.

    ``shown`` is the event up to which they showed the day when that was found.
    """

    book: str
    shown: int
    facts: DayFacts
    changes: Sequence[TableChange]


async def show_day(there: Transactions, book: str, known: DayFacts | None = None) -> DayFacts:
    """Bring the rows of a day to where its stream is; ``known`` is the day as this process has shown it last."""
    while True:
        later = await there.run(lambda connection: _later(connection, book, known))
        if await there.write(partial(_is_stored, later)):
            return later.facts


def _later(connection: Connection, book: str, known: DayFacts | None) -> LaterFacts:
    stream, shown = DAYS.stream(book), reached(connection, (book,)).get(book, 0)
    before = known
    if before is None or (before.book, before.seq) != (book, shown):
        # Another server, or ``rebuild``, has shown it since.
        before = DAYS.replay(statements.read(connection, stream, 0, shown)) if shown else None
    tail = statements.read(connection, stream, shown, None)
    after = DayFacts() if before is None else before.copy()
    DAYS.replay(tail, after)
    return LaterFacts(book, shown, after, PROJECTION.changes(before, after) if tail else ())


def _is_stored(later: LaterFacts, connection: Connection) -> bool:
    """Store what was found, unless another server or ``rebuild`` has shown the day since: then it is found anew."""
    serialise(connection, "reports", (later.book,))
    if connection.dialect.name == "postgresql":
        # Whoever builds all rows anew is waited for.
        connection.execute(_LOCK)
    if reached(connection, (later.book,)).get(later.book, 0) != later.shown:
        return False
    for one in later.changes:
        one.write(connection)
    return True


def behind(connection: Connection) -> dict[str, int]:
    """Name the days that have gone on since they were shown, the oldest first, and by how many events."""
    return {row.book: row.missing for row in connection.execute(_BEHIND)}


def _behind() -> Select[Any]:
    prefix, known = DAYS.prefix, report_days.c
    book = func.substr(heads.c.stream, len(prefix) + 1).label("book")
    shown = heads.outerjoin(report_days, heads.c.stream == literal(prefix).concat(known.book))
    return (
        select(book, (heads.c.seq - func.coalesce(known.seq, 0)).label("missing"))
        .select_from(shown)
        .where(heads.c.stream.startswith(prefix, autoescape=True), or_(known.seq.is_(None), known.seq < heads.c.seq))
        .order_by(heads.c.at)
    )


_BEHIND: Final = _behind()
