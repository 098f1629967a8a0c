"""The feed of orders to banks: each bank gets its own, until it has answered. And what pages of staff watch."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection

from queue_server.contract.banks import (
    LockerBankFrame,
    LockerBankView,
    LockerDoorFrame,
    LockerOrderFrame,
    LockerOrderView,
    OrderView,
)
from queue_server.contract.lockers import seal
from queue_server.domain.values import CentreId
from queue_server.framework.entity_feeds import EntityFeed
from queue_server.lockers import store
from queue_server.lockers.model import BankRecord, DoorOrder
from queue_server.lockers.permissions import LINK_BANK, SEE_BANKS
from queue_server.lockers.store import BANKS, ORDERS
from queue_server.lockers.values import PENDING, OrderState
from queue_server.lockers.views import bank_view, locker_order, order_view


def _view(order: DoorOrder) -> LockerOrderView | None:
    if order.state is not OrderState.ORDERED:
        return None
    return LockerOrderView(order.bank, seal(locker_order(order.id, order), bytes.fromhex(order.signature)))


def _load(connection: Connection, centre: CentreId) -> Iterator[tuple[str, DoorOrder]]:
    return ((one.id, one) for one in store.unanswered(connection, centre))


FEED: Final = EntityFeed(
    name="locker-orders",
    summary="Follow the orders to a bank of lockers, each bank its own: WebSocket",
    permission=LINK_BANK,
    aggregate=ORDERS,
    frame=LockerOrderFrame,
    centre=lambda order: order.centre,
    view=_view,
    load=_load,
    only=lambda view: view.bank,
)


def _bank(bank: BankRecord) -> LockerBankView:
    return bank_view(bank, "", (), (), last_contact_at=None, is_connected=True)


def _door(order: DoorOrder) -> OrderView | None:
    return order_view(order, {}) if order.state in PENDING else None


#: What pages show of banks: by these they hear that they have to fetch it anew. Nobody follows them by a route.
WATCHED: Final[tuple[EntityFeed[Any], ...]] = (
    EntityFeed(
        name="locker-banks",
        summary="Compartments of which staff have to look",
        permission=SEE_BANKS,
        aggregate=BANKS,
        frame=LockerBankFrame,
        centre=lambda bank: bank.centre,
        view=_bank,
        load=lambda connection, centre: ((one.id, one) for one in store.banks(connection, centre)),
    ),
    EntityFeed(
        name="locker-doors",
        summary="Orders that are under way",
        permission=SEE_BANKS,
        aggregate=ORDERS,
        frame=LockerDoorFrame,
        centre=lambda order: order.centre,
        view=_door,
        load=lambda connection, centre: ((one.id, one) for one in store.pending(connection, centre)),
    ),
)
