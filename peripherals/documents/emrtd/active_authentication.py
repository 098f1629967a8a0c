"""Active Authentication: 9303-11, 6.1. The chip signs a nonce with a key that it never gives away.

The signature is checked here with the key of data group 15; whether that key is the issuer's is the business of
Passive Authentication. RSA signs by ISO/IEC 9796-2, scheme 1, with recovery of a part of the message; ECDSA plain
(TR-03111, 5.2.1), or in DER as some chips do.
"""

import hashlib

from peripherals.documents import ber
from peripherals.documents.emrtd.public_keys import ChipEcKey, ChipRsaKey, PublicKey, integer
from peripherals.documents.emrtd.security_infos import ActiveAuthenticationInfo
from peripherals.errors import ChipDataError

#: Bytes of the nonce (9303-11, 6.1.4).
NONCE = 8
#: Hash functions by the first byte of a trailer that ends in CC (ISO/IEC 10118-3).
_TRAILERS = {0x33: "sha1", 0x34: "sha256", 0x35: "sha512", 0x36: "sha384", 0x38: "sha224"}
_TRAILER_SHA1, _TRAILER_NAMED = 0xBC, 0xCC
#: The header of a representative: its form in the two highest bits, that a part of the message is recovered.
_FORM, _PARTIAL = 0xC0, 0x60
_FILL, _FILL_BYTE, _FILL_END, _FILL_END_BYTE = 0x0B, 0xBB, 0x0A, 0xBA
_LAST_NIBBLE = 0x0C
#: Signature algorithms (9303-11, 9.2.5): plain ones of TR-03111, and those of X9.62 that stand in some documents.
_ALGORITHMS = {
    "0.4.0.127.0.7.1.1.4.1.1": "sha1",
    "0.4.0.127.0.7.1.1.4.1.2": "sha224",
    "0.4.0.127.0.7.1.1.4.1.3": "sha256",
    "0.4.0.127.0.7.1.1.4.1.4": "sha384",
    "0.4.0.127.0.7.1.1.4.1.5": "sha512",
    "1.2.840.10045.4.1": "sha1",
    "1.2.840.10045.4.3.1": "sha224",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}
#: Where a document does not say how its key signs, each of these is tried: a forger gains nothing by the choice.
_UNSAID = ("sha256", "sha1", "sha384", "sha512", "sha224")


def signature_holds(
    key: PublicKey, nonce: bytes, signature: bytes, infos: tuple[ActiveAuthenticationInfo, ...] = ()
) -> bool:
    """Say whether a chip that has the key signed the nonce.

    ``infos`` are those of data group 14; they say with which hash function an ECDSA key signs.

    Raises:
        ChipDataError: a key, or a signature algorithm, that is not known here.
    """
    if isinstance(key, ChipRsaKey):
        return _rsa_holds(key, nonce, signature)
    if not isinstance(key, ChipEcKey):
        raise ChipDataError(file="DG15", fault="key-unknown")
    names = tuple(_ALGORITHMS[info.algorithm] for info in infos if info.algorithm in _ALGORITHMS)
    if infos and not names:
        raise ChipDataError(file="DG14", fault="algorithm-unknown")
    return any(
        key.domain.verify(key.point, hashlib.new(name, nonce, usedforsecurity=False).digest(), r, s)
        for r, s in _readings(signature, key.domain.order_size)
        for name in names or _UNSAID
    )


def _readings(signature: bytes, size: int) -> list[tuple[int, int]]:
    """Read r and s: plain, or as a DER sequence."""
    found = []
    if len(signature) == 2 * size:
        found.append((int.from_bytes(signature[:size]), int.from_bytes(signature[size:])))
    try:
        parts = ber.parse_one(signature, tag=0x30).children(limit=2)
        r, s = (integer(part.value) for part in parts if part.tag == 0x02)  # noqa: PLR2004 - INTEGER
        found.append((r, s))
    except (ChipDataError, ValueError):
        # It is no DER: the plain reading stands alone.
        pass
    return found


def _rsa_holds(key: ChipRsaKey, nonce: bytes, signature: bytes) -> bool:
    number = int.from_bytes(signature)
    if len(signature) != key.size or number >= key.modulus:
        return False
    representative = pow(number, key.exponent, key.modulus)
    # A signer may give the smaller of s and n - s (ISO/IEC 9796-2, B.6); every representative ends in C.
    if representative & 0x0F != _LAST_NIBBLE:
        representative = key.modulus - representative
    return _recovered_holds(representative.to_bytes(key.size), nonce)


def _recovered_holds(representative: bytes, nonce: bytes) -> bool:
    """Take a representative apart: header, filling, recovered part, hash value, trailer; nothing may be left over."""
    if representative[-1] == _TRAILER_SHA1:
        name, trailer = "sha1", 1
    elif representative[-1] == _TRAILER_NAMED and representative[-2] in _TRAILERS:
        name, trailer = _TRAILERS[representative[-2]], 2
    else:
        return False
    # Only with partial recovery is the nonce under the signature: it is what was not recovered.
    if representative[0] & (_FORM | _PARTIAL) != _PARTIAL:
        return False
    start = _message_start(representative)
    end = len(representative) - trailer - hashlib.new(name, usedforsecurity=False).digest_size
    if start is None or end < start:
        return False
    digest = hashlib.new(name, representative[start:end] + nonce, usedforsecurity=False).digest()
    return digest == representative[end:-trailer]


def _message_start(representative: bytes) -> int | None:
    """Find where the filling ends: nibbles B, then one A."""
    if representative[0] & 0x0F == _FILL_END:
        return 1
    if representative[0] & 0x0F != _FILL:
        return None
    at = 1
    while at < len(representative) and representative[at] == _FILL_BYTE:
        at += 1
    return at + 1 if at < len(representative) and representative[at] == _FILL_END_BYTE else None
