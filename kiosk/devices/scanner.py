"""The scanner, as the kiosk uses it: what is held before it becomes events of the journey.

Only what begins like a web address, as tickets do, goes any further, and of a seal what a document would leave. A kiosk
that is not enrolled takes what enrols it, and one that is does not.
"""

import structlog

from kiosk.devices.managed_device import PRESENT, ManagedDevice, part_of
from kiosk.devices.seals import Seals
from kiosk.journey.events import EnrolmentScanned, Scanned, ScannerChanged
from kiosk.ports import EventSink, PartBook
from peripherals.codes.port import Scan, Scanner, SealScan
from peripherals.device import DeviceStatus
from queue_server.contract.enrolment_text import BEGINNING

_log = structlog.get_logger(__name__)

_ADDRESS = b"http"
_BEGINNING = BEGINNING.encode()
#: What the journey is told instead of a text that is none of a ticket, and of one that could not be read.
_FOREIGN, _UNREAD = "foreign", ""


class CodeScanner:
    def __init__(
        self,
        device: Scanner | None,
        seals: Seals,
        events: EventSink,
        book: PartBook,
    ) -> None:
        self.slot = ManagedDevice("scanner", device, self, self)
        self._seals = seals
        self._events = events
        self._book = book
        self._present = False
        #: Whether this kiosk wants to be enrolled.
        self.enrols = False

    async def listen(self, device: Scanner) -> None:
        async for read in device.scans():
            if isinstance(read, SealScan):
                self._events.post(await self._seals.read(read) or Scanned(_FOREIGN))
            elif self.enrols and isinstance(read, Scan) and (text := _enrolment(read)):
                self._events.post(EnrolmentScanned(text))
            else:
                self._events.post(Scanned(_address(read) if isinstance(read, Scan) else _UNREAD))

    def status_changed(self, status: DeviceStatus | None) -> None:
        self._book.part(part_of("scanner", self.slot.device, status))
        present = status is not None and status.state in PRESENT
        if present is not self._present:
            self._present = present
            _log.info("scanner", there=present)
            self._events.post(ScannerChanged(present))


def _enrolment(scan: Scan) -> str:
    """Take the text of what may enrol; "" where it is something else, which stays as it was."""
    with scan.text as text:
        if bytes(text[: len(_BEGINNING)]) != _BEGINNING:
            return ""
        found = bytes(text).decode("ascii")
    scan.wipe()
    return found


def _address(scan: Scan) -> str:
    """Take the text of what may be a ticket; a licence or a card that somebody holds up is none, and is overwritten."""
    with scan.text as text:
        found = bytes(text).decode("ascii") if bytes(text[: len(_ADDRESS)]) == _ADDRESS else _FOREIGN
    scan.wipe()
    # An address has one line.
    return found if found.isprintable() else _FOREIGN
