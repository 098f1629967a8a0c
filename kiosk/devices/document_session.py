"""What the kiosk holds of a party's documents, and how little of it leaves: one object, overwritten with the person.

The zone is held from the document reader to the chip's, in a buffer that is overwritten. Of what paper and chip came to
the least is kept that the server needs, until the person leaves. With the ticket it is sealed (``contract.documents``):
the outbox has never anything but the seal.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import msgspec
import structlog

from kiosk.journey.events import Laid
from kiosk.tickets.model import Sealed, Sealer
from peripherals.documents.mrz import Mrz
from peripherals.documents.mrz.reasons import ZoneReason
from peripherals.documents.seals.examination import ExaminedSeal
from peripherals.documents.shown_face import FacePicture
from peripherals.documents.summary import letters, number_of, summarise
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome
from queue_server.contract import documents
from queue_server.contract.documents import DocumentReading, ReadingNotOpenedError, VerdictView
from queue_server.contract.faces import DocumentFace, seal_face
from queue_server.domain.values import VisitId

_log = structlog.get_logger(__name__)

_KEY_BYTES = 32
#: Misread zones of one person that are told again.
_REMEMBERED = 8
#: Of a page that lay there and could not be read no more is known.
UNREAD: Final = DocumentReading(
    kind="",
    issuer="",
    number="",
    expires=None,
    standing=DocumentStanding.UNPROVED,
    verdicts=(VerdictView(Check.ZONE, Outcome.NOT_CHECKED, ZoneReason.UNREAD),),
)
_OLDER = VerdictView(Check.ZONE, Outcome.NOTED, ZoneReason.OLDER)


class DocumentSession:
    """For one person at a time, and for the loop's thread; what ``sealer`` gives may be called in another."""

    def __init__(self) -> None:
        self._laid: dict[int, Mrz] = {}
        #: What a seal came to, until the journey has a use for it.
        self._seals: dict[int, ExaminedSeal] = {}
        #: The number of the last page that could not be read, 0: there was none.
        self._unread = 0
        self._count = 0
        #: The zone whose chip is being read: its number, and a digest by a key that nobody else has.
        self._taken = (0, b"")
        self._digests = secrets.token_bytes(16)
        #: Digests of the last zones whose check digits did not hold.
        self._wrong: tuple[bytes, ...] = ()
        #: What each document came to, by the number under which it was laid down, and the journey of all of them.
        self._readings: dict[int, DocumentReading] = {}
        #: In years, at least; only whether it is more than was said leaves the kiosk.
        self._ages: dict[int, int] = {}
        self._faces: dict[int, FacePicture] = {}
        self._number = 0
        self._key: bytes | None = None

    def seal_to(self, key: str | None) -> None:
        """Take the server's key, base64url. Without one nothing is sent."""
        self._key = None
        if key is None:
            return
        try:
            raw = documents.from_text(key)
        except ReadingNotOpenedError:
            raw = b""
        if len(raw) != _KEY_BYTES:
            _log.error("documents-key", code=ReadingNotOpenedError.code)
            return
        self._key = raw

    def hold(self, zone: Mrz) -> int:
        """Hold a zone that was read, until ``release`` or ``settle``; gives its number.

        The very zone whose chip is being read has its number already: some readers send what lies on them again and
        again, and a document that was taken away comes back.
        """
        if zone.digest(self._digests) == self._taken[1]:
            zone.wipe()
            return self._taken[0]
        self._count += 1
        self._laid[self._count] = zone
        return self._count

    def hold_repeated(self, zone: Mrz) -> int | None:
        """Hold a zone whose check digits do not hold, once it was read twice alike; else overwrite it and give None.

        A blur is another one the next time. What stays is a character that this reader takes for another.
        """
        digest = zone.digest(self._digests)
        if not zone.nearly or digest not in self._wrong:
            self._wrong = (*self._wrong[-_REMEMBERED + 1 :], digest)
            zone.wipe()
            return None
        return self.hold(zone)

    def hold_unread(self) -> int:
        """Give a page that could not be read a number, by which ``release_unread`` knows it; nothing is held of it."""
        self._count += 1
        self._unread = self._count
        return self._count

    def release_unread(self, laid: int) -> DocumentReading | None:
        """Say what is known of such a page."""
        return UNREAD if laid and laid == self._unread else None

    def hold_seal(self, seal: ExaminedSeal) -> int:
        """Hold what a seal came to, until ``release_seal`` or ``settle``; gives its number."""
        self._count += 1
        self._seals[self._count] = seal
        return self._count

    def release_seal(self, laid: int) -> ExaminedSeal | None:
        return self._seals.pop(laid, None)

    def release(self, laid: int) -> Mrz | None:
        """Hand a zone over to whoever reads the chip, wipes it, and says when it is ``done``."""
        zone = self._laid.pop(laid, None)
        if zone is not None:
            self._taken = (laid, zone.digest(self._digests))
        return zone

    def take(self, laid: int) -> Mrz | None:
        """Hand a zone over to whoever takes something out of it, and wipes it at once; no chip is read with it."""
        return self._laid.pop(laid, None)

    def done(self) -> None:
        """Take note that no chip is being read any more: the same document is read anew."""
        self._taken = (0, b"")

    def settle(self, laid: int) -> None:
        """Overwrite a zone that nobody has taken: the journey had no use for it. What a seal came to goes as well."""
        self._seals.pop(laid, None)
        zone = self._laid.pop(laid, None)
        if zone is not None:
            zone.wipe()

    def known(self, zone: Mrz) -> int:
        """Give the number of a document that was read before and has this issuer and number; 0: there is none."""
        return self.known_as(letters(zone.field("issuer"), 3), number_of(zone))

    def known_as(self, issuer: str, number: str) -> int:
        same = (laid for laid, one in self._readings.items() if number and (one.issuer, one.number) == (issuer, number))
        return next(same, 0)

    def store(
        self, number: int, laid: int, reading: DocumentReading, age: int | None = None, face: FacePicture | None = None
    ) -> None:
        """Hold what a document of the journey ``number`` came to, beside the others of that journey.

        The ``face`` is overwritten with the person.
        """
        if number != self._number:
            self.hold_only(())
        self._number = number
        self._readings[laid] = reading
        if age is not None:
            self._ages[laid] = age
        if (before := self._faces.pop(laid, None)) is not None:
            before.wipe()
        if face is not None:
            self._faces[laid] = face

    def hold_only(self, beside: Iterable[int]) -> None:
        """Forget what was read of all documents but these."""
        beside = set(beside)
        self._readings = {laid: one for laid, one in self._readings.items() if laid in beside}
        self._ages = {laid: age for laid, age in self._ages.items() if laid in beside}
        self._wipe_faces(beside)

    def drop_faces(self, number: int) -> None:
        """Overwrite the pictures of a journey: once they are sealed nobody needs them here."""
        if number == self._number:
            self._wipe_faces(())

    def _wipe_faces(self, beside: Iterable[int]) -> None:
        for laid in self._faces.keys() - set(beside):
            self._faces.pop(laid).wipe()

    def clear(self) -> None:
        """Hold nothing any more."""
        self.hold_only(())
        self._wrong, self._unread = (), 0
        for laid in (*self._laid, *self._seals):
            self.settle(laid)

    def sealer(self, number: int, asked: Sequence[Laid]) -> Sealer | None:
        """Give what seals readings of this journey to a visit, None where there are none or the server takes none.

        A picture that is overwritten by then does not go along.
        """
        key = self._key
        if key is None or number != self._number:
            return None
        held = [self._of(one) for one in asked if one.laid in self._readings]
        if not held:
            return None
        pictures = [(one.person, self._faces[one.laid]) for one in asked if one.laid in self._faces]

        def seal(visit: VisitId) -> Sealed:
            copies = ((person, face.copy()) for person, face in pictures)
            shown = [DocumentFace(person, jpeg) for person, jpeg in copies if jpeg is not None]
            return Sealed(
                tuple(documents.to_text(documents.seal(one, visit, key)) for one in held),
                tuple(documents.to_text(seal_face(one, visit, key)) for one in shown),
            )

        return seal

    def sealed_for(self, number: int, laid: int, bound: str, purpose: bytes = documents.FOR_COLLECTION) -> str | None:
        """Seal what a document of this journey came to, to whatever its holder collects; None where nothing is held.

        With another purpose it is for that, and for nothing else.
        """
        key, reading = self._key, self._readings.get(laid)
        if key is None or reading is None or number != self._number:
            return None
        return documents.to_text(documents.seal(reading, bound, key, purpose))

    def _of(self, one: Laid) -> DocumentReading:
        """Give what was read of a document with whose it is, and whether they are older than was said."""
        reading = self._readings[one.laid]
        older = 0 <= one.to_age < self._ages.get(one.laid, -1)
        verdicts = (*reading.verdicts, _OLDER) if older else reading.verdicts
        return msgspec.structs.replace(reading, person=one.person, band=one.band, verdicts=verdicts)


def reading_of(zone: Mrz, verdicts: tuple[CheckVerdict, ...], today: date) -> DocumentReading:
    """Take out of a zone and its verdicts what the server may have; what a zone cannot say is left empty."""
    return msgspec.convert(summarise(zone, verdicts, today), DocumentReading, from_attributes=True)


def reading_of_seal(seal: ExaminedSeal) -> DocumentReading:
    """Do the same for a seal, with the kind of paper that it stands on."""
    read = msgspec.convert(seal.summary, DocumentReading, from_attributes=True)
    return msgspec.structs.replace(read, seal=seal.kind)
