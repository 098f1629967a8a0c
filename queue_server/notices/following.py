"""What follows from what happens to items: whoever waits for one is told, and how they are told goes with the last."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from queue_server.contract.custody import ReceiveItemRequest
from queue_server.custody import store as custody
from queue_server.custody.followers import ItemChanges
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.values import ENDED, ItemState
from queue_server.domain.values import StreamName
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.framework.request_context import RequestContext
from queue_server.framework.server import Server
from queue_server.notices import contacts, store
from queue_server.notices.contact import read_contact
from queue_server.notices.model import Notification
from queue_server.notices.queueing import drop, queue
from queue_server.notices.readdressing import readdress
from queue_server.notices.values import UNTOLD, DropReason, NotificationKind
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
        readdress(ask, connection, item, details)


class ItemNotices:
    """Follows what happens to items."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, changes: ItemChanges) -> Sequence[PendingAppend[Any]]:
        """Queue what is told of items that became ready; drop what is no longer so, and contacts with the last item."""
        drafted: list[PendingAppend[Any]] = []
        for one in changes.items:
            before, after = one.before, one.after
            if after is None or (before is not None and before.state is after.state):
                continue
            if before is not None and before.state is ItemState.READY:
                drafted += _outdated(self._server[Vault], changes, after)
            if after.state is ItemState.READY:
                drafted += queue(
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
        return drafted


def _outdated(vault: Vault, changes: ItemChanges, item: Item) -> list[PendingAppend[Notification]]:
    """Say nothing more of an item that is not ready any more: staff need not tell anybody either."""
    at, command, actor, reason = changes.at, changes.command, changes.actor, DropReason.OUTDATED
    told = store.of_subject(changes.connection, StreamName(ITEMS.stream(item.id)))
    return [
        drop(vault, changes.connection, one.id, reason, at=at, command=command, actor=actor)
        for one in told
        if one.state in UNTOLD
    ]


def _is_awaited(changes: ItemChanges, gone: Item) -> bool:
    """Tell whether anything else is here of what the contact of an item was given for."""
    if gone.application is None:
        return False
    now = {one.after.id: one.after for one in changes.items if one.after is not None}
    others = custody.of_applications(changes.connection, changes.centre, (gone.application,))
    return any(now.get(one.id, one).state not in ENDED for one in others if one.id != gone.id)
