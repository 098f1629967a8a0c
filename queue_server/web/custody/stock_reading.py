"""Reads drawers and counts for the custody desk: synchronous, on a ``Connection``."""

import msgspec
from sqlalchemy import Connection, select

from queue_server.custody import store
from queue_server.custody.events import StockTaken
from queue_server.custody.model import Item
from queue_server.custody.scans import drawer_of
from queue_server.custody.store import STOCKTAKINGS
from queue_server.custody.tables import custody_items
from queue_server.custody.values import Holder
from queue_server.domain.values import CentreId
from queue_server.web.custody.custody_query import CustodyQuery
from queue_server.web.custody.reading import Named, named


class DrawerState(msgspec.Struct, frozen=True):
    """The drawers in which something should lie, and what the count that was asked for has found."""

    drawers: frozenset[str]
    taken: StockTaken | None
    missing: tuple[Item, ...]
    surplus: tuple[Item, ...]
    named: Named


def drawer_state(connection: Connection, centre: CentreId, asked: CustodyQuery) -> DrawerState:
    c = custody_items.c
    places = connection.execute(select(c.place).where(c.centre == centre, c.holder == Holder.SHELF)).scalars()
    looked = STOCKTAKINGS.load(connection, asked.count) if asked.count else None
    taken = looked.taken if looked is not None and looked.taken.centre == centre else None
    missing = () if taken is None else store.some(connection, centre, taken.missing)
    surplus = () if taken is None else store.some(connection, centre, taken.surplus)
    return DrawerState(
        drawers=frozenset(drawer_of(place) for place in places),
        taken=taken,
        missing=missing,
        surplus=surplus,
        named=named(connection, centre, (*missing, *surplus)),
    )
