"""One thread that owns the outbox, so that a commit to the disk never holds up the screen or the devices."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Concatenate, Self

from kiosk.tickets.outbox import Outbox


class OutboxWorker:
    """``await worker(Outbox.issue, service, ...)`` runs it in the outbox's thread; calls are done in order."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._outbox: Outbox | None = None

    async def __aenter__(self) -> Self:
        self._outbox = await asyncio.get_running_loop().run_in_executor(self._pool, Outbox, self._path)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self(Outbox.close)
        self._pool.shutdown()

    async def __call__[**P, T](
        self, method: Callable[Concatenate[Outbox, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if self._outbox is None:
            raise RuntimeError("the worker has not been entered")
        # A cancelled caller leaves the call running: a commit is never cut off in the middle.
        return await asyncio.get_running_loop().run_in_executor(
            self._pool, partial(method, self._outbox, *args, **kwargs)
        )
