"""Reads bags for the custody desk: synchronous, on a ``Connection``."""

import msgspec
from sqlalchemy import ColumnElement, Connection

from queue_server.custody import store
from queue_server.custody.bag_model import Bag
from queue_server.custody.model import Item
from queue_server.custody.tables import custody_bags, custody_items
from queue_server.custody.values import BagState, Direction, Holder, ItemState
from queue_server.domain.values import CentreId
from queue_server.web.custody.reading import MAX_BESIDE, Named, count, named

#: What may go into a bag to the authority.
_OUTBOUND = (ItemState.KEPT, ItemState.BACK, ItemState.EXPIRED, ItemState.CALLED_BACK)


class BagContents(msgspec.Struct, frozen=True):
    """A bag with what is in it, in the order in which it went in; ``waiting`` could still go in."""

    bag: Bag
    items: tuple[Item, ...]
    waiting: tuple[Item, ...]
    waiting_total: int
    named: Named


def some_bags(connection: Connection, centre: CentreId) -> tuple[Bag, ...]:
    """Read the bags that are not at their end."""
    ended = (BagState.ACKNOWLEDGED, BagState.EMPTIED)
    return store.bags(connection, centre, custody_bags.c.state.not_in(ended))


def contents(connection: Connection, centre: CentreId, ident: str) -> BagContents | None:
    """Read a bag; None where there is none of this id."""
    bag = store.bag_by_id(connection, centre, ident)
    if bag is None:
        return None
    inside = {one.id: one for one in store.some(connection, centre, bag.items)}
    waiting: tuple[Item, ...] = ()
    total = 0
    c = custody_items.c
    if bag.state is BagState.OPEN:
        which: list[ColumnElement[bool]] = (
            [c.state.in_(_OUTBOUND), c.holder.in_((Holder.DESK, Holder.SHELF))]
            if bag.direction is Direction.OUT
            else [c.state.in_((ItemState.SENT, ItemState.AT_AUTHORITY))]
        )
        which.append(c.government == bag.government)
        waiting = store.items(connection, centre, *which, limit=MAX_BESIDE)
        total = count(connection, centre, *which)
    items = tuple(inside[one] for one in bag.items if one in inside)
    return BagContents(bag, items, waiting, total, named(connection, centre, waiting))
