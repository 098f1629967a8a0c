"""Statements of web push: synchronous, on a ``Connection``.

The row of a phone is its outbox: a call that it was not told of yet is what is to be sent, and whoever holds the row is
the one who sends it.
"""

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from queue_server.domain.values import Actor, CentreId, Micros, VisitId, new_id
from queue_server.push.endpoint import PushEndpoint
from queue_server.push.tables import push_subscriptions
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.model import PURPOSES, RowKind
from queue_server.vault.store import NewRow, Vault
from queue_server.vault.tables import people_rows

_T = push_subscriptions.c
KIND = RowKind.PUSH_SUBSCRIPTION


class PushSubscription(msgspec.Struct, frozen=True):
    """A phone that is told of a visit, without its address; ``key`` is the public one with which it subscribed."""

    id: str
    key: str
    centre: CentreId
    visit: VisitId
    told_at: Micros
    tries: int


class SubscriptionGiven(msgspec.Struct, frozen=True):
    """Of which visit a phone is to be told, by which key, since when, and until when at most."""

    centre: CentreId
    visit: VisitId
    key: str
    at: Micros
    ends_at: Micros
    actor: Actor


def subscribe(
    vault: Vault, connection: Connection, given: SubscriptionGiven, endpoint: PushEndpoint, most: int
) -> bool:
    """Store that a phone is told of a visit; false where it is already. Of too many the oldest is told no more."""
    here = select(_T.id).where(_T.centre == given.centre, _T.visit == given.visit).with_for_update()
    held = list(connection.execute(here.order_by(_T.at, _T.id)).scalars())
    if vault.count(connection, given.centre, KIND, endpoint.address, given.at):
        return False
    for one in held[: max(0, len(held) - most + 1)]:
        end(vault, connection, one, actor=given.actor, now=given.at)
    ident = new_id()
    row = NewRow(
        id=ident,
        kind=KIND,
        centre=given.centre,
        text=endpoint.address,
        at=given.at,
        actor=given.actor,
        ends_at=given.ends_at,
        visit=given.visit,
        findable=True,
    )
    vault.put(connection, row)
    stored = {
        "id": ident,
        "centre": given.centre,
        "visit": given.visit,
        "key": given.key,
        "at": given.at,
        "ends_at": given.ends_at,
        "told_at": 0,
        "tries": 0,
        "next_at": 0,
        "held_until": 0,
    }
    connection.execute(insert(push_subscriptions), stored)
    return True


def unsubscribe(vault: Vault, connection: Connection, given: SubscriptionGiven, endpoint: PushEndpoint) -> None:
    """Shred the address of a phone that is to be told no more."""
    found = vault.matching(connection, given.centre, KIND, endpoint.address, actor=given.actor, now=given.at)
    for one in found:
        if one.visit == given.visit:
            end(vault, connection, one.id, actor=given.actor, now=given.at)


def end(vault: Vault, connection: Connection, ident: str, *, actor: Actor, now: Micros) -> None:
    """Shred a phone's address, and forget it."""
    vault.end_row(connection, ident, actor=actor, now=now)
    connection.execute(delete(push_subscriptions).where(_T.id == ident))


def waiting(connection: Connection, now: Micros) -> tuple[PushSubscription, ...]:
    """List the phones that nobody tells just now and that may be told now, the longest untried first."""
    columns = [_T[name] for name in PushSubscription.__struct_fields__]
    due = select(*columns).where(_T.ends_at > now, _T.next_at <= now, _T.held_until <= now)
    rows = connection.execute(due.order_by(_T.next_at, _T.id))
    return tuple(PushSubscription(*row) for row in rows)


def hold(
    connection: Connection, one: PushSubscription, call: Micros, holder: str, *, now: Micros, until: Micros
) -> bool:
    """Take it for oneself until then; false where another process was first."""
    free = (_T.id == one.id, _T.told_at < call, _T.next_at <= now, _T.held_until <= now)
    taken = update(push_subscriptions).where(*free).values(holder=holder, held_until=until).returning(_T.id)
    return connection.execute(taken).first() is not None


def address(vault: Vault, connection: Connection, ident: str, *, actor: Actor, now: Micros) -> str | None:
    """Read the address of a phone, and record who did; None where it went with its visit."""
    try:
        return vault.get(connection, ident, purpose=PURPOSES[KIND], actor=actor, now=now).text
    except (PersonShreddedError, RowUnknownError):
        return None


def told(connection: Connection, ident: str, call: Micros, holder: str) -> None:
    """Say that the phone was told of a call, or that it is given up."""
    _let_go(connection, ident, holder, told_at=call, tries=0, next_at=0)


def put_off(connection: Connection, ident: str, holder: str, *, tries: int, next_at: Micros) -> None:
    """Say that it was not told, and when that is tried next."""
    _let_go(connection, ident, holder, tries=tries, next_at=next_at)


def _let_go(connection: Connection, ident: str, holder: str, **values: int) -> None:
    mine = update(push_subscriptions).where(_T.id == ident, _T.holder == holder)
    connection.execute(mine.values(holder=None, held_until=0, **values))


def count(connection: Connection, centre: CentreId, visit: VisitId) -> int:
    """Count the phones that are told of a visit."""
    living = select(func.count()).select_from(push_subscriptions.join(people_rows, people_rows.c.id == _T.id))
    return connection.execute(living.where(_T.centre == centre, _T.visit == visit)).scalar_one()
