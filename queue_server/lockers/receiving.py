"""What banks tell: each event is stored in one commit with what follows for its order, its compartment and its items.

The commit also moves the position on up to which the bank's journal was heard, and happens only where it was heard up
to just before: so an event that is told again, to whichever server, changes nothing.
"""

from collections.abc import Iterator
from dataclasses import replace

import structlog
from sqlalchemy import Connection

from queue_server.contract import banks as m
from queue_server.custody import acting
from queue_server.custody.errors import CustodyError
from queue_server.custody.model import Item
from queue_server.custody.values import ItemId
from queue_server.domain.lockers import CompartmentId, JournalId, OrderId
from queue_server.domain.values import CentreId, DeviceId
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.eventlog.payload import Payload
from queue_server.framework.request_context import RequestContext
from queue_server.lockers import decide, store
from queue_server.lockers.errors import BankUnknownError, JournalUnknownError
from queue_server.lockers.events import BankDescribed, DescribedCompartment, OrderGivenUp
from queue_server.lockers.model import BankRecord, DoorOrder
from queue_server.lockers.store import BANKS, ORDERS, BankContact
from queue_server.lockers.values import OrderState

_log = structlog.get_logger(__name__)


async def describe(ask: RequestContext, bank: DeviceId, centre: CentreId, wanted: m.DescribeBankRequest) -> int:
    """Take what a bank says that it is; gives up to where its journal was heard.

    With another journal than before nobody will tell what became of the orders that are under way.
    """
    body = BankDescribed(
        bank=bank,
        centre=centre,
        journal=JournalId(wanted.journal),
        compartments=tuple(
            DescribedCompartment(CompartmentId(one.name), one.size, one.column, one.row) for one in wanted.compartments
        ),
    )

    def work(connection: Connection) -> int:
        now = ask.server.clock()
        known = store.contact(connection, bank)
        found = BANKS.draft(
            connection,
            bank,
            lambda before: decide.describe(before, body),
            at=now,
            command=ask.command,
            actor=ask.actor,
        )
        orders = [] if found.before is None else list(store.under_way(connection, found.before))
        lost = orders if found.before is not None and found.before.journal != body.journal else []
        given_up = [_order(ask, connection, one, (OrderGivenUp(one.id),)) for one in lost]
        names = {one.name for one in body.compartments}
        lying = () if found.before is None else store.lying_in(connection, found.before)
        gone = {one.id for one in lying if one.compartment not in names}
        of_lost = {one.item: one for one in lost if one.item is not None}
        missed = [
            acting.draft(ask, connection, ident, lambda item, ident=ident: decide.miss_of(item, of_lost.get(ident)))  # type: ignore[misc]
            for ident in sorted(gone | of_lost.keys())
        ]
        acting.store_all(ask, connection, missed, found, *given_up)
        if known is None or known.journal != body.journal:
            store.begin_journal(connection, bank, body.journal, now)
            return 0
        store.move_on(connection, bank, body.journal, known.acknowledged, known.acknowledged, now)
        return known.acknowledged

    return await ask.server.log.write_in_turn(BANKS.stream(bank), work)


async def receive(ask: RequestContext, bank: DeviceId, centre: CentreId, told: m.BankEventsRequest) -> BankContact:
    """Take what a bank tells, event by event; gives up to where its journal was heard now.

    Raises:
        BankUnknownError, JournalUnknownError: it has not said yet what it is.
    """
    journal, after = JournalId(told.journal), told.after
    for event in told.events:
        if event.seq <= after:
            continue
        if not await _receive_one(ask, bank, centre, journal, after, event):
            break
        after = event.seq
    else:
        await _move_on(ask, bank, journal, after, max(after, told.until))
    found = await ask.server.log.run(lambda connection: store.contact(connection, bank))
    if found is None or found.journal != journal:
        raise JournalUnknownError
    return found


async def _move_on(ask: RequestContext, bank: DeviceId, journal: JournalId, after: int, until: int) -> None:
    now = ask.server.clock()
    await ask.server.log.write_in_turn(
        BANKS.stream(bank), lambda connection: store.move_on(connection, bank, journal, after, until, now)
    )


