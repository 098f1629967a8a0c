"""Tasks: what goes on beside the journey, and ends with it."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Final, Self

from queue_server.contract.periodic import Periodic

#: For so long work that fails is tried again before anybody is told of it, in seconds; as at the server.
_STALLED_S: Final = 60


class Tasks:
    """A group of tasks: one that fails ends them all, and whatever still runs at the end is cancelled.

    What is supervised is tried again when it fails, and ends nothing else.
    """

    def __init__(self) -> None:
        self._group = asyncio.TaskGroup()
        self._running: set[asyncio.Task[None]] = set()
        self._lasting: set[asyncio.Task[None]] = set()
        self._supervised: list[Periodic] = []
        self._ending = False

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending = True
        for task in self._running:
            task.cancel()
        await self._group.__aexit__(kind, error, trace)

    @property
    def are_working(self) -> bool:
        """Whether something has begun that ends by itself, such as a print."""
        return bool(self._running - self._lasting)

    @property
    def stalled(self) -> tuple[str, ...]:
        """Name what is done again and again and fails for long, or has ended."""
        return tuple(one.name for one in self._supervised if one.has_ended or one.stalled_s > _STALLED_S)

    def supervise(self, *work: Periodic) -> None:
        """Begin what is done again and again."""
        for one in work:
            self._supervised.append(one)
            task = self.begin(one.run())
            self._lasting.add(task)
            task.add_done_callback(self._lasting.discard)

    def begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Begin work; at the end, when all is cancelled, it is cancelled before it begins."""
        if self._ending:
            late = asyncio.get_running_loop().create_task(work)
            late.cancel()
            return late
        task = self._group.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task
