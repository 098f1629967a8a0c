"""A bank of lockers and the orders to it, as their events fold to. Pure."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from queue_server.custody.values import ClaimId, HandOverProof, ItemId, UnloadReason
from queue_server.domain.lockers import (
    OPENS,
    BlockReason,
    CompartmentId,
    CompartmentSize,
    Contents,
    JournalId,
    LockerVerb,
    OrderId,
    OrderRefusal,
)
from queue_server.domain.values import SECOND, CentreId, DeviceId, Hex, Micros
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.lockers import events as e
from queue_server.lockers.values import PENDING, OrderHold, OrderState


class BankCompartment(msgspec.Struct, frozen=True):
    """A compartment. What lies in it says custody; ``is_clear``: nobody has to look before that is believed.

    ``since`` is when staff were asked to look last, or had looked.
    """

    name: CompartmentId
    size: CompartmentSize
    column: int
    row: int
    is_clear: bool = False
    blocked: BlockReason | None = None
    since: Micros = Micros(0)

    @property
    def is_usable(self) -> bool:
        return self.is_clear and self.blocked is None


class BankRecord(msgspec.Struct, frozen=True):
    """A bank as its stream left it at ``seq``."""

    id: DeviceId
    centre: CentreId
    journal: JournalId
    compartments: tuple[BankCompartment, ...]
    changed_at: Micros
    seq: int

    def compartment(self, name: str) -> BankCompartment | None:
        return next((one for one in self.compartments if one.name == name), None)


class DoorOrder(msgspec.Struct, frozen=True):
    """An order as its stream left it at ``seq``; ``hold`` is what it keeps others from while it is under way.

    ``proof`` is that of whoever collects, ``reason`` why it is unloaded.
    """

    id: OrderId
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
    changed_at: Micros
    seq: int
    state: OrderState = OrderState.ORDERED
    hold: OrderHold | None = None
    refusal: OrderRefusal | None = None
    blocked: BlockReason | None = None

    def is_overdue(self, now: Micros, silent_s: float) -> bool:
        """Tell whether it has expired for so long, and the bank never answered: it knows another server's key, say."""
        return self.state is OrderState.ORDERED and now > self.expires_at + silent_s * SECOND


def evolve_bank(before: BankRecord | None, body: Payload, seq: int, at: Micros) -> BankRecord:
    """Fold one event into a bank.

    Raises:
        UnknownEventError: it does not belong here.
    """
    match body:
        case e.BankDescribed():
            known = {} if before is None or before.journal != body.journal else _by_name(before)
            compartments = tuple(_described(known, one, at) for one in body.compartments)
            return BankRecord(body.bank, body.centre, body.journal, compartments, at, seq)
        case e.CompartmentBlocked(_, name, reason) if before is not None:
            return _compartment(before, name, seq, at, blocked=reason, is_clear=False)
        case e.CompartmentUnclear(_, name) if before is not None:
            return _compartment(before, name, seq, at, is_clear=False)
        case e.CompartmentSettled(_, name) if before is not None:
            return _compartment(before, name, seq, at, is_clear=True, blocked=None)
        case _:
            raise UnknownEventError(type=body.type, v=body.v)


def _by_name(bank: BankRecord) -> dict[str, BankCompartment]:
    return {one.name: one for one in bank.compartments}


def _described(known: dict[str, BankCompartment], one: e.DescribedCompartment, at: Micros) -> BankCompartment:
    """Keep what is known of a compartment that was there before; nobody has looked into a new one."""
    before = known.get(one.name, BankCompartment(one.name, one.size, one.column, one.row, since=at))
    return msgspec.structs.replace(before, size=one.size, column=one.column, row=one.row)


def _compartment(bank: BankRecord, name: str, seq: int, at: Micros, **changes: Any) -> BankRecord:
    changed = tuple(
        msgspec.structs.replace(one, since=at, **changes) if one.name == name else one for one in bank.compartments
    )
    return msgspec.structs.replace(bank, compartments=changed, seq=seq, changed_at=at)


def evolve_order(before: DoorOrder | None, body: Payload, seq: int, at: Micros) -> DoorOrder:
    """Fold one event into an order.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if before is None:
        if not isinstance(body, e.OrderIssued):
            raise UnknownEventError(type=body.type, v=body.v)
        return DoorOrder(
            id=body.order,
            bank=body.bank,
            centre=body.centre,
            compartment=body.compartment,
            verb=body.verb,
            claim=body.claim,
            item=body.item,
            issued_at=body.issued_at,
            expires_at=body.expires_at,
            signature=body.signature,
            proof=body.proof,
            reason=body.reason,
            changed_at=at,
            seq=seq,
            hold=OrderHold.BANK if body.verb in OPENS else OrderHold.COMPARTMENT,
        )
    change = _CHANGES.get(type(body))
    if change is None:
        raise UnknownEventError(type=body.type, v=body.v)
    changed = change(body)
    ended = {} if changed["state"] in PENDING else {"hold": None}
    return msgspec.structs.replace(before, **changed, **ended, changed_at=at, seq=seq)


_S = OrderState
_SHUT: Final = {Contents.EMPTY: _S.SHUT_EMPTY, Contents.ITEM: _S.SHUT_WITH_ITEM}
_CHANGES: Final[dict[type[Payload], Callable[[Any], dict[str, Any]]]] = {
    e.OrderAccepted: lambda _: {"state": _S.ACCEPTED},
    e.OrderTurnedDown: lambda body: {"state": _S.NOT_OPENED, "refusal": body.refusal},
    e.LockerOpened: lambda _: {"state": _S.OPEN},
    e.LockerReminded: lambda _: {"state": _S.REMINDED},
    e.LockerOverdue: lambda _: {"state": _S.OVERDUE},
    e.LockerShut: lambda body: {"state": _SHUT.get(body.contents, _S.SHUT_UNKNOWN)},
    e.OrderSettled: lambda _: {"state": _S.SETTLED},
    e.OrderBlocked: lambda body: {
        "state": _S.NOT_OPENED if body.reason is BlockReason.NOT_OPENED else _S.FROZEN,
        "blocked": body.reason,
    },
    e.OrderGivenUp: lambda _: {"state": _S.GIVEN_UP},
}
