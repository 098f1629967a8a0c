"""What is said of an item of custody: what it is, in what condition, where, how far, on which proof. Pure."""

from enum import StrEnum
from typing import NewType

#: A document entrusted to the centre, as events name it (a UUID).
ItemId = NewType("ItemId", str)
#: One use of a tamper-evident bag, as events name it (a UUID).
BagId = NewType("BagId", str)
#: The number that is printed on a tamper-evident bag.
SealNumber = NewType("SealNumber", str)
#: A place for one item in a cabinet (``2-D-15``).
ShelfPlace = NewType("ShelfPlace", str)
#: One attempt of a person to collect.
ClaimId = NewType("ClaimId", str)
#: A tracking number in the vault, as events name it.
TrackingId = NewType("TrackingId", str)


class ItemKind(StrEnum):
    """What was handed in."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity-card"
    RESIDENCE_PERMIT = "residence-permit"
    TRAVEL_DOCUMENT = "travel-document"
    BIRTH_CERTIFICATE = "birth-certificate"
    MARRIAGE_CERTIFICATE = "marriage-certificate"
    DEATH_CERTIFICATE = "death-certificate"
    COURT_DOCUMENT = "court-document"
    DIPLOMA = "diploma"
    TRANSLATION = "translation"
    PHOTOGRAPH = "photograph"
    FORM = "form"
    OTHER = "other"


class ConditionMark(StrEnum):
    """What is not as it was made; an item without any of these is in good condition."""

    TORN = "torn"
    STAINED = "stained"
    WET = "wet"
    LOOSE_PAGES = "loose-pages"
    MISSING_PAGES = "missing-pages"
    COVER_DAMAGED = "cover-damaged"
    PHOTO_DAMAGED = "photo-damaged"
    UNREADABLE = "unreadable"
    OTHER = "other"


class ItemState(StrEnum):
    """How far an item is on its way."""

    #: Handed in; it is at the centre and has not been sent.
    KEPT = "kept"
    #: In a bag on the way to the authority.
    SENT = "sent"
    AT_AUTHORITY = "at-authority"
    #: Back at the centre, and not yet made ready.
    BACK = "back"
    #: Whoever it is for can have it.
    READY = "ready"
    #: With a carrier on the way to whom it is for.
    WITH_CARRIER = "with-carrier"
    #: Wanted back by whoever may want it; it is here, and nobody else gets it.
    CALLED_BACK = "called-back"
    #: Nobody has come for it in time: it goes back to the authority.
    EXPIRED = "expired"
    HANDED_OVER = "handed-over"
    #: Given back to whoever had handed it in: it was not needed, or not accepted.
    GIVEN_BACK = "given-back"
    #: The authority has it again, for good.
    SURRENDERED = "surrendered"
    DESTROYED = "destroyed"
    #: Two people have said that it will not be found.
    LOST = "lost"


#: Nothing happens any more to an item that is in one of these.
ENDED = frozenset(
    {ItemState.HANDED_OVER, ItemState.GIVEN_BACK, ItemState.SURRENDERED, ItemState.DESTROYED, ItemState.LOST}
)


class Holder(StrEnum):
    """Who, or what, has an item."""

    #: In the hand of staff, at a desk.
    DESK = "desk"
    SHELF = "shelf"
    #: A bag that is at the centre.
    BAG = "bag"
    AUTHORITY = "authority"
    COMPARTMENT = "compartment"
    #: A carrier: with its bag to the authority, or by itself to whom it is for.
    CARRIER = "carrier"
    #: Whoever it is for, or whoever handed it in.
    PERSON = "person"
    #: Nobody knows: staff have to look for it.
    UNKNOWN = "unknown"
    NOBODY = "nobody"


class HandOverProof(StrEnum):
    """On which proof an item was handed over."""

    #: The person's own document: its issuer and number.
    DOCUMENT = "document"
    #: The same, and its chip proved it.
    CHIP = "chip"
    #: The code that was sent to the person, once.
    CODE = "code"
    #: A letter of authority, which staff recorded, and the document of whoever is named in it.
    REPRESENTATIVE = "representative"
    #: The document of the guardian of a minor.
    GUARDIAN = "guardian"
    #: Two members of staff know the person, and nothing else proves it.
    WITNESSED = "witnessed"
    #: A carrier says so.
    CARRIER = "carrier"


class RecallReason(StrEnum):
    """Why an item is called back."""

    AUTHORITY = "authority"
    COURT = "court"
    #: The person wants it before the authority is done.
    APPLICANT = "applicant"


#: Called back for these, it goes to the authority and stays there.
FOR_GOOD = frozenset({RecallReason.AUTHORITY, RecallReason.COURT})


class DestroyReason(StrEnum):
    """By which rule an item is destroyed."""

    NEVER_COLLECTED = "never-collected"
    REPLACED = "replaced"
    COURT = "court"


class GiveBackReason(StrEnum):
    """Why an item is given back at once."""

    NOT_NEEDED = "not-needed"
    NOT_ACCEPTED = "not-accepted"
    COPY_IS_ENOUGH = "copy-is-enough"
    CHANGED_MIND = "changed-mind"


class UnloadReason(StrEnum):
    """Why an item is taken out of a compartment by staff."""

    EXPIRED = "expired"
    CALLED_BACK = "called-back"
    AT_COUNTER = "at-counter"
    MISPLACED = "misplaced"
    OUT_OF_ORDER = "out-of-order"


class MissedBy(StrEnum):
    """What noticed that an item is not where it should be."""

    STOCKTAKING = "stocktaking"
    BAG = "bag"
    LOCKER = "locker"
    STAFF = "staff"
    CARRIER = "carrier"


class Direction(StrEnum):
    """Which way a bag goes."""

    OUT = "out"
    BACK = "back"


class BagState(StrEnum):
    """How far a bag is."""

    #: It is being filled, or emptied.
    OPEN = "open"
    SEALED = "sealed"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    EMPTIED = "emptied"
