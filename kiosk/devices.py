"""The printer and the reader, as the kiosk uses them: what they say becomes events of the journey.

A document's zone is read here and nowhere else: its issuing state is taken out, then the zone is overwritten.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from kiosk.journey.events import DocumentRead, DocumentUnread, Event, PaperChanged, ReaderChanged
from kiosk.outbox import PaperState as OnPaper
from peripherals.device import Answer, Device, DeviceState
from peripherals.documents.mrz import Mrz
from peripherals.documents.port import DocumentReader
from peripherals.errors import BusyError, NotProvedError, PeripheralError
from peripherals.printers.port import MonoImage, PaperState, POSPrinter, PrinterStatus

_log = structlog.get_logger(__name__)

#: How long until a device whose port somebody else holds is tried again, in seconds.
_AGAIN_S = 5.0
#: A reader that only ever speaks is unknown until its first document; that is no reason not to invite people.
_PRESENT = {DeviceState.ONLINE, DeviceState.UNKNOWN, DeviceState.DEVICE_BUSY}


def can_print(status: PrinterStatus) -> bool:
    """Tell whether paper can be promised: only where the printer has said so."""
    return (
        status.state in {DeviceState.ONLINE, DeviceState.DEVICE_BUSY}
        and status.paper in {PaperState.OK, PaperState.NEAR_END}
        and Answer.YES not in {status.cover_open, status.cutter_error, status.mechanical_error}
    )


class Printer:
    """Owns the printer; ``None`` is a kiosk without one."""

    def __init__(self, device: POSPrinter | None, post: Callable[[Event], None]) -> None:
        self._device = device
        self._post = post
        self._paper: bool | None = None

    @property
    def width(self) -> int:
        return self._device.width if self._device is not None else 0

    @property
    def ready(self) -> bool:
        return self._device is not None and can_print(self._device.status)

    async def run(self) -> None:
        if self._device is None:
            self._say(paper=False)
            return
        await _hold(self._device, self._watch)

    async def print(self, image: MonoImage) -> OnPaper:
        """Print, and say what became of it; never raises for what a printer can do."""
        if self._device is None:
            return OnPaper.FAILED
        try:
            proof = await self._device.print_image(image)
        except NotProvedError as error:
            _log.warning("print-not-proved", **error.placeholders)
            return OnPaper.UNKNOWN
        except PeripheralError as error:
            _log.warning("print-failed", code=error.code)
            return OnPaper.FAILED
        _log.info("printed", proof=proof)
        return OnPaper.PRINTED

    async def _watch(self) -> None:
        assert self._device is not None  # noqa: S101 - called by run alone
        async for status in self._device.watch():
            # Before the first answer nothing is known, and nothing is said.
            if status.state is not DeviceState.STARTING:
                self._say(paper=can_print(status))

    def _say(self, *, paper: bool) -> None:
        if paper is not self._paper:
            self._paper = paper
            _log.info("paper", there=paper)
            self._post(PaperChanged(paper))


class Reader:
    """Owns the reader; ``None`` is a kiosk without one."""

    def __init__(self, device: DocumentReader | None, post: Callable[[Event], None]) -> None:
        self._device = device
        self._post = post
        self._present: bool | None = None

    async def run(self) -> None:
        if self._device is None:
            return
        await _hold(self._device, self._use)

    async def _use(self) -> None:
        assert self._device is not None  # noqa: S101 - called by run alone
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._watch(self._device))
            tasks.create_task(self._listen(self._device))

    async def _watch(self, device: DocumentReader) -> None:
        async for status in device.watch():
            present = status.state in _PRESENT
            if present is not self._present:
                self._present = present
                _log.info("reader", there=present)
                self._post(ReaderChanged(present))

    async def _listen(self, device: DocumentReader) -> None:
        async for read in device.documents():
            self._post(_event(read) if isinstance(read, Mrz) else DocumentUnread())


def _event(zone: Mrz) -> Event:
    """Take the issuing state, if the zone holds, and overwrite the rest at once."""
    try:
        return DocumentRead(zone.field("issuer")) if zone.valid else DocumentUnread()
    finally:
        zone.wipe()


async def _hold(device: Device[Any], use: Callable[[], Awaitable[None]]) -> None:
    """Keep the device enabled for as long as this runs; one whose port is taken is tried again."""
    while True:
        try:
            async with device:
                await use()
        except BusyError as error:
            _log.warning("device-busy", code=error.code)
            await asyncio.sleep(_AGAIN_S)
