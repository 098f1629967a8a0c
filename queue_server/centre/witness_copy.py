"""The witness on another machine: used apart from all else, so that a share that hangs holds nothing up.

Whoever waits for such a share may wait for ever, at the end of the process too: so a thread that nobody waits for does.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from queue_server import files
from queue_server.centre.conditions import WITNESS_SILENT
from queue_server.conditions import Condition
from queue_server.domain.values import SECOND, Micros


class WitnessCopy:
    """Keeps ``path`` as the witness is; silent where that has not been so for ``silent_s`` seconds."""

    def __init__(self, path: Path, clock: Callable[[], Micros], silent_s: int) -> None:
        self.path = path
        self._clock = clock
        self._silent = silent_s * SECOND
        self._content: bytes | None = None
        self._there_at = clock()
        self._writing: asyncio.Future[bool] | None = None

    def condition(self) -> Condition | None:
        """Say for how many seconds the copy has not been there as it should be, once that is too long."""
        silent = self._clock() - self._there_at
        if silent <= self._silent:
            return None
        return Condition(WITNESS_SILENT, silent // SECOND, is_unready=False)

    def ensure(self, content: bytes | None) -> None:
        """See that it is there, with this content where there is one; what hangs is not asked a second time."""
        if content is not None:
            self._content = content
        if self._writing is None or self._writing.done():
            wanted = self._content
            self._writing = aside(lambda: self._write(wanted))
            self._writing.add_done_callback(self._written)

    async def settle(self, seconds: float) -> None:
        """Wait for what is being written, but not for ever."""
        if self._writing is not None:
            await asyncio.wait([self._writing], timeout=seconds)

    def _written(self, writing: asyncio.Future[bool]) -> None:
        if not writing.cancelled() and writing.exception() is None and writing.result():
            self._there_at = self._clock()

    def _write(self, content: bytes | None) -> bool:
        """Write where it is not so already; tells whether it is now. Blocks, on a share that is away maybe for ever."""
        try:
            if content is None:
                return self.path.parent.is_dir()
            if not self.path.exists() or self.path.read_bytes() != content:
                files.replace(self.path, content)
        except OSError:
            return False
        return True


def aside[T](work: Callable[[], T]) -> asyncio.Future[T]:
    """Do something that may never end; the process ends without it."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, failed = None, None
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - whoever waits hears of it
            failed = error
        # A loop that has ended has nobody who waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, failed)

    threading.Thread(target=run, name="witness-copy", daemon=True).start()
    return done
