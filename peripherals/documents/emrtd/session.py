"""One reading of a chip, from the first command to the last: 9303-11, 4.2, in the order that the field has taught.

EF.CardAccess, PACE (or BAC, where the chip has no PACE), the signed files, the data groups that are wanted and
signed, the face last of them and where there is time (``face_time``), then what proves that the chip is no copy. Chip
Authentication comes last: a chip that fails it has lost its channel, and what was read before stands. A chip whose PACE
fails is not asked for BAC: whoever stands between reader and chip could bring that about (a test bench may allow it).
Where nothing is offered that can be used here, BAC opens the chip, and the signed data group 14 says whether something
better was taken away.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from peripherals.documents.emrtd import files as chip
from peripherals.documents.emrtd import proofs, security_infos
from peripherals.documents.emrtd.access_key import AccessKey, MrzKey
from peripherals.documents.emrtd.bac import open_bac
from peripherals.documents.emrtd.chance import SYSTEM, Chance
from peripherals.documents.emrtd.channel import PlainChannel, SecureChannel, Transmit
from peripherals.documents.emrtd.chip_files import SLOW, Access, ChipFiles, wipe
from peripherals.documents.emrtd.face_time import FaceTime
from peripherals.documents.emrtd.file_reader import DROPPED, FileReader
from peripherals.documents.emrtd.files import LdsFile, Progress
from peripherals.documents.emrtd.pace import MappingProof, PaceSelection, choose, open_pace
from peripherals.documents.emrtd.reasons import ChipReason
from peripherals.documents.emrtd.security_infos import SecurityInfos
from peripherals.documents.emrtd.signed_content import signed_groups
from peripherals.documents.lds import com
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from peripherals.errors import ChipAccessError, ChipAnswerError, ChipChannelError, ChipDataError, ChipReservedError

#: What a desk needs of a document: the zone and the face. The files that prove them come along by themselves.
WANTED = frozenset({LdsFile.DG1, LdsFile.DG2})
_PROVING = (LdsFile.DG14, LdsFile.DG15)
#: What a chip says where its conditions of access are not met.
_NOT_SATISFIED = "6982"
#: What chips say to a protected command when they have no session any more, beside 6987 and 6988.
_SESSION_GONE = frozenset({_NOT_SATISFIED, "6985", "6986"})
_ENDED_BY_CHIP = "ended-by-chip"
#: Where BAC ends with a chip that has none, or without a zone.
_NO_BASIC = frozenset({"key", "challenge"})


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Bounds of one reading, and what the reader manages.

    ``extended`` is the longest answer in extended form that the reader takes, in bytes, 0 where it takes none;
    ``file_bytes`` the largest file; ``commands`` how many are sent at most; ``falls_back`` lets a test bench go
    on with BAC where PACE failed. ``face_s`` is how many seconds a reading may take with the face: where it would take
    longer, the face is left out.
    """

    extended: int = 0
    file_bytes: int = 1 << 18
    commands: int = 5000
    falls_back: bool = False
    face_s: float = math.inf


DEFAULTS = ReadingLimits()


def read_chip(
    transmit: Transmit,
    key: AccessKey,
    *,
    wanted: frozenset[LdsFile] = WANTED,
    progress: Progress | None = None,
    limits: ReadingLimits = DEFAULTS,
    chance: Chance = SYSTEM,
    now: Callable[[], float] = time.monotonic,
) -> ChipFiles:
    """Read a chip.

    Args:
        transmit: sends a command, gives the answer; raises ``DocumentRemovedError``.
        key: from the zone or the card access number. Not wiped here.
        wanted: data groups to read, where they are in the document.
        progress: called after every block with the file, the bytes of it that are there, and all of them.
        limits: bounds, and what the reader manages.
        chance: where nonces and keys come from.
        now: a clock in seconds that only goes forward.

    Raises:
        ChipAbsentError: no travel document.
        ChipReservedError: it gives its data to inspection systems alone.
        ChipAccessError: the chip does not open.
        ChipAnswerError: the chip does not do what its standard says.
        ChipChannelError: an answer was forged or garbled; nothing of what was read is given.
        DocumentRemovedError: the document was taken away.
    """
    session = _Session(transmit, key, progress, limits, chance, FaceTime(limits.face_s, now))
    try:
        return session.run(wanted)
    except BaseException:
        wipe(session.files)
        raise


class _NoTimeError(Exception):
    """The face would take too long."""


