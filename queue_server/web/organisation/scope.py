"""Which centres somebody sees beside each other: those that they answer for."""

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection

from queue_server.accounts.managing import managed
from queue_server.accounts.model import Session, SignInProof
from queue_server.domain.values import CentreId
from queue_server.framework.permissions import Principal, PrincipalKind


class Scope(msgspec.Struct, frozen=True):
    """``centres`` are seen; ``barred`` of them are not, since they ask their managers for a second factor."""

    centres: frozenset[CentreId]
    barred: int = 0


def of_session(connection: Connection, session: Session) -> Scope:
    """Read where a member of staff is a manager.

    Whoever proved by a password alone sees nothing of a centre that asks for more, wherever they are signed in.
    """
    held = managed(connection, session.staff)
    by_password = session.proof is SignInProof.PASSWORD
    seen = frozenset(centre for centre, asks in held.items() if not (asks and by_password))
    return Scope(seen, len(held) - len(seen))


def of_program(principal: Principal, known: Collection[CentreId]) -> Scope:
    """Give all centres to a monitoring system, and its own to any other integration."""
    if PrincipalKind.INTEGRATION_METRICS in principal.kinds:
        return Scope(frozenset(known))
    return Scope(frozenset(centre for centre in known if centre == principal.centre))
