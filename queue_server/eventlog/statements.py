"""What the log asks of a database: synchronous functions of a Core ``Connection``, the same on every database.

How events are appended each database has by itself (``sqlite_append``, ``postgres_append``): all calls wait for that.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import batched
from uuid import uuid4

from sqlalchemy import Connection, Select, bindparam, insert, or_, select, text

from queue_server.domain.values import Micros
from queue_server.eventlog import positions, postgres_append, sqlite_append
from queue_server.eventlog.hash_chain import chain
from queue_server.eventlog.port import Append, Event, StreamHead
from queue_server.eventlog.stream_turns import Turn
from queue_server.eventlog.tables import events, heads

#: Streams of a centre's service day: ``queue/<centre>/<day>``.
QUEUE_PREFIX = "queue/"
#: More than what is left free in the pages of a table, in bytes.
_ROOM = 65_536

#: So many streams are read by one statement.
_STREAMS = 200

#: What an event says: its ``seq``, ``at``, ``type``, ``v``, ``actor`` and ``payload``.
type Told = tuple[int, Micros, str, int, str, bytes]

#: Where a connection keeps the new ends of the streams that a work has appended to.
_APPENDED = "appended"
#: Where it keeps the streams that its transaction has appended to, which may be that of several works.
_UNCOMMITTED = "uncommitted"

_READ = (
    select(events).where(events.c.stream == bindparam("name"), events.c.seq > bindparam("after")).order_by(events.c.seq)
)
_READ_SEVERAL = (
    select(events)
    .where(events.c.stream.in_(bindparam("names", expanding=True)))
    .order_by(events.c.stream, events.c.seq)
)
_TELL = (
    select(events.c.seq, events.c.at, events.c.type, events.c.v, events.c.actor, events.c.payload)
    .where(events.c.stream == bindparam("name"))
    .order_by(events.c.seq)
)
_HEADS = select(heads.c.stream, heads.c.seq, heads.c.hash).order_by(heads.c.stream)


def append(
    connection: Connection, appends: Sequence[Append], *, at_once: bool = False, turn: Turn | None = None
) -> list[Event]:
    """Append to several streams, each at its expected end.

    Streams are taken by name, whatever the order asked for, so that two processes never wait for each other in a ring.
    ``at_once`` where nothing else is in the transaction: on PostgreSQL it is one statement. ``turn`` is asked for
    there (``stream_turns``), and ends with the commit.

    Raises:
        TurnNotComeError: it is another server's turn; nothing was stored.
        NotAtOnceError: nothing was stored at once; a transaction finds out why.
        LogConflictError: an end is not where it was expected.
        LogDamagedError: the stored head of a stream is not the end of its events.
        ValueError: a stream is named twice, or with no event.
    """
    appends = sorted(appends, key=lambda wanted: wanted.stream)
    names = {wanted.stream for wanted in appends}
    if len(names) != len(appends) or not all(wanted.events for wanted in appends):
        msg = "each stream is named once and with at least one event"
        raise ValueError(msg)
    chained = [event for wanted in appends for event in chain(wanted.stream, wanted.after, wanted.events)]
    if connection.dialect.name == "postgresql":
        write = postgres_append.write_at_once if at_once else postgres_append.write
        stored = write(connection, appends, chained, turn)
    else:
        stored = sqlite_append.write(connection, appends, chained)
    ends = {event.stream: StreamHead(event.stream, event.seq, event.hash) for event in stored}
    connection.info.setdefault(_APPENDED, {}).update(ends)
    connection.info.setdefault(_UNCOMMITTED, set()).update(names)
    return stored


def appending[T](connection: Connection, work: Callable[[Connection], T]) -> tuple[T, Mapping[str, StreamHead]]:
    """Do a work in a transaction, and give the new ends of the streams that it appended to."""
    connection.info[_APPENDED] = {}
    # On SQLite several works are one transaction (``database.group_commit``), which clears all this as it begins.
    if connection.dialect.name == "postgresql":
        connection.info[_UNCOMMITTED] = set()
    done = work(connection)
    return done, connection.info.pop(_APPENDED)


def has_appended(connection: Connection, stream: str) -> bool:
    """Tell whether a transaction has appended to a stream: what it reads there may never be committed."""
    return stream in connection.info.get(_UNCOMMITTED, ())


def read(connection: Connection, stream: str, after: int, limit: int | None) -> list[Event]:
    statement = _READ if limit is None else _READ.limit(limit)
    return [Event(*row) for row in connection.execute(statement, {"name": stream, "after": after})]


def read_several(connection: Connection, names: Iterable[str]) -> Iterator[list[Event]]:
    """Read whole streams, some at a time, in the order asked for; one without an event is an empty list."""
    for some in batched(names, _STREAMS, strict=False):
        found: dict[str, list[Event]] = {name: [] for name in some}
        # All at once: asking for each row takes as long as reading it.
        for row in connection.execute(_READ_SEVERAL, {"names": some}).all():
            found[row[0]].append(Event(*row))
        yield from found.values()


def read_told(connection: Connection, stream: str) -> Sequence[Told]:
    """Read what all events of a stream say, for streams so long that making an ``Event`` of each takes its time.

    Rows are those of the driver, which need no conversion: those of SQLAlchemy take a twentieth of building anew.
    """
    with connection.execute(_TELL, {"name": stream}) as found:
        return [] if found.cursor is None else list(found.cursor.fetchall())


def streams(connection: Connection, prefix: str) -> list[StreamHead]:
    return _stream_heads(connection, _HEADS.where(heads.c.stream.startswith(prefix, autoescape=True)))


def touched(connection: Connection, days: Collection[str], since: Micros) -> list[StreamHead]:
    """Read how far some days go, and whatever else has got an event since then."""
    other = heads.c.stream.startswith(QUEUE_PREFIX, autoescape=True)
    return _stream_heads(connection, _HEADS.where(or_(heads.c.stream.in_(days), ~other & (heads.c.at >= since))))


def ends(connection: Connection, names: Collection[str]) -> dict[str, int]:
    """Read how far the named streams go; a stream without an event is left out."""
    found = connection.execute(select(heads.c.stream, heads.c.seq).where(heads.c.stream.in_(names)))
    return {row.stream: row.seq for row in found}


def _stream_heads(connection: Connection, statement: Select[tuple[str, int, bytes]]) -> list[StreamHead]:
    return [StreamHead(row.stream, row.seq, row.hash) for row in connection.execute(statement)]


def touch(connection: Connection) -> None:
    """Write a row as it is, to find out whether anything can be written."""
    connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
    if connection.dialect.name == "postgresql":
        _ask_for_room(connection)


def _ask_for_room(connection: Connection) -> None:
    """Add an event that needs pages which the tables do not have yet, and take it back.

    PostgreSQL writes a row anew in the page where it was: on a full disk that succeeds for ever, and no ticket does.
    """
    row = {"stream": f"room/{uuid4()}", "seq": 0, "at": 0, "type": "", "v": 0, "command": "", "actor": ""}
    place = positions.take(connection)
    with connection.begin_nested() as within:
        connection.execute(insert(events), row | {"payload": os.urandom(_ROOM), "hash": b"", "position": place})
        within.rollback()
