"""Banks and orders as messages of the API. Pure."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from queue_server.contract import banks as m
from queue_server.contract.lockers import LockerOrder
from queue_server.custody import labels
from queue_server.custody.model import Item
from queue_server.custody.values import ClaimId, ItemId
from queue_server.domain.lockers import CompartmentId, CompartmentState, LockerVerb, OrderId
from queue_server.domain.values import DeviceId, Micros, to_datetime
from queue_server.lockers.model import BankCompartment, BankRecord, DoorOrder
from queue_server.lockers.values import OrderState

_OPEN = frozenset({OrderState.OPEN, OrderState.REMINDED, OrderState.OVERDUE})


class OrderTerms(Protocol):
    """What is signed of an order, whether it is just made or was read."""

    @property
    def bank(self) -> DeviceId: ...
    @property
    def compartment(self) -> CompartmentId: ...
    @property
    def verb(self) -> LockerVerb: ...
    @property
    def claim(self) -> ClaimId: ...
    @property
    def item(self) -> ItemId | None: ...
    @property
    def issued_at(self) -> Micros: ...
    @property
    def expires_at(self) -> Micros: ...


def locker_order(ident: OrderId, order: OrderTerms) -> LockerOrder:
    """Write an order as it is signed: which item is meant, and nothing of whose it is."""
    return LockerOrder(
        id=ident,
        bank=order.bank,
        compartment=order.compartment,
        verb=order.verb,
        claim=order.claim,
        issued_at=to_datetime(order.issued_at),
        expires_at=to_datetime(order.expires_at),
        item=None if order.verb is LockerVerb.INSPECT else order.item,
    )


def state_of(one: BankCompartment, item: Item | None, order: DoorOrder | None) -> CompartmentState:
    """Say how a compartment is, by what is under way there, what staff have to look at, and what custody has in it."""
    if order is not None and order.state in _OPEN:
        return CompartmentState.OPEN
    if one.blocked is not None:
        return CompartmentState.BLOCKED
    if not one.is_clear:
        return CompartmentState.UNKNOWN
    if item is not None:
        return CompartmentState.OCCUPIED
    return CompartmentState.FREE if order is None else CompartmentState.RESERVED


def bank_view(
    bank: BankRecord,
    name: str,
    items: Iterable[Item],
    orders: Iterable[DoorOrder],
    *,
    last_contact_at: Micros | None,
    is_connected: bool,
) -> m.LockerBankView:
    """Show a bank, with the items that lie in it and the orders that are under way."""
    lying = {item.compartment: item for item in items}
    under_way = {order.compartment: order for order in orders}
    compartments = tuple(
        _compartment_view(one, lying.get(one.name), under_way.get(one.name)) for one in bank.compartments
    )
    return m.LockerBankView(
        id=bank.id,
        name=name,
        is_connected=is_connected,
        last_contact_at=None if last_contact_at is None else to_datetime(last_contact_at),
        free=sum(one.state is CompartmentState.FREE for one in compartments),
        compartments=compartments,
    )


def _compartment_view(one: BankCompartment, item: Item | None, order: DoorOrder | None) -> m.CompartmentView:
    return m.CompartmentView(
        name=one.name,
        size=one.size,
        column=one.column,
        row=one.row,
        state=state_of(one, item, order),
        blocked=one.blocked,
        item=None if item is None else labels.shown(item.label),
        order=None if order is None else order.id,
    )


def order_view(order: DoorOrder, shown: Mapping[ItemId, str]) -> m.OrderView:
    """Show an order; ``shown`` are labels of items."""
    return m.OrderView(
        id=order.id,
        bank=order.bank,
        compartment=order.compartment,
        verb=order.verb,
        state=order.state.value,
        issued_at=to_datetime(order.issued_at),
        expires_at=to_datetime(order.expires_at),
        changed_at=to_datetime(order.changed_at),
        item=None if order.item is None else shown.get(order.item),
        refusal=order.refusal,
        blocked=order.blocked,
    )
