"""Passive Authentication: is what was read what a state signed (ICAO Doc 9303-11, 5.1; 9303-12)?

Each question has one verdict of its own. What is wrong with a file is a verdict too, never an exception: whoever holds
a document must not be able to stop the reader.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from peripherals.documents.emrtd.proofs import ChipProof
from peripherals.documents.lds import com, dg1
from peripherals.documents.lds.files import CARD_SECURITY, COM, SOD, Raw, group_name, group_number
from peripherals.documents.mrz import Mrz
from peripherals.documents.mrz.dates import expiry
from peripherals.documents.trust import chain, proofs, sod, states
from peripherals.documents.trust.chain import Basis, Chain
from peripherals.documents.trust.policy import Policy
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.trust.sod import SecurityObject
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from peripherals.errors import ChipDataError

_FAULTS = {
    "signers-several": (Outcome.FAILED, TrustReason.SIGNERS_SEVERAL),
    "signer-missing": (Outcome.FAILED, TrustReason.SIGNATURE_MISSING),
    "attributes-missing": (Outcome.FAILED, TrustReason.ATTRIBUTES_MISSING),
    "algorithm-unknown": (Outcome.NOT_CHECKED, TrustReason.ALGORITHM_UNKNOWN),
}
#: Why a file is not there, as the reader of the chip says it; else it gives the status of a refusal.
_ABSENT = {"missing": (Outcome.FAILED, "missing"), "invalid": (Outcome.FAILED, "malformed")}
#: The data groups with the keys by which a chip proves itself.
_KEYS = frozenset({14, 15})
#: The one with the picture of the holder.
_FACE = 2
#: Why it is absent where there was no time for it: that says nothing of the document.
_SLOW = "slow"
#: The same of the security object: one that is not there, or not whole, is what a forgery looks like.
_WITHOUT_SOD = {
    "missing": (Outcome.FAILED, TrustReason.SOD_MISSING),
    "invalid": (Outcome.FAILED, TrustReason.SOD_MALFORMED),
}
_OF_CHAIN = (
    Check.ISSUER,
    Check.VALIDITY,
    Check.REVOCATION,
    Check.ISSUING_STATE,
    Check.CONTENT,
    Check.FACE,
    Check.FILE_LIST,
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read, and by what it is judged."""

    files: Mapping[str, Raw]
    absent: Mapping[str, str]
    basis: Basis


def authenticate(
    files: Mapping[str, Raw],
    store: TrustStore,
    *,
    at: datetime,
    printed: Mrz | None = None,
    proofs_given: Iterable[ChipProof] = (),
    absent: Mapping[str, str] = MappingProxyType({}),
    policy: Policy | None = None,
) -> tuple[CheckVerdict, ...]:
    """Judge the files of a document.

    Args:
        files: their raw bytes by name: ``EF.SOD``, ``EF.COM``, ``EF.CardSecurity``, ``DG1`` ... ``DG16``.
        store: who is trusted.
        at: now, with a zone; its date decides whether the document has expired.
        printed: the zone on the paper, where it was read.
        proofs_given: what Active and Chip Authentication came to, each with the file that its key was taken from.
        absent: files that were wanted and could not be read, by name, with the reason as ``ChipFiles.absent`` has it.
        policy: which weak algorithms count.

    Returns:
        One verdict for each of SIGNATURE, ISSUER, VALIDITY, REVOCATION, ISSUING_STATE, CONTENT, FACE, FILE_LIST,
        EXPIRY and PRINTED, and one for each proof.
    """
    reading = _Reading(files, absent, Basis(store, at, policy or Policy()))
    zone, zone_verdict = _zone(files)
    try:
        found, verdicts = _signed(reading, zone)
        verdicts += (_expiry(zone, zone_verdict, at), _printed(zone, zone_verdict, printed))
        return verdicts + tuple(_proof(given, reading, found) for given in proofs_given)
    finally:
        if zone is not None:
            zone.wipe()


