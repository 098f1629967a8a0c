"""SQLite: one writer thread, readers beside it.

Every write of the process goes through the one writer thread (WAL, ``synchronous=FULL``, ``BEGIN IMMEDIATE``), so a
commit has been synced to disk when it returns. Readers see a snapshot, and cannot write.
"""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

from queue_server.database.errors import (
    FAILURES,
    DatabaseDamagedError,
    DatabaseInUseError,
    DatabaseNotDurableError,
    before_commit,
    while_committing,
)
from queue_server.database.group_commit import GroupCommit
from queue_server.database.settings import DatabaseSettings

_SYNCHRONOUS_FULL = 2


class SqliteDatabase:
    """A SQLite file. Opened on first use; ``close`` ends its threads."""

    def __init__(self, url: URL, settings: DatabaseSettings) -> None:
        self.url = url
        self.path = Path(str(url.database))
        self._busy_timeout = settings.busy_timeout_ms / 1000
        self._lock: int | None = None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="sqlite-write")
        self._readers = ThreadPoolExecutor(settings.readers, thread_name_prefix="sqlite-read")
        self._write_engine = self._engine("BEGIN IMMEDIATE", ("PRAGMA journal_mode=WAL",), 1)
        self._read_engine = self._engine("BEGIN", ("PRAGMA query_only=ON",), settings.readers)
        self._group = GroupCommit(self._write_engine, self._writer)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def run[T](self, work: Callable[[Connection], T]) -> T:
        """Read in a transaction of its own: one snapshot."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, partial(_transact, self._read_engine, work))

    async def read_at_once[T](self, work: Callable[[Connection], T]) -> T:
        """Read, as ``run`` does: no answers are waited for."""
        return await self.run(work)

    async def write[T](self, work: Callable[[Connection], T]) -> T:
        """Write all of it or nothing, durable when it returns; one commit with others who write now."""
        return await asyncio.wrap_future(self._group.submit(work))

    async def write_at_once[T](self, work: Callable[[Connection], T]) -> T:
        """Write, as ``write`` does: there is no line to a server on which a transaction would wait for answers."""
        return await self.write(work)

    async def rebuild[T](self, work: Callable[[Connection], T]) -> T:
        """Write with foreign keys unchecked: rebuilding a table must not delete the rows that point at it."""
        engine = self._engine("BEGIN IMMEDIATE", ("PRAGMA journal_mode=WAL", "PRAGMA foreign_keys=OFF"), 1)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._writer, partial(_transact, engine, work))
        finally:
            await loop.run_in_executor(self._writer, engine.dispose)

    async def claim(self) -> None:
        """Hold the file for this process until it ends, however it ends.

        Raises:
            DatabaseInUseError: another process holds it.
        """
        await asyncio.get_running_loop().run_in_executor(self._writer, self._claim)

    def _claim(self) -> None:
        # The lock stands beside the database: SQLite's own locks are lost when any handle of its file is closed.
        descriptor = os.open(f"{self.path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise DatabaseInUseError(path=str(self.path)) from error
        self._lock = descriptor

    async def check_durable(self) -> None:
        """Check that a commit is on disk when it returns.

        Raises:
            DatabaseNotDurableError: it is not, as on a file system that cannot hold a write-ahead log.
        """

        def pragmas(connection: Connection) -> tuple[object, object]:
            journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
            return journal, connection.exec_driver_sql("PRAGMA synchronous").scalar_one()

        journal, synchronous = await self.write(pragmas)
        if journal != "wal":
            raise DatabaseNotDurableError(setting="journal_mode", found=str(journal))
        if synchronous != _SYNCHRONOUS_FULL:
            raise DatabaseNotDurableError(setting="synchronous", found=str(synchronous))

    async def check_sound(self) -> None:
        """Read the whole file: what SQLite cannot read, or what contradicts itself, is found before it is needed.

        Raises:
            DatabaseDamagedError: the file is damaged.
        """

        def look(connection: Connection) -> str:
            # One line is enough: how many there are depends on the damage.
            return str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())

        found = await self.run(look)
        if found != "ok":
            raise DatabaseDamagedError(reason=" ".join(found.split()))

    async def clock_difference(self) -> int:
        """Microseconds by which the database's clock is ahead: it is this machine's own."""
        return 0

    async def close(self) -> None:
        """Wait for the last write and let the file go."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._readers.shutdown()
        self._writer.shutdown()
        self._read_engine.dispose()
        self._write_engine.dispose()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _engine(self, begin: str, pragmas: tuple[str, ...], connections: int) -> Engine:
        engine = create_engine(
            "sqlite://",
            # What people typed must not stand in the text of an exception.
            hide_parameters=True,
            module=sqlite3,
            creator=partial(self._connect, pragmas),
            poolclass=QueuePool,
            pool_size=connections,
            max_overflow=0,
        )

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            # To the driver itself: for a statement of its own SQLAlchemy does as much as for one with a result.
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - see ``_connect``
            driver.execute(begin)

        return engine

    def _connect(self, pragmas: tuple[str, ...]) -> sqlite3.Connection:
        # SQLite would create the file readable by everybody. One that is there must not be opened here: closing it
        # again would drop the locks of every other handle of this process (POSIX), and a command line tool, finding
        # no lock, would take the write-ahead log away from under the server.
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        # Threads of a pool take turns, and the driver leaves transactions to the engine.
        connection = sqlite3.connect(
            self.path, timeout=self._busy_timeout, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in ("PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", *pragmas):
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def _transact[T](engine: Engine, work: Callable[[Connection], T]) -> T:
    try:
        with engine.connect() as connection:
            transaction = connection.begin()
            result = work(connection)
            try:
                transaction.commit()
            except FAILURES as error:
                raise while_committing(error) from error
            return result
    except FAILURES as error:
        raise before_commit(error) from error
