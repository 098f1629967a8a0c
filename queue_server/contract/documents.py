"""What a kiosk tells of a document that somebody put down: the least that serves them, sealed until the server has it.

No name and no date of birth leaves the kiosk; the face does by itself (``contract.faces``). What does is sealed with
HPKE (RFC 9180, mode base, X25519, HKDF-SHA256, AES-256-GCM) to a key of the server, so that neither the outbox nor the
network nor a log can be read; the visit's id is bound to it, so that it cannot be laid to another one.
"""

import base64
from datetime import date, datetime
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from msgspec import Meta

from queue_server.contract.base import Message, SealedFace, Uuid
from queue_server.contract.people import ApplicationView
from queue_server.domain.values import ConsularError

#: How everything is sealed that a kiosk tells of a document.
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
#: What a reading is sealed for: to go with a visit, to prove at a kiosk that something is theirs.
FOR_VISIT = b"consular document reading 1|"
FOR_COLLECTION = b"consular document of whoever collects 1|"
#: To find the appointment that was booked with it.
FOR_APPOINTMENT = b"consular document of whoever has an appointment 1|"

#: A code of ``peripherals.documents.verdicts``: lower-case words with hyphens.
Code = Annotated[str, Meta(max_length=40, pattern=r"^[a-z0-9-]*$(?!\n)")]


class VerdictView(Message, frozen=True):
    """One check of a document, and what came out."""

    check: Code
    """Which check it was (docs/document-attacks.md)."""
    outcome: Code
    """What came out of it."""
    reason: Code = ""
    """Why it did not pass; empty where it did."""


class DocumentReading(Message, frozen=True):
    """A document as the kiosk or the reader at a desk read it."""

    kind: Annotated[str, Meta(max_length=2, pattern=r"^[A-Z]{0,2}$(?!\n)")]
    """The document code of the machine-readable zone (``P``, ``I``, ``V`` and so on; ICAO 9303)."""
    issuer: Annotated[str, Meta(max_length=3, pattern=r"^[A-Z]{0,3}$(?!\n)")]
    """The issuing state as printed (ICAO 9303-3, section 5)."""
    number: Annotated[str, Meta(max_length=32, pattern=r"^[A-Z0-9]*$(?!\n)")]
    """The number of the document."""
    expires: date | None
    """Until when the document is valid; null where it does not say so."""
    standing: Code
    """What all verdicts come to; without a chip it is ``unproved``."""
    verdicts: Annotated[tuple[VerdictView, ...], Meta(max_length=20)]
    """Every check that was made, with what came out."""
    person: Annotated[int, Meta(ge=0, lt=20)] = 0
    """Whose it is: the place, from 0, in the party as it was counted."""
    band: Code = ""
    """The age band that was said of that person; empty where nobody is counted by age."""
    seal: Code = ""
    """The kind of paper where a visible digital seal was read and no document, ``unknown`` where it does not say so;
    empty where a document was read.
    """
    face: Uuid | None = None
    """The id in the vault of the picture that came with it; set by the server alone, null where none came."""


class HolderView(Message, frozen=True):
    """Whether the document is that of an application's holder."""

    verdict: VerdictView
    """What the comparison came to."""
    application: ApplicationView | None = None
    """The application whose holder was compared; null where the visit names none."""


class CorrectionRequest(Message, frozen=True):
    """The number of a document as it is printed, where one character of what a kiosk read is wrong."""

    document: Uuid
    """The document that is meant (``id`` of ``ReadingView``), also where it was put right meanwhile."""
    number: Annotated[str, Meta(min_length=1, max_length=32, pattern=r"^[A-Za-z0-9<-]+$(?!\n)")]
    """The number as it is printed on the document."""


class CompareRequest(Message, frozen=True):
    """Whether staff take the person before them for the one on a document; they may be unsure."""

    document: Uuid
    """The document that is meant (``id`` of ``ReadingView``)."""
    same: bool
    """Whether it is the same person; false where they were not sure."""


