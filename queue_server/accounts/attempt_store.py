"""Counting tries in the database, so that several servers count together.

A try is counted, and committed, before it is carried out: a hundred guesses at once are a hundred tries.
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, case, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from queue_server.accounts.tables import tries
from queue_server.domain.values import SECOND, Micros


class Limit(msgspec.Struct, frozen=True):
    """At most ``most`` tries of a ``subject`` within ``window_s`` seconds of the first."""

    purpose: str
    subject: str
    most: int
    window_s: int

    @property
    def digest(self) -> str:
        return sha256(f"{self.purpose}\0{self.subject}".encode()).hexdigest()


def count(connection: Connection, limits: Sequence[Limit], now: Micros) -> int:
    """Count one try against each limit; return the seconds to wait, 0 where it may be carried out.

    Narrow limits stand before wide ones: what one of them stops is not counted against the next, so that one address
    cannot use up what all share.
    """
    for limit in limits:
        wait = _count(connection, limit, now)
        if wait:
            return wait
    return 0


def _count(connection: Connection, limit: Limit, now: Micros) -> int:
    window = limit.window_s * SECOND
    fresh = tries.c.since <= now - window
    again = (
        update(tries)
        .where(_row(limit))
        .values(
            made=case((fresh, 1), else_=tries.c.made + 1),
            since=case((fresh, now), else_=tries.c.since),
        )
        .returning(tries.c.made, tries.c.since)
    )
    row = connection.execute(again).one_or_none()
    if row is None:
        # Windows that are over are nobody's business any more; they go when a new one begins.
        connection.execute(delete(tries).where(tries.c.purpose == limit.purpose, tries.c.since <= now - window))
        first = {"purpose": limit.purpose, "subject": limit.digest, "since": now, "made": 1}
        try:
            with connection.begin_nested():
                connection.execute(insert(tries).values(first))
        except IntegrityError:
            row = connection.execute(again).one()
    if row is None or row.made <= limit.most:
        return 0
    return max(1, -(-int(row.since + window - now) // SECOND))


def is_reached(connection: Connection, limit: Limit, now: Micros) -> bool:
    """Tell whether a limit lets nobody try any more now; this is no try."""
    full = select(tries.c.made).where(
        _row(limit), tries.c.since > now - limit.window_s * SECOND, tries.c.made >= limit.most
    )
    return connection.execute(full).first() is not None


def refund(connection: Connection, limits: Sequence[Limit]) -> None:
    """Take one try back from each limit: it was right, and only wrong ones count."""
    for limit in limits:
        connection.execute(update(tries).where(_row(limit), tries.c.made > 0).values(made=tries.c.made - 1))


def _row(limit: Limit) -> ColumnElement[bool]:
    return and_(tries.c.purpose == limit.purpose, tries.c.subject == limit.digest)
