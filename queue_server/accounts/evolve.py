"""What the stream of an account folds to: what was done to it, and with what its owner proves who they are. Pure."""

import msgspec

from queue_server.accounts import events as e
from queue_server.accounts.model import FactorKind
from queue_server.domain.values import Micros, StaffId
from queue_server.eventlog.payload import Payload, UnknownEventError


class Account(msgspec.Struct, frozen=True):
    """An account as its stream left it at ``seq``.

    ``factors`` are the second factors that were set up and not taken off, in the order of their setting up;
    ``has_recovery`` whether recovery codes were made. What was done before an account had a stream is not in it.
    """

    id: StaffId
    seq: int
    changed_at: Micros
    password_changed_at: Micros | None = None
    factors: tuple[FactorKind, ...] = ()
    has_recovery: bool = False


def evolve(before: Account | None, body: Payload, seq: int, at: Micros) -> Account:
    """Bring an account to where it is after an event.

    Raises:
        UnknownEventError: the event is none of an account, or of another one.
    """
    staff = getattr(body, "staff", None)
    if body.type not in e.EVENTS or staff is None or (before is not None and before.id != staff):
        raise UnknownEventError(type=body.type, v=body.v)
    account = Account(staff, seq, at) if before is None else msgspec.structs.replace(before, seq=seq, changed_at=at)
    match body:
        case e.PasswordChanged():
            return msgspec.structs.replace(account, password_changed_at=at)
        case e.SecondFactorAdded():
            return msgspec.structs.replace(account, factors=(*account.factors, body.kind))
        case e.SecondFactorRemoved():
            return msgspec.structs.replace(account, factors=_without(account.factors, body.kind))
        case e.SecondFactorReset():
            return msgspec.structs.replace(account, factors=(), has_recovery=False)
        case e.RecoveryCodesMade():
            return msgspec.structs.replace(account, has_recovery=True)
    return account


def _without(factors: tuple[FactorKind, ...], kind: FactorKind) -> tuple[FactorKind, ...]:
    if kind not in factors:
        return factors
    at = factors.index(kind)
    return factors[:at] + factors[at + 1 :]
