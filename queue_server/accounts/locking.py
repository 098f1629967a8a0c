"""Locking a session while its desk is empty, and unlocking it: statements on a ``Connection``."""

from sqlalchemy import Connection, update

from queue_server.accounts import tables as t
from queue_server.accounts.model import SessionId
from queue_server.domain.values import Micros


def lock(connection: Connection, ident: SessionId, now: Micros) -> None:
    """Lock a session: from now on it answers nothing but the password."""
    locked = update(t.sessions).where(t.sessions.c.id == ident, t.sessions.c.locked_at.is_(None))
    connection.execute(locked.values(locked_at=now))


def unlock(connection: Connection, ident: SessionId, now: Micros) -> bool:
    """Unlock a session whose owner has typed the password; false where it has ended meanwhile."""
    opened = update(t.sessions).where(t.sessions.c.id == ident)
    values = {"locked_at": None, "active_at": now, "proved_at": now, "last_seen": now}
    return bool(connection.execute(opened.values(values)).rowcount)


def stay(connection: Connection, ident: SessionId, now: Micros) -> None:
    """Note that somebody is at the keys."""
    there = update(t.sessions).where(t.sessions.c.id == ident, t.sessions.c.locked_at.is_(None))
    connection.execute(there.values(active_at=now))
