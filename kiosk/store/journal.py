"""Journal: what is on the disk before it is done, and what the server has of it.

A journal has subjects (a payment, an end of day), each with rows that are numbered from 1. Rows are added and never
changed: the file refuses anything else. What the server has of a subject is noted beside it, answer by answer: up to
which row, and why it refuses the rest. Where an older copy of its database has taken the place of what was there, it is
noted that it has nothing, and all of it is told again.

For the file's thread. Every method is one transaction, part of any that is open, has synced to the disk when it returns
without one, and raises OutboxError where the file cannot be read or written; nothing of it has happened then. What a
damaged file still holds goes on (``salvage``).
"""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

import msgspec

from kiosk.store.database import Database

_TABLES = """
CREATE TABLE IF NOT EXISTS {name} (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    {key} TEXT NOT NULL UNIQUE,
    {columns}
) STRICT;
CREATE TABLE IF NOT EXISTS {name}_row (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    {key} TEXT NOT NULL REFERENCES {name} ({key}),
    number INTEGER NOT NULL,      -- counts from 1 in each
    step TEXT NOT NULL,
    detail BLOB NOT NULL,
    UNIQUE ({key}, number)
) STRICT;
CREATE TABLE IF NOT EXISTS {name}_told (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    {key} TEXT NOT NULL REFERENCES {name} ({key}),
    number INTEGER NOT NULL,      -- the server has all rows up to this one
    receipts INTEGER NOT NULL,    -- and so much of what goes beside them
    problem TEXT NOT NULL         -- why it refuses the rest; empty where it does not
) STRICT;
CREATE INDEX IF NOT EXISTS {name}_told_{key} ON {name}_told ({key});
"""
_SEALED = """
CREATE TRIGGER IF NOT EXISTS {table}_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
"""


class JournalRow(Protocol):
    """One row: ``step`` says what has been reached, or is about to be tried."""

    @property
    def step(self) -> str: ...


class Told(NamedTuple):
    """The last answer of the server: it has ``number`` rows and ``receipts`` of what goes beside them."""

    number: int = 0
    receipts: int = 0
    problem: str = ""


class Journal[R: JournalRow]:
    """``name`` and ``key`` are those of its tables, ``columns`` what is kept of a subject besides its rows.

    ``extra`` is the schema of further tables of it, ``beside`` their names. All names are this program's own.
    """

    def __init__(
        self, name: str, key: str, row: type[R], columns: str, *, extra: str = "", beside: tuple[str, ...] = ()
    ) -> None:
        self._name = name
        self._key = key
        self._row = row
        self._schema = _TABLES.format(name=name, key=key, columns=columns) + extra
        self.tables = (name, f"{name}_row", f"{name}_told", *beside)

    def prepare(self, box: Database) -> None:
        """Make the tables where they are missing."""
        with box.transaction() as db:
            for statement in self._schema.split(";\n"):
                db.execute(statement)
            for table in self.tables:
                self._seal(box, table)

    def begin(self, box: Database, ident: str, row: R, **columns: str | int) -> None:
        """Write down a new subject with its first row."""
        names = ", ".join((self._key, *columns))
        marks = ", ".join("?" * (len(columns) + 1))
        with box.transaction() as db:
            db.execute(f"INSERT INTO {self._name} ({names}) VALUES ({marks})", (ident, *columns.values()))  # noqa: S608 - our names
            self.add(box, ident, row)

    def add(self, box: Database, ident: str, row: R) -> None:
        """Write down a row, after all that its subject has."""
        with box.transaction() as db:
            db.execute(
                f"INSERT INTO {self._name}_row ({self._key}, number, step, detail)"  # noqa: S608 - our names
                f" SELECT ?, count(*) + 1, ?, ? FROM {self._name}_row WHERE {self._key} = ?",
                (ident, row.step, msgspec.msgpack.encode(row), ident),
            )

    def rows(self, box: Database, ident: str) -> tuple[R, ...]:
        with box.transaction() as db:
            found = db.execute(
                f"SELECT detail FROM {self._name}_row WHERE {self._key} = ? ORDER BY number",  # noqa: S608 - our names
                (ident,),
            )
            return tuple(msgspec.msgpack.decode(detail, type=self._row) for (detail,) in found.fetchall())

    def told(self, box: Database, ident: str) -> Told:
        """Give what the server has of a subject."""
        with box.transaction() as db:
            found = db.execute(
                f"SELECT number, receipts, problem FROM {self._name}_told WHERE {self._key} = ?"  # noqa: S608 - our names
                " ORDER BY seq DESC LIMIT 1",
                (ident,),
            ).fetchone()
            return Told() if found is None else Told(*found)

    def note(self, box: Database, ident: str, told: Told) -> None:
        """Note what the server has of a subject, or that it refuses it."""
        with box.transaction() as db:
            db.execute(
                f"INSERT INTO {self._name}_told ({self._key}, number, receipts, problem) VALUES (?, ?, ?, ?)",  # noqa: S608 - our names
                (ident, *told),
            )

    def tell_again(self, box: Database) -> None:
        """Take it that the server has nothing of any subject: it says what it has."""
        with box.transaction() as db:
            db.execute(
                f"INSERT INTO {self._name}_told ({self._key}, number, receipts, problem)"  # noqa: S608 - our names
                f" SELECT {self._key}, 0, 0, '' FROM {self._name}_told t WHERE number > 0"
                f" AND seq = (SELECT max(seq) FROM {self._name}_told WHERE {self._key} = t.{self._key})"
            )

    def forget(self, box: Database, idents: Iterable[str]) -> None:
        """Delete subjects with all that is kept of them."""
        chosen = [(ident,) for ident in idents]
        if not chosen:
            return
        with box.transaction() as db:
            for table in self.tables:
                db.execute(f"DROP TRIGGER {table}_DELETE")
                db.executemany(f"DELETE FROM {table} WHERE {self._key} = ?", chosen)  # noqa: S608 - our names
                self._seal(box, table)

    @staticmethod
    def _seal(box: Database, table: str) -> None:
        """Refuse whatever changes or deletes rows of a table."""
        with box.transaction() as db:
            for verb in ("UPDATE", "DELETE"):
                db.execute(_SEALED.format(table=table, verb=verb))