class _Session:
    """What the steps of one reading share."""

    def __init__(  # noqa: PLR0917 - of one caller
        self,
        transmit: Transmit,
        key: AccessKey,
        progress: Progress | None,
        limits: ReadingLimits,
        chance: Chance,
        face_time: FaceTime,
    ) -> None:
        self._plain = PlainChannel(transmit, limits.commands)
        self._reader = FileReader(self._plain, extended=limits.extended, most=limits.file_bytes)
        self._key = key
        self._progress = progress
        self._limits = limits
        self._chance = chance
        self._face_time = face_time
        self._choice: PaceSelection | None = None
        self._proof: MappingProof | None = None
        self._offers_pace = False
        self._protected = False
        self._inside = False
        self.files: dict[LdsFile, bytearray] = {}
        self.absent: dict[LdsFile, str] = {}

    def run(self, wanted: frozenset[LdsFile]) -> ChipFiles:
        chip.select_master_file(self._plain)
        if self._limits.extended:
            longest = chip.longest_answer(self._plain)
            if longest is not None:
                self._reader.limit_extended(longest)
        self._begin(self._offered())
        self._face_time.opened()
        if self._proof is not None:
            self._read(LdsFile.CARD_SECURITY)
            self._settle()
        self._enter()
        self._read(LdsFile.COM)
        self._read(LdsFile.SOD)
        signed = self._signed()
        # Nobody signs EF.COM; what it alone lists is read to be shown for what it is.
        present = None if signed is None else signed | self._listed()
        others = sorted(wanted - {*_PROVING, LdsFile.DG2}, key=list(LdsFile).index)
        for file in (*others, *_PROVING, *(wanted & {LdsFile.DG2})):
            if present is None or file.group in present:
                self._read_in_time(file)
            elif file in wanted:
                self.absent[file] = "not-in-document"
        if self.absent.get(LdsFile.DG1) == _NOT_SATISFIED:
            # What is left wants Terminal Authentication (TR-03110-2, 3.3), for which states give out keys.
            raise ChipReservedError
        return self._judge(signed)

    def _offered(self) -> SecurityInfos:
        """Read EF.CardAccess; a chip without it, or one that gives none, offers no PACE.

        Chips of before PACE refuse in many ways, or have zeros there. That none of them hides a PACE is seen from data
        group 14.
        """
        try:
            content = self._reader.read(LdsFile.CARD_ACCESS)
            if content is None:
                return SecurityInfos()
            self.files[LdsFile.CARD_ACCESS] = content
            return security_infos.parse(content)
        except (ChipAnswerError, ChipDataError):
            return SecurityInfos()

    def _begin(self, offered: SecurityInfos) -> None:
        """Open the chip for the first time."""
        self._offers_pace = offered.offers_pace
        if _usable(offered):
            try:
                self._choice = choose(offered)
                self._open()
            except ChipAccessError:
                if not self._limits.falls_back:
                    raise
                self._choice = None
            else:
                return
        try:
            self._open()
        except ChipAccessError as error:
            if offered.offers_pace and error.placeholders["step"] in _NO_BASIC:
                # What it would open with is not known here: that says nothing against it.
                raise ChipAccessError(protocol="pace", step="parameters") from error
            raise

    def _open(self) -> None:
        """Agree on keys, by what was chosen."""
        if self._choice is not None:
            opened = open_pace(self._plain, self._key, self._choice, self._chance)
            self._reader.channel, self._proof = opened.channel, opened.proof
            self._protected = True
            return
        chip.select_application(self._plain)
        try:
            self._reader.channel = _basic(self._plain, self._key, self._chance)
        except ChipAccessError as error:
            if error.placeholders["step"] not in _NO_BASIC or not self._open_to_all():
                raise
            self._protected = False
        else:
            self._protected = True

    def _open_to_all(self) -> bool:
        """Say whether the chip gives its files to anybody, as the first ones did."""
        self._reader.channel = self._plain
        self._read(LdsFile.COM)
        return LdsFile.COM in self.files

    def _enter(self) -> None:
        """Go to the application; BAC is in it already."""
        self._inside = True
        if self._choice is not None:
            chip.select_application(self._reader.channel)

    def _open_again(self) -> None:
        chip.select_master_file(self._plain)
        self._open()
        if self._inside:
            self._enter()

    def _settle(self) -> None:
        """Open the chip again if its last answer was a bare error: it may have counted that answer."""
        if self._reader.channel.unsure:
            self._open_again()

    def _read_in_time(self, file: LdsFile) -> None:
        """Read a data group; the face alone may be left out, or in the middle, for want of time."""
        try:
            self._read(file)
        except _NoTimeError:
            self.absent[file] = SLOW

    def _on_block(self, file: LdsFile, done: int, total: int) -> None:
        self._face_time.count(done)
        if self._progress is not None:
            self._progress(file, done, total)
        proves = any(key in self.files for key in _PROVING)
        if file is LdsFile.DG2 and done < total and not self._face_time.allows(total - done, proves=proves):
            raise _NoTimeError

    def _read(self, file: LdsFile) -> None:
        """Read a file, or take note of why not.

        A chip may drop the session over a block that is too long for it. As long as no block was read, the chip is
        opened again, and smaller ones are tried. It may likewise have dropped it, or counted on, with a bare error
        before this file.
        """
        while True:
            unsure = self._reader.channel.unsure
            try:
                self._face_time.begin()
                content = self._reader.read(file, self._on_block)
            except ChipAnswerError as error:
                status = str(error.placeholders["status"])
                if unsure and status in _SESSION_GONE:
                    self._open_again()
                    continue
                self.absent[file] = status
                return
            except ChipDataError:
                self.absent[file] = "invalid"
                return
            except ChipChannelError as error:
                fault = error.placeholders["fault"]
                over_length = fault == _ENDED_BY_CHIP and not self._reader.proved and self._reader.step_down()
                if fault != DROPPED and not over_length and not (unsure and fault == _ENDED_BY_CHIP):
                    raise
                self._open_again()
                continue
            if content is None:
                self.absent[file] = "missing"
            else:
                self.files[file] = content
            return

    def _signed(self) -> frozenset[int] | None:
        """Say which data groups are signed, None where that cannot be read. EF.COM lists them too, unsigned."""
        if LdsFile.SOD not in self.files:
            return None
        try:
            return signed_groups(self.files[LdsFile.SOD])
        except ChipDataError:
            # Whoever checks the signature says what is wrong with it.
            return None

    def _listed(self) -> frozenset[int]:
        """Say which data groups EF.COM lists."""
        try:
            return com.read(self.files[LdsFile.COM]).groups if LdsFile.COM in self.files else frozenset()
        except ChipDataError:
            # Whoever compares the lists says what is wrong with it.
            return frozenset()

    def _judge(self, signed: frozenset[int] | None) -> ChipFiles:
        # A chip must not be taken for a copy because it counts otherwise.
        self._settle()
        channel = self._reader.channel
        active = proofs.active(channel, self.files, signed, self._chance, extended=self._limits.extended > 0)
        if self._proof is not None:
            chips = proofs.by_mapping(self._proof, self.files)
        else:
            chips = proofs.by_agreement(channel, self.files, signed, self._chance)
        return ChipFiles(
            files=MappingProxyType(self.files),
            absent=MappingProxyType(self.absent),
            access=self._access(),
            verdict=self._judge_access(),
            proofs=(active, chips),
        )

    def _judge_access(self) -> CheckVerdict:
        """Compare what EF.CardAccess offered with what is signed: nobody signs that file (9303-11, 9.2.10)."""
        signed = proofs.infos_of(self.files.get(LdsFile.DG14)) or SecurityInfos()
        if self._choice is None and _usable(signed):
            return CheckVerdict(Check.ACCESS, Outcome.FAILED, ChipReason.DOWNGRADED)
        if self._choice is not None and signed.pace and not _is_best(self._choice, signed):
            return CheckVerdict(Check.ACCESS, Outcome.FAILED, ChipReason.OFFER_ALTERED)
        if not self._protected:
            return CheckVerdict(Check.ACCESS, Outcome.UNSUPPORTED, ChipReason.NOT_IN_DOCUMENT)
        if self._choice is None and (self._offers_pace or signed.offers_pace):
            return CheckVerdict(Check.ACCESS, Outcome.NOTED, ChipReason.PACE_UNKNOWN)
        return CheckVerdict(Check.ACCESS, Outcome.PASSED)

    def _access(self) -> Access:
        if not self._protected:
            return Access("none")
        if self._choice is None:
            return Access("bac", "3des")
        info, domain = self._choice.info, self._choice.domain
        return Access("pace", info.suite.label, info.mapping.name.lower().replace("_", "-"), domain.name)


def _usable(infos: SecurityInfos) -> bool:
    """Say whether PACE can be run here with something of what is offered."""
    try:
        choose(infos)
    except ChipAccessError:
        return False
    return True


def _is_best(choice: PaceSelection, signed: SecurityInfos) -> bool:
    """Say whether what was chosen is what would have been chosen among the signed ones."""
    if choice.info not in signed.pace:
        return False
    try:
        return choose(signed).info == choice.info
    except ChipAccessError:
        # Parameters of the chip's own need not stand in the signed file too.
        return True


def _basic(channel: PlainChannel, key: AccessKey, chance: Chance) -> SecureChannel:
    """Run BAC, which knows no card access number."""
    if not isinstance(key, MrzKey):
        raise ChipAccessError(protocol="bac", step="key")
    return open_bac(channel, key, chance)
