"""What was checked of a document, and what came out: one verdict for each check, never one boolean.

The checks are those of ICAO Doc 9303-11 and -12 and of this project; ``docs/document-attacks.md`` shows by example
what each is for. Nothing here names a person or holds a byte of a document.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    #: The channel to the chip: PACE, or BAC where the chip has no PACE (9303-11, 4).
    ACCESS = "access"
    #: The signature of the security object, by the certificate in it (9303-11, 5.1).
    SIGNATURE = "signature"
    #: The signer's certificate was issued by a country signing authority that is trusted here (9303-12, 4).
    ISSUER = "issuer"
    #: Signer and authority were valid when they signed (9303-12, 4.1).
    VALIDITY = "validity"
    #: The signer is on no revocation list (9303-12, 8).
    REVOCATION = "revocation"
    #: The signer belongs to the state that the document names as its issuer.
    ISSUING_STATE = "issuing-state"
    #: What was read is what was signed: the hashes of the data groups (9303-11, 5.1).
    CONTENT = "content"
    #: The picture of the holder is what was signed: data group 2 was read, and its hash compared.
    FACE = "face"
    #: The list of files agrees with the signed one (9303-10, 4.6).
    FILE_LIST = "file-list"
    #: The zone printed on paper is written as the standard says.
    ZONE = "zone"
    #: The zone printed on paper is the one on the chip.
    PRINTED = "printed"
    #: The chip is no copy: Active Authentication (9303-11, 6.1).
    ACTIVE_AUTHENTICATION = "active-authentication"
    #: The chip is no copy: Chip Authentication, or PACE with chip authentication mapping (9303-11, 6.2 and 4.4.3.3).
    CHIP_AUTHENTICATION = "chip-authentication"
    #: The document has not expired.
    EXPIRY = "expiry"
    #: The holder is who the booking or the application is for.
    HOLDER = "holder"


class Outcome(StrEnum):
    PASSED = "passed"
    #: It counts as passed; the reason says what is unusual about it.
    NOTED = "noted"
    FAILED = "failed"
    #: The document does not have what this check needs, and need not have it.
    UNSUPPORTED = "unsupported"
    #: It was not checked; the reason says why.
    NOT_CHECKED = "not-checked"


class DocumentStanding(StrEnum):
    """What the verdicts come to, for people who must decide."""

    #: Signed by a trusted issuer, unchanged, no copy as far as the chip can prove it.
    GENUINE = "genuine"
    #: All that was read is as it should be, and the face was not read: nothing is said of it.
    FACE_UNREAD = "face-unread"
    #: Genuine as far as its signature goes; the chip has nothing to prove that it is no copy.
    UNCHANGED = "unchanged"
    #: Signature and content hold, but its issuer is not known here: nobody can say who signed it.
    ISSUER_UNKNOWN = "issuer-unknown"
    #: Something that proves it could not be checked.
    UNPROVED = "unproved"
    #: At least one check failed.
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CheckVerdict:
    """``reason`` is a code such as ``signer-expired``, "" where it passed; people's words are keyed by it."""

    check: Check
    outcome: Outcome
    reason: str = ""


_ANTI_COPY = (Check.ACTIVE_AUTHENTICATION, Check.CHIP_AUTHENTICATION)
_HOLDS = frozenset({Outcome.PASSED, Outcome.NOTED})
_PROOFS = (Check.SIGNATURE, Check.ISSUER, Check.VALIDITY, Check.ISSUING_STATE, Check.CONTENT)
#: The reason for ``ISSUER`` not being checked where no trusted authority has the signer's issuer name or key.
ISSUER_UNKNOWN = "issuer-unknown"


def standing(verdicts: Iterable[CheckVerdict]) -> DocumentStanding:
    """Sum verdicts up: never better than the worst of them. A check that is missing counts as not checked.

    What has no face to check, as a seal on paper, has no verdict of it.
    """
    found = {verdict.check: verdict for verdict in verdicts}
    outcomes = {check: verdict.outcome for check, verdict in found.items()}
    if Outcome.FAILED in outcomes.values():
        return DocumentStanding.REFUSED
    open_proofs = [check for check in _PROOFS if outcomes.get(check) not in _HOLDS]
    if open_proofs:
        issuer = found.get(Check.ISSUER)
        unknown = issuer is not None and issuer.reason == ISSUER_UNKNOWN
        signed = all(outcomes.get(check) in _HOLDS for check in (Check.SIGNATURE, Check.CONTENT))
        return DocumentStanding.ISSUER_UNKNOWN if unknown and signed else DocumentStanding.UNPROVED
    proofs = [outcomes.get(check, Outcome.NOT_CHECKED) for check in _ANTI_COPY]
    if Outcome.PASSED not in proofs and Outcome.NOT_CHECKED in proofs:
        return DocumentStanding.UNPROVED
    if outcomes.get(Check.FACE) is Outcome.NOT_CHECKED:
        return DocumentStanding.FACE_UNREAD
    return DocumentStanding.GENUINE if Outcome.PASSED in proofs else DocumentStanding.UNCHANGED
