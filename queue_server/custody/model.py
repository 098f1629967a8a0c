"""Where an item is and how far, as its events fold to. Pure.

An item is always in exactly one hand (``Holder``): whatever happens says whose. ``bag``, ``place``, ``bank`` with
``compartment`` tell where exactly, and are None while the holder is another one.
"""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from queue_server.custody import events as e
from queue_server.custody.values import (
    FOR_GOOD,
    BagId,
    ClaimId,
    ConditionMark,
    Holder,
    ItemId,
    ItemKind,
    ItemState,
    RecallReason,
    ShelfPlace,
)
from queue_server.domain.lockers import CompartmentId
from queue_server.domain.values import ApplicationId, CentreId, DeviceId, GovernmentId, Micros, NoteId, VisitId
from queue_server.eventlog.payload import Payload, UnknownEventError

_S, _H = ItemState, Holder


class Item(msgspec.Struct, frozen=True):
    """An item as its stream left it at ``seq``. ``state_since`` and ``holder_since`` are when those last changed.

    ``claim`` is whoever is about to take it, ``recall`` why it is wanted back. ``was_with`` is who had it last, while
    nobody knows where it is.
    """

    id: ItemId
    label: int
    centre: CentreId
    government: GovernmentId
    kind: ItemKind
    received_at: Micros
    changed_at: Micros
    seq: int
    state_since: Micros
    holder_since: Micros
    state: ItemState = _S.KEPT
    holder: Holder = _H.DESK
    condition: tuple[ConditionMark, ...] = ()
    pages: int | None = None
    application: ApplicationId | None = None
    visit: VisitId | None = None
    document: NoteId | None = None
    bag: BagId | None = None
    place: ShelfPlace | None = None
    bank: DeviceId | None = None
    compartment: CompartmentId | None = None
    claim: ClaimId | None = None
    recall: RecallReason | None = None
    was_expired: bool = False
    was_with: Holder | None = None


def evolve(before: Item | None, body: Payload, seq: int, at: Micros) -> Item:
    """Fold one event into an item.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if isinstance(body, e.ItemReceived):
        if before is not None:
            raise UnknownEventError(type=body.type, v=body.v)
        return Item(
            id=body.item,
            label=body.label,
            centre=body.centre,
            government=body.government,
            kind=body.kind,
            received_at=at,
            changed_at=at,
            seq=seq,
            state_since=at,
            holder_since=at,
            condition=body.condition,
            pages=body.pages,
            application=body.application,
            visit=body.visit,
            document=body.document,
        )
    change = _CHANGES.get(type(body))
    if before is None or change is None:
        raise UnknownEventError(type=body.type, v=body.v)
    changed = change(before, body)
    state, holder = changed.get("state", before.state), changed.get("holder", before.holder)
    return msgspec.structs.replace(
        before,
        **changed,
        state_since=at if state is not before.state else before.state_since,
        holder_since=at if holder is not before.holder else before.holder_since,
        changed_at=at,
        seq=seq,
    )


def _held_by(holder: Holder, **where: Any) -> dict[str, Any]:
    """Say whose hand it is in now: whatever told where exactly it was before is no longer so."""
    nowhere: dict[str, Any] = dict.fromkeys(("bag", "place", "bank", "compartment", "was_with"))
    return nowhere | where | {"holder": holder}


def _acknowledged(item: Item, _: e.ItemAcknowledged) -> dict[str, Any]:
    """What was to go back to the authority is there; all else comes again."""
    goes_for_good = item.was_expired or item.recall in FOR_GOOD
    return _held_by(_H.AUTHORITY) | {"state": _S.SURRENDERED if goes_for_good else _S.AT_AUTHORITY}


def _returned(item: Item, body: e.ItemReturned) -> dict[str, Any]:
    """A person who wanted it before the authority was done gets it now; an authority that wants it, wants it still."""
    wanted = item.recall in FOR_GOOD
    return _held_by(_H.DESK) | {
        "state": _S.CALLED_BACK if wanted else _S.BACK,
        "recall": item.recall if wanted else None,
        "was_expired": False,
        "condition": body.condition,
    }


def _called_back(item: Item, body: e.ItemCalledBack) -> dict[str, Any]:
    """While it is away the recall waits for it."""
    is_here = item.holder not in {_H.CARRIER, _H.AUTHORITY}
    return {"recall": body.reason, "claim": None} | ({"state": _S.CALLED_BACK} if is_here else {})


def _loaded(item: Item, body: e.ItemLoaded) -> dict[str, Any]:
    """What nobody may have for now lies behind its door all the same."""
    state = _S.READY if item.state is _S.BACK else item.state
    return _held_by(_H.COMPARTMENT, bank=body.bank, compartment=body.compartment) | {"state": state, "claim": None}


def _missed(item: Item, _: e.ItemMissed) -> dict[str, Any]:
    """Where exactly it was stays known: that is where one looks first."""
    return {"holder": _H.UNKNOWN, "was_with": item.holder, "claim": None}


_CHANGES: Final[dict[type[Payload], Callable[[Item, Any], dict[str, Any]]]] = {
    e.ItemGivenBack: lambda *_: _held_by(_H.PERSON) | {"state": _S.GIVEN_BACK},
    e.ItemShelved: lambda _, b: _held_by(_H.SHELF, place=b.place),
    e.ItemTaken: lambda *_: _held_by(_H.DESK),
    e.ItemBagged: lambda _, b: _held_by(_H.BAG, bag=b.bag),
    e.ItemUnbagged: lambda *_: _held_by(_H.DESK),
    e.ItemDispatched: lambda _, b: _held_by(_H.CARRIER, bag=b.bag) | {"state": _S.SENT},
    e.ItemAcknowledged: _acknowledged,
    e.ItemReturned: _returned,
    e.ItemDamaged: lambda _, b: {"condition": b.condition},
    e.ItemReadied: lambda *_: {"state": _S.READY},
    e.ItemLoaded: _loaded,
    e.ItemUnloaded: lambda *_: _held_by(_H.DESK) | {"claim": None},
    e.ItemClaimed: lambda _, b: {"claim": b.claim},
    e.ClaimReleased: lambda *_: {"claim": None},
    e.ItemHandedOver: lambda *_: _held_by(_H.PERSON) | {"state": _S.HANDED_OVER, "claim": None},
    e.ItemSent: lambda *_: _held_by(_H.CARRIER) | {"state": _S.WITH_CARRIER, "claim": None},
    e.ItemRefused: lambda *_: _held_by(_H.DESK) | {"state": _S.BACK},
    e.ItemCalledBack: _called_back,
    e.ItemExpired: lambda *_: {"state": _S.EXPIRED, "claim": None, "was_expired": True},
    e.ItemMissed: _missed,
    e.ItemLost: lambda *_: {"state": _S.LOST},
    e.ItemDestroyed: lambda *_: _held_by(_H.NOBODY) | {"state": _S.DESTROYED},
}
