"""Messages of custody: documents that were entrusted to the centre, and the bags in which they travel."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from queue_server.contract.base import DocumentNumber, Message, Name, Uuid
from queue_server.contract.feeds import EntityFrame
from queue_server.contract.notices import ContactRequest
from queue_server.contract.people import Reference

#: What is not as it was made; each once.
Condition = Annotated[tuple[Name, ...], Meta(max_length=9)]
#: The number on a tamper-evident bag, as it is scanned.
Seal = Annotated[str, Meta(min_length=4, max_length=24, pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$(?!\n)")]
#: A place in a cabinet: cabinet, drawer, number.
PlaceName = Annotated[str, Meta(min_length=1, max_length=24, pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$(?!\n)")]
#: How a carrier names a parcel.
TrackingNumber = Annotated[str, Meta(min_length=4, max_length=40, pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$(?!\n)")]


class ItemView(Message, frozen=True):
    """A document that was entrusted to the centre."""

    id: Uuid
    """Id of the item."""
    label: str
    """Its short number, as people read it (`D 48 213`)."""
    barcode: str
    """The same as a scanner reads it, with its check character."""
    government: str
    """The government for which it is (ISO 3166-1 alpha-3)."""
    kind: str
    """What it is."""
    condition: tuple[str, ...]
    """What is not as it was made; nothing: in good condition."""
    pages: int | None
    """How many pages it has, where somebody counted."""
    state: str
    """How far it is on its way."""
    state_since: datetime
    """Since when (UTC)."""
    holder: str
    """Who or what has it."""
    holder_since: datetime
    """Since when (UTC)."""
    received_at: datetime
    """When it was handed in (UTC)."""
    application: str | None
    """Public name of the application that it belongs to."""
    visit: str | None
    """Id of the visit at which it was handed in."""
    place: str | None
    """The place in which it lies, or was last where nobody knows where it is."""
    bag: str | None
    """Id of the bag in which it is, or was last."""
    seal: str | None
    """The number of that bag."""
    bank: str | None
    """Id of the locker bank in which it lies, or was last."""
    compartment: str | None
    """The compartment in which it lies, or was last, as its door is labelled."""
    is_claimed: bool
    """Whether somebody is about to take it."""
    recall: str | None
    """Why it is wanted back."""


class ItemAnswer(Message, frozen=True):
    """An item as it is now."""

    item: ItemView
    """The item."""


class ItemsAnswer(Message, frozen=True):
    """Items, those that have been longest in their state first."""

    items: tuple[ItemView, ...]
    """The items."""
    next: str | None
    """Where the list goes on; null at its end."""


class CustodyFiguresRow(Message, frozen=True):
    """Documents of one government, or of one kind, on some days."""

    key: str
    """The government (ISO 3166-1 alpha-3), or the kind of document."""
    handed_in: int
    """How many were handed in on these days."""
    given_back: int
    """How many went back on these days to whoever had handed them in."""
    handed_over: int
    """How many were handed over on these days to whom they are for."""
    hours_mean: float | None
    """How many hours those that went were in custody, their mean; null where none went."""
    hours_p50: float | None
    """Half of those that went were in custody for no longer, in hours."""
    hours_p90: float | None
    """Of 100 of those that went, 90 were in custody for no longer, in hours."""


class CustodyFiguresAnswer(Message, frozen=True):
    """What came into custody on some days, and what went."""

    by: str
    """By what is counted: `government` or `kind`."""
    first_day: str
    """The first service day, as a date in the centre's zone."""
    last_day: str
    """The last service day, which is counted too."""
    rows: tuple[CustodyFiguresRow, ...]
    """A row a key, in the order of keys."""


class ReceiveItemRequest(Message, frozen=True):
    """Take something that somebody hands in."""

    kind: Name
    """What it is."""
    government: Annotated[str, Meta(min_length=2, max_length=64)] | None = None
    """The government for which it is; null where an application says so."""
    condition: Condition = ()
    """What is not as it was made."""
    pages: Annotated[int, Meta(ge=1, le=999)] | None = None
    """How many pages it has."""
    application: Reference | None = None
    """Public name of the application that it belongs to."""
    visit: Uuid | None = None
    """Id of the visit at which it is handed in."""
    document: DocumentNumber | None = None
    """The number that is printed on it; it goes into the vault."""
    contact: ContactRequest | None = None
    """How whoever it is for wants to be told; it goes into the vault. None, or an empty one: as was said before."""


class ConditionRequest(Message, frozen=True):
    """Say what is not as it was made."""

    condition: Condition
    """All that is not; nothing: in good condition."""


class ShelveRequest(Message, frozen=True):
    """Lay it in a place."""

    place: PlaceName
    """The place."""


class ReasonRequest(Message, frozen=True):
    """Say why."""

    reason: Name
    """The reason."""


class WitnessRequest(Message, frozen=True):
    """A second member of staff, who says so in their own name."""

    login: Annotated[str, Meta(min_length=1, max_length=64)]
    """Their login."""
    password: Annotated[str, Meta(min_length=1, max_length=1024)]
    """Their password."""


class TwoPeopleRequest(Message, frozen=True):
    """Something that two members of staff do."""

    witness: WitnessRequest
    """The second of them."""


class DestroyRequest(Message, frozen=True):
    """Destroy it, by a rule."""

    reason: Name
    """The rule."""
    witness: WitnessRequest
    """The second member of staff."""


