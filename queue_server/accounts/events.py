"""Events of an account, in the stream ``account/<staff>``: what was done, never a password or a code. Pure."""

from typing import Final

from queue_server.queue.events import Payload
from queue_server.values import StaffId


class PasswordChanged(Payload, frozen=True):
    """There is another password; whoever was signed in with the one before is signed out."""

    type = "password-changed"
    staff: StaffId


class SessionsEnded(Payload, frozen=True):
    """So many sessions were ended before their time."""

    type = "sessions-ended"
    staff: StaffId
    count: int


class SignInAdmitted(Payload, frozen=True):
    """Somebody was let in past what strangers had tried."""

    type = "sign-in-admitted"
    staff: StaffId


EVENTS: Final[dict[str, type[Payload]]] = {kind.type: kind for kind in (PasswordChanged, SessionsEnded, SignInAdmitted)}
