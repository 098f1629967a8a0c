"""Printer, reader and scanner, as the kiosk uses them: what they say becomes events of the journey.

A document's zone is read here and nowhere else: its issuing state is taken out, with the first letter of a name, by
which a party knows whose it was, and ``Papers`` holds the zone until it is known whether a chip is read with it; else
it is overwritten. Of what is held before the scanner only what begins like a web address, as tickets do, goes any
further, and of a seal what a document would leave.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from kiosk.devices.papers import Papers
from kiosk.devices.seals import Seals
from kiosk.devices.slot import Slot
from kiosk.errors import SettingError
from kiosk.journey.events import (
    DocumentRead,
    DocumentUnread,
    Event,
    PaperChanged,
    ReaderChanged,
    Scanned,
    ScannerChanged,
)
from kiosk.journey.surroundings import Part
from kiosk.settings import DeviceSettings
from kiosk.tickets.on_paper import PaperState as OnPaper
from peripherals.codes.port import Scan, Scanner, SealScan
from peripherals.device import Answer, Device, DeviceState, DeviceStatus, open_device
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.mrz import Mrz
from peripherals.documents.port import DocumentReader
from peripherals.errors import NotConnectedError, NotProvedError, PeripheralError
from peripherals.faults import fault_of
from peripherals.payment.port import PaymentTerminal
from peripherals.printers.port import MonoImage, PaperState, POSPrinter, PrinterStatus

_log = structlog.get_logger(__name__)

#: A reader that only ever speaks is unknown until its first document; that is no reason not to invite people.
_PRESENT = {DeviceState.ONLINE, DeviceState.UNKNOWN}
_ADDRESS = b"http"
#: What the journey is told instead of a text that is none of a ticket, and of one that could not be read.
_FOREIGN, _UNREAD = "foreign", ""

#: The parts of a kiosk, and what each must be.
KINDS: dict[str, type] = {
    "printer": POSPrinter,
    "reader": DocumentReader,
    "chip": ChipReader,
    "scanner": Scanner,
    "terminal": PaymentTerminal,
}


def open_part(name: str, address: str) -> Device[Any] | None:
    """Construct the device at an address, None for an empty one; touches nothing, may import a driver.

    Raises:
        PeripheralError: the address cannot be used.
        SettingError: it is that of another kind of device.
    """
    if not address:
        return None
    device = open_device(address)
    if not isinstance(device, KINDS[name]):
        raise SettingError(section="devices", key=name, wanted=f"the address of a {name}")
    return device


class Devices:
    """The devices of a kiosk."""

    def __init__(
        self,
        printer: POSPrinter | None = None,
        reader: DocumentReader | None = None,
        chip: ChipReader | None = None,
        scanner: Scanner | None = None,
        terminal: PaymentTerminal | None = None,
    ) -> None:
        self.printer = printer
        self.reader = reader
        self.chip = chip
        self.scanner = scanner
        self.terminal = terminal

    @classmethod
    def open(cls, settings: DeviceSettings) -> "Devices":
        """Construct them all. Raises what ``open_part`` does."""
        printer, reader, chip, scanner, terminal = (open_part(name, getattr(settings, name)) for name in KINDS)
        assert isinstance(printer, POSPrinter | None)  # noqa: S101 - open_part has looked
        assert isinstance(reader, DocumentReader | None)  # noqa: S101 - as above
        assert isinstance(chip, ChipReader | None)  # noqa: S101 - as above
        assert isinstance(scanner, Scanner | None)  # noqa: S101 - as above
        assert isinstance(terminal, PaymentTerminal | None)  # noqa: S101 - as above
        return cls(printer, reader, chip, scanner, terminal)


def can_print(status: PrinterStatus) -> bool:
    """Tell whether paper can be promised: only where the printer has said so."""
    return (
        status.state in {DeviceState.ONLINE, DeviceState.DEVICE_BUSY}
        and status.paper in {PaperState.OK, PaperState.NEAR_END}
        and Answer.YES not in {status.cover_open, status.cutter_error, status.mechanical_error}
    )


class Printer:
    def __init__(self, device: POSPrinter | None, post: Callable[[Event], None], part: Callable[[Part], None]) -> None:
        self.slot = Slot(device, self._told)
        self._post = post
        self._part = part
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

    async def look(self) -> str:
        """Ask the printer how it is now, and give the failure code, empty where it can print."""
        if self.slot.device is None:
            return NotConnectedError.code
        try:
            status = await self.slot.device.check_health()
        except PeripheralError as error:
            return error.code
        return "" if can_print(status) else fault_of(status) or NotConnectedError.code

    def _told(self, status: DeviceStatus | None) -> None:
        self._part(part_of("printer", self.slot.device, status))
        if status is None:
            self._say(paper=False)
        # Before the first answer nothing is known, and nothing is said.
        elif status.state is not DeviceState.STARTING:
            self._say(paper=isinstance(status, PrinterStatus) and can_print(status))
        if status is None or status.state is not DeviceState.STARTING:
            self.known.set()

    def _say(self, *, paper: bool) -> None:
        if paper is not self._paper:
            self._paper = paper
            _log.info("paper", there=paper)
            self._post(PaperChanged(paper))


class Reader:
    def __init__(
        self,
        device: DocumentReader | None,
        papers: Papers,
        post: Callable[[Event], None],
        part: Callable[[Part], None],
    ) -> None:
        self.slot = Slot(device, self._told, self._listen)
        self._papers = papers
        self._post = post
        self._part = part
        self._present = False

    async def _listen(self, device: DocumentReader) -> None:
        async for read in device.documents():
            self._post(self._event(read) if isinstance(read, Mrz) else DocumentUnread())

    def _event(self, zone: Mrz) -> Event:
        """Take issuing state and a first letter, if the zone holds, and lay the rest aside; else overwrite it at once.

        One that was read with the same mistake twice is taken along for staff, who put it right.
        """
        issuer, initial, same = zone.field("issuer"), zone.initial, self._papers.known(zone)
        laid = self._papers.lay(zone) if zone.valid else self._papers.lay_again(zone)
        return DocumentUnread() if laid is None else DocumentRead(issuer, laid, same, initial)

    def _told(self, status: DeviceStatus | None) -> None:
        self._part(part_of("reader", self.slot.device, status))
        present = status is not None and status.state in _PRESENT
        if present is not self._present:
            self._present = present
            _log.info("reader", there=present)
            self._post(ReaderChanged(present))


class CodeScanner:
    def __init__(
        self,
        device: Scanner | None,
        seals: Seals,
        post: Callable[[Event], None],
        part: Callable[[Part], None],
    ) -> None:
        self.slot = Slot(device, self._told, self._listen)
        self._seals = seals
        self._post = post
        self._part = part
        self._present = False

    async def _listen(self, device: Scanner) -> None:
        async for read in device.scans():
            if isinstance(read, SealScan):
                self._post(await self._seals.read(read) or Scanned(_FOREIGN))
            else:
                self._post(Scanned(_address(read) if isinstance(read, Scan) else _UNREAD))

    def _told(self, status: DeviceStatus | None) -> None:
        self._part(part_of("scanner", self.slot.device, status))
        present = status is not None and status.state in _PRESENT
        if present is not self._present:
            self._present = present
            _log.info("scanner", there=present)
            self._post(ScannerChanged(present))


def part_of(name: str, device: Device[Any] | None, status: DeviceStatus | None) -> Part:
    """Give what the technician's page and the server are told of a device."""
    if device is None or status is None:
        return Part(name, DeviceState.NO_DEVICE.value)
    return Part(name, status.state.value, fault_of(status), device.url)


def _address(scan: Scan) -> str:
    """Take the text of what may be a ticket; a licence or a card that somebody holds up is none, and is overwritten."""
    with scan.text as text:
        found = bytes(text).decode("ascii") if bytes(text[: len(_ADDRESS)]) == _ADDRESS else _FOREIGN
    scan.wipe()
    return found