class HandOverRequest(Message, frozen=True):
    """Give it to somebody at the counter."""

    proof: Name
    """On which proof."""
    witness: WitnessRequest | None = None
    """The second member of staff, where nothing proves who it is."""


class SendItemRequest(Message, frozen=True):
    """Give it to a carrier."""

    tracking: TrackingNumber
    """How the carrier names it; it goes into the vault."""


class ItemEventView(Message, frozen=True):
    """Something that happened to an item."""

    at: datetime
    """When (UTC)."""
    type: str
    """What: the type of the event."""
    by: str
    """Who did it: `staff/<id>`, `device/<id>` or `system`."""
    holder: str
    """Who or what has had it since."""
    state: str
    """How far it has been since."""
    hash: str
    """The beginning of the hash that chains it to what was before."""


class ChainAnswer(Message, frozen=True):
    """All that happened to an item."""

    events: tuple[ItemEventView, ...]
    """What happened, in its order."""


class BagView(Message, frozen=True):
    """A tamper-evident bag in one of its journeys."""

    id: Uuid
    """Id of this journey."""
    government: str
    """The government to which it goes, or from which it comes."""
    direction: str
    """Which way it goes: `out` or `back`."""
    state: str
    """How far it is."""
    seal: str | None
    """The number on it, where it is known."""
    is_whole: bool
    """Whether its seal was as it should be, where somebody looked."""
    opened_at: datetime
    """When filling or emptying it began (UTC)."""
    changed_at: datetime
    """When something last happened to it (UTC)."""
    items: tuple[str, ...]
    """Labels of what is in it, or came out of it, in their order."""
    manifest: str | None
    """SHA-256 of the list of what is in it."""
    expected: int | None
    """How many items its list says."""


class BagAnswer(Message, frozen=True):
    """A bag as it is now."""

    bag: BagView
    """The bag."""


class BagsAnswer(Message, frozen=True):
    """Bags, the oldest first."""

    bags: tuple[BagView, ...]
    """The bags."""


class ManifestAnswer(Message, frozen=True):
    """The list of what is in a sealed bag."""

    content: str
    """The file: CSV (RFC 4180), a line for each item behind a heading."""
    sha256: str
    """SHA-256 of its bytes (UTF-8), as the bag was sealed with."""


class OpenBagRequest(Message, frozen=True):
    """Begin to fill a bag, or to empty one that came."""

    government: Annotated[str, Meta(min_length=2, max_length=64)]
    """The government to which it goes, or from which it comes."""
    direction: Name = "out"
    """Which way it goes: `out` or `back`."""
    seal: Seal | None = None
    """The number on one that came."""
    is_whole: bool = True
    """Whether the seal of one that came is as it should be."""


class BagItemRequest(Message, frozen=True):
    """Put an item into a bag, or take it out."""

    item: Annotated[str, Meta(min_length=5, max_length=36)]
    """Label or id of the item, as it is scanned or typed."""
    condition: Condition = ()
    """What is not as it was made, of one that came back."""


class CloseBagRequest(Message, frozen=True):
    """Close a bag."""

    seal: Seal
    """The number on it."""
    witness: WitnessRequest | None = None
    """The second member of staff, where there are many items in it."""


class AcknowledgeRequest(Message, frozen=True):
    """Say that the authority has the bag."""

    is_whole: bool = True
    """Whether its seal was as it should be."""


class FinishBagRequest(Message, frozen=True):
    """Say that a bag that came is empty."""

    expected: Annotated[int, Meta(ge=0, le=9999)] | None = None
    """How many items its list says."""
    witness: WitnessRequest | None = None
    """The second member of staff, where the seal was broken or the number differs."""


class ShelfView(Message, frozen=True):
    """A drawer, and how full it is."""

    id: str
    """The drawer: the name of its places without their number."""
    places: int
    """How many places it has."""
    taken: int
    """In how many of them something lies."""
    free: str | None
    """Its first free place; null where it is full."""


class ShelvesAnswer(Message, frozen=True):
    """The drawers of a centre; none where its set-up names none."""

    shelves: tuple[ShelfView, ...]
    """The drawers, in the order of the set-up."""


class StocktakeRequest(Message, frozen=True):
    """Say what lies in a drawer."""

    drawer: PlaceName
    """The drawer: the name of its places without their number."""
    seen: Annotated[tuple[Annotated[str, Meta(min_length=5, max_length=36)], ...], Meta(max_length=2000)]
    """Labels of what lies in it, as they were scanned."""


class StocktakeAnswer(Message, frozen=True):
    """What differs between what lies in a drawer and what should."""

    id: Uuid
    """Id of the count."""
    expected: int
    """How many items should lie there."""
    missing: tuple[ItemView, ...]
    """Items that should lie there and do not: nobody knows any more where they are."""
    surplus: tuple[ItemView, ...]
    """Items that lie there and should not: where they should be stands beside them."""
    unknown: tuple[str, ...]
    """What was scanned and is no label of this centre."""


class ChangeMark(Message, frozen=True):
    """That something has changed; what it is now is fetched."""

    seq: int
    """The number of its last event."""


class CustodyFrame(EntityFrame, frozen=True):
    """A frame of what pages watch of custody."""

    entities: dict[str, ChangeMark | None]
    """What has changed, by id."""
