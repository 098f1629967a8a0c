"""What may be ordered of a bank, and what comes of what it tells: for it, for its orders, for items. Pure.

A bank's word stands: what has happened at a door is stored whatever was thought of it. What does not fit makes the
compartment unclear, so that staff look.
"""

from collections.abc import Callable
from typing import Any, Final

from queue_server.contract import banks as m
from queue_server.custody import decide as custody
from queue_server.custody.model import Item
from queue_server.custody.values import ENDED, Holder, MissedBy, UnloadReason
from queue_server.domain.lockers import (
    OPENS,
    BlockReason,
    CompartmentId,
    Contents,
    LockerAlarmKind,
    LockerVerb,
    OrderRefusal,
)
from queue_server.eventlog.payload import Payload
from queue_server.lockers import events as e
from queue_server.lockers.errors import CompartmentUnusableError, NoSuchCompartmentError, OrderUnderWayError
from queue_server.lockers.model import BankCompartment, BankRecord, DoorOrder
from queue_server.lockers.values import PENDING, OrderState

Decided = tuple[Payload, ...]

#: Orders that staff may give for a compartment that they have to look at.
_LOOKING: Final = frozenset({LockerVerb.INSPECT, LockerVerb.SETTLE})


def describe(bank: BankRecord | None, body: e.BankDescribed) -> Decided:
    """Take what a bank says that it is; the same once more is nothing new."""
    if bank is not None and bank.journal == body.journal:
        known = tuple(e.DescribedCompartment(one.name, one.size, one.column, one.row) for one in bank.compartments)
        if known == body.compartments:
            return ()
    return (body,)


def compartment_for(bank: BankRecord, name: str, verb: LockerVerb) -> BankCompartment:
    """Find a compartment of which this may be ordered.

    Raises:
        NoSuchCompartmentError: the bank has none of this name.
        CompartmentUnusableError: staff have to look at it first.
    """
    found = bank.compartment(name)
    if found is None:
        raise NoSuchCompartmentError(compartment=name)
    if not found.is_usable and verb not in _LOOKING:
        raise CompartmentUnusableError(compartment=name)
    return found


def order_after(order: DoorOrder, told: m.BankEvent) -> Decided:
    """Say what a bank's event is for the order that it is about; one that has come to its end stays there."""
    return _FOR_ORDER[type(told)](order, told) if order.state in PENDING else ()


_FOR_ORDER: Final[dict[type[m.BankEvent], Callable[[DoorOrder, Any], Decided]]] = {
    m.OrderAcceptedEvent: lambda order, _: (e.OrderAccepted(order.id),) if order.state is OrderState.ORDERED else (),
    m.OrderRefusedEvent: lambda order, told: (e.OrderTurnedDown(order.id, told.refusal),),
    m.PulseLostEvent: lambda order, _: (e.OrderTurnedDown(order.id, None),),
    # A switch that bounces says so again: whoever was reminded stays so.
    m.DoorOpenedEvent: lambda order, _: (e.LockerOpened(order.id),) if order.state is OrderState.ACCEPTED else (),
    m.DoorRemindedEvent: lambda order, _: (e.LockerReminded(order.id),),
    m.BankAlarmEvent: lambda order, told: (
        (e.LockerOverdue(order.id),) if told.alarm is LockerAlarmKind.LEFT_OPEN else ()
    ),
    m.DoorClosedEvent: lambda order, told: (e.LockerShut(order.id, told.contents),),
    m.CompartmentBlockedEvent: lambda order, told: (e.OrderBlocked(order.id, told.reason),),
    m.CompartmentSettledEvent: lambda order, _: (e.OrderSettled(order.id),),
}


def bank_after(bank: BankRecord, told: m.BankEvent, order: DoorOrder | None) -> Decided:
    """Say what a bank's event is for its compartments. What nobody waits for any more clears nothing."""
    match told:
        case m.OrderRefusedEvent(refusal=OrderRefusal.CONTENTS) if order is not None:
            # It has something else in it than custody says.
            return unclear(bank, order.compartment)
        case m.DoorClosedEvent():
            clear = order is not None and told.contents in {Contents.EMPTY, Contents.ITEM}
            return () if clear else unclear(bank, told.compartment)
        case m.CompartmentBlockedEvent():
            found = bank.compartment(told.compartment)
            same = found is None or found.blocked is told.reason
            return () if same else (e.CompartmentBlocked(bank.id, CompartmentId(told.compartment), told.reason),)
        case m.CompartmentSettledEvent():
            if order is None or told.item != order.item:
                return unclear(bank, told.compartment)
            found = bank.compartment(told.compartment)
            return () if found is None else (e.CompartmentSettled(bank.id, found.name, order.item),)
        case _:
            return ()


