"""The little of a document that whoever serves its holder needs: no name, no date of birth, no face."""

from dataclasses import dataclass
from datetime import date

from peripherals.documents import mrz
from peripherals.documents.mrz import Mrz
from peripherals.documents.mrz.dates import birth, expiry
from peripherals.documents.mrz.reasons import ZoneReason
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome, standing
from peripherals.errors import ChipAbsentError, ChipDataError

_PAPER_EXPIRED = "paper-expired"
#: Why nothing is known of the last day: the chip gave no zone.
_WITHOUT_DG1 = frozenset({TrustReason.DG1_MISSING, TrustReason.DG1_MALFORMED})


@dataclass(frozen=True, slots=True)
class Summary:
    """A document as it was read: ``kind`` and ``issuer`` as printed, ``expires`` None where unknown.

    It has the fields of the message in which it goes to the server.
    """

    kind: str
    issuer: str
    number: str
    expires: date | None
    standing: str
    verdicts: tuple[CheckVerdict, ...]


def summarise(zone: Mrz, verdicts: tuple[CheckVerdict, ...], today: date) -> Summary:
    """Take out of a zone and its verdicts what the server may have; what a zone cannot say is left empty."""
    names = zone.field_names
    verdicts = (*_of_zone(zone), *verdicts)
    wrong = zone.checks.get("expiry_date") is mrz.ZoneVerdict.FAILED
    return Summary(
        kind=letters(zone.field("document_type"), 2),
        issuer=letters(zone.field("issuer"), 3),
        number=number_of(zone),
        expires=expiry(zone.field("expiry_date"), today) if "expiry_date" in names and not wrong else None,
        standing=str(standing(verdicts)),
        verdicts=verdicts,
    )


def outcome_of(verdicts: tuple[CheckVerdict, ...]) -> str:
    """Say what the person is told: ``read``, ``expired``, or ``look``, where something does not hold.

    A document is ``read`` when the chip gave its data group 1, else ``chip-data-invalid``.
    """
    failed = {one.check for one in verdicts if one.outcome is Outcome.FAILED}
    if failed - {Check.EXPIRY}:
        return "look"
    if any(one.reason in _WITHOUT_DG1 for one in verdicts if one.check is Check.EXPIRY):
        return ChipDataError.code
    return "expired" if failed else "read"


def outcome_unread(code: str, verdicts: tuple[CheckVerdict, ...]) -> str:
    """Say the same where the chip was not read, by the ``code`` of why.

    ``paper-expired``: there is none to be read, and by what is printed its last day is over.
    """
    over = any(one.check is Check.EXPIRY and one.outcome is Outcome.FAILED for one in verdicts)
    return _PAPER_EXPIRED if over and code == ChipAbsentError.code else code


def age_of(zone: Mrz, today: date) -> int | None:
    """Say how many years old the holder is at least, by the printed lines; None where they do not say it.

    Of two centuries the later one is taken: nobody is made older by it than they may be.
    """
    wrong = zone.checks.get("birth_date") is mrz.ZoneVerdict.FAILED
    born = None if wrong or "birth_date" not in zone.field_names else birth(zone.field("birth_date"), today)
    if born is None:
        return None
    latest = born.latest
    return today.year - latest.year - ((today.month, today.day) < (latest.month, latest.day))


def number_of(zone: Mrz) -> str:
    """Give the number of a document as it is compared: without fillers."""
    return zone.field("document_number").replace("<", "")


def letters(text: str, most: int) -> str:
    """Give a code of capital letters, "" where a zone has something else there."""
    return text if len(text) <= most and text.isascii() and text.isalpha() and text.isupper() else ""


def _of_zone(zone: Mrz) -> tuple[CheckVerdict, ...]:
    noted = tuple(CheckVerdict(Check.ZONE, Outcome.NOTED, reason) for reason in zone.unusual)
    if zone.valid:
        return noted
    return (CheckVerdict(Check.ZONE, Outcome.NOT_CHECKED, ZoneReason.CHECK_DIGIT), *noted)