class DeskReadingRequest(Message, frozen=True):
    """What the reader at a desk of staff has read for this visit."""

    sealed: Annotated[str, Meta(max_length=8192, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
    """The reading, sealed as a kiosk seals it (HPKE to ``documents_key``, in base64url)."""
    face: SealedFace | None = None
    """The picture from its chip, sealed likewise, where there is one to be shown."""
    person: Annotated[int, Meta(ge=0, lt=20)] = 0
    """Whose document it is: the place, from 0, in the party as it was counted."""


class ReadHereView(Message, frozen=True):
    """Who read a document at their own desk, and when."""

    by: str
    """Display name of the member of staff."""
    at: datetime
    """When it was read (UTC)."""


class CorrectionView(Message, frozen=True):
    """Who put the number right, and when."""

    by: str
    """Display name of the member of staff."""
    at: datetime
    """When it was put right (UTC)."""


class ComparedView(Message, frozen=True):
    """Who compared the person with the face on their document last, when, and whether they were sure."""

    by: str
    """Display name of the member of staff."""
    at: datetime
    """When they said it (UTC)."""
    same: bool
    """Whether they took them for the same person."""


class ReadingView(Message, frozen=True):
    """What staff may know of one document."""

    id: Uuid
    """The id of the reading in the vault (a UUID)."""
    standing: Code
    """What its verdicts come to, or ``refused`` where it is not the document of a holder."""
    reading: DocumentReading
    """The document as it was read."""
    holders: tuple[HolderView, ...] = ()
    """Whether it is the document of the holders of the visit's applications."""
    ready: tuple[ApplicationView, ...] = ()
    """Applications that wait for the holder of this document, where the visit names none."""
    corrected: CorrectionView | None = None
    """Who put a character of the number right; null where nobody did."""
    read_here: ReadHereView | None = None
    """Who read it at a desk; null where a kiosk did."""
    face: Uuid | None = None
    """The id of the picture from the chip, as long as it is kept; only the page of the counter that serves shows it.
    Null where there is none.
    """
    compared: ComparedView | None = None
    """Who said last whether it is the same person; null where nobody has."""


class ReadingsAnswer(Message, frozen=True):
    """The documents of a visit, one for each person of whom one was read, in their order. Reading them is recorded.

    None where no document was read, or what was read is over.
    """

    documents: tuple[ReadingView, ...] = ()
    """The documents, in the order of the party; empty where none was read, or what was read is over."""


class SealRequest(Message, frozen=True):
    """A visible digital seal that staff have before them: one of both.

    ``text`` is what a scanner types or what was pasted: JSON, ``RDB1...``, or a seal in binary in hexadecimal. ``data``
    are its bytes in base64url, from a reader that has them.
    """

    text: Annotated[str, Meta(max_length=12_500)] = ""
    """What a scanner types or what was pasted: JSON, ``RDB1...``, or a binary seal in hexadecimal; empty where ``data``
    is given.
    """
    data: Annotated[str, Meta(max_length=5_500, pattern=r"^[A-Za-z0-9_-]*={0,2}$(?!\n)")] = ""
    """The bytes of the seal in base64url, from a reader that has them; empty where ``text`` is given."""


class SealAnswer(Message, frozen=True):
    """What a seal came to, and the documents of its visit, which it is among where it names somebody or is new."""

    outcome: Code
    """One of ``seal-holds``, ``seal-expired``, ``seal-unchecked`` (nobody here can say who signed it),
    ``seal-nameless``, or ``look`` (something does not hold).
    """
    reading: DocumentReading
    """What the seal says, in the form of a document."""
    documents: tuple[ReadingView, ...] = ()
    """All documents of the visit as they are now."""


class ReadingNotOpenedError(ConsularError):
    """What a kiosk sealed cannot be opened, or is none: another key, another visit, or garbled."""

    code = "reading-not-opened"


def to_text(raw: bytes) -> str:
    """Write a key or what was sealed as it stands in messages: base64url (RFC 4648, section 5) without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """Read what ``to_text`` wrote, with or without padding.

    Raises:
        ReadingNotOpenedError: no bytes are written like this.
    """
    bare = text.rstrip("=")
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except ValueError as error:
        raise ReadingNotOpenedError from error


def seal(reading: DocumentReading, bound: str, key: bytes, purpose: bytes = FOR_VISIT) -> bytes:
    """Seal a reading to the server's public ``key`` (32 bytes), and to the id of the visit that it is of.

    With ``FOR_COLLECTION`` it is bound to what somebody collects, with ``FOR_APPOINTMENT`` to one question about their
    appointment: none can be laid to another.

    Raises:
        ValueError: this is no key.
    """
    public = X25519PublicKey.from_public_bytes(key)
    return SUITE.encrypt(msgspec.json.encode(reading), public, info=purpose + bound.encode())


def unseal(sealed: bytes, bound: str, key: X25519PrivateKey, purpose: bytes = FOR_VISIT) -> DocumentReading:
    """Open what was sealed.

    Raises:
        ReadingNotOpenedError: it cannot be opened.
    """
    try:
        return msgspec.json.decode(SUITE.decrypt(sealed, key, info=purpose + bound.encode()), type=DocumentReading)
    except (InvalidTag, ValueError, msgspec.DecodeError) as error:
        raise ReadingNotOpenedError from error
