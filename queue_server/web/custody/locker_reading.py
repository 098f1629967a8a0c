"""Reads a bank of lockers for the custody desk: synchronous, on a ``Connection``."""

import msgspec
from sqlalchemy import Connection

from queue_server.contract.banks import CompartmentView, LockerBankView
from queue_server.custody import store as custody
from queue_server.custody.model import Item
from queue_server.custody.tables import custody_items
from queue_server.custody.values import Holder, ItemState
from queue_server.domain.lockers import OPENS, CompartmentSize, CompartmentState
from queue_server.domain.values import CentreId, DeviceId, Micros
from queue_server.lockers import store
from queue_server.lockers.model import BankRecord, DoorOrder
from queue_server.lockers.settings import LockerRules
from queue_server.lockers.views import bank_view
from queue_server.web.custody.custody_query import CustodyQuery
from queue_server.web.custody.reading import MAX_BESIDE, Named, count, named

_AT_HAND = (Holder.DESK, Holder.SHELF)
_SIZES = tuple(CompartmentSize)


class LockersRead(msgspec.Struct, frozen=True):
    """A bank as it is, the item that is to go into it, and the order that is followed.

    ``free`` are its free compartments, the smallest first; ``next`` could be loaded, ``comes_out`` has to be unloaded.
    An overdue order was never answered, though the bank may be heard.
    """

    names: tuple[tuple[DeviceId, str], ...]
    bank: LockerBankView | None = None
    item: Item | None = None
    order: DoorOrder | None = None
    order_item: Item | None = None
    is_order_overdue: bool = False
    free: tuple[CompartmentView, ...] = ()
    next: tuple[Item, ...] = ()
    next_total: int = 0
    comes_out: tuple[Item, ...] = ()
    comes_out_total: int = 0
    named: Named = Named({}, {})


def lockers(
    connection: Connection, centre: CentreId, asked: CustodyQuery, rules: LockerRules, now: Micros
) -> LockersRead:
    """Read the bank that was asked for, else the first one."""
    banks = store.banks(connection, centre)
    known = store.names(connection, centre)
    names = tuple((one.id, known[one.id]) for one in banks)
    bank = next((one for one in banks if one.id == asked.locker), None) or next(iter(banks), None)
    if bank is None:
        return LockersRead(names)
    orders = store.under_way(connection, bank)
    view = _view(connection, bank, known[bank.id], orders, rules, now)
    opening = next((one for one in orders if one.verb in OPENS), None)
    followed = store.order(connection, centre, asked.order) if asked.order else None
    order = followed if followed is not None and followed.bank == bank.id else opening
    c = custody_items.c
    loadable = (c.state.in_((ItemState.BACK, ItemState.READY)), c.holder.in_(_AT_HAND))
    leaving = (
        c.state.in_((ItemState.EXPIRED, ItemState.CALLED_BACK)),
        c.holder == Holder.COMPARTMENT,
        c.bank == bank.id,
    )
    ready = custody.items(connection, centre, *loadable, limit=MAX_BESIDE)
    out = custody.items(connection, centre, *leaving, limit=MAX_BESIDE)
    free = [one for one in view.compartments if one.state is CompartmentState.FREE]
    return LockersRead(
        names=names,
        bank=view,
        item=custody.item_by_id(connection, centre, asked.item) if asked.item else None,
        order=order,
        order_item=None if order is None or order.item is None else custody.item_by_id(connection, centre, order.item),
        is_order_overdue=order is not None and order.is_overdue(now, rules.silent_s),
        free=tuple(sorted(free, key=lambda one: _SIZES.index(one.size))),
        next=ready,
        next_total=count(connection, centre, *loadable),
        comes_out=out,
        comes_out_total=count(connection, centre, *leaving),
        named=named(connection, centre, (*ready, *out)),
    )


def _view(  # noqa: PLR0917 - what a bank is shown by
    connection: Connection,
    bank: BankRecord,
    name: str,
    orders: tuple[DoorOrder, ...],
    rules: LockerRules,
    now: Micros,
) -> LockerBankView:
    contact = store.contact(connection, bank.id)
    return bank_view(
        bank,
        name,
        store.lying_in(connection, bank),
        orders,
        last_contact_at=None if contact is None else contact.last_contact_at,
        is_connected=contact is not None and contact.is_connected(now, rules.silent_s),
    )
