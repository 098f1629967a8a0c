"""What may happen to an item, and what comes of it. Pure: each gives events, or raises why not.

What has already come to what is asked for gives no event: a scanner that is pressed twice is no mistake.
"""

from collections.abc import Container

from queue_server.custody import events as e
from queue_server.custody.errors import (
    ClaimError,
    ItemPlaceError,
    ItemStateError,
    ItemUnknownError,
    WitnessNeededError,
    WitnessSameError,
)
from queue_server.custody.model import Item
from queue_server.custody.values import (
    ENDED,
    FOR_GOOD,
    BagId,
    ClaimId,
    ConditionMark,
    DestroyReason,
    GiveBackReason,
    HandOverProof,
    Holder,
    ItemState,
    MissedBy,
    RecallReason,
    ShelfPlace,
    TrackingId,
    UnloadReason,
)
from queue_server.domain.lockers import CompartmentId
from queue_server.domain.values import CentreId, DeviceId, StaffId
from queue_server.eventlog.payload import Payload

_S, _H = ItemState, Holder
#: In the centre, where staff can take it.
_AT_HAND = frozenset({_H.DESK, _H.SHELF})
#: What goes, or may go, to the authority: what was handed in, what it wants again, what nobody came for.
_OUTBOUND = frozenset({_S.KEPT, _S.BACK, _S.EXPIRED, _S.CALLED_BACK})
#: What a person may want before the authority is done.
_UNDECIDED = frozenset({_S.KEPT, _S.SENT, _S.AT_AUTHORITY})
#: Proofs that come from the person, so that no second member of staff is needed.
PROVEN = frozenset(
    {
        HandOverProof.DOCUMENT,
        HandOverProof.CHIP,
        HandOverProof.CODE,
        HandOverProof.REPRESENTATIVE,
        HandOverProof.GUARDIAN,
    }
)

Decided = tuple[Payload, ...]


def here(item: Item | None, centre: CentreId) -> Item:
    """Take an item that is of this centre.

    Raises:
        ItemUnknownError: there is none.
    """
    if item is None or item.centre != centre:
        raise ItemUnknownError
    return item


def shelve(item: Item, place: ShelfPlace) -> Decided:
    """Lay it in a place; from an unknown one too, then it is found."""
    if item.holder is _H.SHELF and item.place == place:
        return ()
    _only_in(item, states=frozenset(_S) - ENDED, holders=_AT_HAND | {_H.UNKNOWN})
    return (e.ItemShelved(item.id, place),)


def take(item: Item) -> Decided:
    """Take it into the hand; from an unknown place too, then it is found."""
    if item.holder is _H.DESK:
        return ()
    _only_in(item, states=frozenset(_S) - ENDED, holders={_H.SHELF, _H.UNKNOWN})
    return (e.ItemTaken(item.id),)


def give_back(item: Item, reason: GiveBackReason) -> Decided:
    """Give it to whoever had handed it in: it has not left the centre, and nobody but them wants it."""
    if item.state is _S.GIVEN_BACK:
        return ()
    _only_in(item, states={_S.KEPT, _S.CALLED_BACK}, holders=_AT_HAND)
    if item.recall in FOR_GOOD:
        raise ItemStateError(state=item.state)
    return (e.ItemGivenBack(item.id, reason),)


def put_in_bag(item: Item, bag: BagId) -> Decided:
    if item.bag == bag and item.holder is _H.BAG:
        return ()
    _only_in(item, states=_OUTBOUND, holders=_AT_HAND)
    return (e.ItemBagged(item.id, bag),)


def take_out_of_bag(item: Item, bag: BagId) -> Decided:
    """Take it out of a bag that is not sealed; that is the bag's to say (``bags``)."""
    if item.holder is not _H.BAG or item.bag != bag:
        raise ItemPlaceError(holder=item.holder)
    return (e.ItemUnbagged(item.id, bag),)


def dispatch(item: Item, bag: BagId) -> Decided:
    return (e.ItemDispatched(item.id, bag),) if item.holder is _H.BAG and item.bag == bag else ()


def acknowledge(item: Item, bag: BagId) -> Decided:
    """Say that the authority has it, unless it is back or missed by now."""
    return (e.ItemAcknowledged(item.id, bag),) if item.holder is _H.CARRIER and item.bag == bag else ()


