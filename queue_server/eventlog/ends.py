"""Where streams end, and why nothing goes behind that."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from queue_server.database.failures import LogConflictError
from queue_server.domain.values import ConsularError
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.port import Append, Head, LogDamagedError
from queue_server.eventlog.tables import events

_HEAD: Final = (
    select(events.c.seq, events.c.hash)
    .where(events.c.stream == bindparam("name"))
    .order_by(events.c.seq.desc())
    .limit(1)
)


def head(connection: Connection, stream: str) -> Head:
    row = connection.execute(_HEAD, {"name": stream}).one_or_none()
    return EMPTY if row is None else Head(*row)


def why_not(connection: Connection, wanted: Append) -> ConsularError:
    """Say why a stream cannot be appended to, though nothing stood behind its expected end."""
    at_end = select(events.c.hash).where(events.c.stream == wanted.stream, events.c.seq == wanted.after.seq)
    if wanted.after.seq and connection.execute(at_end).one_or_none() is None:
        return LogConflictError(stream=wanted.stream, expected=wanted.after.seq)
    return LogDamagedError(stream=wanted.stream, seq=wanted.after.seq)
