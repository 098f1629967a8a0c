"""Routes of a kiosk: a door opens for whoever has proved that what lies behind it is theirs, and how it is since."""

from typing import Final

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.collection import store
from queue_server.collection.api.proving import kiosk_of
from queue_server.collection.codes import OneTimeCodes
from queue_server.collection.errors import CollectionOverError, DoorStillOpenError
from queue_server.collection.settings import CollectionRules
from queue_server.collection.store import CollectionRecord, ProvedItem
from queue_server.collection.values import CollectionId
from queue_server.contract import collection as m
from queue_server.custody import acting, labels
from queue_server.custody import store as items
from queue_server.custody.errors import ClaimError, ItemPlaceError, ItemStateError, ItemUnknownError
from queue_server.custody.store import ITEMS
from queue_server.custody.values import ClaimId, HandOverProof, ItemId
from queue_server.domain.values import SECOND, CentreId, Micros
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.lockers import store as lockers
from queue_server.lockers.collecting import ClaimOpening, open_for_claim, opening
from queue_server.lockers.errors import (
    BankBusyError,
    BankSilentError,
    BankUnknownError,
    CompartmentUnusableError,
    NoSuchCompartmentError,
)
from queue_server.lockers.values import PENDING, OrderState

#: What each means to the person; with all others staff have to look.
_STATES: Final[dict[OrderState, m.DoorStateName]] = {
    OrderState.ORDERED: "opening",
    OrderState.ACCEPTED: "opening",
    OrderState.OPEN: "open",
    OrderState.REMINDED: "reminded",
    OrderState.OVERDUE: "overdue",
    OrderState.SHUT_EMPTY: "taken",
    OrderState.SHUT_UNKNOWN: "taken",
    OrderState.SHUT_WITH_ITEM: "inside",
    OrderState.NOT_OPENED: "not-opened",
}


@refuses(
    CollectionOverError,
    DoorStillOpenError,
    ItemUnknownError,
    ItemStateError,
    ItemPlaceError,
    ClaimError,
    NoSuchCompartmentError,
    CompartmentUnusableError,
    BankUnknownError,
    BankSilentError,
    BankBusyError,
)
async def open_door(ask: RequestContext) -> m.DoorAnswer:
    """Open the door behind which an item lies that was proved to be theirs; their code is used up with it.

    Raises:
        CollectionOverError: their proof is too long ago, holds no more, or somebody else has used their code.
        DoorStillOpenError: another door is open for them.
    """
    centre, kiosk, ident = centre_of(ask).id, kiosk_of(ask), ask.path("collection")
    item, claim = ItemId(ask.body(m.OpenDoorRequest).item), ClaimId(acting.named_by(ask, "collection-claim"))
    now, stay = ask.server.clock(), ask.server.settings[CollectionRules].stay_s * SECOND

    def work(connection: Connection) -> m.DoorAnswer:
        record = store.collection(connection, centre, kiosk, ident, now, lock=True)
        if record is None:
            raise CollectionOverError
        if record.claim != claim:
            proof = _proof(connection, record, item, now)
            if record.claim is not None and _is_under_way(connection, record.claim, now):
                raise DoorStillOpenError
            # Whoever left it inside may have the same door once more: for that the code was used.
            if (
                record.claim is None
                and record.code is not None
                and not OneTimeCodes.use(connection, record.code, at=now)
            ):
                raise CollectionOverError
            open_for_claim(ask, connection, item, claim, proof)
            store.go_on(connection, record.id, claim, Micros(now + stay))
        return _answer(connection, centre, claim, now)

    return await ask.server.log.write_in_turn(ITEMS.stream(item), work)


@refuses(CollectionOverError)
async def door(ask: RequestContext) -> m.DoorAnswer:
    """Say how the door is that was opened last for them. While it is open their time does not end.

    Raises:
        CollectionOverError: none was, or they have left.
    """
    centre, kiosk, ident, now = centre_of(ask).id, kiosk_of(ask), ask.path("collection"), ask.server.clock()
    stay = ask.server.settings[CollectionRules].stay_s * SECOND

    def find(connection: Connection) -> tuple[CollectionId, ClaimId, bool, m.DoorAnswer]:
        record = store.collection(connection, centre, kiosk, ident, None)
        if record is None or record.claim is None:
            raise CollectionOverError
        is_open = _is_under_way(connection, record.claim, now)
        if record.ends_at <= now and not is_open:
            raise CollectionOverError
        # It is asked every moment, so that their time is written anew only where much of it has gone.
        is_short = is_open and record.ends_at - now < stay // 2
        return record.id, record.claim, is_short, _answer(connection, centre, record.claim, now)

    found, claim, is_short, answer = await ask.server.log.run(find)
    if is_short:
        await ask.server.log.write(lambda connection: store.extend(connection, found, claim, Micros(now + stay)))
    return answer


def _proof(connection: Connection, record: CollectionRecord, item: ItemId, now: Micros) -> HandOverProof:
    """Give by which proof they may have an item.

    Raises:
        CollectionOverError: they have not proved it, or the authority by which they had holds no more.
    """
    proved = next((one for one in record.proved if one.item == item), None)
    if proved is None or proved.proof is None or not _holds(connection, record.centre, proved, now):
        raise CollectionOverError
    return proved.proof


def _holds(connection: Connection, centre: CentreId, proved: ProvedItem, now: Micros) -> bool:
    if proved.authority is None:
        return True
    authority = store.authority(connection, centre, proved.authority)
    return authority is not None and authority.holds(now)


def _is_under_way(connection: Connection, claim: ClaimId, now: Micros) -> bool:
    before = opening(connection, claim, now)
    return before is not None and before.state in PENDING and not before.is_silent


def _answer(connection: Connection, centre: CentreId, claim: ClaimId, now: Micros) -> m.DoorAnswer:
    found = opening(connection, claim, now)
    if found is None:
        raise CollectionOverError
    bank = lockers.bank(connection, centre, found.bank)
    wall = () if bank is None else tuple(m.WallDoorView(one.name, one.column, one.row) for one in bank.compartments)
    item = items.item_by_id(connection, centre, found.item)
    label = "" if item is None else labels.shown(item.label)
    return m.DoorAnswer(found.item, _state(found), found.compartment, label, wall)


def _state(found: ClaimOpening) -> m.DoorStateName:
    return "staff" if found.is_silent else _STATES.get(found.state, "staff")
