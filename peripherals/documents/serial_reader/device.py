"""A reader of machine-readable zones on a serial line.

``mrz+serial:///dev/serial/by-id/...?envelope=desko&baud=9600`` and ``mrz+tcp://host:port?envelope=generic`` for a
reader behind a serial-to-network converter.

Most of these readers only ever speak: one that was not heard since it was connected is ``unknown``, and
``online`` from its first frame on. One that can be asked is.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator
from typing import Self

from peripherals.device import DeviceState, DeviceStatus, DeviceUrl, Stage, Timings
from peripherals.documents.mrz import Mrz
from peripherals.documents.port import DocumentRead, DocumentReader
from peripherals.documents.serial_reader import envelope as envelopes
from peripherals.documents.serial_reader.envelope import Envelope
from peripherals.documents.serial_reader.framer import Acknowledged, Framer
from peripherals.errors import BusyError, UrlInvalidError
from peripherals.owner import Address, Job, PortDevice
from peripherals.transports import serial
from peripherals.transports.serial import SerialAddress
from peripherals.transports.tcp import TcpAddress

#: How many readings wait for a slow listener.
_WAITING = 8


class SerialReader(PortDevice[DeviceStatus], DocumentReader):
    def __init__(self, url: str, address: Address, timings: Timings, envelope: Envelope) -> None:
        super().__init__(url, DeviceStatus(state=DeviceState.UNKNOWN), address, timings)
        self._envelope = envelope
        self._framer = Framer(envelope, timings.frame_s)
        self._timer: asyncio.TimerHandle | None = None
        self._listener: asyncio.Queue[DocumentRead | None] | None = None
        self._acknowledged = asyncio.Event()
        self._key = secrets.token_bytes(16)
        self._last = (b"", float("-inf"))

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        """Read ``envelope`` and what the site changed in it, and the settings of the line.

        Raises:
            UrlInvalidError: names the part that cannot be used.
        """
        address: Address
        if url.scheme == "mrz+tcp":
            url.only(*envelopes.OPTIONS)
            if not url.host or url.port is None or url.path not in {"", "/"}:
                raise UrlInvalidError(part="host", value=url.text)
            address = TcpAddress(url.host, url.port)
        else:
            url.only(*envelopes.OPTIONS, *serial.OPTIONS)
            address = SerialAddress.from_url(url, baud=9600)
        return cls(url.text, address, timings, envelopes.from_url(url))

    async def documents(self) -> AsyncGenerator[DocumentRead]:
        self._require("documents", Stage.ENABLED)
        if self._listener is not None:
            raise BusyError(port=self._address.key)
        listener = self._listener = asyncio.Queue[DocumentRead | None](maxsize=_WAITING)
        try:
            while (read := await listener.get()) is not None:
                yield read
        finally:
            self._listener = None
            while not listener.empty():
                _wipe(listener.get_nowait())

    # What the owner calls.

    def _status_without(self, state: DeviceState) -> DeviceStatus:
        return DeviceStatus(state=state)

    async def _greet(self) -> None:
        self._publish(DeviceStatus(state=DeviceState.UNKNOWN))
        await self._wake()

    async def _poll(self) -> bool:
        # Asking a reader again and again would make it read the same document again and again.
        return True

    async def _health(self, _: Job[None]) -> None:
        await self._wake()

    def _received(self, data: memoryview) -> None:
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_later(self._envelope.gap_s, self._pause)
        self._take(self._framer.feed(data, loop.time()))

    def _cut(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._take(self._framer.pause())
        self._framer = Framer(self._envelope, self._timings.frame_s)

    async def _release(self) -> None:
        await super()._release()
        if self._listener is not None:
            _put(self._listener, None)

    def _pause(self) -> None:
        self._timer = None
        self._take(self._framer.pause())

    async def _wake(self) -> None:
        """Set a reader to work that needs it; its answer shows that it is there."""
        if not self._envelope.wake:
            return
        self._acknowledged.clear()
        await self._send(self._envelope.wake)
        try:
            async with asyncio.timeout(self._timings.answer_s):
                await self._acknowledged.wait()
        except TimeoutError:
            self._publish(DeviceStatus(state=DeviceState.UNKNOWN))

    def _take(self, events: list[DocumentRead | Acknowledged]) -> None:
        for event in events:
            match event:
                case Acknowledged():
                    self._publish(DeviceStatus(state=DeviceState.ONLINE))
                    self._acknowledged.set()
                case Mrz():
                    self._publish(DeviceStatus(state=DeviceState.ONLINE))
                    self._rearm()
                    self._deliver(event)
                case _:
                    self._deliver(event)

    def _rearm(self) -> None:
        """Ask for the next document; the owner does it, as nobody else sends."""
        if self._envelope.wake and self._pipe is not None:
            job = Job(self._health, asyncio.get_running_loop().create_future())
            job.future.add_done_callback(asyncio.Future.exception)
            self._jobs.put_nowait(job)

    def _deliver(self, read: DocumentRead) -> None:
        if self._listener is None or self._seen_just_now(read):
            _wipe(read)
            return
        _put(self._listener, read)

    def _seen_just_now(self, read: DocumentRead) -> bool:
        """Tell a document that the reader sends twice, by a keyed digest: no copy of it is kept."""
        if not isinstance(read, Mrz):
            return False
        now = asyncio.get_running_loop().time()
        digest, seen = self._last
        self._last = (read.digest(self._key), now)
        return self._last[0] == digest and now - seen <= self._timings.duplicate_s


def _put(listener: asyncio.Queue[DocumentRead | None], read: DocumentRead | None) -> None:
    if listener.full():
        _wipe(listener.get_nowait())
    listener.put_nowait(read)


def _wipe(read: DocumentRead | None) -> None:
    if isinstance(read, Mrz):
        read.wipe()
