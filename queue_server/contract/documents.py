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

from queue_server.contract.base import Message, Uuid
from queue_server.contract.people import ApplicationView
from queue_server.domain.values import ConsularError, VisitId

#: How everything is sealed that a kiosk tells of a document.
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO = b"consular document reading 1|"

#: A code of ``peripherals.documents.verdicts``: lower-case words with hyphens.
Code = Annotated[str, Meta(max_length=40, pattern=r"^[a-z0-9-]*$(?!\n)")]


class VerdictView(Message, frozen=True):
    """One check, what came out, and why where it did not pass."""

    check: Code
    outcome: Code
    reason: Code = ""


class DocumentReading(Message, frozen=True):
    """A document as the kiosk read it.

    ``kind`` is the document code of the zone (``P``, ``I``, ``V`` ...), ``issuer`` the issuing state as printed,
    ``expires`` None where unknown. ``standing`` sums ``verdicts`` up; without a chip it is ``unproved``.

    ``person`` is whose it is: the place, from 0, in the party as it was counted; ``band`` the age that was said of
    them, empty where nobody is counted by age. ``seal`` is the kind of paper where a seal printed on it was read and no
    document (``peripherals.documents.seals``), ``unknown`` where it does not say it. ``face`` names
    the picture that came with it in the vault of the server, which alone says so.
    """

    kind: Annotated[str, Meta(max_length=2, pattern=r"^[A-Z]{0,2}$(?!\n)")]
    issuer: Annotated[str, Meta(max_length=3, pattern=r"^[A-Z]{0,3}$(?!\n)")]
    number: Annotated[str, Meta(max_length=32, pattern=r"^[A-Z0-9]*$(?!\n)")]
    expires: date | None
    standing: Code
    verdicts: Annotated[tuple[VerdictView, ...], Meta(max_length=20)]
    person: Annotated[int, Meta(ge=0, lt=20)] = 0
    band: Code = ""
    seal: Code = ""
    face: Uuid | None = None


class HolderView(Message, frozen=True):
    """Whether the document is that of an application's holder; ``application`` is None where the visit names none."""

    verdict: VerdictView
    application: ApplicationView | None = None


class MendRequest(Message, frozen=True):
    """The number of a document as it is printed, where one character of what a kiosk read is wrong.

    ``document`` is the one that is meant (``ReadingView.id``), also where it was put right meanwhile.
    """

    document: Uuid
    number: Annotated[str, Meta(min_length=1, max_length=32, pattern=r"^[A-Za-z0-9<-]+$(?!\n)")]


class DeskReadingRequest(Message, frozen=True):
    """What the reader at a desk of staff has read for this visit, sealed as a kiosk seals it (``seal``, ``to_text``).

    ``person`` is whose document it is: the place, from 0, in the party as it was counted.
    """

    sealed: Annotated[str, Meta(max_length=8192, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
    person: Annotated[int, Meta(ge=0, lt=20)] = 0


class ReadHereView(Message, frozen=True):
    """Who read a document at their own desk, by display name, and when."""

    by: str
    at: datetime


class MendedView(Message, frozen=True):
    """Who put the number right, by display name, and when."""

    by: str
    at: datetime


class ReadingView(Message, frozen=True):
    """What staff may know of one document.

    ``standing`` is that of the ``reading``, or ``refused`` where one of the ``holders`` failed. ``ready`` are
    applications that wait for the holder of this document, where the visit names none. ``mended`` is there where staff
    have put a character of the number right, ``read_here`` where staff have read it and no kiosk. ``face`` is the
    picture from the chip as long as it is kept: the page of the counter that serves shows it, and nothing else does.
    """

    id: Uuid
    standing: Code
    reading: DocumentReading
    holders: tuple[HolderView, ...] = ()
    ready: tuple[ApplicationView, ...] = ()
    mended: MendedView | None = None
    read_here: ReadHereView | None = None
    face: Uuid | None = None


class ReadingsAnswer(Message, frozen=True):
    """The documents of a visit, one for each person of whom one was read, in their order. Reading them is recorded.

    None where no document was read, or what was read is over.
    """

    documents: tuple[ReadingView, ...] = ()


class SealRequest(Message, frozen=True):
    """A visible digital seal that staff have before them: one of both.

    ``text`` is what a scanner types or what was pasted: JSON, ``RDB1...``, or a seal in binary in hexadecimal. ``data``
    are its bytes in base64url, from a reader that has them.
    """

    text: Annotated[str, Meta(max_length=12_500)] = ""
    data: Annotated[str, Meta(max_length=5_500, pattern=r"^[A-Za-z0-9_-]*={0,2}$(?!\n)")] = ""


class SealAnswer(Message, frozen=True):
    """What a seal came to, and the documents of its visit, which it is among where it names somebody or is new.

    ``outcome``: ``seal-holds``, ``seal-expired``, ``seal-unchecked`` (nobody here can say who signed it),
    ``seal-nameless``, or ``look`` (something does not hold).
    """

    outcome: Code
    reading: DocumentReading
    documents: tuple[ReadingView, ...] = ()


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


def seal(reading: DocumentReading, visit: VisitId, key: bytes) -> bytes:
    """Seal a reading of one visit to the server's public ``key`` (32 bytes).

    Raises:
        ValueError: this is no key.
    """
    public = X25519PublicKey.from_public_bytes(key)
    return SUITE.encrypt(msgspec.json.encode(reading), public, info=_INFO + visit.encode())


def unseal(sealed: bytes, visit: VisitId, key: X25519PrivateKey) -> DocumentReading:
    """Open what was sealed.

    Raises:
        ReadingNotOpenedError: it cannot be opened.
    """
    try:
        return msgspec.json.decode(SUITE.decrypt(sealed, key, info=_INFO + visit.encode()), type=DocumentReading)
    except (InvalidTag, ValueError, msgspec.DecodeError) as error:
        raise ReadingNotOpenedError from error
