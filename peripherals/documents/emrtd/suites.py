"""The ciphers that chips use, each with its key derivation, code and padding: 9303-11, 9.7 and 9.8.

Pure. 3DES stands in the old documents still in use; nothing here chooses it where a chip offers more.
"""

import hashlib
from enum import Enum

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from peripherals.errors import ChipChannelError

#: Bytes of a code: both kinds are cut to this (9303-11, 9.8.6 and 9.8.7).
MAC_BYTES = 8
#: The counters of the key derivation (9303-11, 9.7.1): for encryption, codes, and a password.
ENCRYPTION, CODE, PASSWORD = 1, 2, 3
_DES_BLOCK = 8
_SHA1_KEYS = 16


class CipherSuite(Enum):
    """A cipher with its size of key and block, in bytes."""

    DES3 = ("3des", 16, 8)
    AES128 = ("aes-128", 16, 16)
    AES192 = ("aes-192", 24, 16)
    AES256 = ("aes-256", 32, 16)

    def __init__(self, label: str, key_bytes: int, block: int) -> None:
        self.label = label
        self.key_bytes = key_bytes
        self.block = block

    def derive(self, secret: bytes, counter: int) -> bytes:
        """Derive a key from a shared secret (9303-11, 9.7.1)."""
        digest = hashlib.sha1 if self.key_bytes <= _SHA1_KEYS else hashlib.sha256
        key = digest(secret + counter.to_bytes(4), usedforsecurity=False).digest()[: self.key_bytes]
        return _odd_parity(key) if self is CipherSuite.DES3 else key

    def encrypt(self, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
        """Encrypt whole blocks in CBC mode; without ``iv`` it is zero."""
        encryptor = self._cipher(key, iv).encryptor()
        return encryptor.update(data) + encryptor.finalize()

    def decrypt(self, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
        """Decrypt whole blocks in CBC mode; without ``iv`` it is zero."""
        decryptor = self._cipher(key, iv).decryptor()
        return decryptor.update(data) + decryptor.finalize()

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Give the code of data, 8 bytes: the retail MAC of data padded here, or AES-CMAC, which pads by itself."""
        if self is CipherSuite.DES3:
            return _retail_mac(key, self.pad(data))
        code = CMAC(algorithms.AES(key))
        code.update(data)
        return code.finalize()[:MAC_BYTES]

    def pad(self, data: bytes) -> bytes:
        """Pad to whole blocks: 80, then zeros (ISO/IEC 9797-1, method 2)."""
        return data + b"\x80" + bytes(-(len(data) + 1) % self.block)

    def unpad(self, data: bytes) -> bytes:
        """Take the padding off.

        Raises:
            ChipChannelError: there is none.
        """
        stripped = data.rstrip(b"\0")
        if not stripped.endswith(b"\x80") or len(data) - len(stripped) >= self.block:
            raise ChipChannelError(fault="padding")
        return stripped[:-1]

    def _cipher(self, key: bytes, iv: bytes | None) -> Cipher[modes.CBC]:
        mode = modes.CBC(iv or bytes(self.block))
        if self is CipherSuite.DES3:
            return Cipher(TripleDES(key + key[:_DES_BLOCK]), mode)
        return Cipher(algorithms.AES(key), mode)


def _retail_mac(key: bytes, blocks: bytes) -> bytes:
    """Give the MAC of ISO/IEC 9797-1, algorithm 3: single DES along the blocks, triple DES on the last one.

    No library has it; a triple DES whose three keys are the same is a single one.
    """
    first, second = (key[:_DES_BLOCK] * 3, key[_DES_BLOCK:] * 3)
    chain = Cipher(TripleDES(first), modes.CBC(bytes(_DES_BLOCK))).encryptor()
    last = (chain.update(blocks) + chain.finalize())[-_DES_BLOCK:]
    # A single block with a zero vector is the same in CBC mode as without any chaining.
    back = Cipher(TripleDES(second), modes.CBC(bytes(_DES_BLOCK))).decryptor()
    middle = back.update(last) + back.finalize()
    end = Cipher(TripleDES(first), modes.CBC(bytes(_DES_BLOCK))).encryptor()
    return end.update(middle) + end.finalize()


def _odd_parity(key: bytes) -> bytes:
    return bytes(byte & 0xFE | (byte >> 1).bit_count() & 1 ^ 1 for byte in key)
