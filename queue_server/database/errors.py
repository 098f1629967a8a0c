"""What can go wrong with a database, and the one place where its drivers' exceptions become ours.

``ConsularError``
    ``DatabaseUrlError``         the URL is refused
    ``DatabaseInUseError``       another ``serve`` holds the SQLite file
    ``DatabaseNotDurableError``  it would answer before its bytes are on disk
    ``DatabaseUnavailableError`` nothing was stored (``failures``)
        ``DatabaseFullError``    its disk is full
        ``DatabaseDamagedError`` its file is damaged
    ``LogConflictError``         another transaction was first
    ``OutcomeUnknownError``      lost while committing
"""

import sqlite3

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from queue_server.database.failures import (
    DatabaseFullError,
    DatabaseUnavailableError,
    LogConflictError,
    OutcomeUnknownError,
)
from queue_server.domain.values import ConsularError

#: What asyncpg raises where its connection has gone, or was cut in the middle of an answer.
_OF_THE_LINE = (asyncpg.InterfaceError, asyncpg.InternalClientError)

#: What a driver or the way to it may raise. Defects of a statement are among them: they are told apart below.
FAILURES = (SQLAlchemyError, sqlite3.Error, asyncpg.PostgresError, *_OF_THE_LINE, OSError)

# PostgreSQL, appendix A: serialization_failure, deadlock_detected; disk_full; read_only_sql_transaction.
_RACES = frozenset({"40001", "40P01"})
_FULL = "53100"
_STANDBY = "25006"
# Classes: connection exception, insufficient resources, operator intervention, system error, invalid authorization,
# invalid catalogue name (no such database), object not in prerequisite state (a lock that was not free).
_UNAVAILABLE = frozenset({"08", "53", "57", "58", "28", "3D", "55"})
# Of these, and internal error: its end may have come before the answer, and after the commit.
_CUT_OFF = frozenset({"08", "57", "58", "XX"})
_SQLITE_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_NOMEM,
    }
)


#: The file is not, or not any more, a database of SQLite.
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class DatabaseDamagedError(DatabaseUnavailableError):
    """The file of the database is damaged; ``reason`` is what SQLite calls it."""

    code = "database-damaged"


class DatabaseUrlError(ConsularError):
    """A database URL that is refused; ``reason`` says what to write instead."""

    code = "database-url"


class DatabaseClearError(ConsularError):
    """The database is on another machine, ``host``, and its address does not ask for TLS that checks who answers."""

    code = "database-clear"


class DatabaseInUseError(ConsularError):
    """Another process serves from this SQLite file."""

    code = "database-in-use"


class DatabaseNotDurableError(ConsularError):
    """A commit could be lost by a power cut: ``setting`` must not be ``found``."""

    code = "database-not-durable"


def before_commit(error: Exception) -> Exception:
    """Say what a failure before the commit means; a defect in a statement stays what it is."""
    match _kind(error):
        case "full":
            return DatabaseFullError()
        case "race":
            return LogConflictError()
        case "defect":
            return error
        case reason if reason.startswith(_DAMAGED):
            return DatabaseDamagedError(reason=reason)
        case reason:
            return DatabaseUnavailableError(reason=reason)


def while_committing(error: Exception) -> Exception:
    """Say what a failure of the commit itself means: only what the database refused for certain is not stored."""
    match _kind(error):
        case "full":
            return DatabaseFullError()
        case "race":
            return LogConflictError()
        case "defect" if isinstance(error, IntegrityError):
            return error
        case "busy":
            return DatabaseUnavailableError(reason="busy")
        case _:
            return OutcomeUnknownError()


def while_at_once(error: Exception) -> Exception:
    """Say what a failure of a statement means that is committed by itself: what the database refused is not stored."""
    state = getattr(_driver_error(error), "sqlstate", None)
    return while_committing(error) if state is None or state[:2] in _CUT_OFF else before_commit(error)


def _kind(error: Exception) -> str:
    """Sort a failure: ``full``, ``race``, ``busy``, ``defect``, or the reason why the database is unavailable."""
    cause = _driver_error(error)
    if isinstance(cause, sqlite3.Error):
        return _sqlite_kind(cause)
    state = getattr(cause, "sqlstate", None)
    if state == _FULL:
        return "full"
    if state in _RACES:
        return "race"
    if state is not None:
        return f"sqlstate {state}" if state[:2] in _UNAVAILABLE or state == _STANDBY else "defect"
    if isinstance(cause, (OSError, PoolTimeoutError, *_OF_THE_LINE)):
        return type(cause).__name__
    return "connection lost" if isinstance(error, DBAPIError) and error.connection_invalidated else "defect"


def _sqlite_kind(cause: sqlite3.Error) -> str:
    # The low byte is the primary code of an extended one. A ProgrammingError of the module itself carries none.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return "full"
    if code == sqlite3.SQLITE_BUSY:
        return "busy"
    return cause.sqlite_errorname if code in _SQLITE_UNAVAILABLE else "defect"


def _driver_error(error: Exception) -> BaseException:
    """Find the driver's own exception: SQLAlchemy wraps it, and its asyncpg adapter once more."""
    cause: BaseException = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig
        if cause.__cause__ is not None and not isinstance(cause, sqlite3.Error):
            cause = cause.__cause__
    return cause
