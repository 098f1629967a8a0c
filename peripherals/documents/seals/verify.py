"""Whether a seal holds: one verdict for each check (ICAO Doc 9303-13, appendix D; BSI TR-03137 part 1, 6.7). Pure.

A seal proves who wrote what stands in it. It does not prove that the paper around it is the one it was made for, which
is why the zone in it is compared with the printed one; nor that the paper is no copy, which paper cannot.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from peripherals.documents import states, verdicts
from peripherals.documents.mrz import Mrz, dates
from peripherals.documents.seals import reading, signature
from peripherals.documents.seals.reading import Seal
from peripherals.documents.seals.reasons import SealReason
from peripherals.documents.seals.signers import FindSigner
from peripherals.documents.seals.vds import Vds
from peripherals.documents.trust import chain
from peripherals.documents.trust import states as trusted_states
from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.policy import Policy
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome
from peripherals.errors import SealError

#: Where the sun sets last and where it rises first are a day apart.
_TOMORROW = timedelta(days=1)
#: Why nobody here can say who signed.
_NOT_KNOWN_HERE = frozenset(
    {TrustReason.ISSUER_UNKNOWN, TrustReason.SIGNER_MISSING, TrustReason.ISSUER_KEY_UNKNOWN, TrustReason.LINK_MISSING}
)


def standing(found: Sequence[CheckVerdict]) -> DocumentStanding:
    """Sum verdicts up.

    A seal in binary does not bring its signer's certificate: where that is not known here, the seal can be read and
    not verified, and ``ISSUER_UNKNOWN`` says just that.
    """
    summed = verdicts.standing(found)
    unknown = any(each.check is Check.ISSUER and each.reason in _NOT_KNOWN_HERE for each in found)
    return DocumentStanding.ISSUER_UNKNOWN if summed is DocumentStanding.UNPROVED and unknown else summed


def verify(
    seal: Seal,
    *,
    at: datetime,
    find_signer: FindSigner,
    store: TrustStore,
    policy: Policy = Policy(),  # noqa: B008 - frozen
    printed: Mrz | None = None,
) -> tuple[CheckVerdict, ...]:
    """Check a seal.

    Args:
        seal: what was read.
        at: now, with a zone.
        find_signer: who may have signed; not asked where the seal brings its signer's certificate.
        store: whose signers are trusted; an empty one trusts nobody.
        policy: what is taken though it is weak.
        printed: the zone on the paper, where it was read.

    Returns:
        A verdict each for signature, content, issuer, validity, revocation, issuing state, expiry, printed zone, and
        the two that only chips have.
    """
    signed = signature.check(seal, find_signer)
    signer = signed.signer
    authority, chained = _chain(seal, signer, at, store, policy)
    with _zone(seal) as zone:
        return (
            signed.verdict,
            _content(seal, signed.verdict),
            *chained,
            _issuing_state(seal, signer, authority, zone.found),
            _expiry(seal, zone.found, at),
            _printed(zone, printed),
            CheckVerdict(Check.ACTIVE_AUTHENTICATION, Outcome.UNSUPPORTED, SealReason.PAPER),
            CheckVerdict(Check.CHIP_AUTHENTICATION, Outcome.UNSUPPORTED, SealReason.PAPER),
        )


@dataclass(frozen=True, slots=True)
class _Zone:
    """The zone in a seal, or that what stands in its place is none."""

    found: Mrz | None
    broken: bool


@contextmanager
def _zone(seal: Seal) -> Iterator[_Zone]:
    try:
        found = reading.zone(seal)
    except SealError:
        yield _Zone(None, broken=True)
        return
    try:
        yield _Zone(found, broken=False)
    finally:
        if found is not None:
            found.wipe()


def _content(seal: Seal, signed: CheckVerdict) -> CheckVerdict:
    """Say whether the features are those of the kind of document; they were signed where the signature holds."""
    if signed.outcome is not Outcome.PASSED:
        return CheckVerdict(Check.CONTENT, Outcome.NOT_CHECKED, signed.reason)
    fault = reading.fault(seal)
    return CheckVerdict(Check.CONTENT, Outcome.FAILED if fault else Outcome.PASSED, fault or "")


def _chain(
    seal: Seal, signer: Certificate | None, at: datetime, store: TrustStore, policy: Policy
) -> tuple[Certificate | None, tuple[CheckVerdict, ...]]:
    """Ask who issued the signer, whether it could sign on the day that the seal names, and whether it was taken back.

    JSON names no day, and now counts.
    """
    day = reading.signed_on(seal) or at.date()
    signed = datetime.combine(day, time.min, UTC)
    if signer is None:
        early = signed > at + _TOMORROW
        return None, (
            CheckVerdict(Check.ISSUER, Outcome.NOT_CHECKED, TrustReason.SIGNER_MISSING),
            CheckVerdict(Check.VALIDITY, Outcome.FAILED, TrustReason.SIGNED_IN_FUTURE)
            if early
            else CheckVerdict(Check.VALIDITY, Outcome.NOT_CHECKED, TrustReason.SIGNER_MISSING),
            CheckVerdict(Check.REVOCATION, Outcome.NOT_CHECKED, TrustReason.SIGNER_MISSING),
        )
    if signer.not_before.date() == day:
        signed = signer.not_before
    authority, issuer = chain.issuer_of(signer, store, policy)
    return authority, (
        issuer,
        chain.validity_of(signer, authority, signed, at),
        chain.revocation_of(signer, authority, store, at),
    )


def _issuing_state(
    seal: Seal, signer: Certificate | None, authority: Certificate | None, zone: Mrz | None
) -> CheckVerdict:
    """Compare the states that seal, zone, signer and authority name."""
    state = states.issuer(reading.country(seal))
    of_zone = states.issuer(zone.field("issuer")) if zone else state
    if signer is not None:
        found = [trusted_states.codes(each) for each in (signer, authority) if each]
    else:
        named = states.issuer_of_certificate(seal.header.signer[:2]) if isinstance(seal, Vds) else ""
        found = [frozenset({named} - {""})]
    if of_zone != state or any(codes and state not in codes for codes in found):
        return CheckVerdict(Check.ISSUING_STATE, Outcome.FAILED, TrustReason.STATE_DIFFERS)
    if signer is None:
        return CheckVerdict(Check.ISSUING_STATE, Outcome.NOT_CHECKED, TrustReason.SIGNER_MISSING)
    if not all(found):
        return CheckVerdict(Check.ISSUING_STATE, Outcome.NOT_CHECKED, TrustReason.STATE_UNKNOWN)
    if authority is None:
        return CheckVerdict(Check.ISSUING_STATE, Outcome.NOT_CHECKED, TrustReason.ISSUER_UNKNOWN)
    return CheckVerdict(Check.ISSUING_STATE, Outcome.PASSED)


def _expiry(seal: Seal, zone: Mrz | None, at: datetime) -> CheckVerdict:
    """Say whether the document has expired: by its zone or by what the seal says beside it, whichever is earlier.

    One that names no expiry ends with its signer's certificate, which is issued to outlive the last document that it
    signs (TR-03137 part 1, 6.4.3): ``Check.VALIDITY`` fails then.
    """
    last = last_day(seal, zone, at)
    if last is None:
        return CheckVerdict(Check.EXPIRY, Outcome.UNSUPPORTED, TrustReason.NO_EXPIRY)
    if last < at.date():
        return CheckVerdict(Check.EXPIRY, Outcome.FAILED, TrustReason.DOCUMENT_EXPIRED)
    return CheckVerdict(Check.EXPIRY, Outcome.PASSED)


def last_day(seal: Seal, zone: Mrz | None, at: datetime) -> date | None:
    """Give the last day of a document by its seal, the earlier one of two; None where it says none that is known."""
    in_zone = dates.expiry(zone.field("expiry_date"), at.date()) if zone and "expiry_date" in zone.field_names else None
    try:
        beside = reading.last_day(seal)
    except SealError:
        beside = None
    return min((day for day in (in_zone, beside) if day), default=None)


def _printed(zone: _Zone, printed: Mrz | None) -> CheckVerdict:
    """Compare the zone in the seal with the printed one, but for the optional data of visas, which no seal has."""
    if zone.broken:
        return CheckVerdict(Check.PRINTED, Outcome.FAILED, SealReason.ZONE_MALFORMED)
    if zone.found is None:
        return CheckVerdict(Check.PRINTED, Outcome.UNSUPPORTED, SealReason.NO_ZONE)
    if printed is None:
        return CheckVerdict(Check.PRINTED, Outcome.NOT_CHECKED, TrustReason.PRINTED_MISSING)
    sealed = zone.found
    visa = sealed.format.value.startswith("MRV")
    names = [name for name in sealed.field_names if not (visa and name.startswith("optional_data"))]
    if sealed.format is not printed.format or any(sealed.field(name) != printed.field(name) for name in names):
        return CheckVerdict(Check.PRINTED, Outcome.FAILED, TrustReason.PRINTED_DIFFERS)
    return CheckVerdict(Check.PRINTED, Outcome.PASSED)
