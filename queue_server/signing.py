"""Signatures of closing events: Ed25519 (RFC 8032)."""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def fingerprint(name: str, key: bytes) -> str:
    """Name a key without telling it: SHA-256 over the key's name and its bytes, in hexadecimal."""
    return sha256(f"consular-key {name}\0".encode() + key).hexdigest()


class Verifier:
    """Checks what a ``EventSigner`` signed; ``key_id`` is the fingerprint of the public key."""

    def __init__(self, public: Ed25519PublicKey) -> None:
        self._public = public
        self.key_id = fingerprint("signing", public.public_bytes_raw())

    def holds(self, message: bytes, signature: bytes) -> bool:
        try:
            self._public.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class EventSigner:
    """Signs; ``key_id`` tells which key did."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.verifier = Verifier(private.public_key())
        self.key_id = self.verifier.key_id

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)
