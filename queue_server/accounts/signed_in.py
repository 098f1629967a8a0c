"""Where somebody is signed in, as people see it, and ending that before its time."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, delete, select

from queue_server.accounts import account_events, staff_store
from queue_server.accounts import tables as t
from queue_server.accounts.agents import UserAgent
from queue_server.accounts.events import SessionsEnded
from queue_server.accounts.model import AccountRules, SessionId
from queue_server.domain.values import Actor, CentreId, CounterId, Micros, StaffId


class SignedIn(msgspec.Struct, frozen=True):
    """A living session of somebody: where, since when, when it was used last, and in what."""

    id: SessionId
    staff: StaffId
    centre: CentreId
    counter: CounterId | None
    created: Micros
    last_seen: Micros
    agent: UserAgent


def signed_in(
    connection: Connection, staff: Iterable[StaffId], now: Micros, rules: AccountRules, centre: CentreId | None = None
) -> tuple[SignedIn, ...]:
    """List the living sessions of these, at one centre or at all, the one used last first."""
    living = (
        select(t.sessions)
        .join(t.staff, t.staff.c.id == t.sessions.c.staff)
        .where(t.sessions.c.staff.in_(list(staff)), staff_store.alive(now, rules))
        .order_by(t.sessions.c.last_seen.desc(), t.sessions.c.id)
    )
    if centre is not None:
        living = living.where(t.sessions.c.centre == centre)
    return tuple(
        SignedIn(
            id=row["id"],
            staff=row["staff"],
            centre=row["centre"],
            counter=row["counter"],
            created=row["created"],
            last_seen=row["last_seen"],
            agent=staff_store.agent_of(row),
        )
        for row in connection.execute(living).mappings()
    )


def end(
    connection: Connection,
    staff: StaffId,
    *,
    actor: Actor,
    now: Micros,
    one: str | None = None,
    but: SessionId | None = None,
    centre: CentreId | None = None,
) -> frozenset[SessionId]:
    """End the sessions of a member of staff: ``one`` of them or all, ``but`` one, at one ``centre`` or at all.

    Returns those that ended; where there were some it is recorded.
    """
    s = t.sessions.c
    which = [s.staff == staff]
    if one is not None:
        which.append(s.id == one)
    if but is not None:
        which.append(s.id != but)
    if centre is not None:
        which.append(s.centre == centre)
    ended = frozenset(SessionId(ident) for ident in connection.execute(select(s.id).where(*which)).scalars())
    if ended:
        connection.execute(delete(t.sessions).where(s.id.in_(ended)))
        account_events.record(connection, staff, SessionsEnded(staff, len(ended)), actor=actor, now=now)
    return ended
