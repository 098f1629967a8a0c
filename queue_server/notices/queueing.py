"""Queues what somebody is told, in the ways that they gave and that are set up; or drops it."""

import msgspec
from sqlalchemy import Connection

from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.domain.values import Actor, CentreId, Micros, StreamName
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.framework.settings import ServerSettings
from queue_server.notices import contacts, model, store
from queue_server.notices.events import NotificationQueued
from queue_server.notices.model import Notification, ident_of
from queue_server.notices.settings import MailSettings, SmsSettings
from queue_server.notices.store import NOTIFICATIONS
from queue_server.notices.values import DropReason, NoticeChannel, NotificationId, NotificationKind
from queue_server.vault.store import Vault


def queue(
    settings: ServerSettings,
    connection: Connection,
    item: Item,
    kind: NotificationKind,
    number: int = 0,
    *,
    ident: NotificationId | None = None,
    not_before: Micros | None = None,
    at: Micros,
    command: str,
    actor: Actor,
) -> list[PendingAppend[Notification]]:
    """Decide that whoever waits for an item is told, where they said how; the caller stores it.

    It is named by what it is, or by ``ident``: the same is queued once.
    """
    subject = StreamName(ITEMS.stream(item.id))
    what = NotificationOccasion(item.centre, kind, subject, contacts.subject_of(item), item.state_since, number)
    return queue_occasion(
        settings, connection, what, ident=ident, not_before=not_before, at=at, command=command, actor=actor
    )


class NotificationOccasion(msgspec.Struct, frozen=True):
    """Of what somebody is told (``NotificationQueued``): how they are told was given for ``recipient``."""

    centre: CentreId
    kind: NotificationKind
    subject: StreamName
    recipient: StreamName
    occasion: int
    number: int = 0


def queue_occasion(
    settings: ServerSettings,
    connection: Connection,
    what: NotificationOccasion,
    *,
    ident: NotificationId | None = None,
    not_before: Micros | None = None,
    at: Micros,
    command: str,
    actor: Actor,
) -> list[PendingAppend[Notification]]:
    """Decide that somebody is told, where they said how; the caller stores it. The same is queued once."""
    known = contacts.find(connection, what.recipient)
    if known is None:
        return []
    wanted = NotificationQueued(
        notification=ident_of(what.kind, what.subject, what.occasion, what.number) if ident is None else ident,
        centre=what.centre,
        kind=what.kind,
        subject=what.subject,
        recipient=what.recipient,
        occasion=what.occasion,
        number=what.number,
        channels=reachable(settings, known.channels),
        not_before=at if not_before is None else not_before,
    )
    return [store.queue(connection, wanted, at=at, command=command, actor=actor)]


def drop(
    vault: Vault,
    connection: Connection,
    ident: NotificationId,
    reason: DropReason,
    *,
    at: Micros,
    command: str,
    actor: Actor,
) -> PendingAppend[Notification]:
    """Decide that somebody is not told; the caller stores it. It is not sent any more, and its code is shredded."""
    # Waits for whoever just takes it, so that what they have made for it is there, and can be made void.
    store.end(connection, ident)
    vault.end_row(connection, ident, actor=actor, now=at)
    return NOTIFICATIONS.draft(
        connection, ident, lambda before: model.drop(before, reason), at=at, command=command, actor=actor
    )


def reachable(settings: ServerSettings, channels: tuple[NoticeChannel, ...]) -> tuple[NoticeChannel, ...]:
    """Of the ways that somebody gave, take those that are set up; where none is, what they are told waits for one."""
    ready = {
        NoticeChannel.EMAIL: bool(settings[MailSettings].host),
        NoticeChannel.SMS: bool(settings[SmsSettings].url),
    }
    return tuple(channel for channel in channels if ready[channel]) or channels
