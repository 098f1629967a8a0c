"""Copies of a SQLite database while a server works on it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from queue_server.database.errors import before_commit
from queue_server.readiness import DatabaseEmptyError

_BUSY_S = 60.0


def copy_sqlite(path: Path, target: Path) -> None:
    """Write one snapshot of the database into a new file; the server's writes go on, beside it in the log of SQLite.

    Raises:
        DatabaseEmptyError: there is no such database.
        DatabaseUnavailableError: it cannot be read.
        DatabaseFullError: there is no room for the copy.
    """
    if not path.exists():
        raise DatabaseEmptyError
    target.touch(0o600)
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_S)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            # One step: the whole of it is read in one transaction.
            source.backup(copy)
    except sqlite3.Error as error:
        raise before_commit(error) from error
