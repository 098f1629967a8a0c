"""An outbox whose file is damaged: it is put aside, and every row that can still be read goes on in a new one.

What a power cut or a dying disk leaves is rarely all of it. A ticket that is on somebody's paper, or money that the
server has not heard of, counts more than the file.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import structlog

from kiosk.kit import private_file

_log = structlog.get_logger(__name__)

#: What SQLite keeps beside its file.
_BESIDE = ("-wal", "-shm")


def check(path: Path) -> None:
    """See that an outbox can be used; a damaged one is replaced by what is left of it.

    Raises:
        OSError: it cannot be put aside.
    """
    if not path.exists() or _is_sound(path):
        return
    aside = private_file.put_aside(path)
    for ending in _BESIDE:
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    path.touch(mode=0o600)
    rows = _copy(aside, path)
    _log.error("outbox-damaged", aside=aside.name, rows=rows)


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as there:
            return bool(there.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError as error:
        # A disk that is full or a file that is held is no damage. A question that is always the same can only be an
        # error where the file says that it has a form which no SQLite knows.
        damage = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
        return (error.sqlite_errorcode & 0xFF) not in damage
    except UnicodeDecodeError:
        # What SQLite says of the damage quotes the damaged text.
        return False


def _copy(aside: Path, fresh: Path) -> int:
    """Copy each table as far as it can be read; returns the number of rows."""
    rows = 0
    with closing(sqlite3.connect(aside)) as left, closing(sqlite3.connect(fresh)) as new:
        left.text_factory = bytes
        for name, made in _tables(left):
            with suppress(sqlite3.Error):
                new.execute(made)
                rows += _copy_table(left, new, name)
        new.commit()
    return rows


def _tables(left: sqlite3.Connection) -> list[tuple[str, str]]:
    with suppress(sqlite3.Error, UnicodeDecodeError):
        found = left.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return [(name.decode(), made.decode()) for name, made in found]
    return []


def _copy_table(left: sqlite3.Connection, new: sqlite3.Connection, name: str) -> int:
    """Copy the rows of a table; where a page is lost, those behind it from the other end."""
    rows = 0
    for order in ("ASC", "DESC"):
        with suppress(sqlite3.Error):
            for row in left.execute(f"SELECT * FROM {name} ORDER BY rowid {order}"):  # noqa: S608 - a name of ours
                rows += _insert(new, name, row)
    return rows


def _insert(new: sqlite3.Connection, name: str, row: tuple[object, ...]) -> int:
    """Insert a row; text that is none any more goes along, for its checksum to tell."""
    kinds = [kind for (kind,) in new.execute(f"SELECT type FROM pragma_table_info('{name}')")]  # noqa: S608
    try:
        values = [
            value.decode(errors="replace") if isinstance(value, bytes) and kind == "TEXT" else value
            for value, kind in zip(row, kinds, strict=True)
        ]
        marks = ", ".join("?" * len(values))
        return new.execute(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", values).rowcount  # noqa: S608
    except (sqlite3.Error, ValueError):
        return 0
