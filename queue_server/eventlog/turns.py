"""Callers of one stream take turns: in a process by a queue of its own, between processes by the fence.

As at the writer of a centre: whoever is second waits, decides on what the first has left, and gets an answer of their
own. A queue is there while somebody is in it.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from queue_server.database.failures import DatabaseUnavailableError, LogConflictError, OutcomeUnknownError
from queue_server.domain.values import ConsularError
from queue_server.eventlog.port import StreamContendedError, StreamMovedError

#: The first pause after another process was first, in seconds: about as long as a commit takes.
_PAUSE = 0.004
#: It doubles up to here, and each is drawn anew, so that two do not stumble over each other in step.
_LONGEST_PAUSE = 0.256


@dataclass(slots=True)
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    callers: int = 0


class Turns:
    """The queues of this process, by stream. ``patience`` seconds is how long one whose turn it is keeps trying."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._queues: dict[str, _Queue] = {}

    def __len__(self) -> int:
        return len(self._queues)

    async def take[T](self, stream: str, attempt: Callable[[], Awaitable[T]]) -> T:
        """Run ``attempt`` when it is its turn, and again while another process is first or its outcome is unknown.

        An attempt reads, decides and stores by itself, under a command that it finds again in the stream.

        Raises:
            StreamContendedError: other processes were first all the time; nothing was stored.
            OutcomeUnknownError: it may be stored; the same command finds out.
            DatabaseUnavailableError: nothing was stored.
        """
        async with self._turn(stream):
            return await self._retry(stream, attempt)

    @asynccontextmanager
    async def _turn(self, stream: str) -> AsyncIterator[None]:
        queue = self._queues.setdefault(stream, _Queue())
        queue.callers += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.callers -= 1
            if not queue.callers:
                del self._queues[stream]

    async def _retry[T](self, stream: str, attempt: Callable[[], Awaitable[T]]) -> T:
        loop = asyncio.get_running_loop()
        deadline, pause = loop.time() + self._patience, _PAUSE
        unknown: OutcomeUnknownError | None = None
        while True:
            try:
                return await attempt()
            except (LogConflictError, StreamMovedError) as error:
                why: ConsularError = StreamContendedError(stream=stream)
                why.__cause__ = error
            except OutcomeUnknownError as error:
                why = unknown = error
            except DatabaseUnavailableError:
                if unknown is None:
                    raise
                why = unknown
            if loop.time() >= deadline:
                raise why
            await asyncio.sleep(random.uniform(0, pause))  # noqa: S311 - it only keeps two from going in step
            pause = min(pause * 2, _LONGEST_PAUSE)
