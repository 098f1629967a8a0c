"""Whether a seal holds: one verdict for each check (ICAO Doc 9303-13, appendix D; BSI TR-03137 part 1, 6.7). Pure.

A seal proves who wrote what stands in it. It does not prove that the paper around it is the one it was made for, which
is why the zone in it is compared with the printed one; nor that the paper is no copy, which paper cannot.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from peripherals.documents import states, verdicts
from peripherals.documents.mrz import Mrz, dates
from peripherals.documents.seals import profiles, reading
from peripherals.documents.seals.reading import Seal
from peripherals.documents.seals.signers import FindSigner, SignerName, VerifyChain, signs_seals
from peripherals.documents.seals.vds import Vds
from peripherals.documents.seals.vds_nc import VdsNc
from peripherals.documents.trust import certificate as certificates
from peripherals.documents.trust import keys
from peripherals.documents.trust.algorithms import Scheme, SignatureAlgorithm
from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.keys import EcKey
from peripherals.documents.verdicts import ISSUER_UNKNOWN, Check, Outcome, Standing, Verdict
from peripherals.errors import SealError, TrustError

#: The hash function that goes with the length of a curve's order in bits (9303-13, 4; TR-03116).
_HASHES = ((224, "sha224"), (256, "sha256"), (384, "sha384"), (512, "sha512"))
_LONGEST_HASH = "sha512"
#: RFC 7518, 3.4.
_JSON_ALGORITHMS = {
    "ES256": ("secp256r1", "sha256"),
    "ES384": ("secp384r1", "sha384"),
    "ES512": ("secp521r1", "sha512"),
}
#: Where the sun sets last and where it rises first are a day apart.
_TOMORROW = timedelta(days=1)
SIGNER_UNKNOWN = "signer-unknown"


def standing(found: Sequence[Verdict]) -> Standing:
    """Sum verdicts up.

    A seal in binary does not bring its signer's certificate: where that is not known here, the seal can be read and
    not verified, and ``ISSUER_UNKNOWN`` says just that.
    """
    summed = verdicts.standing(found)
    unknown = any(each.check is Check.ISSUER and each.reason == ISSUER_UNKNOWN for each in found)
    return Standing.ISSUER_UNKNOWN if summed is Standing.UNPROVED and unknown else summed


def verify(
    seal: Seal,
    *,
    at: datetime,
    find_signer: FindSigner,
    verify_chain: VerifyChain,
    printed: Mrz | None = None,
) -> tuple[Verdict, ...]:
    """Check a seal.

    Args:
        seal: what was read.
        at: now, aware.
        find_signer: who may have signed; not asked where the seal brings its signer's certificate.
        verify_chain: judges the signer's certificate.
        printed: the zone on the paper, where it was read.

    Returns:
        A verdict each for signature, content, issuer, revocation, validity, issuing state, expiry, printed zone, and
        the two that only chips have.
    """
    candidates, fault = _candidates(seal, find_signer)
    signature, signer = (
        (Verdict(Check.SIGNATURE, Outcome.FAILED, fault), None) if fault else _signature(seal, candidates)
    )
    with _zone(seal) as zone:
        return (
            signature,
            _content(seal, signature),
            *_chain(signer, at, verify_chain),
            _validity(seal, signer, at),
            _issuing_state(seal, signer, zone.found),
            _expiry(signer, zone.found, at),
            _printed(zone, printed),
            Verdict(Check.ACTIVE_AUTHENTICATION, Outcome.UNSUPPORTED, "paper"),
            Verdict(Check.CHIP_AUTHENTICATION, Outcome.UNSUPPORTED, "paper"),
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


def _candidates(seal: Seal, find_signer: FindSigner) -> tuple[Sequence[Certificate], str]:
    """Give who may have signed, or why what the seal brings is no signer."""
    if isinstance(seal, Vds):
        header = seal.header
        name = SignerName(header.signer[:2], header.signer[2:].rstrip(), int(header.reference, 16))
        return find_signer(name), ""
    if not seal.certificate:
        return (), ""
    try:
        return (certificates.read(seal.certificate),), ""
    except TrustError as error:
        return (), str(error.placeholders["fault"])


def _signature(seal: Seal, candidates: Sequence[Certificate]) -> tuple[Verdict, Certificate | None]:
    """Find the candidate whose signature it is; where it is nobody's, the first one is who it claims to be of."""
    if not candidates:
        return Verdict(Check.SIGNATURE, Outcome.NOT_CHECKED, SIGNER_UNKNOWN), None
    reasons = []
    for candidate in candidates:
        reason = _signed_by(seal, candidate)
        if not reason:
            return Verdict(Check.SIGNATURE, Outcome.PASSED), candidate
        reasons.append(reason)
    return Verdict(Check.SIGNATURE, Outcome.FAILED, reasons[0]), candidates[0]


def _signed_by(seal: Seal, candidate: Certificate) -> str:
    """Say why a seal's signature is not a candidate's, "" where it is."""
    if not signs_seals(candidate):
        return "signer-purpose"
    try:
        key = candidate.public_key()
    except TrustError as error:
        return str(error.placeholders["fault"])
    algorithm = _algorithm(seal, key) if isinstance(key, EcKey) else None
    if algorithm is None:
        return "algorithm-refused"
    return "" if keys.verify(key, algorithm, seal.signature, seal.signed) else "signature-wrong"


