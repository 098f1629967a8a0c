"""Codes of six digits that change every half minute (TOTP, RFC 6238, over HOTP, RFC 4226). Pure."""

import base64
import hashlib
import hmac
from typing import Final
from urllib.parse import quote, urlencode

from queue_server.domain.values import SECOND, Micros

DIGITS: Final = 6
STEP_S: Final = 30
#: Steps by which the clock of a phone may differ (RFC 6238, section 5.2).
_APART: Final = 1


def code_at(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """Make the code of a step: HMAC-SHA-1, cut where its last four bits say (RFC 4226, section 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8), hashlib.sha1)
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}}"


def step_of(secret: bytes, code: str, now: Micros, after: int) -> int | None:
    """Find the step that a code is of: about now, later than ``after``, the last that was used; None where it is none.

    All are looked at, whichever fits, so that the time it takes tells nothing.
    """
    present, found = now // (STEP_S * SECOND), None
    for step in range(present - _APART, present + _APART + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode(errors="replace")) and step > after:
            found = step
    return found


def typed(secret: bytes) -> str:
    """Write a secret as it is typed into a phone: Base32 without padding (RFC 4648, section 6)."""
    return base64.b32encode(secret).decode().rstrip("=")


def address(secret: bytes, issuer: str, login: str) -> str:
    """Make what the QR code holds (Key Uri Format of authenticator apps)."""
    asked = {"secret": typed(secret), "issuer": issuer, "algorithm": "SHA1", "digits": DIGITS, "period": STEP_S}
    return f"otpauth://totp/{quote(f'{issuer}:{login}')}?{urlencode(asked, quote_via=quote)}"
