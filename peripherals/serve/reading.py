"""One document for one visit, from the glass to what goes to the server: told step by step to the page that asked.

The zone is held in one buffer, what the chip gave is judged and overwritten; what is left is sealed to the server's key
and to the visit, as at a kiosk, so that the page carries nothing that can be read. So is the picture of the holder.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from datetime import datetime

import msgspec
import structlog

from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.examination import Examined, Examiner
from peripherals.documents.lds.portrait import Bounds
from peripherals.documents.mrz import Mrz
from peripherals.documents.port import DocumentReader
from peripherals.documents.shown_face import FacePicture, face_of
from peripherals.documents.summary import summarise
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import CheckVerdict
from peripherals.errors import AnswerTimeoutError, BusyError, NotConnectedError
from peripherals.serve.devices import DeskDevices
from peripherals.serve.settings import DeskDocuments
from queue_server.contract.documents import DocumentReading, seal, to_text
from queue_server.contract.faces import MAX, SIDES, DocumentFace, is_plain, seal_face
from queue_server.domain.values import VisitId

_log = structlog.get_logger(__name__)

#: Misread zones of one reading that are told again, by digests under a key of that reading.
_REMEMBERED, _DIGEST_KEY_BYTES = 8, 16


class ReadingProgress(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is told of a reading.

    ``state`` is ``waiting`` (for a document), ``again`` (it could not be read), ``reading``, ``back`` (put it back),
    ``can`` (the number on the card is wanted, ``left`` times at most), or ``done``. ``sealed`` goes to the server, and
    ``face`` with it, the picture of the holder where there is one to be shown.
    """

    state: str
    percent: int = 0
    left: int = 0
    outcome: str = ""
    sealed: str = ""
    face: str = ""


class DeskReadings:
    """One reading at a time; ``store`` gives who is trusted, ``now`` the time with its zone."""

    def __init__(
        self,
        devices: DeskDevices,
        settings: DeskDocuments,
        *,
        store: Callable[[], TrustStore],
        now: Callable[[], datetime],
    ) -> None:
        self._devices = devices
        self._settings = settings
        self._store = store
        self._now = now
        self._owner: str | None = None
        self._wants = False
        self._cans: asyncio.Queue[str] = asyncio.Queue()

    def supply_can(self, owner: str, can: str) -> bool:
        """Give the reading of this owner the number on the card, "" to go on without; say whether it waits for one."""
        if self._owner != owner or not self._wants:
            return False
        self._wants = False
        self._cans.put_nowait(can)
        return True

    async def read(self, owner: str, visit: VisitId, key: bytes, say: Callable[[ReadingProgress], None]) -> None:
        """Read the document that is laid down next.

        Raises:
            BusyError: somebody reads already.
            NotConnectedError: the reader is away.
            AnswerTimeoutError: nobody laid a document down.
        """
        if self._owner is not None:
            raise BusyError(port="reader")
        reader = self._devices.reader
        if reader is None or self._devices.fault("reader"):
            raise NotConnectedError(reason="no-device")
        self._owner, self._cans = owner, asyncio.Queue()
        try:
            zone = await self._zone(reader, say)
            try:
                examined, face = await self._examined(zone, say)
                read = summarise(zone, examined.verdicts, self._now().date())
            finally:
                zone.wipe()
            reading = msgspec.convert(read, DocumentReading, from_attributes=True)
            _log.info("document", outcome=examined.outcome)
            sealed = to_text(seal(reading, visit, key))
            say(ReadingProgress("done", 100, outcome=examined.outcome, sealed=sealed, face=_sealed(face, visit, key)))
        finally:
            self._owner, self._wants = None, False

    async def _zone(self, reader: DocumentReader, say: Callable[[ReadingProgress], None]) -> Mrz:
        """Wait for a zone that can be used: one whose check digits hold, or with the same mistake twice."""
        key = secrets.token_bytes(_DIGEST_KEY_BYTES)
        wrong: tuple[bytes, ...] = ()
        try:
            async with asyncio.timeout(self._settings.present_s), contextlib.aclosing(reader.documents()) as documents:
                listening = asyncio.ensure_future(anext(documents, None))
                # Nobody is told to lay a document down before it would be heard of.
                await asyncio.sleep(0)
                say(ReadingProgress("waiting"))
                while (read := await listening) is not None:
                    if isinstance(read, Mrz):
                        digest = read.digest(key)
                        if read.valid or (read.nearly and digest in wrong):
                            return read
                        # A blur is another one the next time: what stays is taken along, and staff put it right.
                        wrong = (*wrong[-_REMEMBERED + 1 :], digest)
                        read.wipe()
                    say(ReadingProgress("again"))
                    listening = asyncio.ensure_future(anext(documents, None))
        except TimeoutError as error:
            raise AnswerTimeoutError(seconds=self._settings.present_s) from error
        raise NotConnectedError(reason="released")

    async def _examined(self, zone: Mrz, say: Callable[[ReadingProgress], None]) -> tuple[Examined, FacePicture | None]:
        found: FacePicture | None = None

        async def picture(read: ChipFiles, verdicts: tuple[CheckVerdict, ...]) -> tuple[CheckVerdict, ...]:
            nonlocal found
            found, verdicts = await face_of(read, verdicts, Bounds(*SIDES, MAX), is_plain=is_plain)
            return verdicts

        examiner = Examiner(
            self._devices.chip,
            self._settings,
            self._store(),
            now=self._now,
            progress=lambda percent: say(ReadingProgress("reading", percent)),
            back=lambda: say(ReadingProgress("back")),
            can=lambda left: self._can(left, say),
            picture=picture,
        )
        say(ReadingProgress("reading"))
        return await examiner.examine(zone), found

    async def _can(self, left: int, say: Callable[[ReadingProgress], None]) -> str:
        self._wants = True
        say(ReadingProgress("can", left=left))
        try:
            return await self._cans.get()
        finally:
            self._wants = False


def _sealed(face: FacePicture | None, visit: VisitId, key: bytes) -> str:
    """Seal the picture, and overwrite it; "" where there is none. Whose it is, the reading says."""
    if face is None or (jpeg := face.copy()) is None:
        return ""
    try:
        return to_text(seal_face(DocumentFace(0, jpeg), visit, key))
    finally:
        face.wipe()
