"""Statements of custody: synchronous, on a ``Connection``. The streams are the truth, the tables their projections."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from queue_server.custody import bag_model, model, stock_model
from queue_server.custody.bag_model import Bag
from queue_server.custody.events import BAG_CODEC, ITEM_CODEC, STOCK_CODEC
from queue_server.custody.labels import BEFORE_THE_FIRST
from queue_server.custody.model import Item
from queue_server.custody.tables import custody_bags, custody_items, custody_labels
from queue_server.custody.values import Direction, Holder, ItemId, SealNumber, ShelfPlace
from queue_server.database.failures import LogConflictError
from queue_server.domain.values import ApplicationId, CentreId, Micros, VisitId
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.projection import Projection, Row

_ITEM = select(*(custody_items.c[name] for name in Item.__struct_fields__))
_BAG = select(*(custody_bags.c[name] for name in Bag.__struct_fields__))


def _item_rows(item: Item) -> Mapping[str, Sequence[Row]]:
    return {custody_items.name: (msgspec.to_builtins(item),)}


def _bag_rows(bag: Bag) -> Mapping[str, Sequence[Row]]:
    return {custody_bags.name: (msgspec.to_builtins(bag),)}


ITEMS: Final = Aggregate(
    "custody", ITEM_CODEC, model.evolve, Projection("custody-items", 1, {custody_items: "id"}, _item_rows)
)
BAGS: Final = Aggregate(
    "bag", BAG_CODEC, bag_model.evolve, Projection("custody-bags", 1, {custody_bags: "id"}, _bag_rows)
)

STOCKTAKINGS: Final = Aggregate("stocktaking", STOCK_CODEC, stock_model.evolve)


def item_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = custody_items.c
    return select(literal(ITEMS.prefix).concat(known.id)).where(known.centre == centre, known.changed_at >= since)


def bag_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = custody_bags.c
    return select(literal(BAGS.prefix).concat(known.id)).where(known.centre == centre, known.changed_at >= since)


def next_label(connection: Connection, centre: CentreId) -> int:
    """Draw the next label of a centre; whoever else draws one waits until this transaction is over.

    Raises:
        LogConflictError: another process has just drawn the very first one.
    """
    c = custody_labels.c
    moved = update(custody_labels).where(c.centre == centre).values(last=c.last + 1).returning(c.last)
    found = connection.execute(moved).scalar_one_or_none()
    if found is not None:
        return int(found)
    try:
        connection.execute(insert(custody_labels).values(centre=centre, last=BEFORE_THE_FIRST + 1))
    except IntegrityError as error:
        raise LogConflictError from error
    return BEFORE_THE_FIRST + 1


def item_by_id(connection: Connection, centre: CentreId, ident: str) -> Item | None:
    return _item(connection, centre, custody_items.c.id == ident)


def item_by_label(connection: Connection, centre: CentreId, label: int) -> Item | None:
    return _item(connection, centre, custody_items.c.label == label)


def item_in(connection: Connection, centre: CentreId, place: ShelfPlace) -> Item | None:
    """Find what lies in a place; what is missed there is not in it."""
    return _item(connection, centre, (custody_items.c.place == place) & (custody_items.c.holder == Holder.SHELF))


def in_drawer(connection: Connection, centre: CentreId, drawer: str) -> tuple[Item, ...]:
    """List what should lie in the places of a drawer."""
    here = custody_items.c.place.startswith(f"{drawer}-", autoescape=True)
    return items(connection, centre, here, custody_items.c.holder == Holder.SHELF)


def taken_places(connection: Connection, centre: CentreId) -> frozenset[str]:
    """List the places in which something lies."""
    c = custody_items.c
    found = select(c.place).where(c.centre == centre, c.holder == Holder.SHELF, c.place.is_not(None))
    return frozenset(str(place) for place in connection.execute(found).scalars())


def items(
    connection: Connection, centre: CentreId, *which: ColumnElement[bool], limit: int | None = None
) -> tuple[Item, ...]:
    """List items of a centre, the longest in their state first."""
    statement = _ITEM.where(custody_items.c.centre == centre, *which)
    ordered = statement.order_by(custody_items.c.state_since, custody_items.c.label).limit(limit)
    return tuple(_read(row, Item) for row in connection.execute(ordered).mappings())


def of_applications(connection: Connection, centre: CentreId, idents: Iterable[ApplicationId]) -> tuple[Item, ...]:
    return items(connection, centre, custody_items.c.application.in_(tuple(idents)))


def of_visit(connection: Connection, centre: CentreId, visit: VisitId) -> tuple[Item, ...]:
    return items(connection, centre, custody_items.c.visit == visit)


def some(connection: Connection, centre: CentreId, idents: Iterable[ItemId]) -> tuple[Item, ...]:
    return items(connection, centre, custody_items.c.id.in_(tuple(idents)))


def bag_by_id(connection: Connection, centre: CentreId, ident: str) -> Bag | None:
    return _bag(connection, centre, custody_bags.c.id == ident)


def bag_by_seal(connection: Connection, centre: CentreId, direction: Direction, seal: SealNumber) -> Bag | None:
    return _bag(connection, centre, (custody_bags.c.direction == direction) & (custody_bags.c.seal == seal))


def bags(connection: Connection, centre: CentreId, *which: ColumnElement[bool]) -> tuple[Bag, ...]:
    """List bags of a centre, the oldest first."""
    ordered = _BAG.where(custody_bags.c.centre == centre, *which).order_by(custody_bags.c.opened_at, custody_bags.c.id)
    return tuple(_read(row, Bag) for row in connection.execute(ordered).mappings())


def _item(connection: Connection, centre: CentreId, which: ColumnElement[bool]) -> Item | None:
    row = connection.execute(_ITEM.where(custody_items.c.centre == centre, which)).mappings().one_or_none()
    return None if row is None else _read(row, Item)


def _bag(connection: Connection, centre: CentreId, which: ColumnElement[bool]) -> Bag | None:
    row = connection.execute(_BAG.where(custody_bags.c.centre == centre, which)).mappings().one_or_none()
    return None if row is None else _read(row, Bag)


def _read[T: Item | Bag](row: Mapping[Any, Any], kind: type[T]) -> T:
    # The names of columns are no plain strings, which msgspec wants.
    return msgspec.convert({name: row[name] for name in kind.__struct_fields__}, kind)
