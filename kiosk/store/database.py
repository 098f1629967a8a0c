"""A SQLite file of what must survive: what is committed here is on the disk when the call returns.

``synchronous=FULL``; a damaged file is put aside, and every row that can still be read goes on in a new one
(``salvage``). A record that is not as it was written is put aside (``repair``). The class is synchronous and belongs to
one thread at a time (``worker``).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar, Protocol

import msgspec

from kiosk.errors import OutboxError
from kiosk.store import quarantine, salvage

#: So many pages (of 4 KiB) are written to the log beside the file before it begins anew (SQLite: write-ahead log). Its
#: own default of 1000 fills a small disk by itself: one that pays writes about 60.
_LOG_PAGES = 64


class Checked(Protocol):
    """Records of a database that can be held against their checksums (``kiosk.store.journal.Journal``)."""

    @property
    def name(self) -> str: ...

    def isolate(self, box: "Database", /) -> int:
        """Take out what is not as it was written, and give how many records that were."""
        ...


class Database:
    """Opens or makes the file, with the tables of ``schema``.

    Raises:
        OutboxError: on every method, where the file cannot be read or written.
    """

    schema: ClassVar[str] = ""

    def __init__(self, path: Path) -> None:
        self._journals: dict[str, Checked] = {}
        with translated():
            salvage.check(path)
            path.touch(mode=0o600, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                self._db.execute("PRAGMA secure_delete = ON")
                self._db.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
                self._db.executescript(f"{quarantine.TABLE};{self.schema}")
            except sqlite3.Error:
                self._db.close()
                raise

    def hold(self, records: Checked) -> None:
        """Look after these records from now on: what of them is damaged is put aside, now and whenever it is met."""
        self._journals[records.name] = records
        with suppress(OutboxError):
            # Where nothing can be written what is sound goes on; it is tried again when damage is met.
            records.isolate(self)

    def repair(self) -> bool:
        """Put aside what is not as it was written; tells whether there was anything."""
        return sum([records.isolate(self) for records in self._journals.values()]) > 0

    def day(self) -> str:
        """Give the service day that is known, for what is put aside; empty where there is none."""
        return ""

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """Read text as bytes meanwhile: where it is damaged it may be none any more."""
        with translated():
            self._db.text_factory = bytes
            try:
                yield self._db
            finally:
                self._db.text_factory = str

    def close(self) -> None:
        self._db.close()

    def _make_room(self) -> None:
        """Let the log begin anew in the room that it has: what is in it goes to the file, where that has room."""
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(RESTART)")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Do all that is done within together or not at all; one within another is part of it."""
        with translated():
            within = self._db.in_transaction
            if within:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException as error:
                # A full disk has rolled back by itself.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                    self._make_room()
                raise


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, msgspec.DecodeError) as error:
        raise OutboxError(reason=type(error).__name__) from error
