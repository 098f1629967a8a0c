"""Where an event stands among all events of a database: what a projection asks for to learn what is new.

What readers may rely on:

- Along a stream positions grow with ``seq``: whoever appends has decided on the end of the stream, so the event before
  was there, with its position, when the next one is taken. Within one commit they grow in the order of its events.
- No two events have the same, and one that was given is never changed.
- ``horizon`` never goes back, and nothing appears at or below it any more. So whoever has read up to a horizon, and
  reads from there to the next one, has seen every event once.

What they may not: positions have gaps, wherever a transaction took some and was not committed. And two events of
different streams that were committed at the same time may stand in either order.

On SQLite they are given under the lock of its one writer, so they are in the order of commits. On PostgreSQL
transactions run beside each other, so a higher position may be visible before a lower one. For the horizon each
transaction, before it takes its positions from a sequence, takes a shared advisory lock that names the last one given;
nobody ever waits for these locks, they are only looked at. So one centre never waits for another, as it would if each
position were given under a lock that is held until the commit is on disk.
"""

from typing import Final

from sqlalchemy import Connection, func, select, text

from queue_server.eventlog.tables import events

#: The upper byte of the keys of the advisory locks; a position fits in what is below it.
_SPACE: Final = 0x63
_BELOW: Final = (1 << 56) - 1

#: What a statement that takes positions begins with, and its parameter ``space``. The lock is there before the first
#: position is taken: ``held`` is made whole before it is joined.
HOLD: Final = "pg_advisory_xact_lock_shared(CAST(:space AS bigint) | last_value)"
HELD: Final = f"held AS MATERIALIZED (SELECT {HOLD} FROM events_position)"  # noqa: S608 - our own
SPACE: Final = _SPACE << 56

_TAKE: Final = text(
    f"WITH {HELD} SELECT nextval('events_position') FROM held"  # noqa: S608 - our own
).bindparams(space=SPACE)
_GIVEN: Final = text("SELECT last_value FROM events_position")
_LOWEST_HELD: Final = text(
    "SELECT min(key) FROM (SELECT (classid::bigint << 32 | objid::bigint) AS key FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 1"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS held"
    " WHERE key >> 56 = CAST(:space AS bigint)"
).bindparams(space=_SPACE)
#: The position that was given last, on SQLite.
LAST: Final = select(func.max(events.c.position))


def take(connection: Connection) -> int:
    """Take a position on PostgreSQL for an event of a transaction; call it before that is stored."""
    return int(connection.execute(_TAKE).scalar_one())


def horizon(connection: Connection) -> int:
    """Tell up to which position nothing can appear any more; statements after this see all that is there.

    On PostgreSQL in a transaction whose statements each see what was committed before it (READ COMMITTED).
    """
    if connection.dialect.name != "postgresql":
        return connection.execute(LAST).scalar() or 0
    # In this order: whoever took a position up to the one given last held a lock before.
    given = int(connection.execute(_GIVEN).scalar_one())
    held = connection.execute(_LOWEST_HELD).scalar()
    return given if held is None else min(given, int(held) & _BELOW)
