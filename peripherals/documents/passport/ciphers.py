"""Keys, ciphers and checksums of a chip's channel (Doc 9303-11, 9.7 and 9.8), from the chip's side.

Written apart from the reader's: each is the other's judge.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

MAC_LENGTH = 8
_DES_BLOCK, _AES_BLOCK = 8, 16


class SimulatedCipher(StrEnum):
    """A block cipher with its checksum; the values are the last arc of the protocols' object identifiers."""

    DES3 = "1"
    AES128 = "2"
    AES192 = "3"
    AES256 = "4"

    @property
    def key_length(self) -> int:
        return {
            SimulatedCipher.DES3: 16,
            SimulatedCipher.AES128: 16,
            SimulatedCipher.AES192: 24,
            SimulatedCipher.AES256: 32,
        }[self]

    @property
    def block(self) -> int:
        return _DES_BLOCK if self is SimulatedCipher.DES3 else _AES_BLOCK


class Use(StrEnum):
    """What a derived key is for: the counter of the derivation (Doc 9303-11, 9.7.1)."""

    ENCRYPTION = "1"
    CHECKSUM = "2"
    NONCE = "3"


@dataclass(frozen=True, slots=True)
class SessionKeys:
    suite: SimulatedCipher
    encryption: bytes
    checksum: bytes


def derive(suite: SimulatedCipher, secret: bytes, use: Use) -> bytes:
    """Derive a key from a shared secret (Doc 9303-11, 9.7.1.2 to 9.7.1.3)."""
    hashed = hashlib.sha256 if suite in {SimulatedCipher.AES192, SimulatedCipher.AES256} else hashlib.sha1
    key = hashed(secret + int(use).to_bytes(4), usedforsecurity=False).digest()[: suite.key_length]
    return _odd(key) if suite is SimulatedCipher.DES3 else key


def session_keys(suite: SimulatedCipher, secret: bytes) -> SessionKeys:
    return SessionKeys(suite, derive(suite, secret, Use.ENCRYPTION), derive(suite, secret, Use.CHECKSUM))


def encrypt(suite: SimulatedCipher, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
    """Encrypt whole blocks, chained; ``iv`` is zero where none is given."""
    encryptor = _cipher(suite, key, iv).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def decrypt(suite: SimulatedCipher, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
    decryptor = _cipher(suite, key, iv).decryptor()
    return decryptor.update(data) + decryptor.finalize()


def checksum(suite: SimulatedCipher, key: bytes, data: bytes) -> bytes:
    """Compute the eight bytes of checksum: CMAC, or ISO/IEC 9797-1 algorithm 3 over whole blocks."""
    if suite is not SimulatedCipher.DES3:
        cmac = CMAC(AES(key))
        cmac.update(data)
        return cmac.finalize()[:MAC_LENGTH]
    first, second = key[:_DES_BLOCK], key[_DES_BLOCK:]
    chained = encrypt(suite, first * 2, data)[-_DES_BLOCK:]
    # All blocks but the last step are single DES, which triple DES is with one key in all its places.
    return encrypt(suite, first * 2, decrypt(suite, second * 2, chained))


def pad(data: bytes, block: int) -> bytes:
    """Pad by ISO/IEC 9797-1 method 2: 80, then zeros."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpad(data: bytes) -> bytes | None:
    """Take the padding away; None where there is none."""
    stripped = data.rstrip(b"\0")
    return stripped[:-1] if stripped.endswith(b"\x80") else None


def _cipher(suite: SimulatedCipher, key: bytes, iv: bytes | None) -> Cipher[modes.CBC]:
    algorithm = TripleDES(key + key[:_DES_BLOCK]) if suite is SimulatedCipher.DES3 else AES(key)
    return Cipher(algorithm, modes.CBC(iv or bytes(suite.block)))


def _odd(key: bytes) -> bytes:
    """Set the parity bit of each byte of a DES key."""
    return bytes(byte & 0xFE | (byte.bit_count() - (byte & 1) + 1) & 1 for byte in key)