def come_back(item: Item, bag: BagId | None, condition: tuple[ConditionMark, ...]) -> Decided:
    """Receive it from the authority; that it had arrived there need not have been said."""
    _only_in(item, states={_S.AT_AUTHORITY, _S.SENT}, holders={_H.AUTHORITY, _H.CARRIER, _H.UNKNOWN})
    return (e.ItemReturned(item.id, bag, condition),)


def note_condition(item: Item, condition: tuple[ConditionMark, ...]) -> Decided:
    if item.condition == condition:
        return ()
    _only_in(item, states=frozenset(_S) - ENDED, holders=_AT_HAND)
    return (e.ItemDamaged(item.id, condition),)


def make_ready(item: Item) -> Decided:
    """Say that whoever it is for can have it: what came back, and what never had to leave."""
    if item.state is _S.READY:
        return ()
    _only_in(item, states={_S.BACK, _S.KEPT}, holders=_AT_HAND)
    return (e.ItemReadied(item.id),)


def may_load(item: Item) -> None:
    """Refuse an item that is not to be laid into a compartment."""
    _only_in(item, states={_S.BACK, _S.READY}, holders=_AT_HAND)
    _unclaimed(item)


def load(item: Item, bank: DeviceId, compartment: CompartmentId) -> Decided:
    """Say that it lies behind a door that was sensed shut, whatever was said of it meanwhile."""
    if item.holder is _H.COMPARTMENT and (item.bank, item.compartment) == (bank, compartment):
        return ()
    _only_in(item, states=frozenset(_S) - ENDED, holders=_AT_HAND | {_H.UNKNOWN, _H.COMPARTMENT})
    return (e.ItemLoaded(item.id, bank, compartment),)


def may_unload(item: Item) -> None:
    """Refuse an item that does not lie in a compartment, or that somebody is about to take out of it."""
    _only_in(item, states=frozenset(_S) - ENDED, holders={_H.COMPARTMENT})
    _unclaimed(item)


def unload(item: Item, reason: UnloadReason) -> Decided:
    if item.holder is not _H.COMPARTMENT or item.bank is None or item.compartment is None:
        raise ItemPlaceError(holder=item.holder)
    return (e.ItemUnloaded(item.id, item.bank, item.compartment, reason),)


def claim(item: Item, claim: ClaimId, proof: HandOverProof) -> Decided:
    """Hold it for somebody who proved that it is theirs; for one of them alone.

    Raises:
        ClaimError: somebody else is about to take it.
    """
    if item.claim == claim:
        return ()
    _only_in(item, states={_S.READY}, holders=_AT_HAND | {_H.COMPARTMENT})
    if item.claim is not None:
        raise ClaimError(item=item.id)
    if proof not in PROVEN:
        raise WitnessNeededError
    return (e.ItemClaimed(item.id, claim, proof),)


def release(item: Item, claim: ClaimId) -> Decided:
    """Let go of it: whoever claimed it did not take it."""
    return (e.ClaimReleased(item.id, claim),) if item.claim == claim else ()


def hand_over(
    item: Item,
    proof: HandOverProof,
    *,
    claim: ClaimId | None = None,
    by: StaffId | None = None,
    witness: StaffId | None = None,
) -> Decided:
    """Say that somebody has it: out of a compartment by their claim, at a counter by ``by``.

    Raises:
        WitnessNeededError: nothing proves who it is, and no second member of staff says so.
        ClaimError: somebody else is about to take it, or it lies in a compartment and nobody claimed it.
    """
    if item.state is _S.HANDED_OVER:
        return ()
    _only_in(item, states={_S.READY}, holders=_AT_HAND | {_H.COMPARTMENT})
    if item.claim != claim or (item.holder is _H.COMPARTMENT and claim is None):
        raise ClaimError(item=item.id)
    if proof not in PROVEN:
        _two(by, witness)
    return (e.ItemHandedOver(item.id, proof, claim, witness),)


