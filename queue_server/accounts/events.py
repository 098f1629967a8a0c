"""Events of an account, in the stream ``account/<staff>``: what was done, never a password or a code. Pure."""

from typing import Final

from queue_server.accounts.model import FactorKind
from queue_server.domain.values import StaffId
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


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


class SecondFactorAdded(Payload, frozen=True):
    """A second factor was set up."""

    type = "second-factor-added"
    staff: StaffId
    kind: FactorKind


class SecondFactorRemoved(Payload, frozen=True):
    """A second factor was taken off."""

    type = "second-factor-removed"
    staff: StaffId
    kind: FactorKind


class SecondFactorReset(Payload, frozen=True):
    """All second factors were taken off, so that their owner can set up a new one."""

    type = "second-factor-reset"
    staff: StaffId
    count: int


class RecoveryCodesMade(Payload, frozen=True):
    """There are new recovery codes; those of before open nothing."""

    type = "recovery-codes-made"
    staff: StaffId


class RecoveryCodeUsed(Payload, frozen=True):
    """Somebody signed in with a recovery code, which opens nothing any more."""

    type = "recovery-code-used"
    staff: StaffId


class ClockConfirmed(Payload, frozen=True):
    """Two managers said that the clock of the server is right, though nothing happened for long by it."""

    type = "clock-confirmed"
    staff: StaffId
    confirmed_by: StaffId


CODEC: Final = Codec(
    (
        PasswordChanged,
        SessionsEnded,
        SignInAdmitted,
        SecondFactorAdded,
        SecondFactorRemoved,
        SecondFactorReset,
        RecoveryCodesMade,
        RecoveryCodeUsed,
        ClockConfirmed,
    )
)
EVENTS: Final = CODEC.kinds

#: What the fields mean: a name means the same in each event.
MEANINGS: Final = {
    "confirmed_by": "The second manager, who confirmed it.",
    "count": "How many were ended, or taken off.",
    "kind": "Which kind of second factor it is.",
    "staff": "The member of staff whose account it is.",
}