def _signed(
    reading: _Reading, zone: Mrz | None
) -> tuple[tuple[SecurityObject, Chain] | None, tuple[CheckVerdict, ...]]:
    """Judge the security object and what hangs on it."""
    try:
        if SOD not in reading.files:
            why = reading.absent.get(SOD, "")
            return None, _unsigned(*_WITHOUT_SOD.get(why, (Outcome.NOT_CHECKED, TrustReason.SOD_UNREAD)))
        security_object = sod.read(reading.files[SOD])
    except ChipDataError as error:
        fault = str(error.placeholders["fault"])
        return None, _unsigned(*_FAULTS.get(fault, (Outcome.FAILED, TrustReason.SOD_MALFORMED)))
    found = chain.judge(security_object.message, reading.basis)
    return (security_object, found), (
        found.signature,
        found.issuer,
        found.validity,
        found.revocation,
        states.issuing_state(zone, found.signer, found.authority),
        _content(security_object, found, reading),
        _face(security_object, reading),
        _file_list(security_object, reading.files),
    )


def _unsigned(outcome: Outcome, reason: TrustReason) -> tuple[CheckVerdict, ...]:
    others = (CheckVerdict(check, Outcome.NOT_CHECKED, reason) for check in _OF_CHAIN)
    return (CheckVerdict(Check.SIGNATURE, outcome, reason), *others)


def _zone(files: Mapping[str, Raw]) -> tuple[Mrz | None, TrustReason | None]:
    if "DG1" not in files:
        return None, TrustReason.DG1_MISSING
    try:
        return dg1.read(files["DG1"]), None
    except ChipDataError:
        return None, TrustReason.DG1_MALFORMED


def _content(security_object: SecurityObject, found: Chain, reading: _Reading) -> CheckVerdict:
    """Compare the hash of each data group over its raw bytes. One that is not signed at all was put there later.

    One that is signed and wanted, and that the chip did not give as it should, is not what was signed either.
    """
    since = reading.basis.at if found.signer is None else found.signer.not_before
    if not reading.basis.policy.accepts_hashes(frozenset({security_object.hash}), since):
        return CheckVerdict(Check.CONTENT, Outcome.FAILED, TrustReason.ALGORITHM_REFUSED)
    numbers = sorted(number for name in reading.files if (number := group_number(name)) is not None)
    for number in numbers:
        reason = group_fault(security_object, number, reading.files)
        if reason:
            return CheckVerdict(Check.CONTENT, Outcome.FAILED, reason)
    for name, why in reading.absent.items():
        if group_number(name) in security_object.groups and why != _SLOW:
            outcome, what = _ABSENT.get(why, (Outcome.NOT_CHECKED, "unread"))
            return CheckVerdict(Check.CONTENT, outcome, f"{name.lower()}-{what}")
    if 1 not in numbers:
        return CheckVerdict(Check.CONTENT, Outcome.NOT_CHECKED, TrustReason.DG1_MISSING)
    return CheckVerdict(Check.CONTENT, Outcome.PASSED)


def _face(security_object: SecurityObject, reading: _Reading) -> CheckVerdict:
    """Judge the picture by itself: a reader that has no time for it must not say anything of it."""
    name = group_name(_FACE)
    if name in reading.files:
        fault = group_fault(security_object, _FACE, reading.files)
        return CheckVerdict(Check.FACE, Outcome.FAILED if fault else Outcome.PASSED, fault)
    if _FACE not in security_object.groups:
        return CheckVerdict(Check.FACE, Outcome.UNSUPPORTED, TrustReason.NO_FACE)
    if name not in reading.absent:
        return CheckVerdict(Check.FACE, Outcome.NOT_CHECKED, TrustReason.FACE_UNREAD)
    if reading.absent[name] == _SLOW:
        return CheckVerdict(Check.FACE, Outcome.NOT_CHECKED, TrustReason.FACE_SLOW)
    outcome, what = _ABSENT.get(reading.absent[name], (Outcome.NOT_CHECKED, "unread"))
    return CheckVerdict(Check.FACE, outcome, f"{name.lower()}-{what}")


