"""Journal: what is on the disk before it is done, and what the server has of it.

A journal has subjects (a ticket, what one person pays, an end of day), each with rows numbered from 1. Rows are
added and never changed: the file refuses anything else. What the server has of a subject is noted beside it, answer by
answer: up to which row, and why it refuses the rest. Where an older copy of its database has taken the place of what
was there, it is noted that it has nothing, and all of it is told again.

Each subject, row and note has a checksum. SQLite sees damage of its own pages, and not of what stands in them: a
subject of which something is not as it was written is put aside (``store.quarantine``), so that it holds nothing else
up.

For the file's thread. Every method is one transaction, part of any that is open, has synced to the disk when it returns
without one, and raises OutboxError where the file cannot be read or written; nothing of it has happened then. What a
damaged file still holds goes on (``salvage``).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

import msgspec

from kiosk.errors import RecordDamagedError
from kiosk.store import quarantine
from kiosk.store.database import Database
from kiosk.store.quarantine import DamagedEntry, checksum

_TABLES = """
CREATE TABLE IF NOT EXISTS {name} (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    {key} TEXT NOT NULL UNIQUE,
    {columns},
    checksum BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS {name}_row (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    {key} TEXT NOT NULL REFERENCES {name} ({key}),
    number INTEGER NOT NULL,      -- counts from 1 in each
    step TEXT NOT NULL,
    detail BLOB NOT NULL,
    checksum BLOB NOT NULL,
    UNIQUE ({key}, number)
) STRICT;
CREATE TABLE IF NOT EXISTS {name}_acknowledgement (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    {key} TEXT NOT NULL REFERENCES {name} ({key}),
    number INTEGER NOT NULL,      -- the server has all rows up to this one
    receipts INTEGER NOT NULL,    -- and so much of what goes beside them
    problem TEXT NOT NULL,        -- why it refuses the rest; empty where it does not
    checksum BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS {name}_acknowledgement_{key} ON {name}_acknowledgement ({key});
"""
_SEALED = """
CREATE TRIGGER IF NOT EXISTS {table}_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
"""


class JournalEntry(Protocol):
    """One row: ``step`` says what has been reached, or is about to be tried."""

    @property
    def step(self) -> str: ...


class ServerAcknowledgement(NamedTuple):
    """The last answer of the server: it has ``number`` rows and ``receipts`` of what goes beside them."""

    number: int = 0
    receipts: int = 0
    problem: str = ""


class DeviceJournal[R: JournalEntry]:
    """``name`` and ``key`` are those of its tables, ``columns`` a line for each thing that is kept of a subject.

    ``extra`` is the schema of further tables of it, ``beside`` the names of those that are only added to, ``loose`` of
    those of which rows may go. All names are this program's own.
    """

    def __init__(
        self,
        name: str,
        key: str,
        row: type[R],
        columns: str,
        *,
        extra: str = "",
        beside: tuple[str, ...] = (),
        loose: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self._key = key
        self._row = row
        self._columns = tuple(line.split()[0] for line in columns.splitlines())
        self._schema = _TABLES.format(name=name, key=key, columns=columns) + extra
        self._sealed = (name, f"{name}_row", f"{name}_acknowledgement", *beside)
        self.tables = (*self._sealed, *loose)

    def prepare(self, box: Database) -> None:
        """Make the tables where they are missing, and put aside what is not as it was written."""
        with box.transaction() as db:
            for statement in self._schema.split(";\n"):
                db.execute(statement)
            for table in self._sealed:
                self._seal(box, table)
        box.hold(self)

    def begin(self, box: Database, ident: str, row: R, **columns: str | float) -> None:
        """Write down a new subject with its first row."""
        values = (ident, *(columns[name] for name in self._columns))
        with box.transaction() as db:
            db.execute(
                f"INSERT INTO {self.name} ({self._key}, {', '.join(self._columns)}, checksum)"  # noqa: S608 - our names
                f" VALUES ({', '.join('?' * len(values))}, ?)",
                (*values, checksum(*values)),
            )
            self.add(box, ident, row)

    def add(self, box: Database, ident: str, row: R) -> None:
        """Write down a row, after all that its subject has."""
        with box.transaction() as db:
            count = f"SELECT count(*) FROM {self.name}_row WHERE {self._key} = ?"  # noqa: S608 - our names
            (before,) = db.execute(count, (ident,)).fetchone()
            values = (ident, int(before) + 1, str(row.step), msgspec.msgpack.encode(row))
            db.execute(
                f"INSERT INTO {self.name}_row ({self._key}, number, step, detail, checksum) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - our names
                (*values, checksum(*values)),
            )

    def subject(self, box: Database, ident: str) -> tuple[Any, ...]:
        """Give the ``columns`` of a subject, in their order.

        Raises:
            RecordDamagedError: it is not as it was written, or not there.
        """
        with box.transaction() as db:
            found = db.execute(
                f"SELECT {', '.join(self._columns)}, checksum FROM {self.name} WHERE {self._key} = ?",  # noqa: S608 - our names
                (ident,),
            ).fetchone()
            if found is None or checksum(ident, *found[:-1]) != found[-1]:
                raise RecordDamagedError(record=self.name)
            return tuple(found[:-1])

    def rows(self, box: Database, ident: str) -> tuple[R, ...]:
        """Give all rows of a subject.

        Raises:
            RecordDamagedError: one of them is not as it was written, or missing.
        """
        with box.transaction() as db:
            found = db.execute(
                f"SELECT number, step, detail, checksum FROM {self.name}_row WHERE {self._key} = ? ORDER BY number",  # noqa: S608 - our names
                (ident,),
            ).fetchall()
            for place, (number, step, detail, mark) in enumerate(found, 1):
                if number != place or checksum(ident, number, step, detail) != mark:
                    raise RecordDamagedError(record=self.name)
            return tuple(msgspec.msgpack.decode(detail, type=self._row) for _, _, detail, _ in found)

    def acknowledged(self, box: Database, ident: str) -> ServerAcknowledgement:
        """Give what the server has of a subject."""
        with box.transaction() as db:
            found = db.execute(
                f"SELECT number, receipts, problem FROM {self.name}_acknowledgement WHERE {self._key} = ?"  # noqa: S608 - our names
                " ORDER BY seq DESC LIMIT 1",
                (ident,),
            ).fetchone()
            return ServerAcknowledgement() if found is None else ServerAcknowledgement(*found)

    def note(self, box: Database, ident: str, told: ServerAcknowledgement) -> None:
        """Note what the server has of a subject, or that it refuses it."""
        with box.transaction() as db:
            db.execute(
                f"INSERT INTO {self.name}_acknowledgement ({self._key}, number, receipts, problem, checksum)"  # noqa: S608 - our names
                " VALUES (?, ?, ?, ?, ?)",
                (ident, *told, checksum(ident, *told)),
            )

    def resend_all(self, box: Database) -> None:
        """Take it that the server has nothing of any subject: it says what it has."""
        with box.transaction() as db:
            found = db.execute(
                f"SELECT {self._key} FROM {self.name}_acknowledgement t WHERE number > 0"  # noqa: S608 - our names
                f" AND seq = (SELECT max(seq) FROM {self.name}_acknowledgement WHERE {self._key} = t.{self._key})"
            ).fetchall()
            for (ident,) in found:
                self.note(box, ident, ServerAcknowledgement())

    def purge(self, box: Database, idents: Iterable[str]) -> None:
        """Delete subjects with all that is kept of them."""
        chosen = [(ident,) for ident in idents]
        if not chosen:
            return
        with box.transaction() as db, self._opened(box):
            for table in self.tables:
                db.executemany(f"DELETE FROM {table} WHERE {self._key} = ?", chosen)  # noqa: S608 - our names

    def isolate(self, box: Database) -> int:
        """Take out what is not as it was written, with all of its subject, and give how many records that were.

        A note of what the server has goes alone: the subject is told once more.
        """
        with box.transaction() as db:
            found = self._check(box)
            if not found.subjects and not found.lone:
                return 0
            with self._opened(box):
                for table, seq in found.lone:
                    quarantine.isolate(db, table, "seq = ?", seq, box.day())
                for seq in found.subjects:
                    mine = f"{self._key} = (SELECT {self._key} FROM {self.name} WHERE seq = ?)"  # noqa: S608 - our names
                    for table in reversed(self.tables):
                        quarantine.isolate(db, table, mine, seq, box.day(), kept=table in self._sealed)
            return len(found.subjects) + len(found.lone)

    def _check(self, box: Database) -> DamagedEntry:
        """Hold everything against its checksum; what is no text any more is read as it is."""
        with box.raw() as db:
            key, columns = self._key, ", ".join(self._columns)
            subjects = db.execute(f"SELECT seq, {key}, {columns}, checksum FROM {self.name}").fetchall()  # noqa: S608 - our names
            rows = db.execute(
                f"SELECT seq, {key}, number, step, detail, checksum FROM {self.name}_row ORDER BY number"  # noqa: S608 - our names
            ).fetchall()
            told = db.execute(
                f"SELECT seq, {key}, number, receipts, problem, checksum FROM {self.name}_acknowledgement"  # noqa: S608 - our names
            ).fetchall()
        known = {ident: seq for seq, ident, *_ in subjects}
        found = DamagedEntry({seq for seq, *values, mark in subjects if checksum(*values) != mark})
        counted = dict.fromkeys(known, 0)
        for seq, ident, number, *rest, mark in rows:
            if ident in known and checksum(ident, number, *rest) == mark and number == counted[ident] + 1:
                counted[ident] += 1
            elif (owner := quarantine.owner(known, ident, (number, *rest), mark)) is not None:
                found.subjects.add(owner)
                found.lone += () if ident in known else ((f"{self.name}_row", seq),)
            else:
                found.lone += ((f"{self.name}_row", seq),)
        found.subjects.update(known[ident] for ident, count in counted.items() if not count)
        found.lone += tuple(
            (f"{self.name}_acknowledgement", seq)
            for seq, *values, mark in told
            if checksum(*values) != mark or known.get(values[0], 0) in found.subjects | {0}
        )
        return found

    @contextmanager
    def _opened(self, box: Database) -> Iterator[None]:
        """Let rows be deleted meanwhile."""
        with box.transaction() as db:
            for table in self._sealed:
                db.execute(f"DROP TRIGGER IF EXISTS {table}_DELETE")
            yield
            for table in self._sealed:
                self._seal(box, table)

    @staticmethod
    def _seal(box: Database, table: str) -> None:
        """Refuse whatever changes or deletes rows of a table."""
        with box.transaction() as db:
            for verb in ("UPDATE", "DELETE"):
                db.execute(_SEALED.format(table=table, verb=verb))
