"""A reader with a specimen on it: the chip is another's work, and speaks the protocol by itself."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from peripherals.documents.emrtd.access_key import AccessKey, Can, MrzKey
from peripherals.documents.emrtd.channel import Transmit
from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.emrtd.files import LdsFile, Progress
from peripherals.documents.emrtd.session import WANTED, ReadingLimits, read_chip
from peripherals.documents.mrz import parse
from peripherals.documents.passport.in_process import InProcess, place
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.verdicts import Outcome

AT = datetime(2026, 6, 1, tzinfo=UTC)
GROUPS = frozenset(file for file in LdsFile if file.group)
#: The longest answers of readers: those with extended lengths, and those without.
READERS = (0, 65536)
PASSED = (Outcome.PASSED, "")


@cache
def specimen(name: str) -> Specimen:
    return build(PROFILES[name], AT)


@dataclass
class Desk:
    """One showing of a specimen."""

    specimen: Specimen
    reader: InProcess

    @property
    def key(self) -> MrzKey:
        return MrzKey.from_mrz(parse(self.specimen.zone))

    @property
    def can(self) -> Can:
        assert self.specimen.can is not None
        return Can.of(self.specimen.can)

    def read(
        self,
        *,
        key: AccessKey | None = None,
        extended: int = 0,
        wanted: frozenset[LdsFile] = WANTED,
        progress: Progress | None = None,
        transmit: Transmit | None = None,
        falls_back: bool = False,
    ) -> ChipFiles:
        return read_chip(
            transmit or self.reader.transmit,
            key or self.key,
            wanted=wanted,
            progress=progress,
            limits=ReadingLimits(extended=extended, falls_back=falls_back),
        )


def show(name: str) -> Desk:
    """Lay a specimen on a reader; its chip has just got power."""
    chosen = specimen(name)
    chosen.chip.reset()
    return Desk(chosen, place(chosen))


def outcomes(read: ChipFiles) -> tuple[tuple[Outcome, str], ...]:
    """Give what came out of access, Active and Chip Authentication."""
    verdicts = (read.verdict, *(proof.verdict for proof in read.proofs))
    return tuple((verdict.outcome, verdict.reason) for verdict in verdicts)
