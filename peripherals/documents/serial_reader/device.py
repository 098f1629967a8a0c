"""A reader of machine-readable zones on a serial line.

``mrz+serial:///dev/serial/by-id/...?envelope=desko&baud=9600`` and ``mrz+tcp://host:port?envelope=generic`` for a
reader behind a serial-to-network converter.

Most of these readers only ever speak: one that was not heard since it was connected is ``unknown``, and
``online`` from its first frame on. One that can be asked is.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Self

from peripherals.device import DeviceState, DeviceStatus, DeviceUrl, LifecycleStage, Timings
from peripherals.documents.mrz import Mrz
from peripherals.documents.port import DocumentRead, DocumentReader
from peripherals.documents.serial_reader import envelope as envelopes
from peripherals.documents.serial_reader.envelope import SerialEnvelope
from peripherals.documents.serial_reader.framer import Acknowledged, SerialFramer
from peripherals.errors import UrlInvalidError
from peripherals.owner import Address, Job, PortDevice
from peripherals.readings import Pause, ReadingChannel
from peripherals.transports import serial
from peripherals.transports.serial import SerialAddress
from peripherals.transports.tcp import TcpAddress


class SerialReader(PortDevice[DeviceStatus], DocumentReader):
    def __init__(self, url: str, address: Address, timings: Timings, envelope: SerialEnvelope) -> None:
        super().__init__(url, DeviceStatus(state=DeviceState.UNKNOWN), address, timings)
        self._envelope = envelope
        self._framer = SerialFramer(envelope, timings.frame_s)
        self._pause = Pause(envelope.gap_s, self._paused)
        self._readings: ReadingChannel[DocumentRead] = ReadingChannel(address.key, timings.duplicate_s)
        self._acknowledged = asyncio.Event()

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
        self._require("documents", LifecycleStage.ENABLED)
        async with contextlib.aclosing(self._readings.listen()) as readings:
            async for read in readings:
                yield read

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
        self._pause.restart()
        self._accept(self._framer.feed(data, asyncio.get_running_loop().time()))

    def _cut(self) -> None:
        self._pause.stop()
        self._paused()
        self._framer = SerialFramer(self._envelope, self._timings.frame_s)

    async def _release(self) -> None:
        await super()._release()
        self._readings.end()

    def _paused(self) -> None:
        self._accept(self._framer.pause())

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

    def _accept(self, events: list[DocumentRead | Acknowledged]) -> None:
        for event in events:
            match event:
                case Acknowledged():
                    self._publish(DeviceStatus(state=DeviceState.ONLINE))
                    self._acknowledged.set()
                case Mrz():
                    self._publish(DeviceStatus(state=DeviceState.ONLINE))
                    self._rearm()
                    self._readings.publish(event)
                case _:
                    self._readings.publish(event)

    def _rearm(self) -> None:
        """Ask for the next document; the owner does it, as nobody else sends."""
        if self._envelope.wake and self._pipe is not None:
            job = Job(self._health, asyncio.get_running_loop().create_future())
            job.future.add_done_callback(asyncio.Future.exception)
            self._jobs.put_nowait(job)
