"""People with documents of specimens, whose applications have something for them."""

from typing import Any

import msgspec

from queue_server.accounts.model import Role
from queue_server.collection.settings import CollectionRules
from queue_server.contract.documents import FOR_COLLECTION, DocumentReading, VerdictView, seal, to_text
from queue_server.domain.values import new_id
from queue_server.vault.keys import Keys
from tests.queue_server.house import QUICK, Client, House, Reply
from tests.queue_server.people.sealed import GENUINE, arrive

#: As in use, but answered at once: one test looks at the time that an answer takes.
AT_ONCE = QUICK.but(CollectionRules(answer_ms=0))
SERVICE = "uto-passport-renewal"
PROVED = msgspec.structs.replace(
    GENUINE,
    verdicts=tuple(
        VerdictView(check, "passed")
        for check in ("signature", "issuer", "validity", "issuing-state", "content", "chip-authentication")
    ),
)
CUSTODY = "/centres/demo/custody"
#: Twelve digits of which the last is right, and which nobody was given.
GUESS = "000000005724"


def document(number: str, issuer: str = "UTO") -> DocumentReading:
    return msgspec.structs.replace(PROVED, number=number, issuer=issuer)


async def clerk(here: House) -> Client:
    return (await here.staff(Role.CUSTODY, None))[0]


async def applied(here: House, reading: DocumentReading = PROVED) -> dict[str, Any]:
    """Have somebody come with their document, and staff open an application for them."""
    kiosk = await here.kiosk()
    visit = await arrive(here, kiosk, reading)
    counter = (await here.staff(Role.COUNTER, "1"))[0]
    assert (await counter.post("/centres/demo/counters/1/open", {})).status == 200
    assert (await counter.post("/centres/demo/counters/1/call", {"visit": visit, "reason": "other"})).status == 200
    assert (await counter.post("/centres/demo/counters/1/start", {"visit": visit})).status == 200
    answer = await counter.post(f"/centres/demo/visits/{visit}/applications", {"service": SERVICE})
    assert answer.status == 200, answer
    assert (await counter.post("/centres/demo/counters/1/finish", {"visit": visit})).status == 200
    found: dict[str, Any] = answer.body["application"]
    return found


async def handed_in(desk: Client, application: dict[str, Any] | None, kind: str = "passport") -> str:
    named = {"government": "UTO"} if application is None else {"application": application["reference"]}
    answer = await desk.post(f"{CUSTODY}/items", {"kind": kind} | named)
    assert answer.status == 201, answer
    return str(answer.body["item"]["id"])


async def does(desk: Client, item: str, verb: str, body: object = None) -> None:
    answer = await desk.post(f"{CUSTODY}/items/{item}/{verb}", body)
    assert answer.status == 200, answer


async def code_for(desk: Client, item: str) -> str:
    answer = await desk.post(f"{CUSTODY}/items/{item}/code")
    assert answer.status == 200, answer
    return str(answer.body["code"])


async def show(here: House, kiosk: Client, reading: DocumentReading, ident: str = "") -> Reply:
    ident = ident or new_id()
    sealed = seal(reading, ident, here.server[Keys].documents_public(), FOR_COLLECTION)
    return await kiosk.post("/centres/demo/collections", {"id": ident, "document": to_text(sealed)})


async def type_in(kiosk: Client, code: str, ident: str = "") -> Reply:
    return await kiosk.post("/centres/demo/collections", {"id": ident or new_id(), "code": code})


def found(answer: Reply) -> list[tuple[str, str]]:
    assert answer.status == 200, answer
    return [(one["kind"], one["where"]) for one in answer.body["items"]]