def group_fault(security_object: SecurityObject, number: int, files: Mapping[str, Raw]) -> str:
    """Say why a data group that was read is not what was signed, "" where it is."""
    name = group_name(number)
    if number not in security_object.hashes:
        return f"{name.lower()}-unsigned"
    digest = hashlib.new(security_object.hash, files[name]).digest()
    return "" if security_object.holds(number, digest) else f"{name.lower()}-changed"


def _file_list(security_object: SecurityObject, files: Mapping[str, Raw]) -> CheckVerdict:
    """Compare the unsigned list of EF.COM with the signed one.

    ICAO has given EF.COM up (9303-10, 4.6.1): readers go by the signed list, so that what it says only informs. A list
    that leaves signed keys out is another matter: it hides a check from readers that go by it.
    """
    if COM not in files:
        if security_object.lds_version is not None:
            return CheckVerdict(Check.FILE_LIST, Outcome.UNSUPPORTED, TrustReason.COM_MISSING)
        return CheckVerdict(Check.FILE_LIST, Outcome.NOT_CHECKED, TrustReason.COM_MISSING)
    try:
        listed = com.read(files[COM])
    except ChipDataError:
        return CheckVerdict(Check.FILE_LIST, Outcome.NOTED, TrustReason.COM_MALFORMED)
    left_out = security_object.groups - listed.groups
    if left_out & _KEYS:
        return CheckVerdict(Check.FILE_LIST, Outcome.FAILED, TrustReason.COM_LISTS_FEWER)
    unusual = (
        (left_out, TrustReason.COM_LISTS_FEWER),
        (listed.groups - security_object.groups, TrustReason.COM_LISTS_MORE),
        (listed.unknown, TrustReason.COM_LISTS_UNKNOWN),
        (security_object.unknown, TrustReason.SOD_LISTS_UNKNOWN),
        (security_object.lds_version not in {None, listed.lds_version}, TrustReason.COM_VERSION),
    )
    for found, reason in unusual:
        if found:
            return CheckVerdict(Check.FILE_LIST, Outcome.NOTED, reason)
    return CheckVerdict(Check.FILE_LIST, Outcome.PASSED)


def _expiry(zone: Mrz | None, missing: TrustReason | None, at: datetime) -> CheckVerdict:
    if zone is None:
        return CheckVerdict(Check.EXPIRY, Outcome.NOT_CHECKED, missing or TrustReason.DG1_MISSING)
    last = expiry(zone.field("expiry_date"), at.date()) if "expiry_date" in zone.field_names else None
    if last is None:
        return CheckVerdict(Check.EXPIRY, Outcome.UNSUPPORTED, TrustReason.NO_EXPIRY)
    if last < at.date():
        return CheckVerdict(Check.EXPIRY, Outcome.FAILED, TrustReason.DOCUMENT_EXPIRED)
    return CheckVerdict(Check.EXPIRY, Outcome.PASSED)


def _printed(zone: Mrz | None, missing: TrustReason | None, printed: Mrz | None) -> CheckVerdict:
    """Compare the zone on paper with the one on the chip, every character of it."""
    if printed is None:
        return CheckVerdict(Check.PRINTED, Outcome.NOT_CHECKED, TrustReason.PRINTED_MISSING)
    if zone is None:
        return CheckVerdict(Check.PRINTED, Outcome.NOT_CHECKED, missing or TrustReason.DG1_MISSING)
    key = secrets.token_bytes(16)
    if zone.digest(key) != printed.digest(key):
        return CheckVerdict(Check.PRINTED, Outcome.FAILED, TrustReason.PRINTED_DIFFERS)
    return CheckVerdict(Check.PRINTED, Outcome.PASSED)


def _proof(given: ChipProof, reading: _Reading, found: tuple[SecurityObject, Chain] | None) -> CheckVerdict:
    """Judge a proof by the file that its key was taken from."""
    if found is None:
        return proofs.without_signature(given)
    security_object, judged = found
    if given.source == CARD_SECURITY:
        return proofs.by_card_security(given, reading.files.get(CARD_SECURITY), judged, reading.basis)
    number = proofs.key_group(given)
    if group_name(number) not in reading.files:
        return proofs.without_file(given, number, listed=number in security_object.groups)
    return proofs.by_group(given, group_fault(security_object, number, reading.files), judged.signature)
