"""Which algorithms sign documents and certificates (ICAO Doc 9303-12, 4.4; RFC 4055, RFC 5758, TR-03111 5.2.1).

MD2, MD4 and MD5 are not known here at all. SHA-1 is known, and whether it is taken is a matter of ``policy.py``.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from asn1crypto import algos

from peripherals.documents.trust.asn1 import reading
from peripherals.errors import TrustError

#: Hash functions by OID, under the names that ``hashlib`` gives them.
HASHES = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


class SignatureScheme(StrEnum):
    RSA_PKCS1 = "rsa-pkcs1"
    RSA_PSS = "rsa-pss"
    ECDSA = "ecdsa"
    #: TR-03111, 5.2.1: r and s one after the other, not in a SEQUENCE.
    ECDSA_PLAIN = "ecdsa-plain"


@dataclass(frozen=True, slots=True)
class SignatureAlgorithm:
    """``mask_hash`` and ``salt_length`` (bytes) belong to RSA-PSS alone."""

    scheme: SignatureScheme
    hash: str
    mask_hash: str = ""
    salt_length: int = 0

    @property
    def hashes(self) -> frozenset[str]:
        """Every hash function that its strength rests on."""
        return frozenset({self.hash, self.mask_hash} - {""})


_RSA, _EC, _PLAIN = "1.2.840.113549.1.1", "1.2.840.10045.4", "0.4.0.127.0.7.1.1.4.1"
_KNOWN = {
    **dict.fromkeys((f"{_RSA}.5", "1.3.14.3.2.29"), (SignatureScheme.RSA_PKCS1, "sha1")),
    f"{_RSA}.14": (SignatureScheme.RSA_PKCS1, "sha224"),
    f"{_RSA}.11": (SignatureScheme.RSA_PKCS1, "sha256"),
    f"{_RSA}.12": (SignatureScheme.RSA_PKCS1, "sha384"),
    f"{_RSA}.13": (SignatureScheme.RSA_PKCS1, "sha512"),
    f"{_EC}.1": (SignatureScheme.ECDSA, "sha1"),
    **{
        f"{_EC}.3.{at}": (SignatureScheme.ECDSA, name)
        for at, name in enumerate(("sha224", "sha256", "sha384", "sha512"), 1)
    },
    **{f"{_PLAIN}.{at}": (SignatureScheme.ECDSA_PLAIN, name) for at, name in enumerate(HASHES.values(), 1)},
}
#: Found in signer infos: a kind of key, and the hash function is the one of the digest (RFC 3370, 3.2; RFC 5753).
_KEY_ONLY = {f"{_RSA}.1": SignatureScheme.RSA_PKCS1, "1.2.840.10045.2.1": SignatureScheme.ECDSA}
_PSS = f"{_RSA}.10"
_SALT_LONGEST = 512


def digest_name(algorithm: Any) -> str:
    """Name the hash function of an AlgorithmIdentifier of ``asn1crypto``.

    Raises:
        TrustError: ``algorithm-unknown``.
    """
    with reading("algorithm-unknown"):
        return HASHES[algorithm["algorithm"].dotted]


def signature_algorithm(algorithm: Any, *, digest: str | None = None) -> SignatureAlgorithm:
    """Read an AlgorithmIdentifier of ``asn1crypto``.

    Args:
        algorithm: a ``SignedDigestAlgorithm``.
        digest: the hash function of a signer info, for algorithms that name none.

    Raises:
        TrustError: ``algorithm-unknown``.
    """
    with reading("algorithm-unknown"):
        oid = algorithm["algorithm"].dotted
        if oid in _KNOWN:
            return SignatureAlgorithm(*_KNOWN[oid])
        if oid in _KEY_ONLY and digest is not None:
            return SignatureAlgorithm(_KEY_ONLY[oid], digest)
        if oid == _PSS:
            return _pss(algorithm["parameters"])
    raise TrustError(fault="algorithm-unknown")


def _pss(parameters: Any) -> SignatureAlgorithm:
    """Read the parameters of RSA-PSS (RFC 4055, 3.1); what is left out has its default, SHA-1."""
    if not isinstance(parameters, algos.RSASSAPSSParams):
        return SignatureAlgorithm(SignatureScheme.RSA_PSS, "sha1", "sha1", 20)
    mask = parameters["mask_gen_algorithm"]
    if mask["algorithm"].native != "mgf1" or parameters["trailer_field"].native not in {1, "trailer_field_bc"}:
        raise TrustError(fault="algorithm-unknown")
    salt = parameters["salt_length"].native
    if not 0 <= salt <= _SALT_LONGEST:
        raise TrustError(fault="algorithm-unknown")
    return SignatureAlgorithm(
        SignatureScheme.RSA_PSS, digest_name(parameters["hash_algorithm"]), digest_name(mask["parameters"]), salt
    )
