"""Tasks: what goes on beside the journey, and ends with it."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Self


class Tasks:
    """A group of tasks: one that fails ends them all, and whatever still runs at the end is cancelled."""

    def __init__(self) -> None:
        self._group = asyncio.TaskGroup()
        self._running: set[asyncio.Task[None]] = set()
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
