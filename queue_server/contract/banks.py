"""Messages of banks of lockers: what their agents and the server tell each other, and what staff do with them.

A bank learns compartments, and ids of orders, items and claims. It never learns who somebody is, nor any number that
is printed on a document.
"""

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta

from queue_server.contract.base import Message, Name, Uuid
from queue_server.contract.feeds import EntityFrame
from queue_server.contract.lockers import CompartmentName, SignedOrder
from queue_server.contract.order_keys import OrderKey
from queue_server.domain.lockers import (
    BlockReason,
    CompartmentSize,
    CompartmentState,
    Contents,
    LockerAlarmKind,
    LockerVerb,
    OrderRefusal,
)
from queue_server.domain.values import DeviceId

#: Compartments of one bank, and events that are told at once, at most.
MAX_COMPARTMENTS: Final = 1_000
MAX_TOLD: Final = 64

Position = Annotated[int, Meta(ge=0, le=2**53)]
GridNumber = Annotated[int, Meta(ge=1, le=1_000)]


class CompartmentShape(Message, frozen=True):
    """One compartment, and where it is as one stands before the bank."""

    name: CompartmentName
    """The compartment, as its door is labelled."""
    size: CompartmentSize
    """How large it is."""
    column: GridNumber
    """Its column, counted from 1 at the left."""
    row: GridNumber
    """Its row, counted from 1 at the top."""


class DescribeBankRequest(Message, frozen=True):
    """A bank says what it is."""

    journal: Uuid
    """Id of its journal; another one where the journal was lost and begun anew."""
    compartments: Annotated[tuple[CompartmentShape, ...], Meta(min_length=1, max_length=MAX_COMPARTMENTS)]
    """Its compartments, each name once."""


class BankLinkAnswer(Message, frozen=True):
    """What the server knows of this bank's journal."""

    acknowledged: Position
    """Up to which event of the journal the server has heard everything."""
    at: datetime
    """What time it is at the server (UTC)."""
    order_keys: tuple[OrderKey, ...] = ()
    """The keys of orders that count, the one that signs now first; a server of a release before names none."""


class BankKeyAnswer(Message, frozen=True):
    """By which key a bank knows orders; it believes no further one but on the word of one that it knows."""

    order_key: str
    """The public key of orders (Ed25519), 32 bytes in base64url without padding."""


class OrderAcceptedEvent(Message, frozen=True, tag="accepted", tag_field="kind"):
    """An order is carried out; it is used up."""

    seq: Position
    """The number of the event in the bank's journal."""
    order: Uuid
    """Id of the order."""


class OrderRefusedEvent(Message, frozen=True, tag="refused", tag_field="kind"):
    """An order is not carried out, and never will be."""

    seq: Position
    """The number of the event in the bank's journal."""
    order: Uuid
    """Id of the order."""
    refusal: OrderRefusal
    """Why not."""


class PulseLostEvent(Message, frozen=True, tag="not-sent", tag_field="kind"):
    """The board was away: nothing was sent to the lock, and the compartment is as it was."""

    seq: Position
    """The number of the event in the bank's journal."""
    compartment: CompartmentName
    """The compartment."""


class DoorOpenedEvent(Message, frozen=True, tag="opened", tag_field="kind"):
    """The door that was ordered is sensed open."""

    seq: Position
    """The number of the event in the bank's journal."""
    compartment: CompartmentName
    """The compartment."""


class DoorRemindedEvent(Message, frozen=True, tag="reminded", tag_field="kind"):
    """The door stands open so long that somebody should be asked to shut it."""

    seq: Position
    """The number of the event in the bank's journal."""
    compartment: CompartmentName
    """The compartment."""


class DoorClosedEvent(Message, frozen=True, tag="closed", tag_field="kind"):
    """The door was shut, as it should be."""

    seq: Position
    """The number of the event in the bank's journal."""
    compartment: CompartmentName
    """The compartment."""
    contents: Contents
    """What is in it now."""


class BankAlarmEvent(Message, frozen=True, tag="alarm", tag_field="kind"):
    """Something is not as it should be."""

    seq: Position
    """The number of the event in the bank's journal."""
    compartment: CompartmentName
    """The compartment."""
    alarm: LockerAlarmKind
    """What is not as it should be."""


class CompartmentBlockedEvent(Message, frozen=True, tag="blocked", tag_field="kind"):
    """Nothing is done with a compartment until staff have looked."""

    seq: Position
    """The number of the event in the bank's journal."""
    compartment: CompartmentName
    """The compartment."""
    reason: BlockReason
    """Why staff have to look."""


class CompartmentSettledEvent(Message, frozen=True, tag="settled", tag_field="kind"):
    """What staff found in a compartment holds from now on."""

    seq: Position
    """The number of the event in the bank's journal."""
    compartment: CompartmentName
    """The compartment."""
    item: Uuid | None
    """The item in it; null where nothing is."""


type BankEvent = (
    OrderAcceptedEvent
    | OrderRefusedEvent
    | PulseLostEvent
    | DoorOpenedEvent
    | DoorRemindedEvent
    | DoorClosedEvent
    | BankAlarmEvent
    | CompartmentBlockedEvent
    | CompartmentSettledEvent
)


