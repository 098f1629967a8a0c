"""Browsers in which somebody has signed in at a centre before: what strangers try does not count against them.

Such a browser holds a random id, signed by the server. It opens nothing: it says apart from whom tries are counted.
"""

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

from queue_server.domain.values import CentreId

_ID_BYTES = 16


def known_browser(keys: Iterable[bytes], centre: CentreId, kept: str) -> str | None:
    """Give the id of the browser that kept this, None where it is not known at ``centre``. Anybody may have sent it.

    ``keys`` are all of the server by which it may have been signed.
    """
    ident, _, signature = kept.partition(".")
    # A header may hold what is no text (PEP 383), which is nobody's id.
    signed = signature.encode(errors="replace")
    known = any(hmac.compare_digest(signed, _sign(key, centre, ident).encode()) for key in keys)
    return ident if ident and known else None


def new_browser(key: bytes, centre: CentreId) -> str:
    """Make what a browser keeps from now on."""
    ident = secrets.token_urlsafe(_ID_BYTES)
    return f"{ident}.{_sign(key, centre, ident)}"


def _sign(key: bytes, centre: CentreId, ident: str) -> str:
    message = b"\0".join((b"browser", centre.encode(errors="replace"), ident.encode(errors="replace")))
    return hmac.new(key, message, sha256).hexdigest()
