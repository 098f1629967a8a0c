"""Routes of staff at banks of lockers: how they are, load, unload, look, and say what was found."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.contract import banks as m
from queue_server.custody import acting, labels
from queue_server.custody import decide as custody
from queue_server.custody import store as items
from queue_server.custody.api.items import filter_of, one_of
from queue_server.custody.errors import ClaimError, ItemPlaceError, ItemStateError, ItemUnknownError
from queue_server.custody.model import Item
from queue_server.custody.values import ClaimId, ItemId, UnloadReason
from queue_server.domain.lockers import CompartmentId, CompartmentSize, CompartmentState, LockerVerb, OrderId
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.framework.paging import QueryInvalidError
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.lockers import decide, store
from queue_server.lockers.errors import (
    BankBusyError,
    BankSilentError,
    BankUnknownError,
    CompartmentEmptyError,
    CompartmentTakenError,
    CompartmentUnusableError,
    NoSuchCompartmentError,
    OrderUnderWayError,
    OrderUnknownError,
)
from queue_server.lockers.issuing import bank_here, is_connected, issue
from queue_server.lockers.model import BankRecord, DoorOrder
from queue_server.lockers.settings import LockerRules
from queue_server.lockers.store import BANKS, ORDERS
from queue_server.lockers.views import bank_view, order_view

ORDERED = (BankUnknownError, NoSuchCompartmentError, BankBusyError, BankSilentError)
_SIZES = tuple(CompartmentSize)


async def banks(ask: RequestContext) -> m.LockerBanksAnswer:
    centre = centre_of(ask).id

    def work(connection: Connection) -> m.LockerBanksAnswer:
        return m.LockerBanksAnswer(tuple(_view(ask, connection, one) for one in store.banks(connection, centre)))

    return await ask.server.log.run(work)


@refuses(BankUnknownError)
async def bank(ask: RequestContext) -> m.LockerBankAnswer:
    centre, ident = centre_of(ask).id, ask.path("locker_bank")
    return await ask.server.log.run(
        lambda connection: m.LockerBankAnswer(_view(ask, connection, bank_here(connection, centre, ident)))
    )


@refuses(BankUnknownError, QueryInvalidError)
async def free(ask: RequestContext) -> m.FreeCompartmentAnswer:
    """Propose where the next item is laid: the smallest that is free and large enough, in the order of the bank.

    Raises:
        QueryInvalidError: there is no such size.
    """
    centre, ident = centre_of(ask).id, ask.path("locker_bank")
    least = filter_of(CompartmentSize, ask.request.query.get("size", CompartmentSize.SMALL.value), "size")

    def work(connection: Connection) -> m.FreeCompartmentAnswer:
        shown = _view(ask, connection, bank_here(connection, centre, ident)).compartments
        fitting = [one for one in shown if _SIZES.index(one.size) >= _SIZES.index(least)]
        there = [one for one in fitting if one.state is CompartmentState.FREE]
        found = min(there, key=lambda one: _SIZES.index(one.size), default=None)
        return m.FreeCompartmentAnswer(None if found is None else found.name)

    return await ask.server.log.run(work)


@refuses(BankUnknownError, OrderUnknownError)
async def order(ask: RequestContext) -> m.OrderAnswer:
    return await ask.server.log.run(
        lambda connection: m.OrderAnswer(_shown(connection, (_order_here(ask, connection),))[0])
    )


@refuses(*ORDERED, CompartmentUnusableError, CompartmentTakenError, ItemUnknownError, ItemStateError, ItemPlaceError)
async def load(ask: RequestContext) -> m.OrderAnswer:
    """Open a free compartment so that an item is laid into it: both were scanned.

    Raises:
        CompartmentTakenError: something lies in it.
    """
    wanted = ask.body(m.LoadCompartmentRequest)

    def order_for(connection: Connection, bank: BankRecord, ident: OrderId) -> PendingAppend[DoorOrder]:
        item = acting.find(connection, bank.centre, wanted.item)
        if ORDERS.load(connection, ident) is None:
            custody.may_load(item)
            if _lying(connection, bank, wanted.compartment) is not None:
                raise CompartmentTakenError(compartment=wanted.compartment)
        return _issue(ask, connection, bank, wanted.compartment, LockerVerb.LOAD, ident, item.id)

    return await _ordered(ask, order_for)


@refuses(*ORDERED, CompartmentUnusableError, CompartmentEmptyError, ClaimError)
async def unload(ask: RequestContext) -> m.OrderAnswer:
    """Open a compartment so that staff take out what lies in it.

    Raises:
        CompartmentEmptyError: nothing does, as far as is known.
        ClaimError: somebody is about to take it.
    """
    wanted = ask.body(m.UnloadCompartmentRequest)
    reason = one_of(UnloadReason, wanted.reason, "reason")

    def order_for(connection: Connection, bank: BankRecord, ident: OrderId) -> PendingAppend[DoorOrder]:
        known = ORDERS.load(connection, ident)
        if known is None:
            item = _lying(connection, bank, wanted.compartment)
            if item is None:
                raise CompartmentEmptyError(compartment=wanted.compartment)
            custody.may_unload(item)
            lying: ItemId | None = item.id
        else:
            lying = known.item
        return _issue(ask, connection, bank, wanted.compartment, LockerVerb.UNLOAD, ident, lying, reason)

    return await _ordered(ask, order_for)


@refuses(*ORDERED)
async def inspect(ask: RequestContext) -> m.OrderAnswer:
    """Open a compartment so that staff look, also where it is blocked; then they say what they found."""
    wanted = ask.body(m.CompartmentRequest)
    return await _ordered(
        ask,
        lambda connection, bank, ident: _issue(ask, connection, bank, wanted.compartment, LockerVerb.INSPECT, ident),
    )


@refuses(*ORDERED, ItemUnknownError, ItemStateError, ItemPlaceError)
async def settle(ask: RequestContext) -> m.OrdersAnswer:
    """Say what was found in compartments; nothing opens."""
    wanted, centre = ask.body(m.SettleCompartmentsRequest), centre_of(ask).id
    names = tuple(dict.fromkeys(wanted.compartments))
    if wanted.item is not None and len(names) > 1:
        raise BodyInvalidError("Expected one compartment where an item is named - at `$.compartments`")

    def work(connection: Connection) -> m.OrdersAnswer:
        found = bank_here(connection, centre, ask.path("locker_bank"))
        item = None if wanted.item is None else acting.find(connection, centre, wanted.item)
        drafts = []
        for name in names:
            ident = OrderId(acting.named_by(ask, f"locker-order/{name}"))
            if item is not None and ORDERS.load(connection, ident) is None:
                # Refused here rather than when the bank has done it.
                custody.load(item, found.id, CompartmentId(name))
            drafts.append(
                _issue(ask, connection, found, name, LockerVerb.SETTLE, ident, None if item is None else item.id)
            )
        acting.store_all(ask, connection, [], *drafts)
        return m.OrdersAnswer(_shown(connection, [one.after for one in drafts if one.after is not None]))

    return await ask.server.log.write_in_turn(f"bank/{ask.path('locker_bank')}", work)


@refuses(BankUnknownError, OrderUnknownError, OrderUnderWayError)
async def give_up(ask: RequestContext) -> m.OrderAnswer:
    """Wait no longer for a bank that is silent: nobody knows where the item is until staff find it, and look inside.

    Raises:
        OrderUnderWayError: it is heard, and will tell what became of the order.
    """

    def work(connection: Connection) -> m.OrderAnswer:
        found = _order_here(ask, connection)
        at, command, actor = ask.server.clock(), ask.command, ask.actor
        heard = is_connected(ask, store.contact(connection, found.bank))
        answers = heard and not found.is_overdue(at, ask.server.settings[LockerRules].silent_s)

        def decided(before: DoorOrder | None) -> decide.Decided:
            return () if before is None else decide.give_up(before, is_connected=answers)

        done = ORDERS.draft(connection, found.id, decided, at=at, command=command, actor=actor)
        missed = []
        if done.new and found.item is not None:
            missed.append(acting.draft(ask, connection, found.item, lambda item: decide.miss_of(item, found)))
        doubted = BANKS.draft(
            connection,
            found.bank,
            lambda bank: decide.doubtful(bank, found) if done.new else (),
            at=at,
            command=command,
            actor=actor,
        )
        acting.store_all(ask, connection, missed, done, doubted)
        return m.OrderAnswer(_shown(connection, (found if done.after is None else done.after,))[0])

    return await ask.server.log.write_in_turn(f"bank/{ask.path('locker_bank')}", work)


type _OrderFor = Callable[[Connection, BankRecord, OrderId], PendingAppend[DoorOrder]]


async def _ordered(ask: RequestContext, order_for: _OrderFor) -> m.OrderAnswer:
    centre, ident = centre_of(ask).id, OrderId(acting.named_by(ask, "locker-order"))

    def work(connection: Connection) -> m.OrderAnswer:
        found = bank_here(connection, centre, ask.path("locker_bank"))
        done = order_for(connection, found, ident)
        acting.store_all(ask, connection, [], done)
        if done.after is None:
            raise OrderUnknownError
        return m.OrderAnswer(_shown(connection, (done.after,))[0])

    return await ask.server.log.write_in_turn(f"bank/{ask.path('locker_bank')}", work)


def _issue(  # noqa: PLR0917 - an order in all its parts
    ask: RequestContext,
    connection: Connection,
    bank: BankRecord,
    compartment: str,
    verb: LockerVerb,
    ident: OrderId,
    item: ItemId | None = None,
    reason: UnloadReason | None = None,
) -> PendingAppend[DoorOrder]:
    """Order what staff do: what they began is named as the order is."""
    return issue(ask, connection, bank, compartment, verb, ident=ident, claim=ClaimId(ident), item=item, reason=reason)


def _order_here(ask: RequestContext, connection: Connection) -> DoorOrder:
    found = store.order(connection, centre_of(ask).id, ask.path("order"))
    if found is None or found.bank != ask.path("locker_bank"):
        raise OrderUnknownError
    return found


def _lying(connection: Connection, bank: BankRecord, compartment: str) -> Item | None:
    return next((one for one in store.lying_in(connection, bank) if one.compartment == compartment), None)


def _view(ask: RequestContext, connection: Connection, found: BankRecord) -> m.LockerBankView:
    contact = store.contact(connection, found.id)
    return bank_view(
        found,
        store.names(connection, found.centre)[found.id],
        store.lying_in(connection, found),
        store.under_way(connection, found),
        last_contact_at=None if contact is None else contact.last_contact_at,
        is_connected=is_connected(ask, contact),
    )


def _shown(connection: Connection, orders: Sequence[DoorOrder]) -> tuple[m.OrderView, ...]:
    named = {one.item for one in orders if one.item is not None}
    known = items.some(connection, orders[0].centre, named) if named else ()
    shown = {one.id: labels.shown(one.label) for one in known}
    return tuple(order_view(one, shown) for one in orders)
