"""A tamper-evident bag in one of its journeys: what is in it, and how far it is. Pure."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from queue_server.custody import events as e
from queue_server.custody.values import BagId, BagState, Direction, ItemId, SealNumber
from queue_server.domain.values import CentreId, GovernmentId, Hex, Micros
from queue_server.eventlog.payload import Payload, UnknownEventError


class Bag(msgspec.Struct, frozen=True):
    """A bag as its stream left it at ``seq``; ``items`` are those that are in it, or left it when it was emptied."""

    id: BagId
    centre: CentreId
    government: GovernmentId
    direction: Direction
    opened_at: Micros
    changed_at: Micros
    seq: int
    state: BagState = BagState.OPEN
    seal: SealNumber | None = None
    is_whole: bool = True
    items: tuple[ItemId, ...] = ()
    manifest: Hex | None = None
    expected: int | None = None


def evolve(before: Bag | None, body: Payload, seq: int, at: Micros) -> Bag:
    """Fold one event into a bag.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if before is None:
        if not isinstance(body, e.BagOpened):
            raise UnknownEventError(type=body.type, v=body.v)
        return Bag(
            id=body.bag,
            centre=body.centre,
            government=body.government,
            direction=body.direction,
            opened_at=at,
            changed_at=at,
            seq=seq,
            seal=body.seal,
            is_whole=body.is_whole,
        )
    bag = msgspec.structs.replace(before, changed_at=at, seq=seq)
    change = _CHANGES.get(type(body))
    if change is None:
        raise UnknownEventError(type=body.type, v=body.v)
    return msgspec.structs.replace(bag, **change(bag, body))


_CHANGES: Final[dict[type[Payload], Callable[[Bag, Any], dict[str, Any]]]] = {
    e.BagItemAdded: lambda bag, b: {"items": (*bag.items, b.item)},
    e.BagItemRemoved: lambda bag, b: {"items": tuple(one for one in bag.items if one != b.item)},
    e.BagSealed: lambda _, b: {"state": BagState.SEALED, "seal": b.seal, "manifest": b.manifest},
    e.BagDispatched: lambda *_: {"state": BagState.DISPATCHED},
    e.BagAcknowledged: lambda _, b: {"state": BagState.ACKNOWLEDGED, "is_whole": b.is_whole},
    e.BagEmptied: lambda _, b: {"state": BagState.EMPTIED, "expected": b.expected},
}
