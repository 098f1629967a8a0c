"""Statements of notices: synchronous, on a ``Connection``.

``notification/<id>`` is the truth of what somebody is told; ``notification_attempts`` of how sending it goes: who holds
it is the one who sends it. Both are written in one commit.
"""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, func, insert, literal, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import IntegrityError

from queue_server.database.failures import LogConflictError
from queue_server.domain.values import Actor, CentreId, Micros, StreamName
from queue_server.eventlog.aggregate import Aggregate, PendingAppend
from queue_server.eventlog.projection import Projection, Row
from queue_server.notices import model
from queue_server.notices.events import CODEC, NotificationQueued
from queue_server.notices.model import Notification
from queue_server.notices.tables import notification_attempts, notifications
from queue_server.notices.values import NoticeChannel, NotificationId
from queue_server.notices.values import NotificationState as State

_NOTIFICATION = select(*(notifications.c[name] for name in Notification.__struct_fields__))


def _rows(one: Notification) -> Mapping[str, Sequence[Row]]:
    return {notifications.name: (msgspec.to_builtins(one),)}


NOTIFICATIONS: Final = Aggregate(
    "notification", CODEC, model.evolve, Projection("notifications", 1, {notifications: "id"}, _rows)
)


class DeliveryAttempt(msgspec.Struct, frozen=True):
    """How sending goes: ``first_at`` is when it was tried first, ``tries`` how often it was put off since."""

    id: NotificationId
    tries: int
    first_at: Micros | None
    next_at: Micros


def notification_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = notifications.c
    named = literal(NOTIFICATIONS.prefix).concat(known.id)
    return select(named).where(known.centre == centre, known.changed_at >= since)


def queue(
    connection: Connection, wanted: NotificationQueued, *, at: Micros, command: str, actor: Actor
) -> PendingAppend[Notification]:
    """Decide that somebody is to be told, once; the caller stores it, with what it follows."""
    drafted = NOTIFICATIONS.draft(
        connection, wanted.notification, lambda before: model.queue(before, wanted), at=at, command=command, actor=actor
    )
    if drafted.new:
        begin(connection, wanted.notification, wanted.not_before)
    return drafted


def begin(connection: Connection, ident: NotificationId, not_before: Micros) -> None:
    """Begin anew with sending it, from ``not_before`` on.

    Raises:
        LogConflictError: another process has just begun with it.
    """
    end(connection, ident)
    row = {"id": ident, "tries": 0, "first_at": None, "next_at": not_before, "held_until": 0}
    try:
        connection.execute(insert(notification_attempts).values(row))
    except IntegrityError as error:
        raise LogConflictError from error


def end(connection: Connection, ident: NotificationId) -> None:
    connection.execute(delete_from(notification_attempts).where(notification_attempts.c.id == ident))


def due(connection: Connection, channel: NoticeChannel, now: Micros, limit: int) -> tuple[NotificationId, ...]:
    """Name what is to be sent in a way and nobody just sends, the longest due first."""
    n, a = notifications.c, notification_attempts.c
    which = (
        select(n.id)
        .join(notification_attempts, a.id == n.id)
        .where(n.next_channel == channel, n.not_before <= now, a.next_at <= now, a.held_until <= now)
        .order_by(a.next_at, n.id)
        .limit(limit)
    )
    return tuple(NotificationId(found) for found in connection.execute(which).scalars())


def hold(
    connection: Connection, ident: NotificationId, holder: str, *, now: Micros, until: Micros
) -> DeliveryAttempt | None:
    """Take it for oneself until then; None where another process was first, or it is not to be sent now."""
    a = notification_attempts.c
    # One statement on one row: whoever comes second looks at the row anew, and finds it held.
    taken = (
        update(notification_attempts)
        .where(a.id == ident, a.next_at <= now, a.held_until <= now)
        .values(holder=holder, held_until=until, first_at=func.coalesce(a.first_at, now))
        .returning(a.id, a.tries, a.first_at, a.next_at)
    )
    row = connection.execute(taken).one_or_none()
    if row is None:
        return None
    first_at = None if row.first_at is None else Micros(row.first_at)
    return DeliveryAttempt(NotificationId(row.id), row.tries, first_at, Micros(row.next_at))


def let_go(
    connection: Connection, ident: NotificationId, holder: str, *, next_at: Micros, tries: int, code: str
) -> None:
    """Say that it was not sent, and when it is tried next; only whoever holds it says so.

    Without ``tries`` nothing was tried: from when on it may be given up is counted later.
    """
    a = notification_attempts.c
    freed = update(notification_attempts).where(a.id == ident, a.holder == holder)
    if not tries:
        freed = freed.values(first_at=None)
    connection.execute(freed.values(holder=None, held_until=0, next_at=next_at, tries=tries, code=code))


def by_id(connection: Connection, ident: str) -> Notification | None:
    row = connection.execute(_NOTIFICATION.where(notifications.c.id == ident)).mappings().one_or_none()
    return None if row is None else _read(row)


def of_subject(connection: Connection, subject: StreamName) -> tuple[Notification, ...]:
    """List all that was to be told of something, the oldest first."""
    return _some(connection, notifications.c.subject == subject)


def of_occasion(connection: Connection, subject: StreamName, occasion: Micros) -> tuple[Notification, ...]:
    """List what was to be told of something since it is as it is, which is the occasion; the oldest first."""
    n = notifications.c
    return _some(connection, n.subject == subject, n.occasion == occasion)


def of_subjects(connection: Connection, subjects: "Select[str]") -> tuple[Notification, ...]:
    """List all that was to be told of things, whose streams a statement names, the oldest first."""
    return _some(connection, notifications.c.subject.in_(subjects))


def undeliverable(connection: Connection, centre: CentreId) -> tuple[Notification, ...]:
    """List what could not be delivered at a centre, the oldest first."""
    return _some(connection, notifications.c.centre == centre, notifications.c.state == State.UNDELIVERABLE)


def undeliverable_to(connection: Connection, recipient: StreamName) -> tuple[Notification, ...]:
    return _some(connection, notifications.c.recipient == recipient, notifications.c.state == State.UNDELIVERABLE)


def waiting_since(connection: Connection, centre: CentreId, before: Micros) -> tuple[int, Micros | None]:
    """Count what should have been sent before then and was not, with since when the oldest one should."""
    n = notifications.c
    late = select(func.count(), func.min(n.not_before)).where(
        n.centre == centre, n.state == State.WAITING, n.not_before < before
    )
    count, oldest = connection.execute(late).one()
    return count, None if oldest is None else Micros(oldest)


def alarms_by_centre(connection: Connection, before: Micros) -> dict[CentreId, int]:
    """Say of all centres whether there is what ``undeliverable`` lists, and what ``waiting_since`` counts: 0 to 2."""
    n = notifications.c
    dead = select(n.centre).where(n.state == State.UNDELIVERABLE).distinct()
    late = select(n.centre).where(n.state == State.WAITING, n.not_before < before).distinct()
    return Tally([*connection.execute(dead).scalars(), *connection.execute(late).scalars()])


def _some(connection: Connection, *which: Any) -> tuple[Notification, ...]:
    ordered = _NOTIFICATION.where(*which).order_by(notifications.c.queued_at, notifications.c.id)
    return tuple(_read(row) for row in connection.execute(ordered).mappings())


def _read(row: Mapping[Any, Any]) -> Notification:
    # The names of columns are no plain strings, which msgspec wants.
    return msgspec.convert({name: row[name] for name in Notification.__struct_fields__}, Notification)
