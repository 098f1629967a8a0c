"""The events of items, of bags and of stock-taking. Pure.

Nobody is named, and no number of a document: those are in the vault, under the ids that stand here.
"""

from typing import Final

from queue_server.custody.values import (
    BagId,
    ClaimId,
    ConditionMark,
    DestroyReason,
    Direction,
    GiveBackReason,
    HandOverProof,
    ItemId,
    ItemKind,
    MissedBy,
    RecallReason,
    SealNumber,
    ShelfPlace,
    TrackingId,
    UnloadReason,
)
from queue_server.domain.lockers import CompartmentId
from queue_server.domain.values import (
    ApplicationId,
    CentreId,
    CounterId,
    DeviceId,
    GovernmentId,
    Hex,
    NoteId,
    StaffId,
    VisitId,
)
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


class ItemReceived(Payload, frozen=True):
    """First event of ``custody/<item>``: somebody entrusted it to the centre. ``label`` is its short public number."""

    type = "item-received"
    item: ItemId
    label: int
    centre: CentreId
    government: GovernmentId
    kind: ItemKind
    condition: tuple[ConditionMark, ...]
    pages: int | None
    application: ApplicationId | None
    visit: VisitId | None
    counter: CounterId | None
    document: NoteId | None


class ItemGivenBack(Payload, frozen=True):
    """It went back at once to whoever had handed it in."""

    type = "item-given-back"
    item: ItemId
    reason: GiveBackReason


class ItemShelved(Payload, frozen=True):
    """It lies in a place of its own."""

    type = "item-shelved"
    item: ItemId
    place: ShelfPlace


class ItemTaken(Payload, frozen=True):
    """Staff took it out of its place, or found it again: it is in their hand."""

    type = "item-taken"
    item: ItemId


class ItemBagged(Payload, frozen=True):
    """It was put into a bag."""

    type = "item-bagged"
    item: ItemId
    bag: BagId


class ItemUnbagged(Payload, frozen=True):
    """It was taken out of a bag that had not been sealed."""

    type = "item-unbagged"
    item: ItemId
    bag: BagId


class ItemDispatched(Payload, frozen=True):
    """Its bag left the centre."""

    type = "item-dispatched"
    item: ItemId
    bag: BagId


class ItemAcknowledged(Payload, frozen=True):
    """The authority said that it has its bag."""

    type = "item-acknowledged"
    item: ItemId
    bag: BagId


class ItemReturned(Payload, frozen=True):
    """It came back to the centre, in this condition."""

    type = "item-returned"
    item: ItemId
    bag: BagId | None
    condition: tuple[ConditionMark, ...]


class ItemDamaged(Payload, frozen=True):
    """Staff saw that its condition is another one."""

    type = "item-damaged"
    item: ItemId
    condition: tuple[ConditionMark, ...]


class ItemReadied(Payload, frozen=True):
    """Whoever it is for can have it."""

    type = "item-readied"
    item: ItemId


class ItemLoaded(Payload, frozen=True):
    """It lies in a compartment whose door was sensed shut; what had come back is ready with that."""

    type = "item-loaded"
    item: ItemId
    bank: DeviceId
    compartment: CompartmentId


class ItemUnloaded(Payload, frozen=True):
    """Staff took it out of its compartment."""

    type = "item-unloaded"
    item: ItemId
    bank: DeviceId
    compartment: CompartmentId
    reason: UnloadReason


class ItemClaimed(Payload, frozen=True):
    """Somebody proved that it is for them, and is about to get it."""

    type = "item-claimed"
    item: ItemId
    claim: ClaimId
    proof: HandOverProof


class ClaimReleased(Payload, frozen=True):
    """Whoever claimed it did not take it."""

    type = "claim-released"
    item: ItemId
    claim: ClaimId


class ItemHandedOver(Payload, frozen=True):
    """Somebody has it; ``witness`` is the second member of staff where nothing else proved it."""

    type = "item-handed-over"
    item: ItemId
    proof: HandOverProof
    claim: ClaimId | None
    witness: StaffId | None


class ItemSent(Payload, frozen=True):
    """A carrier took it; the tracking number is in the vault."""

    type = "item-sent"
    item: ItemId
    tracking: TrackingId


class ItemRefused(Payload, frozen=True):
    """The carrier brought it back."""

    type = "item-refused"
    item: ItemId


class ItemCalledBack(Payload, frozen=True):
    """It is wanted back, whoever has it."""

    type = "item-called-back"
    item: ItemId
    reason: RecallReason


class ItemExpired(Payload, frozen=True):
    """Nobody came for it in time."""

    type = "item-expired"
    item: ItemId


class ItemMissed(Payload, frozen=True):
    """It is not where it should be."""

    type = "item-missed"
    item: ItemId
    by: MissedBy