def collected(item: Item, claim: ClaimId, proof: HandOverProof) -> Decided:
    """Say that whoever claimed it took it out of its compartment: the door was open for them, and it is not there.

    Also where it was missed while the door was open.

    Raises:
        ClaimError: somebody else has claimed it.
    """
    if item.state is _S.HANDED_OVER:
        return ()
    _only_in(item, states=frozenset(_S) - ENDED, holders={_H.COMPARTMENT, _H.UNKNOWN})
    if item.claim not in {claim, None}:
        raise ClaimError(item=item.id)
    return (e.ItemHandedOver(item.id, proof, claim, None),)


def send(item: Item, tracking: TrackingId) -> Decided:
    _only_in(item, states={_S.READY, _S.BACK}, holders=_AT_HAND)
    _unclaimed(item)
    return (e.ItemSent(item.id, tracking),)


def delivered(item: Item) -> Decided:
    """Believe a carrier who says that it has arrived."""
    if item.state is _S.HANDED_OVER:
        return ()
    _only_in(item, states={_S.WITH_CARRIER}, holders={_H.CARRIER})
    return (e.ItemHandedOver(item.id, HandOverProof.CARRIER, None, None),)


def refused(item: Item) -> Decided:
    """Take it back from a carrier who could not leave it; one that was missed on the way is found with that, or was."""
    _only_in(item, states={_S.WITH_CARRIER}, holders={_H.CARRIER, _H.UNKNOWN} | _AT_HAND)
    return (e.ItemRefused(item.id),)


def call_back(item: Item, reason: RecallReason) -> Decided:
    """Want it back. What somebody is about to take is not taken away from them any more.

    Raises:
        ItemStateError: it has come to its end, or the authority or a court wants it for good already.
        ClaimError: a door is open for somebody, or a member of staff is handing it over.
    """
    if item.recall is reason:
        return ()
    if item.recall in FOR_GOOD and reason not in FOR_GOOD:
        raise ItemStateError(state=item.state)
    states = frozenset(_S) - ENDED - {_S.WITH_CARRIER} if reason in FOR_GOOD else _UNDECIDED
    _only_in(item, states=states, holders=frozenset(_H))
    _unclaimed(item)
    return (e.ItemCalledBack(item.id, reason),)


def expire(item: Item) -> Decided:
    """Say that nobody came in time; whoever is just taking it has come in time.

    Raises:
        ClaimError: somebody is about to take it.
    """
    if item.state is _S.EXPIRED:
        return ()
    _only_in(item, states={_S.READY}, holders=frozenset(_H))
    _unclaimed(item)
    return (e.ItemExpired(item.id),)


def miss(item: Item, by: MissedBy) -> Decided:
    """Say that it is not where it should be: from now on staff have to look for it."""
    if item.state in ENDED or item.holder is _H.UNKNOWN:
        return ()
    return (e.ItemMissed(item.id, by),)


def declare_lost(item: Item, by: StaffId, witness: StaffId | None) -> Decided:
    """Say that it will not be found.

    Raises:
        WitnessNeededError, WitnessSameError: one member of staff does not say so alone.
    """
    if item.state is _S.LOST:
        return ()
    _only_in(item, states=frozenset(_S) - ENDED, holders={_H.UNKNOWN})
    return (e.ItemLost(item.id, _two(by, witness)),)


def destroy(item: Item, reason: DestroyReason, by: StaffId, witness: StaffId | None) -> Decided:
    """Destroy what nobody may have any more.

    Raises:
        WitnessNeededError, WitnessSameError: one member of staff does not destroy it alone.
    """
    if item.state is _S.DESTROYED:
        return ()
    _only_in(item, states={_S.EXPIRED, _S.CALLED_BACK}, holders=_AT_HAND)
    return (e.ItemDestroyed(item.id, reason, _two(by, witness)),)


def _only_in(item: Item, *, states: Container[ItemState], holders: Container[Holder]) -> None:
    if item.state not in states:
        raise ItemStateError(state=item.state)
    if item.holder not in holders:
        raise ItemPlaceError(holder=item.holder)


def _unclaimed(item: Item) -> None:
    if item.claim is not None:
        raise ClaimError(item=item.id)


def _two(by: StaffId | None, witness: StaffId | None) -> StaffId:
    """Give the second member of staff, who is another one than the first."""
    if by is None or witness is None:
        raise WitnessNeededError
    if by == witness:
        raise WitnessSameError
    return witness
