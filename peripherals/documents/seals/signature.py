"""Whose signature a seal bears (ICAO Doc 9303-13, 2.4, 4; TR Datastructure for Barcode, 3.2; RFC 7518, 3.4). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from peripherals.documents.seals.idb import Idb
from peripherals.documents.seals.reading import Seal
from peripherals.documents.seals.reasons import SealReason
from peripherals.documents.seals.signers import FindSigner, SignerName, SignerReference, signs_seals
from peripherals.documents.seals.vds import Vds
from peripherals.documents.seals.vds_nc import VdsNc
from peripherals.documents.trust import certificate as certificates
from peripherals.documents.trust import keys
from peripherals.documents.trust.algorithms import SignatureAlgorithm, SignatureScheme
from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.keys import EcKey, PublicKey
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from peripherals.errors import TrustError

#: The hash function that goes with the length of a curve's order in bits (9303-13, 4; BSI TR-03116).
_HASHES = ((224, "sha224"), (256, "sha256"), (384, "sha384"))
_LONGEST_HASH = "sha512"
_JSON_ALGORITHMS = {
    "ES256": ("secp256r1", "sha256"),
    "ES384": ("secp384r1", "sha384"),
    "ES512": ("secp521r1", "sha512"),
}


@dataclass(frozen=True, slots=True)
class Signed:
    """``signer`` is None where nobody is known who may have signed, or where what the seal brings is no certificate."""

    verdict: CheckVerdict
    signer: Certificate | None


def check(seal: Seal, find_signer: FindSigner) -> Signed:
    """Find the signer whose signature it is; where it is nobody's, the first one that it claims to be of."""
    if isinstance(seal, Idb) and not seal.hash:
        return Signed(CheckVerdict(Check.SIGNATURE, Outcome.FAILED, SealReason.UNSIGNED), None)
    try:
        candidates = _candidates(seal, find_signer)
    except TrustError:
        return Signed(CheckVerdict(Check.SIGNATURE, Outcome.FAILED, TrustReason.SIGNER_MALFORMED), None)
    if not candidates:
        return Signed(CheckVerdict(Check.SIGNATURE, Outcome.NOT_CHECKED, TrustReason.SIGNER_MISSING), None)
    reasons = [_fault(seal, candidate) for candidate in candidates]
    if None in reasons:
        return Signed(CheckVerdict(Check.SIGNATURE, Outcome.PASSED), candidates[reasons.index(None)])
    return Signed(CheckVerdict(Check.SIGNATURE, Outcome.FAILED, reasons[0] or ""), candidates[0])


def algorithm(seal: Seal, key: PublicKey) -> SignatureAlgorithm | None:
    """Say how a seal is signed by the owner of a key, None where no seal is.

    JSON names its algorithm, and that names the curve; the newer structure names the hash function; in binary that goes
    with the curve's length.
    """
    if not isinstance(key, EcKey):
        return None
    if isinstance(seal, VdsNc):
        curve, digest = _JSON_ALGORITHMS.get(seal.algorithm, ("", ""))
        return SignatureAlgorithm(SignatureScheme.ECDSA_PLAIN, digest) if curve == key.domain.name else None
    bits = key.domain.order.bit_length()
    if bits < _HASHES[0][0]:
        return None
    if isinstance(seal, Idb):
        return SignatureAlgorithm(SignatureScheme.ECDSA_PLAIN, seal.hash)
    return SignatureAlgorithm(
        SignatureScheme.ECDSA_PLAIN, next((name for size, name in _HASHES if bits <= size), _LONGEST_HASH)
    )


def _candidates(seal: Seal, find_signer: FindSigner) -> Sequence[Certificate]:
    if isinstance(seal, Vds):
        header = seal.header
        country, name = header.signer[:2], header.signer[2:].rstrip()
        references = (one for one in (header.reference, header.or_reference) if one)
        return [found for one in references for found in find_signer(SignerName(country, name, int(one, 16)))]
    if seal.certificate:
        return (certificates.read(seal.certificate),)
    return find_signer(SignerReference(seal.reference)) if isinstance(seal, Idb) else ()


def _fault(seal: Seal, candidate: Certificate) -> TrustReason | None:
    """Say why a seal's signature is not a candidate's, None where it is."""
    if not signs_seals(candidate):
        return TrustReason.SIGNER_PURPOSE
    try:
        key = candidate.public_key()
    except TrustError:
        return TrustReason.KEY_UNKNOWN
    found = algorithm(seal, key)
    if found is None:
        return TrustReason.ALGORITHM_REFUSED
    return None if keys.verify(key, found, seal.signature, seal.signed) else TrustReason.SIGNATURE_WRONG
