"""What may happen to a bag, and what comes of it. Pure.

What happens to the items in it is theirs to say (``decide``); both are stored in one commit, so that a bag never says
of an item what the item does not say of itself.
"""

from collections.abc import Sequence

from queue_server.custody import events as e
from queue_server.custody.bag_model import Bag
from queue_server.custody.errors import (
    BagEmptyError,
    BagGovernmentError,
    BagStateError,
    BagUnknownError,
    ItemPlaceError,
    WitnessNeededError,
    WitnessSameError,
)
from queue_server.custody.model import Item
from queue_server.custody.values import BagState, Direction, Holder, SealNumber
from queue_server.domain.values import CentreId, Hex, StaffId
from queue_server.eventlog.payload import Payload

Decided = tuple[Payload, ...]


def here(bag: Bag | None, centre: CentreId) -> Bag:
    """Take a bag that is of this centre.

    Raises:
        BagUnknownError: there is none.
    """
    if bag is None or bag.centre != centre:
        raise BagUnknownError
    return bag


def add(bag: Bag, item: Item) -> Decided:
    """Put an item into a bag that is being filled.

    Raises:
        BagGovernmentError: another government's bag.
    """
    _only(bag, BagState.OPEN, Direction.OUT)
    if item.government != bag.government:
        raise BagGovernmentError(government=bag.government)
    return () if item.id in bag.items else (e.BagItemAdded(bag.id, item.id),)


def remove(bag: Bag, item: Item) -> Decided:
    """Take an item out of a bag that is being filled, or off its list where it was missed in the bag.

    Raises:
        ItemPlaceError: it is not in this bag.
    """
    _only(bag, BagState.OPEN, Direction.OUT)
    if item.id not in bag.items:
        raise ItemPlaceError(holder=item.holder)
    return (e.BagItemRemoved(bag.id, item.id),)


def seal(
    bag: Bag,
    items: Sequence[Item],
    number: SealNumber,
    manifest: Hex,
    *,
    by: StaffId | None,
    witness: StaffId | None,
    witness_from: int,
) -> Decided:
    """Close it over its ``items``; with ``witness_from`` of them or more two members of staff do.

    Raises:
        BagEmptyError: nothing is in it.
        ItemPlaceError: one of them is not in it: it was missed, or is somewhere else.
        WitnessNeededError, WitnessSameError: a second member of staff is needed.
    """
    if bag.state is BagState.SEALED and bag.seal == number:
        return ()
    _only(bag, BagState.OPEN, Direction.OUT)
    if not bag.items:
        raise BagEmptyError
    for item in items:
        if item.holder is not Holder.BAG or item.bag != bag.id:
            raise ItemPlaceError(holder=item.holder, item=item.id)
    if len(bag.items) >= witness_from and witness is None:
        raise WitnessNeededError
    if witness is not None and witness == by:
        raise WitnessSameError
    return (e.BagSealed(bag.id, number, manifest, witness),)


def dispatch(bag: Bag) -> Decided:
    if bag.state is BagState.DISPATCHED:
        return ()
    _only(bag, BagState.SEALED, Direction.OUT)
    return (e.BagDispatched(bag.id),)


def acknowledge(bag: Bag, *, is_whole: bool) -> Decided:
    if bag.state is BagState.ACKNOWLEDGED:
        return ()
    _only(bag, BagState.DISPATCHED, Direction.OUT)
    return (e.BagAcknowledged(bag.id, is_whole),)


def unpack(bag: Bag, item: Item) -> Decided:
    """Take an item out of a bag that came; one of another government came in the wrong bag, and is here."""
    _only(bag, BagState.OPEN, Direction.BACK)
    return () if item.id in bag.items else (e.BagItemAdded(bag.id, item.id),)


def finish(bag: Bag, expected: int | None, *, by: StaffId | None, witness: StaffId | None) -> Decided:
    """Say that nothing is in it any more; two members of staff do, where its seal was broken or the number differs.

    Raises:
        WitnessNeededError, WitnessSameError: a second member of staff is needed.
    """
    if bag.state is BagState.EMPTIED:
        return ()
    _only(bag, BagState.OPEN, Direction.BACK)
    differs = expected is not None and expected != len(bag.items)
    if (differs or not bag.is_whole) and witness is None:
        raise WitnessNeededError
    if witness is not None and witness == by:
        raise WitnessSameError
    return (e.BagEmptied(bag.id, expected, witness),)


def _only(bag: Bag, state: BagState, direction: Direction) -> None:
    if bag.state is not state or bag.direction is not direction:
        raise BagStateError(state=bag.state)
