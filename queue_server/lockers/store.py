"""Statements of banks of lockers: synchronous, on a ``Connection``. The streams are the truth, and each bank's journal.

How far a journal was heard is a row of its own, which moves on in the commit of what was heard.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, delete, insert, literal, select, update

from queue_server.accounts import start_store
from queue_server.accounts.tables import devices
from queue_server.custody import store as custody
from queue_server.custody.model import Item
from queue_server.custody.tables import custody_items
from queue_server.custody.values import ClaimId, Holder
from queue_server.domain.lockers import JournalId, LockerVerb
from queue_server.domain.values import SECOND, CentreId, DeviceId, Micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.projection import Projection, Row
from queue_server.lockers import model
from queue_server.lockers.events import BANK_CODEC, ORDER_CODEC
from queue_server.lockers.model import BankRecord, DoorOrder
from queue_server.lockers.tables import locker_banks, locker_orders, locker_positions
from queue_server.lockers.values import OrderState

_BANK = select(*(locker_banks.c[name] for name in BankRecord.__struct_fields__))
_ORDER = select(*(locker_orders.c[name] for name in DoorOrder.__struct_fields__))


def _bank_rows(bank: BankRecord) -> Mapping[str, Sequence[Row]]:
    return {locker_banks.name: (msgspec.to_builtins(bank),)}


def _order_rows(order: DoorOrder) -> Mapping[str, Sequence[Row]]:
    return {locker_orders.name: (msgspec.to_builtins(order),)}


BANKS: Final = Aggregate(
    "bank", BANK_CODEC, model.evolve_bank, Projection("locker-banks", 1, {locker_banks: "id"}, _bank_rows)
)
ORDERS: Final = Aggregate(
    "locker-order", ORDER_CODEC, model.evolve_order, Projection("locker-orders", 1, {locker_orders: "id"}, _order_rows)
)


class BankContact(msgspec.Struct, frozen=True):
    """How far a bank's journal was heard, and when it told something last; ``is_copied``: two machines are it."""

    journal: JournalId
    acknowledged: int
    last_contact_at: Micros
    is_copied: bool = False

    def is_connected(self, now: Micros, silent_s: float) -> bool:
        """Tell whether it has told something a short time ago, and nobody else tells in its name."""
        return not self.is_copied and now - self.last_contact_at < silent_s * SECOND


def bank_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = locker_banks.c
    return select(literal(BANKS.prefix).concat(known.id)).where(known.centre == centre, known.changed_at >= since)


def order_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = locker_orders.c
    return select(literal(ORDERS.prefix).concat(known.id)).where(known.centre == centre, known.changed_at >= since)


def banks(connection: Connection, centre: CentreId) -> tuple[BankRecord, ...]:
    """List the banks of a centre that are enrolled and have said what they are, in the order of their ids."""
    enrolled = select(devices.c.id).where(devices.c.centre == centre, devices.c.revoked_at.is_(None))
    found = _BANK.where(locker_banks.c.centre == centre, locker_banks.c.id.in_(enrolled)).order_by(locker_banks.c.id)
    return tuple(_read(row, BankRecord) for row in connection.execute(found).mappings())


def all_banks(connection: Connection) -> tuple[BankRecord, ...]:
    """List what ``banks`` lists, for all centres."""
    enrolled = select(devices.c.id).where(devices.c.revoked_at.is_(None))
    found = _BANK.where(locker_banks.c.id.in_(enrolled)).order_by(locker_banks.c.id)
    return tuple(_read(row, BankRecord) for row in connection.execute(found).mappings())


def bank(connection: Connection, centre: CentreId, ident: str) -> BankRecord | None:
    return next((one for one in banks(connection, centre) if one.id == ident), None)


def revoked(connection: Connection) -> tuple[BankRecord, ...]:
    """List the banks of all centres that were revoked and of which something is left: an order, or what lies there."""
    c, i = locker_orders.c, custody_items.c
    gone = select(devices.c.id).where(devices.c.revoked_at.is_not(None))
    held = select(c.bank).where(c.hold.is_not(None))
    lying = select(i.bank).where(i.holder == Holder.COMPARTMENT)
    left = locker_banks.c.id.in_(held) | locker_banks.c.id.in_(lying)
    found = _BANK.where(locker_banks.c.id.in_(gone), left).order_by(locker_banks.c.id)
    return tuple(_read(row, BankRecord) for row in connection.execute(found).mappings())


def names(connection: Connection, centre: CentreId) -> dict[DeviceId, str]:
    """Give the names of the devices of a centre."""
    found = select(devices.c.id, devices.c.name).where(devices.c.centre == centre)
    return {row.id: row.name for row in connection.execute(found)}


