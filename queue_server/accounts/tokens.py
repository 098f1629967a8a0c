"""Secrets that are handed out once and kept as hashes, and keys that are derived. Pure but for the random source."""

import hmac
import secrets
from hashlib import sha256

from queue_server.accounts.model import CODE_DIGITS
from queue_server.domain.values import DeviceId

#: 256 bits.
_TOKEN_BYTES = 32


def new_token() -> str:
    """Make a token of a device, a session's cookie, or a CSRF token: base64url without padding, 43 characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_digest(token: str) -> str:
    """Hash what ``new_token`` made: 256 random bits need neither salt nor a slow hash."""
    # Headers come decoded so (PEP 383): bytes that are no text are nobody's token, and no mistake of ours.
    return sha256(token.encode(errors="surrogateescape")).hexdigest()


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def code_digest(key: bytes, code: str) -> str:
    """Hash an enrolment code under the server's ``sessions`` key: eight digits alone are found by trying them all."""
    return hmac.digest(key, b"enrolment-code\0" + code.encode(), "sha256").hex()


def ticket_key(key: bytes, device: DeviceId) -> bytes:
    """Derive the key with which a device makes its tickets' tokens: HMAC-SHA256 of its id under ``tickets``."""
    return hmac.digest(key, device.encode(), "sha256")