class ItemLost(Payload, frozen=True):
    """Two members of staff say that it will not be found."""

    type = "item-lost"
    item: ItemId
    witness: StaffId


class ItemDestroyed(Payload, frozen=True):
    """Two members of staff destroyed it, by a rule."""

    type = "item-destroyed"
    item: ItemId
    reason: DestroyReason
    witness: StaffId


class BagOpened(Payload, frozen=True):
    """First event of ``bag/<id>``: a bag that is to be filled, or one that came and is to be emptied.

    ``seal`` is known of one that came, and so is whether it was whole.
    """

    type = "bag-opened"
    bag: BagId
    centre: CentreId
    government: GovernmentId
    direction: Direction
    seal: SealNumber | None
    is_whole: bool


class BagItemAdded(Payload, frozen=True):
    """An item went into the bag."""

    type = "bag-item-added"
    bag: BagId
    item: ItemId


class BagItemRemoved(Payload, frozen=True):
    """An item was taken out of the bag."""

    type = "bag-item-removed"
    bag: BagId
    item: ItemId


class BagSealed(Payload, frozen=True):
    """The bag was closed; ``manifest`` is the SHA-256 of the list of what is in it."""

    type = "bag-sealed"
    bag: BagId
    seal: SealNumber
    manifest: Hex
    witness: StaffId | None


class BagDispatched(Payload, frozen=True):
    """A carrier took the bag."""

    type = "bag-dispatched"
    bag: BagId


class BagAcknowledged(Payload, frozen=True):
    """The authority has the bag; ``is_whole``: with the seal as it was."""

    type = "bag-acknowledged"
    bag: BagId
    is_whole: bool


class BagEmptied(Payload, frozen=True):
    """All that was in a bag that came was taken out; ``expected`` is what its list says, where there was one."""

    type = "bag-emptied"
    bag: BagId
    expected: int | None
    witness: StaffId | None


class StockTaken(Payload, frozen=True):
    """The event of ``stocktaking/<id>``: what lay in a drawer was scanned, and differs by these from what should."""

    type = "stock-taken"
    centre: CentreId
    drawer: ShelfPlace
    expected: int
    missing: tuple[ItemId, ...]
    surplus: tuple[ItemId, ...]


#: What the fields mean, in each kind of stream.
ITEM_MEANINGS: Final = {
    "application": "The application that it belongs to.",
    "bag": "The bag, in this one of its journeys.",
    "bank": "The locker bank.",
    "by": "What noticed it.",
    "centre": "The centre.",
    "claim": "The attempt to collect.",
    "compartment": "The compartment, as its door is labelled.",
    "condition": "What is not as it was made; nothing: in good condition.",
    "counter": "The counter at which it was handed in.",
    "document": "The number of the document, in the vault.",
    "government": "The government for which it is (ISO 3166-1 alpha-3).",
    "item": "The item.",
    "kind": "What it is.",
    "label": "Its short public number, unique within the centre.",
    "pages": "How many pages it has, where somebody counted.",
    "place": "A place of its own in a cabinet.",
    "proof": "On which proof.",
    "reason": "Why it was done.",
    "tracking": "The tracking number of the carrier, in the vault.",
    "visit": "The visit at which it was handed in.",
    "witness": "The second member of staff.",
}
BAG_MEANINGS: Final = {
    "bag": "The bag, in this one of its journeys.",
    "centre": "The centre.",
    "direction": "Which way the bag goes.",
    "expected": "How many items should be in it.",
    "government": "The government for which it is (ISO 3166-1 alpha-3).",
    "is_whole": "Whether the seal was as it should be.",
    "item": "The item.",
    "manifest": "SHA-256 of the list of what is in the bag.",
    "seal": "The number on the bag.",
    "witness": "The second member of staff.",
}
STOCK_MEANINGS: Final = {
    "centre": "The centre.",
    "drawer": "The drawer: what the names of its places begin with.",
    "expected": "How many items should be in it.",
    "missing": "Items that should lie there and did not.",
    "surplus": "Items that lay there and should not.",
}

ITEM_CODEC: Final = Codec(
    (
        ItemReceived,
        ItemGivenBack,
        ItemShelved,
        ItemTaken,
        ItemBagged,
        ItemUnbagged,
        ItemDispatched,
        ItemAcknowledged,
        ItemReturned,
        ItemDamaged,
        ItemReadied,
        ItemLoaded,
        ItemUnloaded,
        ItemClaimed,
        ClaimReleased,
        ItemHandedOver,
        ItemSent,
        ItemRefused,
        ItemCalledBack,
        ItemExpired,
        ItemMissed,
        ItemLost,
        ItemDestroyed,
    )
)
BAG_CODEC: Final = Codec(
    (BagOpened, BagItemAdded, BagItemRemoved, BagSealed, BagDispatched, BagAcknowledged, BagEmptied)
)
STOCK_CODEC: Final = Codec((StockTaken,))
