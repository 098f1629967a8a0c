"""What follows from what happens to items: whoever waits for one is told, and how they are told goes with the last."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.contract.custody import ReceiveItemRequest
from queue_server.custody import store as custody
from queue_server.custody.followers import ItemChanges
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.values import ENDED, ItemState
from queue_server.domain.values import Actor, Micros, StreamName
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.framework.request_context import RequestContext
from queue_server.framework.server import Server
from queue_server.framework.settings import ServerSettings
from queue_server.notices import contacts, store
from queue_server.notices.contact import read_contact
from queue_server.notices.events import NotificationQueued
from queue_server.notices.model import Notification, ident_of
from queue_server.notices.settings import MailSettings, NoticeRules, SmsSettings
from queue_server.notices.values import NoticeChannel, NotificationKind
from queue_server.vault.store import Vault


def check(wanted: ReceiveItemRequest) -> None:
    """Refuse a contact that is none before anything is stored.

    Raises:
        ContactInvalidError: address or number is none.
    """
    if wanted.contact is not None:
        read_contact(wanted.contact)


def received(ask: RequestContext, connection: Connection, item: Item, wanted: ReceiveItemRequest) -> None:
    """Store how somebody is told with what they hand in."""
    details = None if wanted.contact is None else read_contact(wanted.contact)
    # Whoever says nothing with the second document has said how with the first.
    if details is not None and details.channels:
        days = ask.server.settings[NoticeRules].contact_days
        given = contacts.given_for(item, centre_of(ask).rule, days, actor=ask.actor, at=ask.server.clock())
        contacts.store(ask.server[Vault], connection, given, details)


class ItemNotices:
    """Follows what happens to items."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, changes: ItemChanges) -> Sequence[PendingAppend[Any]]:
        """Queue what is told of items that became ready; drop the contacts of those that have left for good."""
        queued = []
        for one in changes.items:
            before, after = one.before, one.after
            if after is None or (before is not None and before.state is after.state):
                continue
            if after.state is ItemState.READY:
                queued += queue(
                    self._server.settings,
                    changes.connection,
                    after,
                    NotificationKind.ITEM_READY,
                    at=changes.at,
                    command=changes.command,
                    actor=changes.actor,
                )
            elif after.state in ENDED and not _is_awaited(changes, after):
                subject = contacts.subject_of(after)
                contacts.drop(self._server[Vault], changes.connection, subject, actor=changes.actor, now=changes.at)
        return queued


def queue(
    settings: ServerSettings,
    connection: Connection,
    item: Item,
    kind: NotificationKind,
    number: int = 0,
    *,
    not_before: Micros | None = None,
    at: Micros,
    command: str,
    actor: Actor,
) -> list[PendingAppend[Notification]]:
    """Decide that whoever waits for an item is told, where they said how; the caller stores it."""
    recipient = contacts.subject_of(item)
    known = contacts.find(connection, recipient)
    if known is None:
        return []
    subject = StreamName(ITEMS.stream(item.id))
    wanted = NotificationQueued(
        notification=ident_of(kind, subject, item.state_since, number),
        centre=item.centre,
        kind=kind,
        subject=subject,
        recipient=recipient,
        occasion=item.state_since,
        number=number,
        channels=reachable(settings, known.channels),
        not_before=at if not_before is None else not_before,
    )
    return [store.queue(connection, wanted, at=at, command=command, actor=actor)]


def reachable(settings: ServerSettings, channels: tuple[NoticeChannel, ...]) -> tuple[NoticeChannel, ...]:
    """Of the ways that somebody gave, take those that are set up; where none is, what they are told waits for one."""
    ready = {
        NoticeChannel.EMAIL: bool(settings[MailSettings].host),
        NoticeChannel.SMS: bool(settings[SmsSettings].url),
    }
    return tuple(channel for channel in channels if ready[channel]) or channels


def _is_awaited(changes: ItemChanges, gone: Item) -> bool:
    """Tell whether anything else is here of what the contact of an item was given for."""
    if gone.application is None:
        return False
    now = {one.after.id: one.after for one in changes.items if one.after is not None}
    others = custody.of_applications(changes.connection, changes.centre, (gone.application,))
    return any(now.get(one.id, one).state not in ENDED for one in others if one.id != gone.id)
