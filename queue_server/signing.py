"""Signatures of closing events: Ed25519 (RFC 8032)."""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def fingerprint(name: str, key: bytes) -> str:
    """Name a key without telling it: SHA-256 over the key's name and its bytes, in hexadecimal."""
    return sha256(f"consular-key {name}\0".encode() + key).hexdigest()


class FormerKey(NamedTuple):
    """The public part of a key that signed before: what was signed at ``until`` (microseconds) or later is not its."""

    public: bytes
    until: int | None


class Verifier:
    """Checks what a ``EventSigner`` signed; ``key_id`` is the fingerprint of the public key.

    ``former`` are keys that signed before it.
    """

    def __init__(self, public: Ed25519PublicKey, former: Iterable[FormerKey] = ()) -> None:
        self._public = public
        self.key_id = fingerprint("signing", public.public_bytes_raw())
        self._former = {fingerprint("signing", one.public): one for one in former}

    def holds(self, message: bytes, signature: bytes) -> bool:
        return _holds(self._public, message, signature)

    def accepts(self, key_id: str, message: bytes, signature: bytes, at: int) -> bool:
        """Tell whether a key that could do so at that time (microseconds) has signed this."""
        if key_id == self.key_id:
            return self.holds(message, signature)
        former = self._former.get(key_id)
        if former is None or (former.until is not None and at >= former.until):
            return False
        return _holds(Ed25519PublicKey.from_public_bytes(former.public), message, signature)


def _holds(public: Ed25519PublicKey, message: bytes, signature: bytes) -> bool:
    try:
        public.verify(signature, message)
    except InvalidSignature:
        return False
    return True


class EventSigner:
    """Signs; ``key_id`` tells which key did."""

    def __init__(self, private: Ed25519PrivateKey, former: Iterable[FormerKey] = ()) -> None:
        self._private = private
        self._verifier = Verifier(private.public_key(), former)

    @property
    def verifier(self) -> Verifier:
        return self._verifier

    @property
    def key_id(self) -> str:
        return self.verifier.key_id

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)
