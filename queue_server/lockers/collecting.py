"""A claim and the door for it: what a person who has proved that an item is theirs gets it by.

Who somebody is, and whether that is enough, was decided before: here an item is claimed and its door ordered, in one
transaction.
"""

from typing import Final, NewType

import msgspec
from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.custody import acting
from queue_server.custody import decide as custody
from queue_server.custody import store as items
from queue_server.custody.errors import ItemPlaceError, ItemUnknownError
from queue_server.custody.model import Item
from queue_server.custody.values import ClaimId, HandOverProof, Holder, ItemId
from queue_server.domain.lockers import CompartmentId, LockerVerb, OrderId
from queue_server.domain.values import SECOND, DeviceId, Micros
from queue_server.framework.request_context import RequestContext
from queue_server.lockers import store
from queue_server.lockers.issuing import bank_here, issue
from queue_server.lockers.store import ORDERS
from queue_server.lockers.values import OrderState

#: How an opening for a claim is named: the order to the bank.
OpeningId = NewType("OpeningId", OrderId)
#: How long after its end an order may still be told of; then the bank counts as silent.
_GRACE: Final = 5 * SECOND


class ClaimOpening(msgspec.Struct, frozen=True):
    """The door that was ordered for a claim, and how far that is.

    ``state``: ``ordered`` and ``accepted`` until it is open; ``open``, ``reminded``, ``overdue``; at its end
    ``shut-empty`` (taken), ``shut-with-item`` (the claim is released), ``shut-unknown`` (staff look whether it was
    taken), ``not-opened`` (the claim is released, the item is where it was), ``frozen`` and ``given-up`` (staff look).
    ``is_silent``: the bank has not answered in time; the item stays claimed until it does, or staff give the order up.
    """

    id: OpeningId
    bank: DeviceId
    compartment: CompartmentId
    item: ItemId
    state: OrderState
    changed_at: Micros
    is_silent: bool


def open_for_claim(
    ask: RequestContext, connection: Connection, item: ItemId, claim: ClaimId, proof: HandOverProof
) -> OpeningId:
    """Claim an item and order the door before it, in the transaction of ``connection``.

    The same request gives the same opening. ``claim`` is used for one opening alone: whoever left the item inside and
    wants it after all gets a new one.

    Raises:
        ItemUnknownError: there is no such item at this centre.
        ItemStateError, ItemPlaceError: it is not ready, or lies in no compartment.
        ClaimError: somebody else is about to take it.
        NoSuchCompartmentError, CompartmentUnusableError: staff have to look at its compartment.
        BankUnknownError, BankSilentError: its bank is not there.
        BankBusyError: another door of the bank is open: in a moment.
    """
    centre = centre_of(ask).id
    ident = OrderId(acting.named_by(ask, f"locker-order/{claim}"))
    if ORDERS.load(connection, ident) is not None:
        return OpeningId(ident)
    found = items.item_by_id(connection, centre, item)
    if found is None:
        raise ItemUnknownError
    if found.holder is not Holder.COMPARTMENT or found.bank is None or found.compartment is None:
        raise ItemPlaceError(holder=found.holder)
    claimed = acting.draft(ask, connection, item, lambda before: custody.claim(before, claim, proof))
    bank = bank_here(connection, centre, found.bank)
    order = issue(
        ask,
        connection,
        bank,
        found.compartment,
        LockerVerb.COLLECT,
        ident=ident,
        claim=claim,
        item=item,
        proof=proof,
    )
    acting.store_all(ask, connection, [claimed], order)
    return OpeningId(ident)


def opening(connection: Connection, claim: ClaimId, now: Micros) -> ClaimOpening | None:
    """Say how far the opening for a claim is; None where no door was ordered for it."""
    order = store.order_of_claim(connection, claim)
    if order is None or order.verb is not LockerVerb.COLLECT or order.item is None:
        return None
    return ClaimOpening(
        id=OpeningId(order.id),
        bank=order.bank,
        compartment=order.compartment,
        item=order.item,
        state=order.state,
        changed_at=order.changed_at,
        is_silent=order.state is OrderState.ORDERED and now > order.expires_at + _GRACE,
    )


def is_open_to_claims(connection: Connection, item: Item) -> bool:
    """Tell whether the compartment of an item can be opened for whoever it is for: else they go to the counter.

    Whether its bank is heard, and busy, is found out when it is ordered.
    """
    if item.holder is not Holder.COMPARTMENT or item.bank is None:
        return False
    bank = store.bank(connection, item.centre, item.bank)
    compartment = None if bank is None or item.compartment is None else bank.compartment(item.compartment)
    return compartment is not None and compartment.is_usable
