"""Works that wait for the one writer of a database are stored by one commit: a disk syncs one at a time.

Each work is whole or not there at all, as if it had a transaction of its own: what fails is taken back to its own
savepoint, and nobody else notices. Nobody is answered before the commit, whoever failed neither: that may rest on what
another work of the same commit would have done. Where the commit itself fails, all of them have failed.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from sqlalchemy import Connection, Engine

from queue_server.database.errors import FAILURES, before_commit, while_committing

#: So long after its first work a transaction takes more of them, in seconds: about as long as a disk takes to sync.
_GATHERING_S = 0.004


class PendingWork[T]:
    """A work on its way, and what came of it; ``future`` is done after the commit."""

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self.future: Future[T] = Future()
        self.result: T | None = None
        self.error: BaseException | None = None

    def answer(self) -> None:
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)  # type: ignore[arg-type]  # the work gave it


class GroupCommit:
    """Works for one connection of ``engine``, done in the one thread of ``executor``."""

    def __init__(self, engine: Engine, executor: Executor) -> None:
        self._engine = engine
        self._executor = executor
        self._waiting = deque[PendingWork[Any]]()
        self._is_called = False

    def submit[T](self, work: Callable[[Connection], T]) -> Future[T]:
        """Have a work done and committed; called from one thread, that of the event loop."""
        pending = PendingWork(work)
        self._waiting.append(pending)
        # Set back before it takes anybody: whoever comes later than that calls again, at worst for nothing.
        if not self._is_called:
            self._is_called = True
            self._executor.submit(self._settle_all)
        return pending.future

    def _settle_all(self) -> None:
        self._is_called = False
        while (first := self._next()) is not None:
            self._settle(first)

    def _next(self) -> PendingWork[Any] | None:
        """Take the next work that somebody still waits for."""
        while self._waiting:
            pending = self._waiting.popleft()
            if pending.future.set_running_or_notify_cancel():
                return pending
        return None

    def _settle(self, first: PendingWork[Any]) -> None:
        """Do a work, and who else comes meanwhile, in one transaction; then answer them all."""
        together = [first]
        try:
            self._transact(together)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is for those who wait
            for pending in together:
                pending.error = error
        for pending in together:
            pending.answer()

    def _transact(self, together: list[PendingWork[Any]]) -> None:
        try:
            with self._engine.connect() as connection:
                connection.info.clear()
                transaction = connection.begin()
                until = time.monotonic() + _GATHERING_S
                (first,) = together
                first.result = first.work(connection)
                while time.monotonic() < until and (more := self._next()) is not None:
                    together.append(more)
                    _join(connection, more)
                try:
                    transaction.commit()
                except FAILURES as error:
                    # For SQLAlchemy it is over, SQLite goes on after a commit that failed.
                    _driver(connection).rollback()
                    raise while_committing(error) from error
        except FAILURES as error:
            raise before_commit(error) from error


def _join(connection: Connection, pending: PendingWork[Any]) -> None:
    """Do a work in a transaction that others have begun; what it fails by ends nothing of theirs.

    Raises:
        Exception: SQLite has taken everything back, as it does where the disk is full.
    """
    driver = _driver(connection)
    driver.execute("SAVEPOINT joined")
    try:
        pending.result = pending.work(connection)
    except Exception as error:
        if not driver.in_transaction:
            raise
        driver.execute("ROLLBACK TO joined")
        pending.error = before_commit(error) if isinstance(error, FAILURES) else error
    driver.execute("RELEASE joined")


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - no other database has one writer
    return driver
