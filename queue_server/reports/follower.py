"""Brings the rows of days to where their streams are: what is counted for figures costs nobody at a counter anything.

Rows and the event up to which they show their day are stored together, so that a server that is killed in between goes
on from there, and two servers do not do it twice.
"""

from collections import OrderedDict
from typing import Final

from sqlalchemy import Connection, Select, func, literal, or_, select, text

from queue_server.contract.periodic import Periodic
from queue_server.database.serialising import serialise
from queue_server.eventlog import positions, statements
from queue_server.eventlog.tables import heads
from queue_server.framework.server import Server
from queue_server.reports.day_facts import DayFacts
from queue_server.reports.projection import DAYS, PROJECTION, reached
from queue_server.reports.tables import report_days

#: So many centres are remembered, each with the day of it that went on last: a day before it goes on no more, or for
#: moments, and takes some MiB.
_MAX_CENTRES: Final = 64
_LOCK: Final = text(f"LOCK TABLE {report_days.name} IN ROW EXCLUSIVE MODE")


class ReportFollower:
    """``task`` follows all days of the database again and again."""

    def __init__(self, server: Server, poll_s: float) -> None:
        self._server = server
        self._known: OrderedDict[str, tuple[str, DayFacts]] = OrderedDict()
        self.task = Periodic("reports", poll_s, self.follow, at_once=True)

    async def follow(self) -> None:
        """Follow every day that has gone on; each in a transaction of its own."""
        log = self._server.log
        until = await log.run(positions.horizon)
        for book in await log.run(behind):
            facts = await log.write(lambda connection, book=book: self._show(connection, book))  # type: ignore[misc]
            # What was not committed is not remembered.
            centre = _centre(book)
            self._known[centre] = (book, facts)
            self._known.move_to_end(centre)
            while len(self._known) > _MAX_CENTRES:
                self._known.popitem(last=False)
        await log.write(lambda connection: PROJECTION.advance(connection, until))

    def _show(self, connection: Connection, book: str) -> DayFacts:
        """Bring the rows of one day to where its stream is, from where they are."""
        serialise(connection, "reports", (book,))
        if connection.dialect.name == "postgresql":
            # Whoever builds all rows anew is waited for before anything is read.
            connection.execute(_LOCK)
        shown = reached(connection, (book,)).get(book, 0)
        before = self._at(connection, book, shown)
        tail = statements.read(connection, DAYS.stream(book), shown, None)
        after = DayFacts() if before is None else before.copy()
        DAYS.replay(tail, after)
        if tail:
            PROJECTION.show(connection, before, after)
        return after

    def _at(self, connection: Connection, book: str, seq: int) -> DayFacts | None:
        """Give a day as it was shown; another server, or ``rebuild``, may have shown it since."""
        of, known = self._known.get(_centre(book), ("", None))
        if of == book and known is not None and known.seq == seq:
            return known
        events = statements.read(connection, DAYS.stream(book), 0, seq) if seq else []
        return DAYS.replay(events)


def _centre(book: str) -> str:
    return book.rpartition("/")[0]


def behind(connection: Connection) -> list[str]:
    """Name the days that have gone on since they were shown, the oldest first."""
    return [row.book for row in connection.execute(_BEHIND)]


def _behind() -> Select[tuple[str]]:
    prefix, known = DAYS.prefix, report_days.c
    book = func.substr(heads.c.stream, len(prefix) + 1).label("book")
    shown = heads.outerjoin(report_days, heads.c.stream == literal(prefix).concat(known.book))
    return (
        select(book)
        .select_from(shown)
        .where(heads.c.stream.startswith(prefix, autoescape=True), or_(known.seq.is_(None), known.seq < heads.c.seq))
        .order_by(heads.c.at)
    )


_BEHIND: Final = _behind()
