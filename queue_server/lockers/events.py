"""The events of banks of lockers, and of the orders to them. Pure. Nobody is named in them."""

from typing import Final

import msgspec

from queue_server.custody.values import ClaimId, HandOverProof, ItemId, UnloadReason
from queue_server.domain.lockers import (
    BlockReason,
    CompartmentId,
    CompartmentSize,
    Contents,
    JournalId,
    LockerVerb,
    OrderId,
    OrderRefusal,
)
from queue_server.domain.values import CentreId, DeviceId, Hex, Micros
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


class DescribedCompartment(msgspec.Struct, frozen=True):
    """One compartment as its bank describes it."""

    name: CompartmentId
    """The compartment, as its door is labelled."""
    size: CompartmentSize
    """How large it is."""
    column: int
    """Its column, counted from 1 at the left."""
    row: int
    """Its row, counted from 1 at the top."""


class BankDescribed(Payload, frozen=True):
    """A bank says what it is. With a new journal nothing that it knew before holds any more."""

    type = "bank-described"
    bank: DeviceId
    centre: CentreId
    journal: JournalId
    compartments: tuple[DescribedCompartment, ...]


class CompartmentBlocked(Payload, frozen=True):
    """Nothing is done with a compartment until staff have looked."""

    type = "compartment-blocked"
    bank: DeviceId
    compartment: CompartmentId
    reason: BlockReason


class CompartmentUnclear(Payload, frozen=True):
    """Nobody knows what is in a compartment: staff have to look."""

    type = "compartment-unclear"
    bank: DeviceId
    compartment: CompartmentId


class CompartmentSettled(Payload, frozen=True):
    """Staff have looked, and said what is in a compartment."""

    type = "compartment-settled"
    bank: DeviceId
    compartment: CompartmentId
    item: ItemId | None


class OrderIssued(Payload, frozen=True):
    """First event of ``locker-order/<id>``: the server signed an order to a bank."""

    type = "order-issued"
    order: OrderId
    bank: DeviceId
    centre: CentreId
    compartment: CompartmentId
    verb: LockerVerb
    claim: ClaimId
    item: ItemId | None
    issued_at: Micros
    expires_at: Micros
    signature: Hex
    proof: HandOverProof | None
    reason: UnloadReason | None


class OrderAccepted(Payload, frozen=True):
    """The bank has used the order, and carries it out."""

    type = "order-accepted"
    order: OrderId


class OrderTurnedDown(Payload, frozen=True):
    """No door has opened: the bank refused the order, or could not send anything to the lock (no ``refusal``)."""

    type = "order-turned-down"
    order: OrderId
    refusal: OrderRefusal | None


class LockerOpened(Payload, frozen=True):
    """The door was sensed open."""

    type = "locker-opened"
    order: OrderId


class LockerReminded(Payload, frozen=True):
    """The door stands open so long that somebody is asked to shut it."""

    type = "locker-reminded"
    order: OrderId


class LockerOverdue(Payload, frozen=True):
    """The door stands open so long that staff should look."""

    type = "locker-overdue"
    order: OrderId


class LockerShut(Payload, frozen=True):
    """The door was sensed shut again."""

    type = "locker-shut"
    order: OrderId
    contents: Contents


class OrderSettled(Payload, frozen=True):
    """An order that opens nothing was carried out."""

    type = "order-settled"
    order: OrderId


class OrderBlocked(Payload, frozen=True):
    """The compartment was blocked while the order was carried out."""

    type = "order-blocked"
    order: OrderId
    reason: BlockReason


class OrderGivenUp(Payload, frozen=True):
    """Staff no longer wait for what the bank has to tell of it, or it lost its journal, or was revoked."""

    type = "order-given-up"
    order: OrderId


#: What the fields mean, in each kind of stream.
BANK_MEANINGS: Final = {
    "bank": "The bank, as the device that it is enrolled as.",
    "centre": "The centre.",
    "compartment": "The compartment, as its door is labelled.",
    "compartments": "The compartments, in the order in which they are wired.",
    "item": "The item that lies in it; nothing: it is empty.",
    "journal": "The journal of the bank's agent.",
    "reason": "Why staff have to look.",
}
ORDER_MEANINGS: Final = {
    "bank": "The bank, as the device that it is enrolled as.",
    "centre": "The centre.",
    "claim": "The attempt to collect, or what staff began.",
    "compartment": "The compartment, as its door is labelled.",
    "contents": "What is in it now.",
    "expires_at": "Until when the bank may begin.",
    "issued_at": "When it was signed.",
    "item": "The item that is meant.",
    "order": "The order.",
    "proof": "On which proof it is collected.",
    "reason": "Why it is unloaded, or why the compartment is blocked.",
    "refusal": "Why the bank did not begin.",
    "signature": "The signature of the order (Ed25519).",
    "verb": "What is to be done with the compartment.",
}

BANK_CODEC: Final = Codec((BankDescribed, CompartmentBlocked, CompartmentUnclear, CompartmentSettled))
ORDER_CODEC: Final = Codec(
    (
        OrderIssued,
        OrderAccepted,
        OrderTurnedDown,
        LockerOpened,
        LockerReminded,
        LockerOverdue,
        LockerShut,
        OrderSettled,
        OrderBlocked,
        OrderGivenUp,
    )
)
