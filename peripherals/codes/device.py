"""A barcode reader on a serial line, or one that says it is a keyboard.

``scanner+serial:///dev/serial/by-id/...?prefix=02&suffix=03`` is a reader with a line of its own, also one that makes
such a line over USB. ``scanner+evdev:///dev/input/by-id/...-event-kbd`` is a keyboard wedge; it is taken away from
everybody else, so that nothing that it types reaches a window.

A reader of barcodes only ever speaks: one that was not heard since it was connected is ``unknown``, and ``online`` from
its first code on.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Self

from peripherals.codes import framer
from peripherals.codes.framer import CodeEnvelope, CodeFramer
from peripherals.codes.keys import KeyDecoder
from peripherals.codes.port import Read, ScanFailure, Scanner
from peripherals.codes.seal import SealForm
from peripherals.device import DeviceState, DeviceStatus, DeviceUrl, LifecycleStage, Timings
from peripherals.errors import UrlInvalidError
from peripherals.owner import Address, PortDevice
from peripherals.readings import Pause, ReadingChannel
from peripherals.transports import serial
from peripherals.transports.evdev import InputAddress
from peripherals.transports.serial import SerialAddress

#: Makes characters of what came over the line.
type Decode = Callable[[memoryview], bytearray]


class BarcodeScanner(PortDevice[DeviceStatus], Scanner):
    """``decoder`` makes what turns the bytes of one connection into characters."""

    def __init__(
        self, url: str, address: Address, timings: Timings, envelope: CodeEnvelope, decoder: Callable[[], Decode]
    ) -> None:
        super().__init__(url, DeviceStatus(state=DeviceState.UNKNOWN), address, timings)
        self._decoder = decoder
        self._decode = decoder()
        self._framer = CodeFramer(envelope, timings.frame_s)
        self._pause = Pause(envelope.gap_s, self._paused)
        self._readings: ReadingChannel[Read] = ReadingChannel(address.key, timings.duplicate_s)

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        """Read what the site set the reader up to put around a code, and the settings of the line.

        Raises:
            UrlInvalidError: names the part that cannot be used.
        """
        if url.scheme == "scanner+evdev":
            url.only(*framer.OPTIONS)
            envelope = CodeEnvelope.from_url(url)
            if envelope.seal is SealForm.RAW:
                # No key types most of the bytes that a seal has.
                raise UrlInvalidError(part="seal", value=envelope.seal)
            return cls(
                url.text,
                InputAddress.from_url(url),
                timings,
                envelope,
                lambda: KeyDecoder().feed,
            )
        url.only(*framer.OPTIONS, *serial.OPTIONS)
        return cls(
            url.text, SerialAddress.from_url(url, baud=9600), timings, CodeEnvelope.from_url(url), lambda: bytearray
        )

    async def scans(self) -> AsyncGenerator[Read]:
        self._require("scans", LifecycleStage.ENABLED)
        async with contextlib.aclosing(self._readings.listen()) as readings:
            async for read in readings:
                yield read

    # What the owner calls.

    def _status_without(self, state: DeviceState) -> DeviceStatus:
        return DeviceStatus(state=state)

    async def _greet(self) -> None:
        self._publish(DeviceStatus(state=DeviceState.UNKNOWN))

    async def _poll(self) -> bool:
        # A reader that only speaks cannot be asked.
        return True

    def _received(self, data: memoryview) -> None:
        self._pause.restart()
        characters = self._decode(data)
        self._accept(self._framer.feed(characters, asyncio.get_running_loop().time()))
        characters[:] = bytes(len(characters))

    def _cut(self) -> None:
        self._pause.stop()
        self._paused()
        self._decode = self._decoder()

    async def _release(self) -> None:
        await super()._release()
        self._readings.end()

    def _paused(self) -> None:
        self._accept(self._framer.pause())

    def _accept(self, reads: list[Read]) -> None:
        for read in reads:
            if not isinstance(read, ScanFailure):
                self._publish(DeviceStatus(state=DeviceState.ONLINE))
            self._readings.publish(read)
