"""The holder's picture for staff: only in memory, only where it is what was signed, and overwritten once it is sealed.

It is a small picture that was written anew (``lds.portrait``), at a kiosk and at a desk alike. A picture is nothing to
compare anybody with where its hash or the signature does not hold, or where anything else is wrong with the document
but its last day: then there is none, and staff look at the print.
"""

from collections.abc import Callable

import structlog

from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.lds.face import faces
from peripherals.documents.lds.portrait import Bounds, portrait
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from peripherals.errors import ChipDataError

_log = structlog.get_logger(__name__)

_HOLDS = (Check.SIGNATURE, Check.CONTENT, Check.FACE)
_NOT_SHOWN = CheckVerdict(Check.FACE, Outcome.NOTED, TrustReason.FACE_NOT_SHOWN)


class FacePicture:
    """A picture as it is handed over."""

    def __init__(self, jpeg: bytearray) -> None:
        self._jpeg = jpeg

    def __repr__(self) -> str:
        return "Face(...)"

    def copy(self) -> bytes | None:
        """Give the picture to be sealed, None where it is overwritten."""
        copied = bytes(self._jpeg)
        return copied if any(copied) else None

    def wipe(self) -> None:
        """Overwrite it."""
        self._jpeg[:] = bytes(len(self._jpeg))


async def face_of(
    read: ChipFiles, verdicts: tuple[CheckVerdict, ...], bounds: Bounds, *, is_plain: Callable[[bytes], bool]
) -> tuple[FacePicture | None, tuple[CheckVerdict, ...]]:
    """Make the picture ready for staff: within ``bounds``, and so plain that whoever shows it takes it.

    Returns:
        The picture, None where there is none to be shown; and the verdicts, in which it is noted that a face which is
        what was signed cannot be shown.
    """
    if LdsFile.DG2 not in read.files or not may_be_shown(verdicts):
        return None, verdicts
    try:
        jpeg = await portrait(faces(read.files[LdsFile.DG2])[0], bounds)
    except ChipDataError as error:
        _log.warning("face-not-shown", code=error.code, **error.placeholders)
        return None, _noted(verdicts)
    if not is_plain(bytes(jpeg)):
        _log.warning("face-not-shown", code=ChipDataError.code, fault="not-plain")
        return None, _noted(verdicts)
    return FacePicture(jpeg), verdicts


def may_be_shown(verdicts: tuple[CheckVerdict, ...]) -> bool:
    """Say whether the picture is one to compare somebody with."""
    outcomes = {one.check: one.outcome for one in verdicts}
    failed = {check for check, outcome in outcomes.items() if outcome is Outcome.FAILED}
    return failed <= {Check.EXPIRY} and all(outcomes.get(check) is Outcome.PASSED for check in _HOLDS)


def _noted(verdicts: tuple[CheckVerdict, ...]) -> tuple[CheckVerdict, ...]:
    return tuple(_NOT_SHOWN if one.check is Check.FACE else one for one in verdicts)
