"""The reader of chips, as the kiosk uses it: it waits for the chip of the document that was laid down, and reads it.

What was read is judged at once and overwritten; of what it came to ``Papers`` holds the little that the server needs.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime

import structlog

from kiosk.health import fault_of
from kiosk.journey import events as e
from kiosk.journey.page import ChipState, Part
from kiosk.papers import Papers, age_of, outcome_of, reading_of
from kiosk.settings import DocumentSettings
from kiosk.slot import Slot
from kiosk.trusted import Trusted
from peripherals.device import DeviceState, DeviceStatus
from peripherals.documents.chip.port import IDENTITY, WITH_FACE, ChipReader
from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.files import File
from peripherals.documents.emrtd.session import ChipFiles
from peripherals.documents.judgement import judge, judge_unread
from peripherals.documents.mrz import Mrz
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Verdict
from peripherals.errors import (
    AnswerTimeoutError,
    ChipAbsentError,
    ChipAccessError,
    DocumentRemovedError,
    MrzError,
    NotConnectedError,
    PeripheralError,
)

_log = structlog.get_logger(__name__)

#: Where the bar stands when a file begins and when it is there, in percent: the security object is most of it.
_SHARES = {
    File.CARD_SECURITY: (5, 15),
    File.COM: (15, 20),
    File.SOD: (20, 65),
    File.DG1: (65, 70),
    File.DG14: (70, 85),
    File.DG15: (85, 95),
}
#: The same with the face, which is most of it.
_SHARES_WITH_FACE = {
    File.CARD_SECURITY: (5, 8),
    File.COM: (8, 10),
    File.SOD: (10, 25),
    File.DG1: (25, 27),
    File.DG14: (27, 31),
    File.DG15: (31, 35),
    File.DG2: (35, 95),
}
_STEP = 5


class Chip:
    """``trust`` and ``mark`` are for ``Trusted``, ``begin`` starts a task, ``now`` is the centre's time."""

    def __init__(
        self,
        device: ChipReader | None,
        settings: DocumentSettings,
        papers: Papers,
        *,
        trust: Callable[[], TrustStore],
        mark: Callable[[], object],
        begin: Callable[[Coroutine[None, None, None]], asyncio.Task[None]],
        now: Callable[[], datetime],
        post: Callable[[e.Event], None],
        part: Callable[[Part], None],
    ) -> None:
        self.slot = Slot(device, self._told)
        self._settings = settings
        self._papers = papers
        self.trusted = Trusted(settings, load=trust, mark=mark, now=now, told=self._say_part)
        self._begin = begin
        self._now = now
        self._post = post
        self._part = part
        self._present = False
        self._status: DeviceStatus | None = None
        self._reading: asyncio.Task[None] | None = None
        self._zone: Mrz | None = None
        self._laid = 0
        self._finding: asyncio.Task[None] | None = None

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
        self._zone, self._laid = self._papers.take(asked.laid), asked.laid
        if self._zone is not None:
            self._reading = self._begin(self._read(self._zone, asked))

    def find(self, asked: e.FindChip) -> None:
        """See for a technician whether any chip answers."""
        if self._finding is not None:
            self._finding.cancel()
        self._finding = self._begin(self._find(asked))

    async def _read(self, zone: Mrz, asked: e.ReadChip) -> None:
        verdicts, outcome = await self._judged(zone, asked)
        today = self._now().date()
        self._papers.keep(asked.number, asked.laid, reading_of(zone, verdicts, today), age_of(zone, today))
        self._reading = None
        self.stop()
        _log.info("chip", outcome=outcome)
        self._post(e.ChipRead(asked.number, asked.laid, outcome))

    async def _find(self, asked: e.FindChip) -> None:
        code = NotConnectedError.code
        if self.slot.device is not None:
            try:
                await self.slot.device.find(wait_s=self._settings.back_s)
            except PeripheralError as error:
                code = error.code
            else:
                code = ""
        self._post(e.TrialAnswered(asked.number, "chip", code))

    async def _judged(self, zone: Mrz, asked: e.ReadChip) -> tuple[tuple[Verdict, ...], str]:
        try:
            read = await self._bounded(zone, asked)
        except PeripheralError as error:
            return judge_unread(error, zone, at=self._now()), error.code
        try:
            # Signatures take their time, and the loop must not wait for them.
            verdicts = await asyncio.to_thread(judge, read, self.trusted.store, at=self._now(), printed=zone)
        finally:
            read.wipe()
        return verdicts, outcome_of(verdicts)

    async def _bounded(self, zone: Mrz, asked: e.ReadChip) -> ChipFiles:
        try:
            async with asyncio.timeout(self._settings.read_s):
                return await self._attempts(zone, asked)
        except TimeoutError as error:
            raise AnswerTimeoutError(seconds=self._settings.read_s) from error

    async def _attempts(self, zone: Mrz, asked: e.ReadChip) -> ChipFiles:
        """Read, and read again from the start where the document was taken away and comes back."""
        wait_s, away = self._settings.chip_wait_s, False
        while True:
            try:
                return await self._attempt(zone, asked, wait_s)
            except DocumentRemovedError:
                wait_s, away = self._settings.back_s, True
                self._post(e.ChipProgress(asked.number, asked.laid, "back"))
            except ChipAbsentError as error:
                if away:
                    raise DocumentRemovedError from error
                raise

    async def _attempt(self, zone: Mrz, asked: e.ReadChip, wait_s: float) -> ChipFiles:
        device = self.slot.device
        if device is None:
            raise NotConnectedError(reason="no-device")
        if not zone.valid:
            # With a wrong character no chip opens, and that would be held against it.
            raise MrzError(part="check-digits")
        try:
            key = MrzKey.from_mrz(zone)
        except ChipAccessError as error:
            # Visas and cards without a date of expiry: no chip of theirs opens with the zone.
            raise ChipAbsentError(reason="no-key") from error
        shown, face_s = -1, self._settings.face_s
        shares = _SHARES_WITH_FACE if face_s else _SHARES

        def progress(file: File, done: int, total: int) -> None:
            nonlocal shown
            percent = _percent(shares, file, done, total)
            if percent >= shown + _STEP:
                shown = percent
                self._say(asked, "reading", percent)

        try:
            wanted = WITH_FACE if face_s else IDENTITY
            return await device.read(key, wait_s=wait_s, wanted=wanted, face_s=face_s, progress=progress)
        finally:
            key.wipe()

    def _say(self, asked: e.ReadChip, state: ChipState, percent: int) -> None:
        self._post(e.ChipProgress(asked.number, asked.laid, state, percent))

    def _told(self, status: DeviceStatus | None) -> None:
        self._status = status
        self._say_part()
        present = status is not None and status.state is DeviceState.ONLINE
        if present is not self._present:
            self._present = present
            _log.info("chip-reader", there=present)
            self._post(e.ChipReaderChanged(present))

    def _say_part(self) -> None:
        device, status = self.slot.device, self._status
        if device is None or status is None:
            self._part(Part("chip", DeviceState.NO_DEVICE.value))
        else:
            self._part(Part("chip", status.state.value, fault_of(status) or self.trusted.fault, device.url))


def _percent(shares: Mapping[File, tuple[int, int]], file: File, done: int, total: int) -> int:
    start, end = shares.get(file, (0, 0))
    return start + (end - start) * done // max(total, 1)
