"""What a session opens now. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from queue_server.accounts.model import PROTECTED, Role, SessionStanding, SignInProof
from queue_server.domain.values import MINUTE, SECOND, Micros

#: A page says this often at most that somebody is at its keys, and a little late.
LOCK_GRACE: Final = 60 * SECOND


def standing(row: Mapping[Any, Any], roles: frozenset[Role], now: Micros) -> SessionStanding:
    """Say what a session opens; ``row`` is that of the session, with the rules of its centre and ``protected``."""
    if row["proof"] in {None, SignInProof.PASSWORD}:
        if row["protected"]:
            return SessionStanding.CODE
        if row["manager_second_factor"] and PROTECTED & roles:
            return SessionStanding.SET_UP
    active = row["created"] if row["active_at"] is None else row["active_at"]
    empty = row["lock_minutes"] and now - active >= row["lock_minutes"] * MINUTE + LOCK_GRACE
    return SessionStanding.LOCKED if empty or row["locked_at"] is not None else SessionStanding.OPEN
