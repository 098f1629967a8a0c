"""Reads what the custody desk shows: synchronous, on a ``Connection``."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from queue_server.accounts import staff_store
from queue_server.applications import store as applications
from queue_server.custody import store
from queue_server.custody.age_counts import AgeCount, age_counts, within
from queue_server.custody.bag_model import Bag
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.tables import custody_bags, custody_items
from queue_server.custody.values import ENDED, BagId, BagState, Holder, ItemId
from queue_server.domain.values import Actor, ApplicationId, CentreId, Micros, Reference
from queue_server.eventlog import statements
from queue_server.eventlog.port import Event
from queue_server.notices import contacts
from queue_server.notices.contacts import KnownContact
from queue_server.web.custody.custody_query import UNKNOWN_PLACE, CustodyAge, CustodyQuery

#: Rows of a list at once, and lines beside it.
MAX_ROWS = 50
MAX_BESIDE = 6


class Named(msgspec.Struct, frozen=True):
    """What items name: their applications, and their bags."""

    references: Mapping[ApplicationId, Reference]
    bags: Mapping[BagId, Bag]


class ItemsRead(msgspec.Struct, frozen=True):
    """Items that fit what was asked for, from ``skip`` on, and what stands beside the list."""

    counts: tuple[AgeCount, ...]
    items: tuple[Item, ...]
    found: int
    needs: tuple[Item, ...]
    needs_total: int
    open_bags: tuple[Bag, ...]
    named: Named


class Lying(msgspec.Struct, frozen=True):
    """Items that lie at desks and not yet in a place, the newest first, and how many there are."""

    items: tuple[Item, ...]
    total: int
    named: Named


class ItemChain(msgspec.Struct, frozen=True):
    """An item with all that happened to it, the states that each left, and the names of those who did it."""

    item: Item
    events: tuple[tuple[Event, Item], ...]
    names: Mapping[Actor, str]
    named: Named
    contact: KnownContact | None


def named(connection: Connection, centre: CentreId, items: Iterable[Item]) -> Named:
    """Read what items name."""
    found = tuple(items)
    idents = {one.application for one in found if one.application is not None}
    references = {one.id: one.reference for one in applications.some(connection, centre, idents)}
    in_bags = {one.bag for one in found if one.bag is not None}
    bags = store.bags(connection, centre, custody_bags.c.id.in_(in_bags)) if in_bags else ()
    return Named(references, {one.id: one for one in bags})


def count(connection: Connection, centre: CentreId, *which: ColumnElement[bool]) -> int:
    """Count the items of a centre that are so."""
    counted = select(func.count()).select_from(custody_items).where(custody_items.c.centre == centre, *which)
    return int(connection.execute(counted).scalar_one())


def listed(connection: Connection, centre: CentreId, asked: CustodyQuery, borders: Sequence[Micros]) -> ItemsRead:
    """Read a list of items. Without a state those are listed that are not at their end."""
    c = custody_items.c
    which: list[ColumnElement[bool]] = [c.state.not_in(ENDED)]
    if asked.state == UNKNOWN_PLACE:
        which.append(c.holder == Holder.UNKNOWN)
    elif asked.state:
        which = [c.state == asked.state]
        if asked.state not in ENDED:
            which.append(c.holder != Holder.UNKNOWN)
    if asked.age:
        which += within(c.state_since, borders, tuple(CustodyAge).index(CustodyAge(asked.age)))
    if asked.holder:
        which.append(c.holder == asked.holder)
    if asked.government:
        which.append(c.government == asked.government)
    if asked.drawer:
        which.append(c.place.startswith(f"{asked.drawer}-", autoescape=True))
    items = store.items(connection, centre, *which, limit=asked.skip + MAX_ROWS)[asked.skip :]
    unknown = (c.state.not_in(ENDED), c.holder == Holder.UNKNOWN)
    lost = store.items(connection, centre, *unknown, limit=MAX_BESIDE)
    return ItemsRead(
        counts=age_counts(connection, centre, borders),
        items=items,
        found=count(connection, centre, *which),
        needs=lost,
        needs_total=count(connection, centre, *unknown),
        open_bags=store.bags(connection, centre, custody_bags.c.state == BagState.OPEN),
        named=named(connection, centre, (*items, *lost)),
    )


def chain(connection: Connection, centre: CentreId, ident: str) -> ItemChain | None:
    """Read an item with its chain; None where there is none of this id."""
    item = store.item_by_id(connection, centre, ident)
    if item is None:
        return None
    events = statements.read(connection, ITEMS.stream(item.id), 0, None)
    states = [ITEMS.replay(events[:end]) for end in range(1, len(events) + 1)]
    return ItemChain(
        item=item,
        events=tuple((event, after) for event, after in zip(events, states, strict=True) if after is not None),
        names=staff_store.names(connection, {event.actor for event in events}),
        named=named(connection, centre, (item,)),
        contact=contacts.find(connection, contacts.subject_of(item)),
    )


def lying(connection: Connection, centre: CentreId) -> Lying:
    """Read what lies at desks."""
    c = custody_items.c
    which = (c.state.not_in(ENDED), c.holder == Holder.DESK)
    newest = select(c.id).where(c.centre == centre, *which).order_by(c.holder_since.desc(), c.label.desc())
    idents = [ItemId(one) for one in connection.execute(newest.limit(MAX_BESIDE)).scalars()]
    found = {one.id: one for one in store.some(connection, centre, idents)}
    items = tuple(found[one] for one in idents if one in found)
    return Lying(items, count(connection, centre, *which), named(connection, centre, items))
