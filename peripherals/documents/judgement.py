"""What one document came to: the zone that was read from paper, the chip, and who is trusted, put together once.

Whoever reads a chip has verdicts of its access and of its proofs; Passive Authentication says what they are worth
(ICAO Doc 9303-11, 5.1). A chip that could not be read is a verdict too, and the paper still says when it expires.
"""

from datetime import datetime

from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.mrz import Mrz
from peripherals.documents.mrz import ZoneVerdict as Checked
from peripherals.documents.mrz.dates import expiry
from peripherals.documents.mrz.reasons import ZoneReason
from peripherals.documents.trust.passive import authenticate
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from peripherals.errors import (
    ChipAccessError,
    ChipAnswerError,
    ChipChannelError,
    ChipDataError,
    PeripheralError,
)

#: A document whose chip answers like this is not read because of what it is; all other failures say nothing of it.
_AGAINST_IT = frozenset({ChipAccessError.code, ChipAnswerError.code, ChipChannelError.code, ChipDataError.code})
#: The step at which a chip ends that wants to be opened in a way that is not known here.
_UNKNOWN_HERE = "parameters"


def judge(read: ChipFiles, store: TrustStore, *, at: datetime, printed: Mrz | None = None) -> tuple[CheckVerdict, ...]:
    """Judge a document whose chip was read.

    Args:
        read: what the chip gave.
        store: who is trusted.
        at: now, with a zone; its date decides whether the document has expired.
        printed: the zone on the paper, where it was read.

    Returns:
        One verdict for each check but HOLDER.
    """
    return (
        read.verdict,
        *authenticate(
            {file.label: content for file, content in read.files.items()},
            store,
            at=at,
            printed=printed,
            proofs_given=read.proofs,
            absent={file.label: reason for file, reason in read.absent.items()},
        ),
    )


def judge_unread(failure: PeripheralError, printed: Mrz, *, at: datetime) -> tuple[CheckVerdict, ...]:
    """Judge a document whose chip could not be read, or that has none: by its paper alone.

    Returns:
        The verdict of ACCESS, with the code of the failure as its reason, and that of EXPIRY. All other checks are not
        among them: nothing can be said of them.
    """
    against = failure.code in _AGAINST_IT and failure.placeholders.get("step") != _UNKNOWN_HERE
    outcome = Outcome.FAILED if against else Outcome.NOT_CHECKED
    return CheckVerdict(Check.ACCESS, outcome, failure.code), _expiry(printed, at)


def _expiry(printed: Mrz, at: datetime) -> CheckVerdict:
    if printed.checks.get("expiry_date") is Checked.FAILED:
        return CheckVerdict(Check.EXPIRY, Outcome.NOT_CHECKED, ZoneReason.CHECK_DIGIT)
    last = expiry(printed.field("expiry_date"), at.date()) if "expiry_date" in printed.field_names else None
    if last is None:
        return CheckVerdict(Check.EXPIRY, Outcome.UNSUPPORTED, TrustReason.NO_EXPIRY)
    if last < at.date():
        return CheckVerdict(Check.EXPIRY, Outcome.FAILED, TrustReason.DOCUMENT_EXPIRED)
    return CheckVerdict(Check.EXPIRY, Outcome.PASSED)
