"""Routes: how somebody is told, what they were told, what nobody comes for, and what could not be delivered."""

from collections.abc import Callable

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.contract import notices as m
from queue_server.custody import labels
from queue_server.custody import store as custody
from queue_server.custody.acting import find
from queue_server.custody.errors import ItemUnknownError
from queue_server.custody.expiry import last_day
from queue_server.custody.model import Item
from queue_server.custody.settings import CustodyRules
from queue_server.custody.store import ITEMS
from queue_server.custody.tables import custody_items
from queue_server.custody.values import ENDED, ItemState
from queue_server.domain.values import StreamName, to_datetime
from queue_server.framework.paging import ListPosition, QueryInvalidError, read_cut
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.notices import contacts, model, store
from queue_server.notices.contact import read_contact
from queue_server.notices.contacts import KnownContact
from queue_server.notices.errors import ContactInvalidError, ContactNotWantedError
from queue_server.notices.model import Notification
from queue_server.notices.queueing import reachable
from queue_server.notices.readdressing import readdress
from queue_server.notices.store import NOTIFICATIONS
from queue_server.notices.values import DropReason, NotificationState
from queue_server.notices.views import contact_answer


@refuses(ItemUnknownError)
async def contact(ask: RequestContext) -> m.ContactAnswer:
    centre, named = centre_of(ask).id, ask.path("item")
    return await ask.server.log.run(lambda connection: contact_answer(connection, find(connection, centre, named)))


@refuses(ItemUnknownError, ContactInvalidError, ContactNotWantedError)
async def set_contact(ask: RequestContext) -> m.ContactAnswer:
    """Store how whoever an item is for is told. What could not be delivered before is tried again with it.

    What went to an address that is put right is told anew, and what was told there opens nothing any more.

    Raises:
        ContactInvalidError: address or number is none.
        ContactNotWantedError: the item has left for good.
    """
    details, centre, named = read_contact(ask.body(m.ContactRequest)), centre_of(ask), ask.path("item")
    found = await ask.server.log.run(lambda connection: find(connection, centre.id, named))

    def work(connection: Connection) -> m.ContactAnswer:
        item = find(connection, centre.id, found.id)
        if item.state in ENDED:
            raise ContactNotWantedError
        readdress(ask, connection, item, details)
        _retry(ask, connection, store.undeliverable_to(connection, contacts.subject_of(item)))
        return contact_answer(connection, item)

    return await ask.server.log.write_in_turn(ITEMS.stream(found.id), work)


async def retry(ask: RequestContext) -> m.UndeliverableAnswer:
    """Try again what could not be delivered at this centre."""
    return await _each(ask, lambda connection, found: _retry(ask, connection, found))


async def settle(ask: RequestContext) -> m.UndeliverableAnswer:
    """Say that whoever could not be reached was told in another way."""

    def drop(connection: Connection, found: tuple[Notification, ...]) -> None:
        for one in found:
            NOTIFICATIONS.advance(
                connection,
                one.id,
                lambda before: model.drop(before, DropReason.BY_STAFF),
                at=ask.server.clock(),
                command=ask.command,
                actor=ask.actor,
            )

    return await _each(ask, drop)


async def _each(
    ask: RequestContext, does: Callable[[Connection, tuple[Notification, ...]], None]
) -> m.UndeliverableAnswer:
    centre = centre_of(ask).id

    def work(connection: Connection) -> m.UndeliverableAnswer:
        found = store.undeliverable(connection, centre)
        does(connection, found)
        return m.UndeliverableAnswer(len(found))

    return await ask.server.log.write_in_turn(f"undeliverable/{centre}", work)


def _retry(ask: RequestContext, connection: Connection, found: tuple[Notification, ...]) -> None:
    at = ask.server.clock()
    for one in found:
        known = contacts.find(connection, one.recipient)
        channels = () if known is None else reachable(ask.server.settings, known.channels)
        done = NOTIFICATIONS.advance(
            connection,
            one.id,
            lambda before, channels=channels: model.retry(before, channels),  # type: ignore[misc]
            at=at,
            command=ask.command,
            actor=ask.actor,
        )
        if done.new:
            store.begin(connection, one.id, at)


@refuses(QueryInvalidError)
async def recall_list(ask: RequestContext) -> m.RecallListAnswer:
    """List what is ready and nobody comes for, the longest first.

    Raises:
        QueryInvalidError: a parameter of the address is wrong.
    """
    centre, cut = centre_of(ask), read_cut(ask.request.query)
    days, c = ask.server.settings[CustodyRules].collect_days, custody_items.c
    which = [c.state == ItemState.READY, c.state_since < centre.rule.starts_at(centre.rule.day_at(ask.server.clock()))]
    if cut.after is not None:
        later = (c.state_since > cut.after.at) | ((c.state_since == cut.after.at) & (c.id > cut.after.id))
        which.append(later)

    def work(connection: Connection) -> m.RecallListAnswer:
        found = custody.items(connection, centre.id, *which, limit=cut.limit + 1)
        rows, following = cut.piece(found, lambda one: ListPosition(one.state_since, one.id))
        ends = {item.id: last_day(centre.rule.day_at(item.state_since), days) for item in rows}
        known = {item.id: contacts.find(connection, contacts.subject_of(item)) for item in rows}
        return m.RecallListAnswer(
            tuple(_waiting(item, ends[item.id], _of(connection, item), known[item.id]) for item in rows),
            following,
        )

    return await ask.server.log.run(work)


def _of(connection: Connection, item: Item) -> tuple[Notification, ...]:
    return store.of_subject(connection, StreamName(ITEMS.stream(item.id)))


def _waiting(item: Item, ends: str, told: tuple[Notification, ...], known: KnownContact | None) -> m.WaitingItemView:
    now = [one for one in told if one.occasion == item.state_since]
    sent = [one.changed_at for one in now if one.state is NotificationState.SENT]
    return m.WaitingItemView(
        id=item.id,
        label=labels.shown(item.label),
        barcode=labels.barcode(item.label),
        holder=item.holder,
        place=item.place,
        ready_since=to_datetime(item.state_since),
        last_day=ends,
        is_contact_known=known is not None,
        sent=len(sent),
        last_sent_at=to_datetime(max(sent)) if sent else None,
        is_undeliverable=any(one.state is NotificationState.UNDELIVERABLE for one in now),
    )
