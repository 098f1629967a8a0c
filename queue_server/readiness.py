"""Whether this process may serve: what is wrong with its database, or nothing."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, func, select

from queue_server.database import Database
from queue_server.domain.values import HOUR, SECOND, ConsularError, Micros, to_datetime
from queue_server.eventlog.tables import heads
from queue_server.migrations import SchemaState, schema_state

_DAY = 24 * HOUR

#: A server whose clock is this far from the database's is not ready, in microseconds.
CLOCK_TOLERANCE = 2 * SECOND


class SchemaOlderError(ConsularError):
    """The schema is of an older release: ``queue-server migrate`` brings it to this one."""

    code = "schema-older"


class DatabaseEmptyError(ConsularError):
    """There is nothing in the database: ``queue-server init`` sets up a new one, an old one comes from a backup."""

    code = "database-empty"


class SchemaNewerError(ConsularError):
    """The schema is of a newer release than this server."""

    code = "schema-newer"


class ClockSkewError(ConsularError):
    """This machine's clock is ``milliseconds`` behind the database's (ahead, where negative)."""

    code = "clock-skew"


class ClockJumpedError(ConsularError):
    """This machine's clock was set by ``seconds`` while the server started: what it believed before does not count."""

    code = "clock-jumped"


class ClockAheadError(ConsularError):
    """By this machine's clock nothing has happened for ``days`` days; ``last`` is the time of the newest event.

    Nothing was destroyed and no day was ended: set the clock right, or let two managers say that it is.
    """

    code = "clock-ahead"


def check_clock(connection: Connection, now: Micros, clock_gap_days: int) -> None:
    """Compare the clock with the newest event, before anything is done by it that cannot be undone.

    Raises:
        ClockAheadError: it is more than ``clock_gap_days`` days later.
    """
    last = connection.execute(select(func.max(heads.c.at))).scalar()
    if last is not None and now - last > clock_gap_days * _DAY:
        raise ClockAheadError(days=(now - last) // _DAY, last=to_datetime(Micros(last)).isoformat())


async def check_schema(database: Database, folders: Iterable[Path] = ()) -> None:
    """Check that the database has the schema of this release.

    ``folders`` hold revisions of rooms that have a branch of their own (``migrations``).

    Raises:
        DatabaseUnavailableError: it cannot be reached.
        DatabaseEmptyError: there is nothing in it.
        SchemaOlderError: it must be migrated first.
        SchemaNewerError: this program must be updated first.
    """
    match await schema_state(database, folders):
        case SchemaState.EMPTY:
            raise DatabaseEmptyError
        case SchemaState.OLDER:
            raise SchemaOlderError
        case SchemaState.NEWER:
            raise SchemaNewerError
        case SchemaState.OK:
            pass


async def check_ready(database: Database, folders: Iterable[Path] = ()) -> None:
    """Check everything that a database must be before, and while, a server works on it.

    Raises:
        DatabaseUnavailableError, DatabaseEmptyError, SchemaOlderError, SchemaNewerError: as ``check_schema``.
        DatabaseNotDurableError: a commit could be lost by a power cut.
        ClockSkewError: the clocks are too far apart.
    """
    await check_schema(database, folders)
    await database.check_durable()
    difference = await database.clock_difference()
    if abs(difference) >= CLOCK_TOLERANCE:
        raise ClockSkewError(milliseconds=difference // 1000)
