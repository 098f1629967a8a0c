"""What was read of a chip, how it was opened, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.emrtd.proofs import ChipProof
from peripherals.documents.verdicts import CheckVerdict

#: Why the face is not among the files: there was no time for it.
SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Access:
    """How the chip was opened: ``pace``, ``bac`` or ``none``, with mapping, cipher and domain parameters by name."""

    protocol: str
    suite: str = ""
    mapping: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class ChipFiles:
    """What was read of a chip. ``wipe()`` it after use.

    ``files`` are raw, as they stand in the chip. ``absent`` says of files that were wanted and are not here why:
    ``not-in-document``, ``missing`` (signed, and not on the chip), ``invalid``, ``slow`` (there was no time for it), or
    the status of the refusal.
    ``verdict`` is on the access; the two ``proofs``, of Active and of Chip Authentication, stand on keys of files
    whose signatures are for others to check.
    """

    files: Mapping[LdsFile, bytearray] = field(repr=False)
    absent: Mapping[LdsFile, str]
    access: Access
    verdict: CheckVerdict
    proofs: tuple[ChipProof, ...]

    def wipe(self) -> None:
        """Overwrite all that was read with zeros."""
        wipe(self.files)


def wipe(files: Mapping[LdsFile, bytearray]) -> None:
    """Overwrite files with zeros."""
    for content in files.values():
        content[:] = bytes(len(content))
