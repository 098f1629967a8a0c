"""``verify``: reads every event once and names the first that is not as it was written.

What is found, by its code:

==============  ======================================================================================================
``gap``         a ``seq`` is not one more than the one before
``hash``        a row does not give its hash: one of its columns was edited, or rows were swapped
``missing``     events are gone from the end of a stream, or all of it: something else names a later one
``link``        a row gives its hash, but something else names another hash for it: the chain was hashed anew
``closing``     a closing event cannot be read, or does not name its own stream
``signature``   a closing event is not signed by a key that this server had then
``not-closed``  a day was followed by another without having been closed
==============  ======================================================================================================

What names an event: the closing event of its day (signed), the opening event of the next day (itself under the next
signature), and its row in ``heads`` (written in the same transaction, unsigned). So for closed days nobody without the
signing key can change anything unseen. In the day that is still open ``heads`` shows what was lost or cut by mistake,
but not what somebody changes who may write to the whole database and hashes that day anew; nor can a database tell
alone that its newest events were taken away altogether, as when an old backup comes back. That is what the witness is
for, a signed file outside of it (``log.witness``).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, exists, func, select, tuple_

from queue_server.database import Database
from queue_server.eventlog.closing import CLOSED, OPENED, DayOpening, StreamClosed, closing_message, previous_stream
from queue_server.eventlog.hash_chain import StreamHasher
from queue_server.eventlog.port import Event, StreamHead
from queue_server.eventlog.statements import QUEUE_PREFIX
from queue_server.eventlog.tables import events, heads
from queue_server.signing import Verifier

_CHUNK = 2_000

#: What stands in the columns of ``events``, of any type: an edit may have brought another.
type _Row = tuple[Any, ...]


class Bad(msgspec.Struct, frozen=True, order=True):
    """The place of an event that is not as it was written, and what is wrong with it."""

    stream: str
    seq: int
    code: str


class RowFault(StrEnum):
    """What is wrong with a row of a projected table."""

    #: A stream has a row that is not there.
    MISSING = "row-missing"
    #: It does not say what its stream says.
    ALTERED = "row-altered"
    #: It stands for nothing that is in a stream.
    UNFOUNDED = "row-unfounded"


class BadRow(msgspec.Struct, frozen=True, order=True):
    """A row of a projected table that is not as its stream has it; ``key`` is its primary key, parts by ``/``."""

    table: str
    key: str
    code: RowFault


class Report(msgspec.Struct, frozen=True):
    """What ``verify`` prints; ``bad`` is the first by name of stream and ``seq``.

    ``row`` is the first row of a projected table that is not as its stream has it, ``rows`` how many there are; they
    are looked for where every event is as it was written.
    """

    ok: bool
    streams: int
    events: int
    bad: Bad | None
    row: BadRow | None = None
    rows: int = 0

    def with_bad(self, more: Sequence[Bad]) -> "Report":
        """Add what was found in what is chained beside the log."""
        bad = min((*more, *(() if self.bad is None else (self.bad,))), default=None)
        return msgspec.structs.replace(self, ok=bad is None, bad=bad)

    def with_rows(self, found: Iterable[BadRow]) -> "Report":
        """Add what was found in tables beside whole streams."""
        rows = sorted(found)
        return self if not rows else msgspec.structs.replace(self, ok=False, row=rows[0], rows=len(rows))


#: Called with the events read so far and how many there are, on the thread that reads.
Progress = Callable[[int, int], None]


def silent(_read: int, _total: int) -> None:
    """Tell nobody."""


async def verify(
    database: Database, verifier: Verifier, progress: Progress = silent, witnessed: Sequence[StreamHead] = ()
) -> Report:
    """Check the whole log as it stands at this moment; ``witnessed`` are ends that it had before.

    Raises:
        DatabaseUnavailableError: it cannot be read.
    """
    return await database.run(lambda connection: verify_snapshot(connection, verifier, progress, witnessed))


def verify_snapshot(
    connection: Connection, verifier: Verifier, progress: Progress = silent, witnessed: Sequence[StreamHead] = ()
) -> Report:
    """Check the whole log as a transaction sees it."""
    return _Check(connection, verifier).run(progress, witnessed)


class _Check:
    """One pass over the log, on one snapshot."""

    def __init__(self, connection: Connection, verifier: Verifier) -> None:
        self._connection = connection
        self._verifier = verifier
        self._bad: list[Bad] = []
        self._streams = 0
        self._events = 0
        self._centre = ""
        #: The stored ends of the streams of the rows that were read last.
        self._heads: dict[str, tuple[int | None, bytes | None]] = {}

    def run(self, progress: Progress, witnessed: Sequence[StreamHead]) -> Report:
        total = self._connection.execute(select(func.count()).select_from(events)).scalar_one()
        for stream, rows in groupby(self._rows(), key=itemgetter(0)):
            self._streams += 1
            self._check_stream(str(stream), rows, lambda: progress(self._events, total))
        lost = select(heads.c.stream).where(~exists().where(events.c.stream == heads.c.stream))
        self._bad += [Bad(row.stream, 1, "missing") for row in self._connection.execute(lost)]
        for end in witnessed:
            self._check_named(end)
        progress(self._events, total)
        bad = min(self._bad, default=None)
        return Report(ok=bad is None, streams=self._streams, events=self._events, bad=bad)

    def _rows(self) -> Iterator[_Row]:
        place = ("", 0)
        statement = select(events).order_by(events.c.stream, events.c.seq).limit(_CHUNK)
        ends = select(heads.c.stream, heads.c.seq, heads.c.hash)
        while rows := _driver_rows(
            self._connection, statement.where(tuple_(events.c.stream, events.c.seq) > tuple_(*place))
        ):
            place = (rows[-1][0], rows[-1][1])
            between = ends.where(heads.c.stream >= rows[0][0], heads.c.stream <= place[0])
            self._heads = {stream: (seq, end) for stream, seq, end in _driver_rows(self._connection, between)}
            yield from rows

    def _check_stream(self, stream: str, rows: Iterator[_Row], progress: Callable[[], None]) -> None:
        hasher = StreamHasher(stream)
        seq, previous = 0, b""
        for row in rows:
            _, place, at, kind, v, command, actor, payload, stored, *_ = row
            if place != seq + 1:
                self._bad.append(Bad(stream, seq + 1, "gap"))
            elif not hasher.holds(previous, place, at, kind, v, command, actor, payload, stored):
                self._bad.append(Bad(stream, place, "hash"))
            elif kind == OPENED:
                self._check_opened(Event(*row))
            elif kind == CLOSED:
                self._check_closed(Event(*row))
            # SQLite stores whatever type an edit brings.
            seq, previous = place if isinstance(place, int) else seq + 1, stored
            self._events += 1
            if self._events % _CHUNK == 0:
                progress()
        head_seq, head_hash = self._heads.get(stream, (None, None))
        if head_seq != seq:
            lost = head_seq is not None and head_seq > seq
            self._bad.append(Bad(stream, seq + 1, "missing") if lost else Bad(stream, seq, "link"))
        elif head_hash != previous:
            self._bad.append(Bad(stream, seq, "link"))

    def _check_opened(self, event: Event) -> None:
        if not event.stream.startswith(QUEUE_PREFIX):
            return
        centre = event.stream.rpartition("/")[0]
        followed = centre == self._centre
        self._centre = centre
        try:
            opened = msgspec.json.decode(event.payload, type=DayOpening)
            previous_hash = bytes.fromhex(opened.previous_hash)
        except (msgspec.MsgspecError, ValueError):
            self._bad.append(Bad(event.stream, event.seq, "link"))
            return
        if opened.previous_day is None:
            if followed:
                self._bad.append(Bad(event.stream, event.seq, "link"))
            return
        before = previous_stream(event.stream, opened.previous_day)
        self._check_named(StreamHead(before, opened.previous_seq, previous_hash))
        closed = select(events.c.seq).where(events.c.stream == before, events.c.type == CLOSED).limit(1)
        if self._connection.execute(closed).first() is None:
            self._bad.append(Bad(before, opened.previous_seq, "not-closed"))

    def _check_closed(self, event: Event) -> None:
        try:
            closed = msgspec.json.decode(event.payload, type=StreamClosed)
            named = [StreamHead(end.stream, end.seq, bytes.fromhex(end.hash)) for end in closed.heads]
            signature = bytes.fromhex(closed.signature)
        except (msgspec.MsgspecError, ValueError):
            self._bad.append(Bad(event.stream, event.seq, "closing"))
            return
        if event.stream not in {end.stream for end in named}:
            self._bad.append(Bad(event.stream, event.seq, "closing"))
        message = closing_message(event.stream, named)
        if not self._verifier.accepts(closed.key_id, message, signature, event.at):
            self._bad.append(Bad(event.stream, event.seq, "signature"))
            return
        for end in named:
            self._check_named(end)

    def _check_named(self, end: StreamHead) -> None:
        found = self._connection.execute(
            select(events.c.hash).where(events.c.stream == end.stream, events.c.seq == end.seq)
        ).scalar()
        if found is None:
            last = select(func.max(events.c.seq)).where(events.c.stream == end.stream, events.c.seq < end.seq)
            self._bad.append(Bad(end.stream, (self._connection.execute(last).scalar() or 0) + 1, "missing"))
        elif found != end.hash:
            self._bad.append(Bad(end.stream, end.seq, "link"))


def _driver_rows(connection: Connection, statement: Select[Any]) -> Sequence[_Row]:
    """Read rows as the driver gives them: what SQLAlchemy makes of each takes as long as hashing it."""
    with connection.execute(statement) as found:
        return [] if found.cursor is None else list(found.cursor.fetchall())
