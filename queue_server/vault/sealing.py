"""The sealed bytes of a row: AES-256-GCM (NIST SP 800-38D), bound to where the row stands.

Shape: the byte 1, the length of all of it (four bytes, big-endian), a nonce (12 random bytes), ciphertext with tag.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from queue_server.vault.errors import RowChangedError, RowTruncatedError

_VERSION = b"\x01"
_LENGTH, _NONCE, _TAG = 4, 12, 16
_HEAD = len(_VERSION) + _LENGTH


def seal(key: bytes, text: str, associated: bytes) -> bytes:
    """Seal a text with a data key (32 bytes)."""
    nonce = secrets.token_bytes(_NONCE)
    body = nonce + AESGCM(key).encrypt(nonce, text.encode(), associated)
    return _VERSION + (_HEAD + len(body)).to_bytes(_LENGTH) + body


def unseal(key: bytes, sealed: bytes, associated: bytes) -> str:
    """Open what was sealed.

    Raises:
        RowTruncatedError: it is not whole.
        RowChangedError: it was sealed elsewhere, with another key, or was changed.
    """
    length = int.from_bytes(sealed[len(_VERSION) : _HEAD])
    if len(sealed) < _HEAD + _NONCE + _TAG or len(sealed) != length or not sealed.startswith(_VERSION):
        raise RowTruncatedError
    nonce, secret = sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, secret, associated).decode()
    except (InvalidTag, UnicodeDecodeError) as error:
        raise RowChangedError from error
