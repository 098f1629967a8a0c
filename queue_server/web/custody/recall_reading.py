"""Reads whom nothing has reached, and who does not come: synchronous, on a ``Connection``."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, literal, or_, select

from queue_server.custody import store as custody
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.tables import custody_items
from queue_server.custody.values import ItemState
from queue_server.domain.values import CentreId, Micros, StreamName
from queue_server.notices import contacts, store
from queue_server.notices.contacts import KnownContact
from queue_server.notices.model import Notification
from queue_server.notices.tables import notifications
from queue_server.notices.values import DropReason, NotificationState
from queue_server.web.custody.custody_query import CustodyQuery, ReachState
from queue_server.web.custody.reading import Named, named


class WaitedFor(msgspec.Struct, frozen=True):
    """An item that somebody waits for, what was to be told of it since it is ready, and how far that has come."""

    item: Item
    told: tuple[Notification, ...]
    reach: ReachState

    @property
    def times(self) -> tuple[Micros, ...]:
        """When they were told, by a message or by staff."""
        return tuple(one.changed_at for one in self.told if _is_told(one))


class RecallRead(msgspec.Struct, frozen=True):
    """All whom nothing has reached or who do not come, and the one that was chosen, with how they are told."""

    waiting: tuple[WaitedFor, ...]
    chosen: WaitedFor | None
    contact: KnownContact | None
    named: Named


def recall(connection: Connection, centre: CentreId, asked: CustodyQuery, before: Micros) -> RecallRead:
    """Read the list: what has been ready since before then, and whatever is ready and has reached nobody."""
    c, n = custody_items.c, notifications.c
    stream = literal(ITEMS.prefix).concat(c.id)
    dead = select(n.id).where(n.subject == stream, n.state == NotificationState.UNDELIVERABLE).exists()
    which = (c.state == ItemState.READY, or_(c.state_since < before, dead))
    items = custody.items(connection, centre, *which)
    subjects = select(stream).where(c.centre == centre, *which)
    told = _by_subject(store.of_subjects(connection, subjects))
    known = contacts.subjects(connection, centre)
    chosen = custody.item_by_id(connection, centre, asked.item) if asked.item else None
    contact = None if chosen is None else contacts.find(connection, contacts.subject_of(chosen))
    of_chosen = () if chosen is None else store.of_subject(connection, StreamName(ITEMS.stream(chosen.id)))
    return RecallRead(
        waiting=tuple(
            _waited_for(one, told[ITEMS.stream(one.id)], is_known=contacts.subject_of(one) in known) for one in items
        ),
        chosen=None if chosen is None else _waited_for(chosen, of_chosen, is_known=contact is not None),
        contact=contact,
        named=named(connection, centre, (*items, *(() if chosen is None else (chosen,)))),
    )


def _by_subject(found: Iterable[Notification]) -> defaultdict[str, list[Notification]]:
    sorted_out: defaultdict[str, list[Notification]] = defaultdict(list)
    for one in found:
        sorted_out[one.subject].append(one)
    return sorted_out


def _waited_for(item: Item, told: Iterable[Notification], *, is_known: bool) -> WaitedFor:
    now = tuple(one for one in told if one.occasion == item.state_since)
    return WaitedFor(item, now, reach(now, is_known=is_known))


def reach(told: tuple[Notification, ...], *, is_known: bool) -> ReachState:
    """Say how far it has come that somebody is told of an item, of which ``told`` was to be told. Pure."""
    states = {one.state for one in told}
    if NotificationState.WAITING in states:
        return ReachState.UNDER_WAY
    if NotificationState.UNDELIVERABLE in states:
        return ReachState.UNREACHED
    if any(_is_told(one) for one in told):
        return ReachState.TOLD
    return ReachState.UNREACHED if is_known else ReachState.NO_WAY


def _is_told(one: Notification) -> bool:
    by_staff = one.state is NotificationState.DROPPED and one.reason == DropReason.BY_STAFF
    return by_staff or one.state is NotificationState.SENT
