"""Connections of SQLAlchemy through asyncpg, waited for on the loop.

It is the little of ``sqlalchemy.ext.asyncio`` that is used here, done as it is done there. That module brings the whole
object mapper with it: 60 ms of a server's start, and 7 MiB that it would keep.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.util import greenlet_spawn


class WaitedConnection:
    """One connection of a pool, used by one task at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def run[T](self, work: Callable[[Connection], T]) -> T:
        """Do something with it, while the loop does what else there is."""
        return await greenlet_spawn(work, self._connection)

    async def driver_connection(self) -> Any:
        """Give what asyncpg has for it; one that was invalidated is opened again."""
        return await greenlet_spawn(lambda: self._connection.connection.driver_connection)

    async def invalidate(self) -> None:
        """Close it in place of giving it back."""
        await greenlet_spawn(self._connection.invalidate)


@asynccontextmanager
async def connected(engine: Engine) -> AsyncIterator[WaitedConnection]:
    """Take a connection from the pool and give it back; what was not committed is rolled back."""
    connection = await greenlet_spawn(engine.connect)
    try:
        yield WaitedConnection(connection)
    finally:
        await _to_its_end(greenlet_spawn(connection.close))


async def _to_its_end(closing: Any) -> None:
    """Wait until it is done, also where this task is cancelled meanwhile: half of it would break the pool."""
    task = asyncio.create_task(closing)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    task.result()
    if cancelled is not None:
        raise cancelled