async def _receive_one(  # noqa: PLR0917 - whose, and where in it
    ask: RequestContext, bank: DeviceId, centre: CentreId, journal: JournalId, after: int, event: m.BankEvent
) -> bool:
    """Store one event with what follows; False where the journal was not heard up to just before it."""
    ask = _named(ask, f"{journal}-{event.seq}")

    def work(connection: Connection) -> bool:
        if not store.move_on(connection, bank, journal, after, event.seq, ask.server.clock()):
            return False
        record = store.bank(connection, centre, bank)
        if record is None:
            raise BankUnknownError
        _take(ask, connection, record, event)
        return True

    return await ask.server.log.write_in_turn(BANKS.stream(bank), work)


def _take(ask: RequestContext, connection: Connection, bank: BankRecord, event: m.BankEvent) -> None:
    order = _order_of(connection, bank, event)
    items, fits = _items_after(ask, connection, bank, event, order)
    for_bank = decide.bank_after(bank, event, order)
    if not fits:
        for_bank = decide.instead(bank, _compartment(event, order), for_bank)
    drafts: list[PendingAppend[BankRecord] | PendingAppend[DoorOrder]] = [
        BANKS.draft(
            connection, bank.id, lambda _: for_bank, at=ask.server.clock(), command=ask.command, actor=ask.actor
        )
    ]
    if order is not None:
        drafts.append(_order(ask, connection, order, decide.order_after(order, event)))
    acting.store_all(ask, connection, items, *drafts)


def _order_of(connection: Connection, bank: BankRecord, event: m.BankEvent) -> DoorOrder | None:
    """Find the order that an event is about: the one that it names, or the one under way in its compartment."""
    if isinstance(event, m.OrderAcceptedEvent | m.OrderRefusedEvent):
        found = ORDERS.load(connection, event.order)
        return found if found is not None and found.bank == bank.id else None
    under_way = store.under_way(connection, bank)
    here = [one for one in under_way if one.compartment == event.compartment and one.state is not OrderState.ORDERED]
    return here[0] if here else None


def _items_after(
    ask: RequestContext, connection: Connection, bank: BankRecord, event: m.BankEvent, order: DoorOrder | None
) -> tuple[list[PendingAppend[Item]], bool]:
    """Decide on the items that an event concerns; and whether it fits to all that custody has."""
    made, fits = [], True
    for ident in _concerned(connection, bank, event, order):
        try:
            made.append(acting.draft(ask, connection, ident, lambda item: decide.item_after(item, event, order)))
        except CustodyError as error:
            _log.warning("bank-and-custody-differ", bank=bank.id, item=ident, seq=event.seq, code=error.code)
            fits = False
    if isinstance(event, m.CompartmentSettledEvent) and event.item is None and order is not None:
        made += _taken(ask, connection, bank, event)
    return made, fits


def _taken(
    ask: RequestContext, connection: Connection, bank: BankRecord, event: m.CompartmentSettledEvent
) -> Iterator[PendingAppend[Item]]:
    last = store.last_order(connection, bank, event.compartment)
    if last is not None and last.item is not None:
        yield acting.draft(ask, connection, last.item, lambda item: decide.taken_after_all(item, last))


def _concerned(
    connection: Connection, bank: BankRecord, event: m.BankEvent, order: DoorOrder | None
) -> tuple[ItemId, ...]:
    compartment = _compartment(event, order)
    lying = {one.id for one in store.lying_in(connection, bank) if one.compartment == compartment}
    own = set() if order is None or order.item is None else {order.item}
    return tuple(sorted(lying | own))


def _compartment(event: m.BankEvent, order: DoorOrder | None) -> str:
    if isinstance(event, m.OrderAcceptedEvent | m.OrderRefusedEvent):
        return "" if order is None else order.compartment
    return event.compartment


def _order(
    ask: RequestContext, connection: Connection, order: DoorOrder, bodies: tuple[Payload, ...]
) -> PendingAppend[DoorOrder]:
    return ORDERS.draft(
        connection,
        OrderId(order.id),
        lambda _: bodies,
        at=ask.server.clock(),
        command=ask.command,
        actor=ask.actor,
    )


def _named(ask: RequestContext, key: str) -> RequestContext:
    """Name a command by what was told, so that it is the same however it is told again."""
    return replace(ask, key=key, raw=b"")
