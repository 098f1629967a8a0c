"""A worker that stops, or whose disk does, at one call: what was synced before it is all that is left."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate

from kiosk.tickets.outbox import Outbox, OutboxWorker


class CutWorker(OutboxWorker):
    """``before`` and ``after`` the call ``at`` nothing goes on; ``full``: from it on nothing can be written."""

    def __init__(self, path: Path, at: int = 0, how: str = "", passed: Callable[[int], None] = lambda _: None) -> None:
        super().__init__(path)
        self._at = at
        self._how = how
        self._passed = passed
        self.calls = 0
        #: Set where it has stopped.
        self.reached = asyncio.Event()

    async def __call__[**P, T](
        self, method: Callable[Concatenate[Outbox, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self.calls += 1
        here = self.calls == self._at
        if here and self._how == "before":
            await self._stop()
        if here and self._how == "full":
            await super().__call__(_read_only)
        self._passed(self.calls)
        result = await super().__call__(method, *args, **kwargs)
        if here and self._how == "after":
            await self._stop()
        return result

    async def _stop(self) -> None:
        self.reached.set()
        await asyncio.Event().wait()


def _read_only(box: Outbox) -> None:
    box._db.execute("PRAGMA query_only = ON")
