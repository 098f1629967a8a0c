"""Two pipes joined in memory: what one sends the other receives. For trying a driver without any line."""

import asyncio

from peripherals.errors import NotConnectedError
from peripherals.transports.pipe import Pipe


class NullModemEnd(Pipe):
    """One end. ``close`` at either end pulls the cable."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._arrived = asyncio.Event()
        self._closed = False
        self._other = self

    async def receive_into(self, buffer: bytearray) -> int:
        while not self._waiting:
            if self._closed or self._other._closed:  # noqa: SLF001 - the two ends are one object in two halves
                raise NotConnectedError(reason="closed")
            self._arrived.clear()
            await self._arrived.wait()
        count = min(len(buffer), len(self._waiting))
        buffer[:count] = self._waiting[:count]
        del self._waiting[:count]
        return count

    async def send(self, data: bytes) -> None:
        if self._closed or self._other._closed:  # noqa: SLF001 - as above
            raise NotConnectedError(reason="closed")
        self._other._waiting += data  # noqa: SLF001 - as above
        self._other._arrived.set()  # noqa: SLF001 - as above
        await asyncio.sleep(0)

    async def close(self) -> None:
        self._closed = True
        self._arrived.set()
        self._other._arrived.set()  # noqa: SLF001 - as above


def null_modem() -> tuple[NullModemEnd, NullModemEnd]:
    """Make both ends."""
    one, other = NullModemEnd(), NullModemEnd()
    one._other, other._other = other, one  # noqa: SLF001 - as above
    return one, other