def order(connection: Connection, centre: CentreId, ident: str) -> DoorOrder | None:
    return next(iter(orders(connection, centre, locker_orders.c.id == ident)), None)


def order_of_claim(connection: Connection, claim: ClaimId) -> DoorOrder | None:
    found = _ORDER.where(locker_orders.c.claim == claim).order_by(locker_orders.c.issued_at.desc()).limit(1)
    row = connection.execute(found).mappings().one_or_none()
    return None if row is None else _read(row, DoorOrder)


def orders(connection: Connection, centre: CentreId, *which: ColumnElement[bool]) -> tuple[DoorOrder, ...]:
    """List orders of a centre, the oldest first."""
    found = _ORDER.where(locker_orders.c.centre == centre, *which)
    ordered = found.order_by(locker_orders.c.issued_at, locker_orders.c.id)
    return tuple(_read(row, DoorOrder) for row in connection.execute(ordered).mappings())


def under_way(connection: Connection, bank: BankRecord) -> tuple[DoorOrder, ...]:
    """List the orders of a bank of which it has more to tell."""
    return orders(connection, bank.centre, locker_orders.c.bank == bank.id, locker_orders.c.hold.is_not(None))


def all_under_way(connection: Connection) -> tuple[DoorOrder, ...]:
    """List what ``under_way`` lists, for the banks of all centres."""
    found = _ORDER.where(locker_orders.c.hold.is_not(None)).order_by(locker_orders.c.issued_at, locker_orders.c.id)
    return tuple(_read(row, DoorOrder) for row in connection.execute(found).mappings())


def pending(connection: Connection, centre: CentreId) -> tuple[DoorOrder, ...]:
    """List the orders of all banks of a centre that are under way."""
    return orders(connection, centre, locker_orders.c.hold.is_not(None))


def unanswered(connection: Connection, centre: CentreId) -> tuple[DoorOrder, ...]:
    """List the orders that banks have not answered."""
    return orders(connection, centre, locker_orders.c.hold.is_not(None), locker_orders.c.state == OrderState.ORDERED)


def last_order(connection: Connection, bank: BankRecord, compartment: str) -> DoorOrder | None:
    """Find the last order that a compartment was opened for, or by which staff have said what is in it."""
    c = locker_orders.c
    moves = c.verb.in_((LockerVerb.LOAD, LockerVerb.COLLECT, LockerVerb.UNLOAD))
    said = (c.verb == LockerVerb.SETTLE) & (c.state == OrderState.SETTLED)
    found = _ORDER.where(c.bank == bank.id, c.compartment == compartment, moves | said)
    row = connection.execute(found.order_by(c.issued_at.desc(), c.id.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else _read(row, DoorOrder)


def lying_in(connection: Connection, bank: BankRecord) -> tuple[Item, ...]:
    """List the items that lie in a bank, as custody has it."""
    return custody.items(connection, bank.centre, custody_items.c.bank == bank.id)


def contact(connection: Connection, bank: DeviceId) -> BankContact | None:
    c = locker_positions.c
    row = connection.execute(select(c.journal, c.acknowledged, c.last_contact_at).where(c.bank == bank)).one_or_none()
    if row is None:
        return None
    starts = start_store.read(connection, bank)
    is_copied = starts is not None and starts.copied_at is not None
    return BankContact(row.journal, row.acknowledged, row.last_contact_at, is_copied)


def begin_journal(connection: Connection, bank: DeviceId, journal: JournalId, now: Micros) -> None:
    """Hear a bank's journal from its beginning, whatever was heard of another one."""
    connection.execute(delete(locker_positions).where(locker_positions.c.bank == bank))
    connection.execute(insert(locker_positions).values(bank=bank, journal=journal, acknowledged=0, last_contact_at=now))


def move_on(connection: Connection, bank: DeviceId, journal: JournalId, after: int, until: int, now: Micros) -> bool:  # noqa: PLR0917 - where from and where to
    """Note that a journal was heard up to ``until``; False where it was not heard up to ``after`` exactly."""
    c = locker_positions.c
    here = update(locker_positions).where(c.bank == bank, c.journal == journal, c.acknowledged == after)
    return connection.execute(here.values(acknowledged=until, last_contact_at=now)).rowcount == 1


def _read[T: BankRecord | DoorOrder](row: Mapping[Any, Any], kind: type[T]) -> T:
    # The names of columns are no plain strings, which msgspec wants.
    return msgspec.convert({name: row[name] for name in kind.__struct_fields__}, kind)
