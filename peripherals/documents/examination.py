"""One document from its printed zone to its verdicts: its chip is waited for, read and judged, as at every desk alike.

What was read is judged at once and overwritten.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from peripherals.documents.chip.port import IDENTITY, WITH_FACE, ChipReader
from peripherals.documents.emrtd.access_key import AccessKey, Can, MrzKey
from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.judgement import judge, judge_unread
from peripherals.documents.mrz import Mrz
from peripherals.documents.mrz.layouts import MrzFormat
from peripherals.documents.settings import DocumentSettings
from peripherals.documents.summary import outcome_of, outcome_unread
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import CheckVerdict
from peripherals.errors import (
    AnswerTimeoutError,
    ChipAbsentError,
    ChipAccessError,
    DocumentRemovedError,
    MrzError,
    NotConnectedError,
    PeripheralError,
)

#: Where the bar stands when a file begins and when it is there, in percent: the security object is most of it.
_SHARES = {
    LdsFile.CARD_SECURITY: (5, 15),
    LdsFile.COM: (15, 20),
    LdsFile.SOD: (20, 65),
    LdsFile.DG1: (65, 70),
    LdsFile.DG14: (70, 85),
    LdsFile.DG15: (85, 95),
}
#: The same with the face, which is most of it.
_SHARES_WITH_FACE = {
    LdsFile.CARD_SECURITY: (5, 8),
    LdsFile.COM: (8, 10),
    LdsFile.SOD: (10, 25),
    LdsFile.DG1: (25, 27),
    LdsFile.DG14: (27, 31),
    LdsFile.DG15: (31, 35),
    LdsFile.DG2: (35, 95),
}
_STEP = 5
#: Where PACE ends with a chip that takes no zone as its password, and where with one to which it is a wrong one.
_NO_ZONE, _WRONG = "select", "token"
_CARDS = frozenset({MrzFormat.TD1, MrzFormat.TD2})


#: Asks for the number on the card, which may be tried so many times more; "" goes on without it.
type AskCan = Callable[[int], Awaitable[str]]

#: Sees what was read before it is overwritten, and gives the verdicts, with what it has found of the picture itself.
type Picture = Callable[[ChipFiles, tuple[CheckVerdict, ...]], Awaitable[tuple[CheckVerdict, ...]]]


class Examined(NamedTuple):
    """What a document came to; ``outcome`` is ``summary.outcome_of`` or the code of what went wrong.

    ``wants_can``: the chip did not open with the zone, and may with the number on the card.
    """

    verdicts: tuple[CheckVerdict, ...]
    outcome: str
    wants_can: bool = False


@dataclass(frozen=True, slots=True)
class Examiner:
    """``device`` is None where there is none; ``progress`` hears percent, ``back`` that the document was taken away.

    ``can`` is asked for the number on a card that opens with it alone, ``picture`` takes what it needs of the face.
    """

    device: ChipReader | None
    settings: DocumentSettings
    store: TrustStore
    now: Callable[[], datetime]
    progress: Callable[[int], None]
    back: Callable[[], None]
    can: AskCan
    picture: Picture | None = None

    async def examine(self, zone: Mrz) -> Examined:
        """Read and judge: with the zone, and where the chip does not open with it, with the number on the card."""
        examined = await self._once(zone, "")
        for left in range(self.settings.can_tries, 0, -1):
            if not examined.wants_can or not (can := await self._number(left)):
                break
            self.progress(0)
            examined = await self._once(zone, can)
        return examined

    async def _number(self, left: int) -> str:
        try:
            async with asyncio.timeout(self.settings.can_s):
                return await self.can(left)
        except TimeoutError:
            return ""

    async def _once(self, zone: Mrz, can: str) -> Examined:
        try:
            read = await self._bounded(zone, can)
        except PeripheralError as error:
            verdicts = judge_unread(error, zone, at=self.now())
            return Examined(verdicts, outcome_unread(error.code, verdicts), wants_can(error, zone))
        try:
            # Signatures take their time, and the loop must not wait for them.
            verdicts = await asyncio.to_thread(judge, read, self.store, at=self.now(), printed=zone)
            if self.picture is not None:
                verdicts = await self.picture(read, verdicts)
        finally:
            read.wipe()
        return Examined(verdicts, outcome_of(verdicts))

    async def _bounded(self, zone: Mrz, can: str) -> ChipFiles:
        try:
            async with asyncio.timeout(self.settings.read_s):
                return await self._attempts(zone, can)
        except TimeoutError as error:
            raise AnswerTimeoutError(seconds=self.settings.read_s) from error

    async def _attempts(self, zone: Mrz, can: str) -> ChipFiles:
        """Read, and read again from the start where the document was taken away and comes back."""
        wait_s, away = self.settings.chip_wait_s, False
        while True:
            try:
                return await self._attempt(zone, can, wait_s)
            except DocumentRemovedError:
                wait_s, away = self.settings.return_s, True
                self.back()
            except ChipAbsentError as error:
                if away:
                    raise DocumentRemovedError from error
                raise

    async def _attempt(self, zone: Mrz, can: str, wait_s: float) -> ChipFiles:
        if self.device is None:
            raise NotConnectedError(reason="no-device")
        key, shown, face_s = _key(zone, can), -1, self.settings.face_s
        shares = _SHARES_WITH_FACE if face_s else _SHARES

        def progress(file: LdsFile, done: int, total: int) -> None:
            nonlocal shown
            percent = _percent(shares, file, done, total)
            if percent >= shown + _STEP:
                shown = percent
                self.progress(percent)

        try:
            wanted = WITH_FACE if face_s else IDENTITY
            return await self.device.read(key, wait_s=wait_s, wanted=wanted, face_s=face_s, progress=progress)
        finally:
            key.wipe()


def wants_can(error: PeripheralError, zone: Mrz) -> bool:
    """Tell whether a chip that offers PACE may open with the number on its front (9303-11, 4.4.1).

    A card may where it did not take the zone; few passports have such a number, and are asked for it only where their
    chip takes no zone at all.
    """
    places = error.placeholders
    if not isinstance(error, ChipAccessError) or places.get("protocol") != "pace":
        return False
    return places["step"] == _NO_ZONE or (places["step"] == _WRONG and zone.format in _CARDS)


def _key(zone: Mrz, can: str) -> AccessKey:
    if can:
        return Can.of(can)
    if not zone.valid:
        # With a wrong character no chip opens, and that would be held against it.
        raise MrzError(part="check-digits")
    try:
        return MrzKey.from_mrz(zone)
    except ChipAccessError as error:
        # Visas and cards without a date of expiry: no chip of theirs opens with the zone.
        raise ChipAbsentError(reason="no-key") from error


def _percent(shares: Mapping[LdsFile, tuple[int, int]], file: LdsFile, done: int, total: int) -> int:
    start, end = shares.get(file, (0, 0))
    return start + (end - start) * done // max(total, 1)
