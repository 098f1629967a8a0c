"""Messages of collection: somebody proves at a kiosk that something is theirs, and gets it; who may for others."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta

from queue_server.contract.base import Line, Message, Sealed, Uuid
from queue_server.contract.people import Reference

#: A one-time code as it is typed, without spaces (``domain.collection_codes``).
CollectionCode = Annotated[str, Meta(pattern=r"^[0-9]{12}$(?!\n)")]
DoorStateName = Literal["opening", "open", "reminded", "overdue", "taken", "inside", "not-opened", "staff"]
AuthorityKindName = Literal["representative", "guardian"]


class ProveRequest(Message, frozen=True):
    """Prove that something is theirs: by a document, or by a code."""

    id: Uuid
    """Id of what this person collects; the kiosk makes it anew for each proof."""
    code: CollectionCode | None = None
    """The one-time code that was typed."""
    document: Sealed | None = None
    """What was read of the document, sealed to ``documents_key`` and to ``id``."""


class CollectedItemView(Message, frozen=True):
    """Something that is theirs."""

    item: Uuid
    """Id of the item."""
    kind: str
    """What it is."""
    where: Literal["here", "counter", "later"]
    """Where they get it: behind a door, at a counter, or not yet."""


class CollectionAnswer(Message, frozen=True):
    """What there is for whoever proved something. Nothing is one answer, whatever the reason."""

    items: tuple[CollectedItemView, ...] = ()
    """What is theirs: what lies behind a door first, then what is at the counter."""


class OpenDoorRequest(Message, frozen=True):
    """Open the door behind which an item lies that is theirs."""

    item: Uuid
    """Id of the item."""


class WallDoorView(Message, frozen=True):
    """A door of the bank of lockers, as a picture shows it."""

    name: str
    """The compartment, as its door is labelled."""
    column: int
    """Its column, counted from 1 at the left."""
    row: int
    """Its row, counted from 1 at the top."""


class DoorAnswer(Message, frozen=True):
    """How the door is that was opened last for whoever collects."""

    item: Uuid
    """Id of the item behind it."""
    state: DoorStateName
    """How far it is: ``taken`` and ``inside`` are shut, without the item and with it; with ``staff`` somebody looks."""
    door: str
    """The compartment, as its door is labelled."""
    label: str
    """The number on the item's label, which the receipt said that they got for it."""
    wall: tuple[WallDoorView, ...]
    """All doors of its bank."""


class CollectionEndedAnswer(Message, frozen=True):
    """They have left: what they proved is forgotten."""


class AuthorityView(Message, frozen=True):
    """Somebody who may collect for somebody else."""

    id: Uuid
    """Id of the authority."""
    kind: AuthorityKindName
    """As what."""
    name: str
    """Their name, as staff typed it; reading it is recorded. Empty where it was shredded."""
    until: date
    """The last day on which it holds."""
    recorded_at: datetime
    """When it was recorded (UTC)."""


class AuthorityAnswer(Message, frozen=True):
    """An authority as it is now."""

    authority: AuthorityView
    """The authority."""


class AuthoritiesAnswer(Message, frozen=True):
    """Who may collect an item beside whom it is for."""

    authorities: tuple[AuthorityView, ...]
    """Those that hold, the first that was recorded first."""


class RecordAuthorityRequest(Message, frozen=True):
    """Say that somebody may collect for somebody else: the letter, or what makes them the guardian, was seen."""

    kind: AuthorityKindName
    """As what."""
    name: Line
    """Their name; it goes into the vault."""
    issuer: Annotated[str, Meta(pattern=r"^[A-Z]{1,3}$(?!\n)")]
    """The issuing state of the document that they will show, as printed; it goes into the vault."""
    number: Annotated[str, Meta(min_length=4, max_length=32, pattern=r"^[<-]*[A-Z0-9][A-Z0-9<-]*$(?!\n)")]
    """Its number; it goes into the vault."""
    until: date
    """The last day on which it holds."""
    item: Annotated[str, Meta(min_length=5, max_length=36)] | None = None
    """Label or id of an item: it is for all items of its application, or for it alone where it belongs to none."""
    application: Reference | None = None
    """Public name of an application, in place of an item."""


class CollectionCodeAnswer(Message, frozen=True):
    """A one-time code: it is told here and never again."""

    code: str
    """The code, twelve digits."""
    until: datetime
    """When it ends (UTC)."""