def _algorithm(seal: Seal, key: EcKey) -> SignatureAlgorithm | None:
    if isinstance(seal, VdsNc):
        curve, digest = _JSON_ALGORITHMS.get(seal.algorithm, ("", ""))
        return SignatureAlgorithm(Scheme.ECDSA_PLAIN, digest) if curve == key.domain.name else None
    bits = key.domain.order.bit_length()
    if bits < _HASHES[0][0]:
        return None
    digest = next((name for size, name in _HASHES if bits <= size), _LONGEST_HASH)
    return SignatureAlgorithm(Scheme.ECDSA_PLAIN, digest)


def _content(seal: Seal, signature: Verdict) -> Verdict:
    """Say whether the features are those of the kind of document; they were signed where the signature holds."""
    if signature.outcome is not Outcome.PASSED:
        return Verdict(Check.CONTENT, Outcome.NOT_CHECKED, signature.reason)
    known = profiles.profile(seal.header) if isinstance(seal, Vds) else None
    fault = profiles.fault(seal, known) if isinstance(seal, Vds) and known else ""
    return Verdict(Check.CONTENT, Outcome.FAILED if fault else Outcome.PASSED, fault)


def _chain(signer: Certificate | None, at: datetime, verify_chain: VerifyChain) -> tuple[Verdict, ...]:
    if signer is None:
        return (
            Verdict(Check.ISSUER, Outcome.NOT_CHECKED, ISSUER_UNKNOWN),
            Verdict(Check.REVOCATION, Outcome.NOT_CHECKED, ISSUER_UNKNOWN),
        )
    return tuple(verify_chain(signer, at))


def _validity(seal: Seal, signer: Certificate | None, at: datetime) -> Verdict:
    """Say whether the signer could sign on the day that the seal names; JSON names none, and now counts."""
    if isinstance(seal, Vds) and seal.header.signed > (at + _TOMORROW).date():
        return Verdict(Check.VALIDITY, Outcome.FAILED, "signed-in-future")
    if signer is None:
        return Verdict(Check.VALIDITY, Outcome.NOT_CHECKED, SIGNER_UNKNOWN)
    day = seal.header.signed if isinstance(seal, Vds) else at.date()
    valid = signer.not_before.date() <= day <= signer.not_after.date()
    return Verdict(Check.VALIDITY, Outcome.PASSED if valid else Outcome.FAILED, "" if valid else "signer-expired")


def _issuing_state(seal: Seal, signer: Certificate | None, zone: Mrz | None) -> Verdict:
    """Compare the states that seal, signer and zone name."""
    country = seal.header.country if isinstance(seal, Vds) else seal.country
    named = seal.header.signer[:2] if isinstance(seal, Vds) else ""
    of_signer = states.issuer_of_certificate(signer.country if signer else named)
    if zone is not None and states.issuer(zone.field("issuer")) != states.issuer(country):
        return Verdict(Check.ISSUING_STATE, Outcome.FAILED, "issuing-state-other")
    if not of_signer:
        return Verdict(Check.ISSUING_STATE, Outcome.NOT_CHECKED, "issuing-state-unknown" if signer else SIGNER_UNKNOWN)
    same = of_signer == states.issuer(country)
    return Verdict(
        Check.ISSUING_STATE,
        Outcome.PASSED if same else Outcome.FAILED,
        "" if same else "issuing-state-other",
    )


def _expiry(signer: Certificate | None, zone: Mrz | None, at: datetime) -> Verdict:
    """Say whether the document has expired: by its zone, or else with its signer's certificate.

    A certificate is issued to outlive the last document that it signs (TR-03137 part 1, 6.4.3).
    """
    if zone is not None and "expiry_date" in zone.field_names:
        end = dates.expiry(zone.field("expiry_date"), at.date())
        if end is None:
            return Verdict(Check.EXPIRY, Outcome.NOT_CHECKED, "expiry-unknown")
        over = end < at.date()
        return Verdict(Check.EXPIRY, Outcome.FAILED if over else Outcome.PASSED, "document-expired" if over else "")
    if signer is None:
        return Verdict(Check.EXPIRY, Outcome.NOT_CHECKED, SIGNER_UNKNOWN)
    over = signer.not_after < at
    return Verdict(Check.EXPIRY, Outcome.FAILED if over else Outcome.PASSED, "signer-expired" if over else "")


def _printed(zone: _Zone, printed: Mrz | None) -> Verdict:
    """Compare the zone in the seal with the printed one, but for the optional data of visas, which no seal has."""
    if zone.broken:
        return Verdict(Check.PRINTED, Outcome.FAILED, "zone-invalid")
    if zone.found is None:
        return Verdict(Check.PRINTED, Outcome.UNSUPPORTED, "no-zone")
    if printed is None:
        return Verdict(Check.PRINTED, Outcome.NOT_CHECKED, "not-read")
    sealed = zone.found
    visa = sealed.format.value.startswith("MRV")
    names = [name for name in sealed.field_names if not (visa and name.startswith("optional_data"))]
    same = sealed.format is printed.format and all(sealed.field(name) == printed.field(name) for name in names)
    return Verdict(Check.PRINTED, Outcome.PASSED if same else Outcome.FAILED, "" if same else "printed-other")
