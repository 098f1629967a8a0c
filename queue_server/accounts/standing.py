"""What a session opens now. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from queue_server.accounts.model import Proof, Role, Standing
from queue_server.domain.values import MINUTE, SECOND, Micros

#: A page says this often at most that somebody is at its keys, and a little late.
LOCK_GRACE: Final = 60 * SECOND


def standing(row: Mapping[Any, Any], roles: frozenset[Role], now: Micros) -> Standing:
    """Say what a session opens; ``row`` is that of the session, with the rules of its centre and ``protected``."""
    if row["proof"] in {None, Proof.PASSWORD}:
        if row["protected"]:
            return Standing.CODE
        if row["manager_second_factor"] and Role.MANAGER in roles:
            return Standing.SET_UP
    active = row["created"] if row["active_at"] is None else row["active_at"]
    empty = row["lock_minutes"] and now - active >= row["lock_minutes"] * MINUTE + LOCK_GRACE
    return Standing.LOCKED if empty or row["locked_at"] is not None else Standing.OPEN
