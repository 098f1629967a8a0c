"""What a reader gives that speaks by itself: its readings for one listener, and the silence that ends one.

Readers of documents and of barcodes share it. Readings hold what people carry, so whatever nobody takes is overwritten.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable
from typing import Protocol, runtime_checkable

from peripherals.errors import BusyError

#: How many readings wait for a slow listener.
_WAITING = 8


@runtime_checkable
class Held(Protocol):
    """A reading that holds something; a failure to read holds nothing."""

    def digest(self, key: bytes) -> bytes: ...

    def wipe(self) -> None: ...


class ReadingChannel[T]:
    """Hands readings to one listener at a time; ``port`` names the line, ``duplicate_s`` is in seconds."""

    def __init__(self, port: str, duplicate_s: float) -> None:
        self._port = port
        self._duplicate_s = duplicate_s
        self._listener: asyncio.Queue[T | None] | None = None
        self._key = secrets.token_bytes(16)
        self._last = (b"", float("-inf"))

    async def listen(self) -> AsyncGenerator[T]:
        """Give readings until ``end``.

        Raises:
            BusyError: somebody listens already.
        """
        if self._listener is not None:
            raise BusyError(port=self._port)
        listener = self._listener = asyncio.Queue[T | None](maxsize=_WAITING)
        # Whoever begins to listen has not heard of what lies there.
        self._last = (b"", float("-inf"))
        try:
            while (read := await listener.get()) is not None:
                yield read
        finally:
            self._listener = None
            while not listener.empty():
                _wipe(listener.get_nowait())

    def publish(self, read: T) -> None:
        """Hand a reading on, unless nobody listens or it is the one just before over again."""
        if self._listener is None or self._seen_just_now(read):
            _wipe(read)
        else:
            self._put(self._listener, read)

    def end(self) -> None:
        """End the listening."""
        if self._listener is not None:
            self._put(self._listener, None)

    def _seen_just_now(self, read: T) -> bool:
        """Tell what lies before the reader and is read again and again, by a keyed digest: no copy of it is kept."""
        if not isinstance(read, Held):
            return False
        now = asyncio.get_running_loop().time()
        digest, seen = self._last
        self._last = (read.digest(self._key), now)
        return self._last[0] == digest and now - seen <= self._duplicate_s

    def _put(self, listener: asyncio.Queue[T | None], read: T | None) -> None:
        if listener.full():
            _wipe(listener.get_nowait())
        listener.put_nowait(read)


class Pause:
    """Calls ``ended`` once nothing was heard on a line for ``gap_s`` seconds."""

    def __init__(self, gap_s: float, ended: Callable[[], None]) -> None:
        self._gap_s = gap_s
        self._ended = ended
        self._timer: asyncio.Handle | None = None

    def restart(self) -> None:
        """Begin to wait anew."""
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(self._gap_s, self._over)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _over(self) -> None:
        """Let what came meanwhile be taken first: a loop that was held up must not mistake its pause for the line's."""
        self._timer = asyncio.get_running_loop().call_soon(self._ended)


def _wipe(read: object) -> None:
    if isinstance(read, Held):
        read.wipe()
