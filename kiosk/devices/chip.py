"""The reader of chips, as the kiosk uses it: it waits for the chip of the document that was laid down, and reads it.

What was read is judged at once and overwritten. ``DocumentSession`` holds what it came to, the little that the server
needs, and the picture (``peripherals.documents.shown_face``).
"""

import asyncio

import structlog

from kiosk.devices.document_session import DocumentSession, reading_of, reading_of_seal
from kiosk.devices.managed_device import ManagedDevice
from kiosk.journey import events as e
from kiosk.journey.context import ChipState
from kiosk.journey.surroundings import DevicePart
from kiosk.ports import Clock, EventSink, PartBook, TrustedAuthorities
from kiosk.tasks import Tasks
from peripherals.device import DeviceState, DeviceStatus
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.examination import Examined, Examiner
from peripherals.documents.lds.portrait import Bounds
from peripherals.documents.mrz import Mrz
from peripherals.documents.settings import DocumentSettings
from peripherals.documents.shown_face import FacePicture, face_of
from peripherals.documents.summary import age_of
from peripherals.documents.verdicts import CheckVerdict
from peripherals.errors import NotConnectedError, PeripheralError
from peripherals.faults import fault_of
from queue_server.contract.faces import MAX, SIDES, is_plain

#: What a page came to that could not be read.
UNREAD = "document-unread"

_log = structlog.get_logger(__name__)


class ManagedChipReader:
    def __init__(
        self,
        device: ChipReader | None,
        settings: DocumentSettings,
        papers: DocumentSession,
        *,
        trusted: TrustedAuthorities,
        tasks: Tasks,
        clock: Clock,
        events: EventSink,
        book: PartBook,
    ) -> None:
        self.slot = ManagedDevice("chip", device, self)
        self._settings = settings
        self._papers = papers
        self._trusted = trusted
        self._tasks = tasks
        self._clock = clock
        self._events = events
        self._book = book
        self._present = False
        self._status: DeviceStatus | None = None
        self._reading: asyncio.Task[None] | None = None
        self._zone: Mrz | None = None
        self._laid = 0
        self._finding: asyncio.Task[None] | None = None
        #: Takes the number on the card, while it is waited for.
        self._cans: asyncio.Queue[str] | None = None

    def stop(self) -> None:
        """End what is being read, between two commands; nobody is told."""
        reading, self._reading = self._reading, None
        zone, self._zone = self._zone, None
        if reading is not None:
            reading.cancel()
        self._papers.done()
        if zone is not None:
            # Also where the task that holds it never came to run.
            zone.wipe()

    def read(self, asked: e.ReadChip) -> None:
        """Read the chip of a document, in place of any other, and say how it goes. The same one again is no other."""
        if self._reading is not None and asked.laid == self._laid:
            return
        self.stop()
        self._papers.hold_only(asked.beside)
        seal = self._papers.release_seal(asked.laid)
        if seal is not None:
            # It was judged when it was scanned, and there is nothing to wait for.
            self._papers.store(asked.number, asked.laid, reading_of_seal(seal), seal.age)
            self._events.post(e.ChipRead(asked.number, asked.laid, seal.outcome))
            return
        unread = self._papers.release_unread(asked.laid)
        if unread is not None:
            self._papers.store(asked.number, asked.laid, unread)
            self._events.post(e.ChipRead(asked.number, asked.laid, UNREAD))
            return
        self._zone, self._laid = self._papers.release(asked.laid), asked.laid
        if self._zone is not None:
            self._reading = self._tasks.begin(self._read(self._zone, asked))

    def supply_can(self, given: e.GiveCan) -> None:
        """Take the number on the card for the reading that waits for it."""
        if self._cans is not None and self._laid == given.laid and self._cans.empty():
            self._cans.put_nowait(given.can)

    def find(self, asked: e.FindChip) -> None:
        """See for a technician whether any chip answers."""
        if self._finding is not None:
            self._finding.cancel()
        self._finding = self._tasks.begin(self._find(asked))

    async def _read(self, zone: Mrz, asked: e.ReadChip) -> None:
        (verdicts, outcome, _), face = await self._examined(zone, asked)
        today = self._clock.now().date()
        self._papers.store(asked.number, asked.laid, reading_of(zone, verdicts, today), age_of(zone, today), face)
        self._reading = None
        self.stop()
        _log.info("chip", outcome=outcome)
        self._events.post(e.ChipRead(asked.number, asked.laid, outcome))

    async def _find(self, asked: e.FindChip) -> None:
        code = NotConnectedError.code
        if self.slot.device is not None:
            try:
                await self.slot.device.find(wait_s=self._settings.return_s)
            except PeripheralError as error:
                code = error.code
            else:
                code = ""
        self._events.post(e.TrialAnswered(asked.number, "chip", code))

    async def _examined(self, zone: Mrz, asked: e.ReadChip) -> tuple[Examined, FacePicture | None]:
        found: FacePicture | None = None

        async def picture(read: ChipFiles, verdicts: tuple[CheckVerdict, ...]) -> tuple[CheckVerdict, ...]:
            nonlocal found
            found, verdicts = await face_of(read, verdicts, Bounds(*SIDES, MAX), is_plain=is_plain)
            return verdicts

        examiner = Examiner(
            self.slot.device,
            self._settings,
            self._trusted.store,
            now=self._clock.now,
            progress=lambda percent: self._report(asked, "reading", percent),
            back=lambda: self._events.post(e.ChipProgress(asked.number, asked.laid, "back")),
            can=lambda left: self._can(asked, again=left < self._settings.can_tries),
            picture=picture,
        )
        return await examiner.examine(zone), found

    async def _can(self, asked: e.ReadChip, *, again: bool) -> str:
        """Ask for the number on the card; "" where the person goes on without."""
        self._cans = asyncio.Queue(1)
        self._events.post(e.ChipProgress(asked.number, asked.laid, "can", again=again))
        try:
            return await self._cans.get()
        finally:
            self._cans = None

    def _report(self, asked: e.ReadChip, state: ChipState, percent: int) -> None:
        self._events.post(e.ChipProgress(asked.number, asked.laid, state, percent))

    def status_changed(self, status: DeviceStatus | None) -> None:
        self._status = status
        self.report_part()
        present = status is not None and status.state is DeviceState.ONLINE
        if present is not self._present:
            self._present = present
            _log.info("chip-reader", there=present)
            self._events.post(e.ChipReaderChanged(present))

    def report_part(self) -> None:
        """Take down how the reader is, or that nobody can be trusted about what it reads."""
        device, status = self.slot.device, self._status
        if device is None or status is None:
            self._book.part(DevicePart("chip", DeviceState.NO_DEVICE.value))
        else:
            self._book.part(DevicePart("chip", status.state.value, fault_of(status) or self._trusted.fault, device.url))
