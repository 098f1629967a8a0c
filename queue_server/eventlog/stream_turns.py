"""Servers take turns at a stream that several of them append to: each decides once, on all that stands there.

A turn is an advisory lock on PostgreSQL. Who appends takes it for that statement where it is free; who finds it taken
waits for it, and learns by the same answer what has come meanwhile. It is a courtesy: the primary key judges whoever
appends without one. A turn ends with the commit of what was decided in it, or with the connection of a server that was
killed; who has waited too long for one that is stopped goes on without. Synchronous.
"""

from typing import Final, NamedTuple

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from queue_server.database.serialising import number_of
from queue_server.eventlog.port import Event, TurnNotComeError
from queue_server.eventlog.tables import events

#: Whether it is the turn of this transaction: until its end, from left to right. Its parameters are ``values``.
MINE: Final = (
    "CAST(:turn AS bigint) IS NULL OR pg_try_advisory_xact_lock(CAST(:turn AS bigint)) AS mine, "
    "CASE WHEN CAST(:taken AS boolean) THEN pg_advisory_unlock(CAST(:turn AS bigint)) END AS let_go"
)

_NAMES: Final = ", ".join(events.c.keys())
# A function of ours: one statement alone sees what was committed before it began to wait.
_TAKE: Final = text(f"SELECT {_NAMES} FROM take_turn(:turn, :longest, :stream, :after)")  # noqa: S608 - our own
#: PostgreSQL, appendix A: lock_not_available.
_NOT_IN_TIME: Final = "55P03"


class Turn(NamedTuple):
    """The turn at a stream; ``taken`` before, else it is taken with an append if it is nobody's."""

    stream: str
    taken: bool

    @property
    def number(self) -> int:
        """By which PostgreSQL knows it."""
        return number_of("stream", self.stream)


def values(turn: Turn | None) -> dict[str, int | bool | None]:
    """Give the parameters of ``MINE``; without a turn nobody is asked."""
    return {"turn": None, "taken": False} if turn is None else {"turn": turn.number, "taken": turn.taken}


def take(connection: Connection, turn: Turn, after: int, longest_ms: int) -> list[Event]:
    """Wait for the turn, then read what stands in its stream after a seq.

    Raises:
        TurnNotComeError: it was another's all the time.
    """
    asked = {"turn": turn.number, "longest": f"{longest_ms}ms", "stream": turn.stream, "after": after}
    try:
        return [Event(*row) for row in connection.execute(_TAKE, asked)]
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _NOT_IN_TIME:
            raise TurnNotComeError from error
        raise


def end(connection: Connection) -> None:
    """End a turn in which nothing was stored, if it has not ended with what failed."""
    connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")
