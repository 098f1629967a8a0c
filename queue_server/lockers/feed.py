"""The feed of orders to banks: each bank gets its own, until it has answered."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from queue_server.contract.banks import LockerOrderFrame, LockerOrderView
from queue_server.contract.lockers import seal
from queue_server.domain.values import CentreId
from queue_server.framework.entity_feeds import EntityFeed
from queue_server.lockers import store
from queue_server.lockers.model import DoorOrder
from queue_server.lockers.permissions import LINK_BANK
from queue_server.lockers.store import ORDERS
from queue_server.lockers.values import OrderState
from queue_server.lockers.views import locker_order


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
