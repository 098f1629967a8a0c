"""The event log on SQLite and PostgreSQL: one code path over SQLAlchemy Core, apart from how each appends."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Self

from sqlalchemy import Connection

from queue_server.contract.periodic import Periodic
from queue_server.database import Database, DatabaseSettings, PostgresDatabase
from queue_server.database.failures import DatabaseUnavailableError, LogConflictError
from queue_server.domain.values import Micros
from queue_server.eventlog import statements, stream_turns
from queue_server.eventlog.ends import head
from queue_server.eventlog.notify import NotifyChannel
from queue_server.eventlog.port import Append, Decided, Event, Head, StreamHead, Wakeup
from queue_server.eventlog.postgres_append import NotAtOnceError
from queue_server.eventlog.stream_turns import Turn
from queue_server.eventlog.turns import Turns
from queue_server.eventlog.wakeups import Wakeups

#: What came of the work of a transaction, and the new ends of the streams that it appended to.
type Written[T] = tuple[T, Mapping[str, StreamHead]]


class SqlEventLog:
    """Implements ``port.EventLog``. Enter it on the loop that uses it: that starts the poll and the wake-ups."""

    def __init__(self, database: Database, settings: DatabaseSettings | None = None) -> None:
        self._database = database
        self._settings = settings or DatabaseSettings()
        self._wakeups = Wakeups()
        self._turns = Turns(self._settings.patience_ms / 1000)
        self._channel: NotifyChannel | None = None
        longest_s = self._settings.relisten_max_ms / 1000
        self._poll = Periodic("log-poll", self._settings.poll_ms / 1000, self._read_ends, max_retry_s=longest_s)
        self._running = AsyncExitStack()
        self._when_stored: list[Callable[[Mapping[str, StreamHead]], object]] = []
        #: Why the last write failed; None while writes succeed.
        self._refused: DatabaseUnavailableError | None = None

    async def __aenter__(self) -> Self:
        if isinstance(self._database, PostgresDatabase):
            self._channel = NotifyChannel(
                self._database.engine,
                self._wakeups.notify,
                self._settings.relisten_ms / 1000,
                self._settings.relisten_max_ms / 1000,
            )
        for task in self.tasks:
            task.start()
            self._running.push_async_callback(task.stop)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._running.aclose()

    @property
    def tasks(self) -> tuple[Periodic, ...]:
        """What it does again and again; how that is belongs to the health of the process."""
        return (self._poll,) if self._channel is None else (self._poll, self._channel.task)

    async def head(self, stream: str) -> Head:
        end = await self._database.run(lambda connection: head(connection, stream))
        self._follow(stream, end.seq)
        return end

    async def read(self, stream: str, after: int = 0, limit: int | None = None) -> list[Event]:
        found = await self._database.read_at_once(lambda connection: statements.read(connection, stream, after, limit))
        self._follow(stream, found[-1].seq if found else 0)
        return found

    async def streams(self, prefix: str) -> list[StreamHead]:
        return await self._database.run(lambda connection: statements.streams(connection, prefix))

    async def touched(self, stream: str, since: Micros) -> list[StreamHead]:
        return await self._database.run(lambda connection: statements.touched(connection, (stream,), since))

    async def commit(
        self,
        appends: Sequence[Append],
        rows: Callable[[Connection], None] | None = None,
        turn: str | None = None,
    ) -> list[Event]:
        asked = None if turn is None else Turn(turn, taken=False)

        def unit_of_work(connection: Connection) -> list[Event]:
            stored = statements.append(connection, appends, turn=asked)
            if rows is not None:
                rows(connection)
            return stored

        if rows is None:
            with suppress(NotAtOnceError):
                return await self._written(
                    self._database.write_at_once,
                    lambda connection: statements.append(connection, appends, at_once=True, turn=asked),
                )
        return await self.write(unit_of_work)

    @property
    def shared(self) -> bool:
        return isinstance(self._database, PostgresDatabase)

    async def commit_in_turn(
        self, stream: str, after: Callable[[], int], decide: Callable[[Sequence[Event]], Decided], longest_ms: int
    ) -> list[Event]:
        database, turn = self._database, Turn(stream, taken=True)
        assert isinstance(database, PostgresDatabase)  # noqa: S101 - see ``shared``

        def unit_of_work(connection: Connection) -> list[Event]:
            missed = stream_turns.take(connection, turn, after(), longest_ms)
            try:
                decided = decide(missed)
                if not decided.appends:
                    stream_turns.end(connection)
                    return []
                return _store(connection, decided, turn)
            except (LogConflictError, NotAtOnceError) as error:
                stream_turns.end(connection)
                raise LogConflictError(stream=stream) from error

        return await self._written(database.write_in_turn, unit_of_work)

    async def run[T](self, work: Callable[[Connection], T]) -> T:
        return await self._database.run(work)

    async def write[T](self, work: Callable[[Connection], T]) -> T:
        return await self._written(self._database.write, work)

    async def _written[T](
        self,
        write: Callable[[Callable[[Connection], Written[T]]], Awaitable[Written[T]]],
        work: Callable[[Connection], T],
    ) -> T:
        """Do the work of a transaction, and tell everybody who follows a stream that it appended to."""
        try:
            done, ends = await write(lambda connection: statements.appending(connection, work))
        except DatabaseUnavailableError as error:
            self._refused = error
            raise
        for callback in self._when_stored:
            callback(ends)
        for stream, end in ends.items():
            self._follow(stream, end.seq)
            self._wakeups.notify(stream, end.seq)
            if self._channel is not None:
                self._channel.send(stream, end.seq)
        return done

    async def take_turn[T](self, stream: str, attempt: Callable[[], Awaitable[T]]) -> T:
        return await self._turns.take(stream, attempt)

    async def write_in_turn[T](self, stream: str, work: Callable[[Connection], T]) -> T:
        return await self._turns.take(stream, lambda: self.write(work))

    async def check_writable(self) -> None:
        """Check that what failed before would succeed now. Costs nothing while writes succeed.

        A write of nothing may succeed on a full disk, so only one that changes a row tells.

        Raises:
            DatabaseUnavailableError: nothing can be written.
        """
        if self._refused is not None:
            await self.write(statements.touch)
            self._refused = None

    def watch(self, callback: Callable[[Wakeup], None], folder: str = "") -> Callable[[], None]:
        return self._wakeups.watch(callback, folder)

    def when_stored(self, callback: Callable[[Mapping[str, StreamHead]], object]) -> None:
        self._when_stored.append(callback)

    def _follow(self, stream: str, seq: int) -> None:
        # Only a centre's days are watched; all other streams are read by who asks for them.
        if stream.startswith(statements.QUEUE_PREFIX):
            self._wakeups.follow(stream, seq)

    async def _read_ends(self) -> None:
        """Read the ends of the followed streams: what a lost wake-up would have told."""
        names = tuple(self._wakeups.followed)
        if names:
            found = await self._database.run(lambda connection: statements.ends(connection, names))
            for stream, seq in found.items():
                self._wakeups.notify(stream, seq)


def _store(connection: Connection, decided: Decided, turn: Turn) -> list[Event]:
    """Store what was decided in a turn, on a connection where each statement is a transaction of its own."""
    if decided.rows is None:
        return statements.append(connection, decided.appends, at_once=True, turn=turn)
    connection.exec_driver_sql("BEGIN")
    try:
        stored = statements.append(connection, decided.appends, turn=turn)
        decided.rows(connection)
    except LogConflictError:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")
    return stored
