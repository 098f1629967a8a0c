"""One thread that owns a file of what must survive, so that a commit never holds up the screen or the devices."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Concatenate, Self

from kiosk.errors import OutboxError, RecordDamagedError
from kiosk.store.database import Database


class StoreWorker[D: Database]:
    """``await worker(Outbox.issue, service, ...)`` runs it in the file's thread; calls are done in order."""

    def __init__(self, kind: type[D], path: Path) -> None:
        self._kind = kind
        self._path = path
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._database: D | None = None

    async def __aenter__(self) -> Self:
        self._database = await asyncio.get_running_loop().run_in_executor(self._pool, self._kind, self._path)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._database is not None:
            closing = self._pool.submit(self._database.close)
            # Closed also where whoever leaves is cancelled once more meanwhile.
            await asyncio.shield(asyncio.wrap_future(closing))
        self._pool.shutdown()

    async def __call__[**P, T](self, method: Callable[Concatenate[D, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._database is None:
            raise RuntimeError("the worker has not been entered")
        # A cancelled caller leaves the call running: a commit is never cut off in the middle.
        return await asyncio.get_running_loop().run_in_executor(
            self._pool, _repairing, self._database, partial(method, self._database, *args, **kwargs)
        )


def _repairing[T](database: Database, call: Callable[[], T]) -> T:
    """Do it; where something is in its way that is not as it was written, that is put aside, and it is done anew.

    Of a call that has failed nothing has happened.
    """
    try:
        return call()
    except OutboxError as error:
        repaired = False
        if type(error) in {OutboxError, RecordDamagedError}:
            with suppress(OutboxError):
                repaired = database.repair()
        if not repaired:
            raise
    return call()
