"""A kiosk with a document on its reader, for tests of pages."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import msgspec

from queue_server.contract.base import People
from queue_server.contract.client import ApiClient
from queue_server.contract.documents import DocumentReading, VerdictView, seal, to_text
from queue_server.contract.faces import DocumentFace, seal_face
from queue_server.contract.visits import IssueRequest, VisitAnswer, VisitView
from queue_server.domain.values import Category, VisitId, new_id
from queue_server.vault.keys import load_keys
from tests.queue_server.web.server import Centre, run_aside

GENUINE = DocumentReading(
    kind="P",
    issuer="UTO",
    number="L898902C3",
    expires=date(2031, 4, 15),
    standing="genuine",
    verdicts=(
        VerdictView("access", "passed"),
        VerdictView("signature", "passed"),
        VerdictView("revocation", "passed"),
        VerdictView("content", "passed"),
        VerdictView("active-authentication", "unsupported", "not-in-document"),
        VerdictView("chip-authentication", "passed"),
    ),
)
COPIED = msgspec.structs.replace(
    GENUINE,
    standing="refused",
    verdicts=(*GENUINE.verdicts[:-1], VerdictView("chip-authentication", "failed", "proof-wrong")),
)
EXPIRED = msgspec.structs.replace(
    GENUINE, standing="refused", verdicts=(*GENUINE.verdicts, VerdictView("expiry", "failed", "document-expired"))
)
FACELESS = msgspec.structs.replace(
    GENUINE,
    standing="face-unread",
    verdicts=(*GENUINE.verdicts, VerdictView("face", "not-checked", "face-unread")),
)
RESERVED = msgspec.structs.replace(
    GENUINE,
    kind="I",
    standing="unproved",
    verdicts=(VerdictView("access", "not-checked", "chip-reserved"), VerdictView("expiry", "passed")),
)
DOUBTFUL = msgspec.structs.replace(
    GENUINE,
    number="L898902G3",
    standing="unproved",
    verdicts=(
        VerdictView("zone", "not-checked", "check-digit-wrong"),
        VerdictView("access", "not-checked", "mrz-invalid"),
        VerdictView("expiry", "passed"),
    ),
)
#: Nobody here knows whether its signature was taken back.
UNREVOKED = msgspec.structs.replace(
    GENUINE,
    verdicts=(
        *(one for one in GENUINE.verdicts if one.check != "revocation"),
        VerdictView("revocation", "not-checked", "crl-outdated"),
    ),
)
#: As a kiosk with time for the face reads it, and with a picture of nobody.
FACED = msgspec.structs.replace(GENUINE, verdicts=(*GENUINE.verdicts, VerdictView("face", "passed")))
OTHER = msgspec.structs.replace(GENUINE, number="D23145890")


def of(reading: DocumentReading, number: str, person: int, band: str) -> DocumentReading:
    """Return a reading as that of one person of a party."""
    return msgspec.structs.replace(reading, number=number, person=person, band=band)


def arrive(
    centre: Centre,
    *readings: DocumentReading,
    people: tuple[People, ...] = (),
    service: str = "uto-passport-renewal",
    faces: Mapping[int, bytes] = MappingProxyType({}),
) -> VisitView:
    """Take a ticket at the centre's kiosk, with what it read: of one document where nothing is said.

    ``faces`` are the pictures of persons of the party.
    """
    visit, key = VisitId(new_id()), load_keys(centre.server.data).documents_public()
    wanted = IssueRequest(
        services=(service,),
        category=Category.WALK_IN,
        language="en",
        id=visit,
        readings=tuple(to_text(seal(one, visit, key)) for one in readings or (GENUINE,)),
        faces=tuple(to_text(seal_face(DocumentFace(who, jpeg), visit, key)) for who, jpeg in faces.items()),
        people=people,
    )

    async def issue() -> VisitAnswer:
        async with ApiClient(centre.server.address, centre.kiosk.token) as client:
            return await client.issue(centre.id, wanted, new_id())

    return run_aside(issue()).visit
