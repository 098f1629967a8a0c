"""Routes at one item that is ready: whoever waits for it is sent a message anew, or staff note that they told them."""

from collections.abc import Callable, Iterable

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.contract import notices as m
from queue_server.custody.acting import find, named_by
from queue_server.custody.errors import ItemStateError, ItemUnknownError
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.values import ItemState
from queue_server.domain.values import StreamName
from queue_server.eventlog.aggregate import PendingAppend, append
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.notices import contacts, model, store
from queue_server.notices.errors import ContactUnknownError
from queue_server.notices.events import NotificationQueued
from queue_server.notices.model import Notification
from queue_server.notices.queueing import drop, queue
from queue_server.notices.store import NOTIFICATIONS
from queue_server.notices.values import DropReason, NotificationId, NotificationKind, NotificationState
from queue_server.notices.views import contact_answer
from queue_server.vault.store import Vault


@refuses(ItemUnknownError, ItemStateError, ContactUnknownError)
async def send_anew(ask: RequestContext) -> m.ContactAnswer:
    """Send whoever waits for an item another message that it is ready; what did not reach them is let go for it.

    Raises:
        ItemStateError: it is not ready.
        ContactUnknownError: nobody knows how they are told.
    """

    def work(connection: Connection, item: Item, ident: NotificationId) -> None:
        told = store.of_occasion(connection, StreamName(ITEMS.stream(item.id)), item.state_since)
        if any(one.id == ident or one.state is NotificationState.WAITING for one in told):
            return
        kind, number = NotificationKind.ITEM_READY, _next_number(told)
        settings, at, command, actor = ask.server.settings, ask.server.clock(), ask.command, ask.actor
        queued = queue(settings, connection, item, kind, number, ident=ident, at=at, command=command, actor=actor)
        if not queued:
            raise ContactUnknownError
        append(connection, *queued, *_dropped(ask, connection, told, DropReason.SENT_ANEW))

    return await _at_item(ask, "notification", work)


@refuses(ItemUnknownError, ItemStateError)
async def note_told(ask: RequestContext) -> m.ContactAnswer:
    """Note that staff have told whoever waits for an item, by a call or face to face.

    Raises:
        ItemStateError: it is not ready.
    """

    def work(connection: Connection, item: Item, ident: NotificationId) -> None:
        told = store.of_occasion(connection, StreamName(ITEMS.stream(item.id)), item.state_since)
        noted = NotificationQueued(
            notification=ident,
            centre=item.centre,
            kind=NotificationKind.ITEM_READY,
            subject=StreamName(ITEMS.stream(item.id)),
            recipient=contacts.subject_of(item),
            occasion=item.state_since,
            number=_next_number(told),
            channels=(),
            not_before=ask.server.clock(),
        )
        drafted = NOTIFICATIONS.draft(
            connection,
            ident,
            lambda before: model.note(before, noted),
            at=ask.server.clock(),
            command=ask.command,
            actor=ask.actor,
        )
        append(connection, drafted, *_dropped(ask, connection, told, DropReason.BY_STAFF))

    return await _at_item(ask, "told", work)


def _next_number(told: Iterable[Notification]) -> int:
    numbers = [one.number for one in told if one.kind is NotificationKind.ITEM_READY]
    return 1 + max(numbers, default=0)


def _dropped(
    ask: RequestContext, connection: Connection, told: Iterable[Notification], reason: DropReason
) -> list[PendingAppend[Notification]]:
    return [
        drop(
            ask.server[Vault],
            connection,
            one.id,
            reason,
            at=ask.server.clock(),
            command=ask.command,
            actor=ask.actor,
        )
        for one in told
        if one.state is NotificationState.UNDELIVERABLE
    ]


async def _at_item(
    ask: RequestContext, kind: str, does: Callable[[Connection, Item, NotificationId], None]
) -> m.ContactAnswer:
    centre, named = centre_of(ask).id, ask.path("item")
    found = await ask.server.log.run(lambda connection: find(connection, centre, named))

    def work(connection: Connection) -> m.ContactAnswer:
        item = find(connection, centre, found.id)
        if item.state is not ItemState.READY:
            raise ItemStateError(state=item.state)
        # The same request begins the same message, on whichever server it comes.
        does(connection, item, NotificationId(named_by(ask, kind)))
        return contact_answer(connection, item)

    return await ask.server.log.write_in_turn(ITEMS.stream(found.id), work)
