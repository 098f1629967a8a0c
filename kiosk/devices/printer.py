"""The printer, as the kiosk uses it: whether paper can be promised, and what became of one."""

import asyncio

import structlog

from kiosk.devices.managed_device import ManagedDevice, part_of
from kiosk.journey.events import (
    PaperChanged,
)
from kiosk.ports import EventSink, PartBook
from kiosk.tickets.model import PrintResult as OnPaper
from peripherals.device import DeviceState, DeviceStatus, HealthAnswer
from peripherals.errors import NotConnectedError, NotProvedError, PeripheralError
from peripherals.faults import fault_of
from peripherals.printers.port import MonoImage, PaperState, POSPrinter, PrinterStatus

_log = structlog.get_logger(__name__)


def can_print(status: PrinterStatus) -> bool:
    """Tell whether paper can be promised: only where the printer has said so."""
    return (
        status.state in {DeviceState.ONLINE, DeviceState.DEVICE_BUSY}
        and status.paper in {PaperState.OK, PaperState.NEAR_END}
        and HealthAnswer.YES not in {status.cover_open, status.cutter_error, status.mechanical_error}
    )


class ManagedPrinter:
    def __init__(self, device: POSPrinter | None, events: EventSink, book: PartBook) -> None:
        self.slot = ManagedDevice("printer", device, self)
        self._events = events
        self._book = book
        self._paper: bool | None = None
        #: Set once it has said how it is, or there is none.
        self.known = asyncio.Event()

    @property
    def width(self) -> int:
        return self.slot.device.width if self.slot.device is not None else 0

    @property
    def ready(self) -> bool:
        return self.slot.device is not None and can_print(self.slot.device.status)

    async def print(self, image: MonoImage) -> OnPaper:
        """Print, and say what became of it; never raises for what a printer can do."""
        code = await self.attempt(image)
        if code == NotProvedError.code:
            return OnPaper.UNKNOWN
        return OnPaper.FAILED if code else OnPaper.PRINTED

    async def attempt(self, image: MonoImage) -> str:
        """Print, and give the failure code, empty where it is on paper."""
        if self.slot.device is None:
            return NotConnectedError.code
        try:
            proof = await self.slot.device.print_image(image)
        except NotProvedError as error:
            _log.warning("print-not-proved", **error.placeholders)
            return error.code
        except PeripheralError as error:
            _log.warning("print-failed", code=error.code)
            return error.code
        _log.info("printed", proof=proof)
        return ""

    async def check(self) -> str:
        """Ask the printer how it is now, and give the failure code, empty where it can print."""
        if self.slot.device is None:
            return NotConnectedError.code
        try:
            status = await self.slot.device.check_health()
        except PeripheralError as error:
            return error.code
        return "" if can_print(status) else fault_of(status) or NotConnectedError.code

    def status_changed(self, status: DeviceStatus | None) -> None:
        self._book.part(part_of("printer", self.slot.device, status))
        if status is None:
            self._report(paper=False)
        # Before the first answer nothing is known, and nothing is said.
        elif status.state is not DeviceState.STARTING:
            self._report(paper=isinstance(status, PrinterStatus) and can_print(status))
        if status is None or status.state is not DeviceState.STARTING:
            self.known.set()

    def _report(self, *, paper: bool) -> None:
        if paper is not self._paper:
            self._paper = paper
            _log.info("paper", there=paper)
            self._events.post(PaperChanged(paper))
