"""Something that is done soon after it is wanted, and once for all who want it meanwhile."""

import asyncio
from collections.abc import Callable


class Throttle:
    """Calls ``do`` in the next turn of the loop, but not sooner than ``pause`` (seconds) after the time before."""

    def __init__(self, do: Callable[[], None], pause: Callable[[], float]) -> None:
        self._do = do
        self._pause = pause
        self._due: asyncio.Handle | None = None
        self._free_at = 0.0

    def request(self) -> None:
        """Have it done soon."""
        if self._due is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._free_at - loop.time()
        self._due = loop.call_later(wait, self.flush) if wait > 0 else loop.call_soon(self.flush)

    def flush(self) -> None:
        """Do now what is wanted."""
        if self._due is None:
            return
        self._due.cancel()
        self._due = None
        self._do()
        self._free_at = asyncio.get_running_loop().time() + self._pause()

    def cancel(self) -> None:
        """Let what is wanted not be done."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
