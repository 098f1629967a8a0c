"""What kiosks read of specimens, sealed for a server as a kiosk does."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from peripherals.documents.lds.face import EncodedPicture
from peripherals.documents.lds.face import ImageFormat as Kind
from peripherals.documents.lds.picture import decode
from peripherals.documents.lds.portrait_process import small_jpeg
from peripherals.documents.passport.face import FaceFormat, face
from queue_server.contract.documents import DocumentReading, VerdictView, from_text, seal, to_text
from queue_server.contract.faces import MAX, SIDES, DocumentFace, seal_face
from queue_server.domain.values import VisitId, new_id
from queue_server.vault.keys import Keys
from tests.queue_server.house import TICKET, Client, House

NUMBER, OTHER = "L898902C3", "D23145890"
GENUINE = DocumentReading(
    kind="P",
    issuer="UTO",
    number=NUMBER,
    expires=None,
    standing="genuine",
    verdicts=(
        VerdictView("signature", "passed"),
        VerdictView("revocation", "not-checked", "crl-missing"),
        VerdictView("chip-authentication", "passed"),
    ),
)


def of(number: str) -> DocumentReading:
    return msgspec.structs.replace(GENUINE, number=number)


def ticket(key: bytes, reading: DocumentReading = GENUINE, **more: Any) -> dict[str, Any]:
    """Make a ticket as a kiosk does, with its reading."""
    visit = new_id()
    return TICKET | {"id": visit, "readings": [to_text(seal(reading, VisitId(visit), key))]} | more


#: As a kiosk with time for the face reads it.
FACED = msgspec.structs.replace(GENUINE, verdicts=(*GENUINE.verdicts, VerdictView("face", "passed")))


@cache
def drawn(variant: int = 0) -> bytes:
    """Give a drawn face as a kiosk hands it over."""
    raw = memoryview(face(FaceFormat.JPEG, 20_000, variant))
    return small_jpeg(decode(EncodedPicture(Kind.JPEG, raw)), *SIDES, MAX)


def with_faces(key: bytes, sent: dict[str, Any], faces: dict[int, bytes]) -> dict[str, Any]:
    """Add pictures of persons of the party to a ticket."""
    visit = VisitId(sent["id"])
    return sent | {"faces": [to_text(seal_face(DocumentFace(who, one), visit, key)) for who, one in faces.items()]}


#: Two adults and two children, and what a kiosk read of them: the first child had nothing with them.
FAMILY = [{"band": "adult", "count": 2}, {"band": "child", "count": 2}]
NUMBERS = ("L898902C3", "D23145890", "K01234567")


def family(key: bytes, numbers: Sequence[str] = NUMBERS, **more: Any) -> dict[str, Any]:
    """Make the ticket of a family, with a reading of each of them but of the first child."""
    visit = VisitId(new_id())
    places = ((0, "adult"), (1, "adult"), (3, "child"))
    read = [
        msgspec.structs.replace(of(number), person=person, band=band)
        for number, (person, band) in zip(numbers, places, strict=True)
    ]
    sealed = [to_text(seal(one, visit, key)) for one in read]
    return TICKET | {"id": visit, "readings": sealed, "people": FAMILY} | more


async def told_key(kiosk: Client) -> bytes:
    """Ask for the key as a kiosk does."""
    return from_text((await kiosk.get("/centres/demo/services")).body["documents_key"])


async def arrive(here: House, kiosk: Client, reading: DocumentReading = GENUINE) -> str:
    """Take a ticket with a document on the reader."""
    answer = await kiosk.post("/centres/demo/visits", ticket(here.server[Keys].documents_public(), reading))
    assert answer.status == 201, answer
    visit: str = answer.body["visit"]["id"]
    return visit
