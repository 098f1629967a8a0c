"""What a session remembers while its owner proves who they are: when they did last, and what a passkey is asked."""

from sqlalchemy import Connection, select, update

from queue_server.accounts import tables as t
from queue_server.accounts.model import SessionId
from queue_server.domain.values import Micros


def note_proof(connection: Connection, ident: SessionId, now: Micros) -> None:
    """Note that whoever is signed in has just proved once more who they are."""
    connection.execute(update(t.sessions).where(t.sessions.c.id == ident).values(proved_at=now))


def store_challenge(connection: Connection, ident: SessionId, challenge: str, now: Micros) -> None:
    """Keep what a passkey is asked to answer."""
    asked = update(t.sessions).where(t.sessions.c.id == ident)
    connection.execute(asked.values(challenge=challenge, challenged_at=now))


def consume_challenge(connection: Connection, ident: SessionId, since: Micros) -> str | None:
    """Take what a passkey was asked after ``since``: it is answered once."""
    held = select(t.sessions.c.challenge).where(t.sessions.c.id == ident, t.sessions.c.challenged_at > since)
    challenge = connection.execute(held.with_for_update()).scalar_one_or_none()
    connection.execute(update(t.sessions).where(t.sessions.c.id == ident).values(challenge=None, challenged_at=None))
    return challenge
