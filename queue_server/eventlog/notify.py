"""Wake-ups between processes by PostgreSQL's NOTIFY, on one connection of its own.

NOTIFY is sent after the commit, and what gathers meanwhile is sent together: inside a transaction it would hold a lock
of the whole database server until that transaction is on disk. A server that ends between the two loses the wake-up,
as one that is not connected does; the poll stands behind both.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from queue_server.contract.periodic import Periodic
from queue_server.database.errors import FAILURES
from queue_server.database.failures import DatabaseUnavailableError

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

CHANNEL = "consular_log"

_SEND = "SELECT pg_notify($1, ends) FROM unnest($2::text[]) AS ends"


class NotifyChannel:
    """Listens and sends while ``task`` runs; opens its connection again with a growing pause when it is lost.

    ``on_wakeup`` is called on the loop with the stream and seq of every wake-up; ``connected`` is set while listening.
    """

    def __init__(
        self, engine: "AsyncEngine", on_wakeup: Callable[[str, int], None], pause: float, longest_pause: float
    ) -> None:
        self._engine = engine
        self._on_wakeup = on_wakeup
        self._waiting: dict[str, int] = {}
        self._wanted = asyncio.Event()
        self.connected = asyncio.Event()
        self.task = Periodic("wake-ups", 0, self._hold, at_once=True, retry_s=pause, max_retry_s=longest_pause)

    def send(self, stream: str, seq: int) -> None:
        self._waiting[stream] = seq
        self._wanted.set()

    async def _hold(self) -> None:
        """Keep the connection until it is lost.

        Raises:
            DatabaseUnavailableError: it is lost, or could not be opened.
        """
        try:
            await self._hold_connection()
        except FAILURES as error:
            raise DatabaseUnavailableError(reason=type(error).__name__) from error
        finally:
            self.connected.clear()

    async def _hold_connection(self) -> None:
        async with self._engine.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            raw.add_termination_listener(lambda _: self._wanted.set())
            await raw.add_listener(CHANNEL, self._receive)
            self.connected.set()
            self.task.worked()
            try:
                while True:
                    await self._wanted.wait()
                    self._wanted.clear()
                    sending, self._waiting = self._waiting, {}
                    await raw.execute(_SEND, CHANNEL, [f"{stream} {seq}" for stream, seq in sending.items()])
            finally:
                # It has listeners: it does not go back into the pool.
                with suppress(*FAILURES):
                    await connection.invalidate()

    def _receive(self, _connection: object, _process: int, _channel: str, payload: str) -> None:
        stream, _, seq = payload.rpartition(" ")
        # Anybody who may connect to the database may notify: what is not ours is passed over.
        if stream and seq.isascii() and seq.isdigit():
            self._on_wakeup(stream, int(seq))
