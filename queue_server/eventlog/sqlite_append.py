"""An append to SQLite, under the lock of its one writer: three statements, given to the driver itself.

All calls of a centre wait for this one thread, so what is done in it counts: of what an append of a few events cost
two thirds were SQLAlchemy's, which makes a context and a result for each statement.
"""

import sqlite3
from collections.abc import Sequence
from typing import Final

from msgspec.structs import astuple, replace
from sqlalchemy import Connection

from queue_server.database.failures import LogConflictError
from queue_server.eventlog.ends import why_not
from queue_server.eventlog.port import Append, Event
from queue_server.eventlog.tables import events

_LAST: Final = "SELECT max(position) FROM events"
_COLUMNS: Final = ", ".join(column.name for column in events.columns)
_INSERT: Final = f"INSERT INTO events ({_COLUMNS}) VALUES ({', '.join('?' for _ in events.columns)})"  # noqa: S608 - our own
_NEW_HEAD: Final = "INSERT INTO heads (stream, seq, at, hash) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_MOVE_HEAD: Final = (
    "UPDATE heads SET seq = ?, at = ?, hash = ? WHERE stream = ? AND seq = ? "
    "AND EXISTS (SELECT 1 FROM events WHERE stream = heads.stream AND seq = heads.seq AND hash = ?)"
)


def write(connection: Connection, appends: Sequence[Append], chained: Sequence[Event]) -> list[Event]:
    """Store events, which are those of ``appends`` in their order; raises as ``postgres_append.write`` does."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - no other has this dialect
    (last,) = driver.execute(_LAST).fetchone()
    stored = [replace(event, position=place) for place, event in enumerate(chained, (last or 0) + 1)]
    try:
        driver.executemany(_INSERT, map(astuple, stored))
    except sqlite3.IntegrityError as error:
        raise LogConflictError(streams=", ".join(wanted.stream for wanted in appends)) from error
    ends = {event.stream: event for event in stored}
    for wanted in appends:
        if not _move_head(driver, wanted, ends[wanted.stream]):
            raise why_not(connection, wanted)
    return stored


def _move_head(driver: sqlite3.Connection, wanted: Append, end: Event) -> bool:
    """Move the head of a stream, if it is the one that was decided on; False where it is not."""
    before = wanted.after
    if before.seq == 0:
        return driver.execute(_NEW_HEAD, (end.stream, end.seq, end.at, end.hash)).rowcount == 1
    moved = (end.seq, end.at, end.hash, end.stream, before.seq, before.hash)
    return driver.execute(_MOVE_HEAD, moved).rowcount == 1
