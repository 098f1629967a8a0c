"""The token of a ticket's page: what the QR code on the paper leads to (docs/decisions/0001). Pure.

base64url, without padding, of the 16 bytes of the visit's id and the first 16 bytes of HMAC-SHA256 over them, under the
key of the device that issued the ticket.
"""

import base64
import hmac
import re
import uuid

from queue_server.domain.values import VisitId

_ID, _MAC = 16, 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def make(visit: VisitId, key: bytes) -> str:
    """Make the token of a visit; ``key`` is the issuing device's (32 bytes)."""
    ident = uuid.UUID(visit).bytes
    return base64.urlsafe_b64encode(ident + _mac(ident, key)).rstrip(b"=").decode()


def visit_of(token: str) -> VisitId | None:
    """Read whose token this claims to be; None where it has not the shape of one. Nothing is proved by it."""
    raw = _decode(token)
    return None if raw is None else VisitId(str(uuid.UUID(bytes=raw[:_ID])))


def proves(token: str, key: bytes) -> bool:
    """Tell whether the token was made with this key, in constant time."""
    raw = _decode(token)
    return raw is not None and hmac.compare_digest(raw[_ID:], _mac(raw[:_ID], key))


def _mac(ident: bytes, key: bytes) -> bytes:
    return hmac.digest(key, ident, "sha256")[:_MAC]


def _decode(token: str) -> bytes | None:
    if _TOKEN.fullmatch(token) is None:
        return None
    raw = base64.urlsafe_b64decode(token + "=")
    # 43 digits hold two bits more than 32 bytes: one ticket has one token.
    return raw if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() == token else None
