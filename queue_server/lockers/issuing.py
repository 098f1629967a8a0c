"""Orders to banks: made, signed and stored; the bank takes them from the feed of orders."""

from msgspec.structs import replace
from sqlalchemy import Connection

from queue_server.contract.lockers import signature
from queue_server.custody.values import ClaimId, HandOverProof, ItemId, UnloadReason
from queue_server.domain.lockers import OPENS, CompartmentId, LockerVerb, OrderId
from queue_server.domain.values import SECOND, CentreId, Hex, Micros
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.framework.request_context import RequestContext
from queue_server.lockers import decide, store
from queue_server.lockers.errors import BankBusyError, BankSilentError, BankUnknownError
from queue_server.lockers.events import OrderIssued
from queue_server.lockers.model import BankRecord, DoorOrder
from queue_server.lockers.settings import LockerRules
from queue_server.lockers.store import ORDERS, BankContact
from queue_server.lockers.values import OrderHold
from queue_server.lockers.views import locker_order
from queue_server.vault.keys import Keys


def bank_here(connection: Connection, centre: CentreId, ident: str) -> BankRecord:
    """Find a bank of a centre.

    Raises:
        BankUnknownError: there is none, or it has not said what it is.
    """
    found = store.bank(connection, centre, ident)
    if found is None:
        raise BankUnknownError
    return found


def is_connected(ask: RequestContext, contact: BankContact | None) -> bool:
    """Tell whether a bank has told something a short time ago, and is one machine."""
    return contact is not None and contact.is_connected(ask.server.clock(), ask.server.settings[LockerRules].silent_s)


def issue(
    ask: RequestContext,
    connection: Connection,
    bank: BankRecord,
    compartment: str,
    verb: LockerVerb,
    *,
    ident: OrderId,
    claim: ClaimId,
    item: ItemId | None = None,
    proof: HandOverProof | None = None,
    reason: UnloadReason | None = None,
) -> PendingAppend[DoorOrder]:
    """Order something of a bank; the same request gives the same order. Nothing is stored yet.

    Raises:
        NoSuchCompartmentError, CompartmentUnusableError: this cannot be done with the compartment.
        BankSilentError: nothing is heard of the bank.
        BankBusyError: a door of it is open, or about to open.
    """
    before = ORDERS.load(connection, ident)
    issued = None if before is not None else _order(ask, connection, bank, compartment, verb)

    def decided(_: DoorOrder | None) -> tuple[OrderIssued, ...]:
        if issued is None:
            return ()
        name, now, until = issued
        made = OrderIssued(
            order=ident,
            bank=bank.id,
            centre=bank.centre,
            compartment=name,
            verb=verb,
            claim=claim,
            item=item,
            issued_at=now,
            expires_at=until,
            signature=Hex(""),
            proof=proof,
            reason=reason,
        )
        return (_signed(made, ask.server[Keys]),)

    at = ask.server.clock() if issued is None else issued[1]
    return ORDERS.draft(connection, ident, decided, at=at, command=ask.command, actor=ask.actor)


def _order(
    ask: RequestContext, connection: Connection, bank: BankRecord, compartment: str, verb: LockerVerb
) -> tuple[CompartmentId, Micros, Micros]:
    """Find out whether this may be ordered now, and until when."""
    found = decide.compartment_for(bank, compartment, verb)
    if not is_connected(ask, store.contact(connection, bank.id)):
        raise BankSilentError
    others = store.under_way(connection, bank)
    if any(one.compartment == compartment for one in others) or (
        verb in OPENS and any(one.hold is OrderHold.BANK for one in others)
    ):
        raise BankBusyError
    now = ask.server.clock()
    return found.name, now, Micros(now + ask.server.settings[LockerRules].order_s * SECOND)


def _signed(made: OrderIssued, keys: Keys) -> OrderIssued:
    return replace(made, signature=Hex(signature(locker_order(made.order, made), keys.order_key()).hex()))
