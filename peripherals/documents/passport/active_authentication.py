"""Active Authentication from the chip's side (Doc 9303-11, 6.1)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from asn1crypto import core

from peripherals.documents.passport.keys import Key, SimulatedEcKey, SimulatedRsaKey

#: Trailers of ISO/IEC 9796-2 (its table of hash identifiers is ISO/IEC 10118-3's); the short one says nothing of
#: the hash, which is then SHA-1.
SHORT_TRAILER = b"\xbc"
_TRAILERS = {"sha1": b"\x33\xcc", "sha256": b"\x34\xcc", "sha512": b"\x35\xcc", "sha384": b"\x36\xcc"}
_TRAILERS["sha224"] = b"\x38\xcc"
_PARTIAL_RECOVERY = b"\x6a"

type Random = Callable[[int], bytes]


class Form(StrEnum):
    """How an ECDSA signature is written: r and s one after the other (TR-03111, 5.2.1), or as DER, as some do."""

    PLAIN = "plain"
    DER = "der"


@dataclass(frozen=True, slots=True)
class ActiveKey:
    """The chip's key; hash and curve are those of its algorithm."""

    key: Key
    form: Form = Form.PLAIN
    short_trailer: bool = False


def answer(active: ActiveKey, challenge: bytes, random: Random) -> bytes:
    """Sign the terminal's eight bytes."""
    match active.key:
        case SimulatedRsaKey() as key:
            return _recoverable(key, challenge, random, short=active.short_trailer)
        case SimulatedEcKey() as key:
            signature = key.sign(challenge)
            return signature if active.form is Form.DER else _plain(signature, key.order_size)


def _plain(signature: bytes, size: int) -> bytes:
    numbers = core.SequenceOf.load(signature, spec=core.Integer)
    return b"".join(int(number.native).to_bytes(size) for number in numbers)


def _recoverable(key: SimulatedRsaKey, challenge: bytes, random: Random, *, short: bool) -> bytes:
    """Sign by ISO/IEC 9796-2 scheme 1 with partial recovery: 6A, nonce, hash of nonce and challenge, trailer."""
    numbers = key.private.private_numbers()
    modulus = numbers.public_numbers.n
    size = (modulus.bit_length() + 7) // 8
    digest = "sha1" if short else key.algorithm.digest
    trailer = SHORT_TRAILER if short else _TRAILERS[digest]
    hashed = hashlib.new(digest, usedforsecurity=False)
    nonce = random(size - len(_PARTIAL_RECOVERY) - hashed.digest_size - len(trailer))
    hashed.update(nonce + challenge)
    message = _PARTIAL_RECOVERY + nonce + hashed.digest() + trailer
    return pow(int.from_bytes(message), numbers.d, modulus).to_bytes(size)
