"""A code that a manager has just made, as its page carries it: sealed for the one session that made it.

The server keeps a hash of the code alone. So the page brings back what it shows, and nobody else can read it there: not
in a log of addresses, nor in another browser.
"""

import base64
import binascii
import hmac
from collections.abc import Iterable

import msgspec

from queue_server.accounts.model import DeviceKind, SessionId
from queue_server.domain.values import Micros
from queue_server.vault import sealing
from queue_server.vault.errors import PeopleError


class MadeCode(msgspec.Struct, frozen=True):
    """``name`` is where the device is to stand; ``ends`` is until when the code can be used."""

    code: str
    kind: DeviceKind
    name: str
    ends: Micros

    def __repr__(self) -> str:
        return f"MadeCode(kind={self.kind!r}, ...)"


def seal(made: MadeCode, key: bytes, session: SessionId) -> str:
    """Write it for an address; ``key`` is the server's ``sessions`` key."""
    sealed = sealing.seal(_own(key), msgspec.json.encode(made).decode(), session.encode())
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def unseal(text: str, keys: Iterable[bytes], session: SessionId) -> MadeCode | None:
    """Read what ``seal`` wrote for this session; None where it is anything else."""
    try:
        sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    for key in keys:
        try:
            return msgspec.json.decode(sealing.unseal(_own(key), sealed, session.encode()), type=MadeCode)
        except PeopleError:
            continue
    return None


def _own(key: bytes) -> bytes:
    return hmac.digest(key, b"made-enrolment-code", "sha256")
