"""Basic Access Control from the chip's side (Doc 9303-11, 4.3)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from hmac import compare_digest

from peripherals.documents.passport.chip_channel import SecureSession
from peripherals.documents.passport.ciphers import (
    SimulatedCipher,
    Use,
    checksum,
    decrypt,
    derive,
    encrypt,
    pad,
    session_keys,
)

_NONCE = 8
_SEED = 16
_CRYPTOGRAM = 32
_SUITE = SimulatedCipher.DES3

type Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class BasicKeys:
    """The document's access keys."""

    encryption: bytes
    checksum: bytes


def basic_keys(information: str) -> BasicKeys:
    """Derive the access keys from document number, birth and expiry with their check digits (9.7.2)."""
    seed = hashlib.sha1(information.encode("ascii"), usedforsecurity=False).digest()[:_SEED]
    return BasicKeys(derive(_SUITE, seed, Use.ENCRYPTION), derive(_SUITE, seed, Use.CHECKSUM))


def answer(keys: BasicKeys, challenge: bytes, data: bytes, random: Random) -> tuple[bytes, SecureSession] | None:
    """Answer EXTERNAL AUTHENTICATE; None where the terminal does not know the keys.

    Args:
        keys: of the document.
        challenge: what GET CHALLENGE gave, 8 bytes.
        data: cryptogram and checksum, 40 bytes.
        random: gives the chip's 16 bytes of key material.
    """
    if len(data) != _CRYPTOGRAM + _NONCE:
        return None
    cryptogram, mac = data[:_CRYPTOGRAM], data[_CRYPTOGRAM:]
    if not compare_digest(checksum(_SUITE, keys.checksum, pad(cryptogram, _SUITE.block)), mac):
        return None
    plain = decrypt(_SUITE, keys.encryption, cryptogram)
    theirs, ours, their_key = plain[:_NONCE], plain[_NONCE : 2 * _NONCE], plain[2 * _NONCE :]
    if not compare_digest(ours, challenge):
        return None
    our_key = random(_SEED)
    hidden = encrypt(_SUITE, keys.encryption, ours + theirs + our_key)
    mac = checksum(_SUITE, keys.checksum, pad(hidden, _SUITE.block))
    secret = bytes(one ^ other for one, other in zip(their_key, our_key, strict=True))
    counter = int.from_bytes(ours[-4:] + theirs[-4:])
    return hidden + mac, SecureSession(session_keys(_SUITE, secret), counter)
