"""PostgreSQL through asyncpg."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, Self

import asyncpg
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError

from queue_server.database.errors import (
    FAILURES,
    DatabaseNotDurableError,
    before_commit,
    while_at_once,
    while_committing,
)
from queue_server.database.failures import LogConflictError
from queue_server.database.settings import DatabaseSettings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine


#: How soon the database lets go of what a server waits for that has hung up, but for a standby.
_HUNG_UP_MS: Final = 5_000


class _Connection(asyncpg.Connection):  # type: ignore[misc]  # the driver has no types
    """A connection that hangs up where the driver would cancel a statement.

    A commit that waits for its standby and is cancelled is kept by the primary alone, and shown to everybody
    (PostgreSQL, "Synchronous Replication"): it would be found, answered, and lost with that primary. Hung up it goes on
    waiting, and nobody sees it before the standby has it.
    """

    def _cancel_current_command(self, *_: object) -> None:
        # Whoever waits for the statement is told why first.
        asyncio.get_running_loop().call_soon(self.terminate)


class PostgresDatabase:
    """A PostgreSQL database; connections are opened when they are needed."""

    def __init__(self, url: URL, settings: DatabaseSettings) -> None:
        # It loads the whole object mapper: a server on SQLite does without these 7 MiB.
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

        self.url = url
        self.settings = settings
        self.engine = create_async_engine(
            url,
            # What people typed must not stand in the text of an exception.
            hide_parameters=True,
            pool_size=settings.pool_size,
            max_overflow=0,
            pool_timeout=settings.connect_timeout_ms / 1000,
            connect_args={
                "timeout": settings.connect_timeout_ms / 1000,
                "command_timeout": settings.command_timeout_ms / 1000,
                "connection_class": _Connection,
                "server_settings": {"client_connection_check_interval": str(_HUNG_UP_MS)},
            },
        )
        # One snapshot for all the statements of a read.
        self._statement_engine = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._read_engine = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def run[T](self, work: Callable[[Connection], T]) -> T:
        """Read in a transaction of its own: one snapshot."""
        return await _transact(self._read_engine, work)

    async def read_at_once[T](self, work: Callable[[Connection], T]) -> T:
        """Read by one statement, which sees one snapshot by itself: it waits for one answer in place of three."""
        return await _transact(self._statement_engine, work)

    async def write[T](self, work: Callable[[Connection], T]) -> T:
        """Write in a transaction of its own, durable when it returns."""
        return await _transact(self.engine, work)

    async def write_at_once[T](self, work: Callable[[Connection], T]) -> T:
        """Write by one statement, which is a transaction of its own: it waits for one answer in place of three.

        Raises:
            OutcomeUnknownError: the connection was lost before its answer came.
        """
        return await self._at_once(lambda connection: connection.run_sync(work))

    async def _at_once[T](self, work: "Callable[[AsyncConnection], Awaitable[T]]") -> T:
        try:
            async with self._statement_engine.connect() as connection:
                # Once a statement is sent nobody knows what became of it: a connection that was cut while it lay in
                # the pool is looked for before.
                while (await connection.get_raw_connection()).driver_connection.is_closed():  # type: ignore[union-attr]
                    await connection.invalidate()
                try:
                    return await work(connection)
                except FAILURES as error:
                    raise while_at_once(error) from error
        except FAILURES as error:
            raise before_commit(error) from error

    async def write_in_turn[T](self, work: Callable[[Connection], T]) -> T:
        """Write as ``write_at_once`` does, by several statements; but for a conflict, what fails closes the connection.

        Raises:
            OutcomeUnknownError: the connection was lost before the answer of a statement came.
        """

        async def held(connection: "AsyncConnection") -> T:
            try:
                return await connection.run_sync(work)
            except LogConflictError:
                raise
            except BaseException:
                # What a session holds goes with its connection, and with nothing else for certain.
                await connection.invalidate()
                raise

        return await self._at_once(held)

    async def claim(self) -> None:
        """Do nothing: any number of servers may work on one database."""

    async def check_durable(self) -> None:
        """Check that a commit is on disk when it returns.

        Raises:
            DatabaseNotDurableError: the server or this role has it switched off.
        """
        for setting in ("fsync", "synchronous_commit"):
            found = await self.run(lambda connection, name=setting: _show(connection, name))  # type: ignore[misc]
            if found == "off":
                raise DatabaseNotDurableError(setting=setting, found=found)

    async def check_sound(self) -> None:
        """Do nothing: PostgreSQL compares the checksum of each page when the page is read."""

    async def clock_difference(self) -> int:
        """Microseconds by which the database's clock is ahead of ours, measured to half a round trip."""
        before = time.time_ns()
        theirs = await self.run(
            lambda connection: int(
                connection.execute(
                    text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
                ).scalar_one()
            )
        )
        return theirs - (before + time.time_ns()) // 2000

    async def close(self) -> None:
        await self.engine.dispose()


def _show(connection: Connection, setting: str) -> str:
    return str(connection.execute(text("SELECT current_setting(:setting)"), {"setting": setting}).scalar_one())


async def _transact[T](engine: "AsyncEngine", work: Callable[[Connection], T]) -> T:
    try:
        try:
            return await _attempt(engine, work)
        except DBAPIError as error:
            # A connection that was cut while it lay in the pool is noticed only when it is used. Nothing was committed.
            if not error.connection_invalidated:
                raise
            return await _attempt(engine, work)
    except FAILURES as error:
        raise before_commit(error) from error


async def _attempt[T](engine: "AsyncEngine", work: Callable[[Connection], T]) -> T:
    async with engine.connect() as connection:
        transaction = await connection.begin()
        result = await connection.run_sync(work)
        try:
            await transaction.commit()
        except FAILURES as error:
            raise while_committing(error) from error
        return result
