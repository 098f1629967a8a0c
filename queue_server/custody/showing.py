"""Reads what items and bags name, so that they can be shown."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from queue_server.applications import store as applications
from queue_server.contract.custody import BagView, ItemView
from queue_server.custody import labels, store, views
from queue_server.custody.bag_model import Bag
from queue_server.custody.model import Item
from queue_server.custody.tables import custody_bags
from queue_server.domain.values import CentreId


def item_views(connection: Connection, centre: CentreId, items: Sequence[Item]) -> tuple[ItemView, ...]:
    """Show items, with the names of their applications and the numbers of their bags."""
    wanted = {item.application for item in items if item.application is not None}
    references = {one.id: one.reference for one in applications.some(connection, centre, wanted)}
    in_bags = {item.bag for item in items if item.bag is not None}
    bags = {bag.id: bag for bag in store.bags(connection, centre, custody_bags.c.id.in_(in_bags))} if in_bags else {}
    return tuple(views.item_view(item, references, bags) for item in items)


def bag_views(connection: Connection, centre: CentreId, bags: Iterable[Bag]) -> tuple[BagView, ...]:
    """Show bags, with the labels of what is in them."""
    found = tuple(bags)
    inside = store.some(connection, centre, {item for bag in found for item in bag.items})
    shown = {item.id: labels.shown(item.label) for item in inside}
    return tuple(views.bag_view(bag, shown) for bag in found)