def instead(bank: BankRecord, name: str, decided: Decided) -> Decided:
    """Say what is so of a compartment where custody says something else: whatever staff said of it, they look again."""
    kept = tuple(one for one in decided if not isinstance(one, e.CompartmentSettled))
    return kept or unclear(bank, name)


def unclear(bank: BankRecord, name: str) -> Decided:
    """Say that staff have to look into a compartment."""
    found = bank.compartment(name)
    return (e.CompartmentUnclear(bank.id, found.name),) if found is not None and found.is_clear else ()


def item_after(item: Item, told: m.BankEvent, order: DoorOrder | None) -> Decided:
    """Say what a bank's event is for an item that it concerns: that of its order, or one that lies behind its door.

    Raises:
        CustodyError: custody says something else of it: staff have to look.
    """
    own = order if order is not None and order.item == item.id else None
    match told:
        case m.OrderRefusedEvent() | m.PulseLostEvent() | m.CompartmentBlockedEvent(reason=BlockReason.NOT_OPENED):
            return () if own is None else custody.release(item, own.claim)
        case m.DoorClosedEvent() if own is not None:
            return _shut(item, own, told.contents)
        case m.CompartmentSettledEvent() if told.item == item.id:
            return () if own is None else custody.load(item, own.bank, own.compartment)
        case m.CompartmentSettledEvent() if own is not None and not _lies_in(item, own):
            # Something else is told than was ordered.
            return ()
        case m.CompartmentBlockedEvent() | m.CompartmentSettledEvent():
            return custody.miss(item, MissedBy.LOCKER)
        case _:
            return ()


def _lies_in(item: Item, order: DoorOrder) -> bool:
    return item.holder is Holder.COMPARTMENT and (item.bank, item.compartment) == (order.bank, order.compartment)


def _shut(item: Item, order: DoorOrder, contents: Contents) -> Decided:
    """Say what is so of an item whose compartment was open, and is shut again."""
    match order.verb, contents:
        case LockerVerb.LOAD, Contents.ITEM:
            return custody.load(item, order.bank, order.compartment)
        case LockerVerb.COLLECT, Contents.EMPTY if order.proof is not None:
            return custody.collected(item, order.claim, order.proof)
        case LockerVerb.COLLECT, Contents.ITEM:
            return custody.release(item, order.claim)
        case ((LockerVerb.LOAD | LockerVerb.COLLECT), Contents.UNKNOWN):
            return custody.miss(item, MissedBy.LOCKER)
        case LockerVerb.UNLOAD, (Contents.EMPTY | Contents.UNKNOWN) if item.holder is Holder.COMPARTMENT:
            # Staff stand before it, and hold it: where no sensor says so they have to look into the compartment.
            return custody.unload(item, order.reason or UnloadReason.AT_COUNTER)
        case _:
            return ()


def taken_after_all(item: Item, order: DoorOrder) -> Decided:
    """Say that what somebody was collecting is theirs: staff have found the compartment empty.

    Without a sensor inside nobody else knows whether they took it. What was somewhere else since is not theirs.
    """
    waits = order.verb is LockerVerb.COLLECT and order.state is OrderState.SHUT_UNKNOWN and order.item == item.id
    missed = item.holder is Holder.UNKNOWN and item.was_with is Holder.COMPARTMENT
    here = missed and (item.bank, item.compartment) == (order.bank, order.compartment)
    if not waits or not here or order.proof is None or item.state in ENDED:
        return ()
    return custody.collected(item, order.claim, order.proof)


def give_up(order: DoorOrder, *, is_connected: bool) -> Decided:
    """Wait no longer for what a bank has to tell of an order.

    Raises:
        OrderUnderWayError: it is heard, and will.
    """
    if order.state not in PENDING:
        return ()
    if is_connected:
        raise OrderUnderWayError(order=order.id)
    return (e.OrderGivenUp(order.id),)


def doubtful(bank: BankRecord | None, order: DoorOrder) -> Decided:
    """Have staff look behind a door of which nobody will tell whether it was opened."""
    return unclear(bank, order.compartment) if bank is not None and order.verb in OPENS else ()


def miss_of(item: Item, order: DoorOrder | None = None) -> Decided:
    """Say what is so of the item of an order of which nobody will tell what became, or whose compartment is gone."""
    moved = order is None or order.verb is not LockerVerb.SETTLE
    return custody.miss(item, MissedBy.LOCKER) if moved else ()
