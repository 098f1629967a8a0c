"""What carries bytes to a device: a pipe that knows no content."""

import asyncio
import os
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

from peripherals.errors import NotConnectedError


class Pipe(ABC):
    """One connection, from its making to its end; a device that re-opens makes a new one."""

    @abstractmethod
    async def receive_into(self, buffer: bytearray) -> int:
        """Wait for bytes, put them at the start of ``buffer``, and give their number, never 0.

        The bytes go into the caller's buffer and nowhere else, so that the caller can wipe them.

        Raises:
            NotConnectedError: the other end is gone.
        """

    @abstractmethod
    async def send(self, data: bytes) -> None:
        """Hand over all of ``data``; waits while the device takes no more.

        Raises:
            NotConnectedError: the other end is gone; part of the data may have left.
        """

    @abstractmethod
    async def close(self) -> None:
        """End the connection. Closing again does nothing."""


class FilePipe(Pipe):
    """A pipe over a character device that is open without blocking; how it is closed is its kind's."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    async def receive_into(self, buffer: bytearray) -> int:
        while True:
            await ready(self._fd, to_write=False)
            try:
                count = os.readv(self._fd, [buffer])
            except BlockingIOError:
                continue
            except OSError as error:
                raise gone(error) from error
            if count:
                return count
            await self._read_nothing()

    async def _read_nothing(self) -> None:
        """Go on after a reading of nothing, where that is not the end.

        Raises:
            NotConnectedError: it is.
        """
        raise NotConnectedError(reason="closed")

    async def send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            await ready(self._fd, to_write=True)
            try:
                rest = rest[os.write(self._fd, rest) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise gone(error) from error


#: Makes a connection, or raises NotConnectedError or BusyError.
type Connect = Callable[[], Awaitable[Pipe]]


async def ready(fd: int, *, to_write: bool) -> None:
    """Wait until a non-blocking file descriptor can be read from or written to."""
    loop = asyncio.get_running_loop()
    turn: asyncio.Future[None] = loop.create_future()

    def wake() -> None:
        if not turn.done():
            turn.set_result(None)

    if to_write:
        loop.add_writer(fd, wake)
    else:
        loop.add_reader(fd, wake)
    try:
        await turn
    finally:
        if to_write:
            loop.remove_writer(fd)
        else:
            loop.remove_reader(fd)


def gone(error: OSError) -> NotConnectedError:
    """Translate an error of the operating system; its text may hold a path, its number is enough."""
    return NotConnectedError(reason=f"errno-{error.errno}" if error.errno else "unreachable")
