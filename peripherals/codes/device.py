"""A barcode reader on a serial line, or one that says it is a keyboard.

``scanner+serial:///dev/serial/by-id/...?prefix=02&suffix=03`` is a reader with a line of its own, also one that makes
such a line over USB. ``scanner+evdev:///dev/input/by-id/...-event-kbd`` is a keyboard wedge; it is taken away from
everybody else, so that nothing that it types reaches a window.

A reader of barcodes only ever speaks: one that was not heard since it was connected is ``unknown``, and ``online`` from
its first code on.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable
from typing import Self

from peripherals.codes import framer
from peripherals.codes.framer import Envelope, Framer
from peripherals.codes.keys import KeyDecoder
from peripherals.codes.port import Read, ScanFailure, Scanner
from peripherals.codes.seal import SealForm
from peripherals.device import DeviceState, DeviceStatus, DeviceUrl, Stage, Timings
from peripherals.errors import BusyError, UrlInvalidError
from peripherals.owner import Address, PortDevice
from peripherals.transports import serial
from peripherals.transports.evdev import InputAddress
from peripherals.transports.serial import SerialAddress

#: How many codes wait for a slow listener.
_WAITING = 8
#: Makes characters of what came over the line.
type Decode = Callable[[memoryview], bytearray]


class BarcodeScanner(PortDevice[DeviceStatus], Scanner):
    """``decoder`` makes what turns the bytes of one connection into characters."""

    def __init__(
        self, url: str, address: Address, timings: Timings, envelope: Envelope, decoder: Callable[[], Decode]
    ) -> None:
        super().__init__(url, DeviceStatus(state=DeviceState.UNKNOWN), address, timings)
        self._envelope = envelope
        self._decoder = decoder
        self._decode = decoder()
        self._framer = Framer(envelope, timings.frame_s)
        self._timer: asyncio.Handle | None = None
        self._listener: asyncio.Queue[Read | None] | None = None
        self._key = secrets.token_bytes(16)
        self._last = (b"", float("-inf"))

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        """Read what the site set the reader up to put around a code, and the settings of the line.

        Raises:
            UrlInvalidError: names the part that cannot be used.
        """
        if url.scheme == "scanner+evdev":
            url.only(*framer.OPTIONS)
            envelope = Envelope.from_url(url)
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
        return cls(url.text, SerialAddress.from_url(url, baud=9600), timings, Envelope.from_url(url), lambda: bytearray)

    async def scans(self) -> AsyncGenerator[Read]:
        self._require("scans", Stage.ENABLED)
        if self._listener is not None:
            raise BusyError(port=self._address.key)
        listener = self._listener = asyncio.Queue[Read | None](maxsize=_WAITING)
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

    async def _poll(self) -> bool:
        # A reader that only speaks cannot be asked.
        return True

    def _received(self, data: memoryview) -> None:
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_later(self._envelope.gap_s, self._gap)
        characters = self._decode(data)
        self._take(self._framer.feed(characters, loop.time()))
        characters[:] = bytes(len(characters))

    def _cut(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._pause()
        self._decode = self._decoder()

    async def _release(self) -> None:
        await super()._release()
        if self._listener is not None:
            _put(self._listener, None)

    def _gap(self) -> None:
        """Let what came meanwhile be taken first: a loop that was held up must not mistake its pause for the line's."""
        self._timer = asyncio.get_running_loop().call_soon(self._pause)

    def _pause(self) -> None:
        self._timer = None
        self._take(self._framer.pause())

    def _take(self, reads: list[Read]) -> None:
        for read in reads:
            if not isinstance(read, ScanFailure):
                self._publish(DeviceStatus(state=DeviceState.ONLINE))
            if self._listener is None or self._seen_just_now(read):
                _wipe(read)
            else:
                _put(self._listener, read)

    def _seen_just_now(self, read: Read) -> bool:
        """Tell a code that lies before the reader and is read again and again, by a keyed digest of it."""
        if isinstance(read, ScanFailure):
            return False
        now = asyncio.get_running_loop().time()
        digest, seen = self._last
        self._last = (read.digest(self._key), now)
        return self._last[0] == digest and now - seen <= self._timings.duplicate_s


def _put(listener: asyncio.Queue[Read | None], read: Read | None) -> None:
    if listener.full():
        _wipe(listener.get_nowait())
    listener.put_nowait(read)


def _wipe(read: Read | None) -> None:
    if read is not None and not isinstance(read, ScanFailure):
        read.wipe()