class BankEventsRequest(Message, frozen=True):
    """A bank tells what happened, as its journal has it; with no events it only says that it is there."""

    journal: Uuid
    """Id of its journal."""
    after: Position
    """Up to which event the server has heard everything, as it said last; where it says otherwise nothing is taken."""
    until: Position
    """Up to which event everything is told with this; some events of a journal concern nobody but the bank."""
    events: Annotated[tuple[BankEvent, ...], Meta(max_length=MAX_TOLD)] = ()
    """What happened, in its order."""


class LockerOrderView(Message, frozen=True):
    """An order that a bank has not answered to its end."""

    bank: DeviceId
    """Id of the bank."""
    order: SignedOrder
    """The order, as the bank takes it."""


class LockerOrderFrame(EntityFrame, frozen=True):
    """A frame of the feed of orders: a bank gets its own alone."""

    entities: dict[str, LockerOrderView | None]
    """Orders by id; null where an order has come to its end."""


OrderStateName = Literal[
    "ordered",
    "accepted",
    "open",
    "reminded",
    "overdue",
    "shut-empty",
    "shut-with-item",
    "shut-unknown",
    "settled",
    "not-opened",
    "frozen",
    "given-up",
]


class OrderView(Message, frozen=True):
    """What became of an order to a bank."""

    id: Uuid
    """Id of the order."""
    bank: DeviceId
    """Id of the bank."""
    compartment: str
    """The compartment, as its door is labelled."""
    verb: LockerVerb
    """What was to be done with it."""
    state: OrderStateName
    """How far that is."""
    issued_at: datetime
    """When it was issued (UTC)."""
    expires_at: datetime
    """Until when the bank may begin (UTC)."""
    changed_at: datetime
    """When the bank told something of it last (UTC)."""
    item: str | None
    """Label of the item that is meant."""
    refusal: OrderRefusal | None
    """Why the bank did not begin."""
    blocked: BlockReason | None
    """Why its compartment was blocked."""


class OrderAnswer(Message, frozen=True):
    """An order as it is now."""

    order: OrderView
    """The order."""


class OrdersAnswer(Message, frozen=True):
    """Orders that were given together."""

    orders: tuple[OrderView, ...]
    """The orders."""


class CompartmentView(Message, frozen=True):
    """A compartment as staff see it: what was commanded and what was sensed, together."""

    name: str
    """The compartment, as its door is labelled."""
    size: CompartmentSize
    """How large it is."""
    column: int
    """Its column, counted from 1 at the left."""
    row: int
    """Its row, counted from 1 at the top."""
    state: CompartmentState
    """How it is; nothing is handed out of one that is ``unknown`` or ``blocked``."""
    blocked: BlockReason | None
    """Why staff have to look at it."""
    item: str | None
    """Label of the item that lies in it, as far as is known."""
    order: Uuid | None
    """Id of the order that is under way there."""


class LockerBankView(Message, frozen=True):
    """A bank of lockers."""

    id: DeviceId
    """Id of the bank, as a device."""
    name: str
    """The name that managers gave it."""
    is_connected: bool
    """Whether it has told something a short time ago: what is silent gets no orders."""
    last_contact_at: datetime | None
    """When it told something last (UTC)."""
    free: int
    """How many compartments are free."""
    compartments: tuple[CompartmentView, ...]
    """Its compartments, in the order in which it is wired."""


class LockerBankFrame(EntityFrame, frozen=True):
    """A frame of what pages watch of banks."""

    entities: dict[str, LockerBankView | None]
    """Banks by id."""


class LockerDoorFrame(EntityFrame, frozen=True):
    """A frame of what pages watch of orders that are under way."""

    entities: dict[str, OrderView | None]
    """Orders by id; null where an order has come to its end."""


class LockerBanksAnswer(Message, frozen=True):
    """The banks of a centre."""

    banks: tuple[LockerBankView, ...]
    """The banks."""


class LockerBankAnswer(Message, frozen=True):
    """A bank as it is now."""

    bank: LockerBankView
    """The bank."""


class FreeCompartmentAnswer(Message, frozen=True):
    """Where the next item could be laid."""

    compartment: str | None
    """The next free compartment; null where none is free that is large enough."""


#: Label or id of an item, as it is scanned or typed.
ItemName = Annotated[str, Meta(min_length=5, max_length=36)]


class LoadCompartmentRequest(Message, frozen=True):
    """Lay an item into a compartment: both were scanned."""

    item: ItemName
    """Label or id of the item, as it is scanned or typed."""
    compartment: CompartmentName
    """The compartment, as its door is labelled."""


class UnloadCompartmentRequest(Message, frozen=True):
    """Take an item out of its compartment."""

    compartment: CompartmentName
    """The compartment, as its door is labelled."""
    reason: Name
    """Why it is taken out."""


class CompartmentRequest(Message, frozen=True):
    """Name a compartment."""

    compartment: CompartmentName
    """The compartment, as its door is labelled."""


class SettleCompartmentsRequest(Message, frozen=True):
    """Say what was found in compartments; the doors are shut."""

    compartments: Annotated[tuple[CompartmentName, ...], Meta(min_length=1, max_length=MAX_COMPARTMENTS)]
    """The compartments."""
    item: ItemName | None = None
    """Label or id of the item that lies in the one that is named; null where nothing lies in any of them."""
