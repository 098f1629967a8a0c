"""What happened to a bank, on the disk before anything follows from it: a SQLite file that is only ever added to.

``synchronous=FULL``. Beside the events lies the bank as it was after some of them, so that a start need not read all.
A file that is damaged is used by nobody: without its journal no door opens. It is never brought back from a copy, which
would not know the orders that were used since.
"""

import fcntl
import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import msgspec

from peripherals.errors import LockerJournalError
from peripherals.lockers.agent.events import Event
from peripherals.lockers.agent.evolve import replay
from peripherals.lockers.agent.model import Bank

FILE, _LOCK = "journal.sqlite", "lock"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY, at REAL NOT NULL, payload BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS checkpoint (id INTEGER PRIMARY KEY CHECK (id = 0), seq INTEGER NOT NULL, bank BLOB NOT NULL)
STRICT;
CREATE TABLE IF NOT EXISTS journal (id TEXT NOT NULL) STRICT;
"""
#: Events between two checkpoints, and how long events are kept that one holds, in seconds.
_CHECKPOINT_EVERY, _KEPT_S = 1000, 90 * 86_400.0


class IntentEntry(msgspec.Struct, frozen=True):
    """One event; ``at`` is the second of the epoch, by the clock of this machine."""

    seq: int
    at: float
    event: Event


class Journal:
    """Opened by one process at a time; synchronous, and used by one thread at a time.

    Raises:
        LockerJournalError: on every method, where the file cannot be read, believed or written.
    """

    def __init__(self, folder: Path) -> None:
        self._seq = self._checkpoint = 0
        with _translated():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(folder / _LOCK, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            with _translated():
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path = folder / FILE
                path.touch(mode=0o600, exist_ok=True)
                self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        except LockerJournalError:
            os.close(self._lock)
            raise
        try:
            with _translated():
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                self._check()
                self._db.executescript(_SCHEMA)
                self.id = self._identify()
        except LockerJournalError:
            self.close()
            raise

    def _identify(self) -> str:
        """Give the id of this journal (a UUID): one that was lost and begun anew has another."""
        found = self._db.execute("SELECT id FROM journal").fetchone()
        if found is None:
            found = (str(uuid.uuid4()),)
            self._db.execute("INSERT INTO journal VALUES (?)", found)
        return str(found[0])

    def _check(self) -> None:
        if self._db.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise LockerJournalError(reason="damaged")

    def close(self) -> None:
        self._db.close()
        os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def bank(self) -> Bank:
        """Give the bank as all events leave it; nothing is known of one without any."""
        with _translated():
            row = self._db.execute("SELECT seq, bank FROM checkpoint").fetchone()
            self._checkpoint, bank = (row[0], msgspec.json.decode(row[1], type=Bank)) if row else (0, Bank())
            self._seq = self._checkpoint
            for entry in self._after(self._checkpoint):
                if entry.seq != self._seq + 1:
                    raise LockerJournalError(reason="gap")
                self._seq, bank = entry.seq, replay(bank, (entry.event,))
        return bank

    @property
    def seq(self) -> int:
        """The number of the last event, once ``bank`` was asked for."""
        return self._seq

    def append(self, events: Sequence[Event], bank: Bank, at: float) -> int:
        """Add events, all or none, and give the last number.

        ``bank`` is what they leave, ``at`` the second of the epoch.
        """
        with _translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                seq = self._seq
                for seq, event in enumerate(events, self._seq + 1):
                    self._db.execute("INSERT INTO event VALUES (?, ?, ?)", (seq, at, msgspec.json.encode(event)))
                checkpoint = self._checkpoint
                if seq - checkpoint >= _CHECKPOINT_EVERY:
                    checkpoint = seq
                    self._db.execute("REPLACE INTO checkpoint VALUES (0, ?, ?)", (seq, msgspec.json.encode(bank)))
                    self._db.execute("DELETE FROM event WHERE seq <= ? AND at < ?", (seq, at - _KEPT_S))
                self._db.execute("COMMIT")
            except BaseException:
                # A full disk has rolled back by itself.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._seq, self._checkpoint = seq, checkpoint
        return seq

    def after(self, seq: int, limit: int) -> list[IntentEntry]:
        """Give the events after a number, so many at most."""
        with _translated():
            return [entry for entry, _ in zip(self._after(seq), range(limit), strict=False)]

    def _after(self, seq: int) -> Iterator[IntentEntry]:
        for number, at, payload in self._db.execute("SELECT * FROM event WHERE seq > ? ORDER BY seq", (seq,)):
            yield IntentEntry(number, at, msgspec.json.decode(payload, type=Event))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, msgspec.DecodeError) as error:
        raise LockerJournalError(reason=type(error).__name__) from error
