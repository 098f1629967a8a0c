"""Public keys of signers and authorities, and whether a signature is theirs.

``cryptography`` checks wherever it has the curve; brainpoolP160r1, P192r1, P224r1 and P320r1 are left to
``ecdsa``. Only public keys are at work here, so that its timing gives nothing away.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from asn1crypto import algos, core
from asn1crypto import keys as asn1_keys
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from peripherals.documents import curves
from peripherals.documents.trust.algorithms import SignatureAlgorithm, SignatureScheme
from peripherals.documents.trust.asn1 import bounded, reading
from peripherals.errors import TrustError

#: A public key of RSA with 8192 bits has about 1100 bytes.
_LONGEST = 4096
_RSA_BITS = (1024, 8192)
_EXPONENT_BITS = 33
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - older documents are signed so; policy.py says which are taken
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_CURVES: dict[str, ec.EllipticCurve] = {
    "secp192r1": ec.SECP192R1(),
    "secp224r1": ec.SECP224R1(),
    "secp256r1": ec.SECP256R1(),
    "secp384r1": ec.SECP384R1(),
    "secp521r1": ec.SECP521R1(),
    "brainpoolP256r1": ec.BrainpoolP256R1(),
    "brainpoolP384r1": ec.BrainpoolP384R1(),
    "brainpoolP512r1": ec.BrainpoolP512R1(),
}


@dataclass(frozen=True, slots=True)
class RsaKey:
    modulus: int
    exponent: int

    @property
    def bits(self) -> int:
        return self.modulus.bit_length()


@dataclass(frozen=True, slots=True)
class EcKey:
    domain: curves.EcDomain
    point: curves.Point


type PublicKey = RsaKey | EcKey


def public_key(info: bytes) -> PublicKey:
    """Read a SubjectPublicKeyInfo, DER; curves by name or by value (RFC 3279, 2.3.5).

    Raises:
        TrustError: ``key-invalid``, or ``key-unknown`` for an algorithm or a curve that is not known here.
    """
    with reading("key-invalid"):
        parsed = asn1_keys.PublicKeyInfo.load(bounded(info, _LONGEST, "key-invalid"), strict=True)
        match parsed["algorithm"]["algorithm"].native:
            case "rsa" | "rsassa_pss":
                return _rsa(parsed["public_key"].parsed)
            case "ec":
                return _ec(parsed["algorithm"]["parameters"], bytes(parsed["public_key"]))
    raise TrustError(fault="key-unknown")


def verify(key: PublicKey, algorithm: SignatureAlgorithm, signature: bytes, message: bytes) -> bool:
    """Tell whether ``signature`` over ``message`` was made with the private half of ``key``.

    A key of another kind than the algorithm's gives False.
    """
    try:
        match key, algorithm.scheme:
            case RsaKey(), SignatureScheme.RSA_PKCS1 | SignatureScheme.RSA_PSS:
                _verify_rsa(key, algorithm, signature, message)
            case EcKey(), SignatureScheme.ECDSA | SignatureScheme.ECDSA_PLAIN:
                return _verify_ec(key, algorithm, signature, message)
            case _:
                return False
    except (InvalidSignature, ValueError):
        return False
    return True


def _rsa(parsed: Any) -> RsaKey:
    modulus, exponent = int(parsed["modulus"].native), int(parsed["public_exponent"].native)
    fewest, most = _RSA_BITS
    if not fewest <= modulus.bit_length() <= most or not 2 < exponent < 1 << _EXPONENT_BITS:  # noqa: PLR2004 - e = 3
        raise TrustError(fault="key-unknown")
    if not modulus & exponent & 1:
        raise TrustError(fault="key-invalid")
    return RsaKey(modulus, exponent)


def _ec(parameters: Any, point: bytes) -> EcKey:
    if parameters.name == "named":
        domain = curves.by_oid(parameters.chosen.dotted)
    elif parameters.name == "specified":
        domain = _by_value(parameters.chosen)
    else:
        raise TrustError(fault="key-unknown")
    return EcKey(domain, domain.decode(point))


def _by_value(given: Any) -> curves.EcDomain:
    if given["field_id"]["field_type"].native != "prime_field":
        raise TrustError(fault="key-unknown")
    cofactor = given["cofactor"]
    return curves.by_value(
        p=given["field_id"]["parameters"].native,
        a=int.from_bytes(given["curve"]["a"].contents),
        b=int.from_bytes(given["curve"]["b"].contents),
        generator=bytes(given["base"].contents),
        order=given["order"].native,
        cofactor=None if isinstance(cofactor, core.Void) else cofactor.native,
    )


def _verify_rsa(key: RsaKey, algorithm: SignatureAlgorithm, signature: bytes, message: bytes) -> None:
    public = rsa.RSAPublicNumbers(key.exponent, key.modulus).public_key()
    scheme: padding.AsymmetricPadding = padding.PKCS1v15()
    if algorithm.scheme is SignatureScheme.RSA_PSS:
        scheme = padding.PSS(padding.MGF1(_HASHES[algorithm.mask_hash]), algorithm.salt_length)
    public.verify(signature, message, scheme, _HASHES[algorithm.hash])


def _verify_ec(key: EcKey, algorithm: SignatureAlgorithm, signature: bytes, message: bytes) -> bool:
    pair = _numbers(key.domain, algorithm.scheme, signature)
    if pair is None:
        return False
    curve = _CURVES.get(key.domain.name)
    if curve is not None:
        try:
            public = ec.EllipticCurvePublicNumbers(key.point.x, key.point.y, curve).public_key()
            public.verify(encode_dss_signature(*pair), message, ec.ECDSA(_HASHES[algorithm.hash]))
        except UnsupportedAlgorithm:
            # Which curves there are depends on the OpenSSL beneath: some builds leave out the oldest.
            pass
        else:
            return True
    return key.domain.verify(key.point, hashlib.new(algorithm.hash, message).digest(), *pair)


def _numbers(domain: curves.EcDomain, scheme: SignatureScheme, signature: bytes) -> tuple[int, int] | None:
    """Give r and s, None where these are none."""
    size = domain.order_size
    if scheme is SignatureScheme.ECDSA_PLAIN:
        if len(signature) != 2 * size:
            return None
        return int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
    if len(signature) > 2 * size + 16:
        return None
    try:
        with reading("signature-form"):
            parsed = algos.DSASignature.load(signature, strict=True)
            pair = parsed["r"].native, parsed["s"].native
    except TrustError:
        return None
    return pair if min(pair) > 0 else None
