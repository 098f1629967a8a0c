"""A document that is read beside the browser of staff: stored under their name, matched like a kiosk's."""

from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from queue_server.contract.documents import DocumentReading, seal, to_text
from queue_server.contract.faces import DocumentFace, seal_face
from queue_server.domain.values import VisitId, new_id
from queue_server.vault.keys import Keys
from queue_server.vault.tables import people_rows
from tests.queue_server.house import TICKET, Client, House
from tests.queue_server.people.sealed import FACED, FAMILY, GENUINE, NUMBER, OTHER, arrive, drawn, of, told_key
from tests.queue_server.people.test_handlers import call_next, desk, issue, reception
from tests.queue_server.people.test_mrz_correction import DOUBTFUL, send_away
from tests.queue_server.people.test_mrz_correction import come as until_called
from tests.queue_server.people.test_readings import kinds, move, open_application, outcomes, path, read, read_all
from tests.queue_server.vault.test_faces import COUNTER, act, come, finish, look

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")


async def lay_down(
    here: House,
    client: Client,
    visit: str,
    reading: DocumentReading = GENUINE,
    person: int = 0,
    **more: Any,
) -> Any:
    """Read a document at the desk, as the program beside the browser does it."""
    key = here.server[Keys].documents_public()
    wanted = {"sealed": to_text(seal(reading, VisitId(visit), key)), "person": person}
    return await client.post(path(visit), wanted | ({"face": more.pop("face")} if "face" in more else {}), **more)


def sealed_face(here: House, visit: str, jpeg: bytes | None = None) -> str:
    """Seal a picture as the program beside the browser does it."""
    key = here.server[Keys].documents_public()
    return to_text(seal_face(DocumentFace(0, jpeg or drawn()), VisitId(visit), key))


async def taken(*where: Any, **how: Any) -> list[dict[str, Any]]:
    answer = await lay_down(*where, **how)
    assert answer.status == 200, answer
    found: list[dict[str, Any]] = answer.body["documents"]
    return found


async def test_it_is_stored_under_the_name_of_who_read_it_and_matched(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    earlier = await arrive(here, kiosk)
    assert await call_next(counter) == earlier
    application = await open_application(counter, earlier)
    await move(counter, application, "received", "at-authority", "returned", "ready")
    await send_away(counter)
    visit = await issue(kiosk)
    await until_called(counter, visit)
    assert (await read(counter, visit))["standing"] == "not-read"
    (document,) = await taken(here, counter, visit)
    assert (document["standing"], document["reading"]["number"]) == ("genuine", NUMBER)
    assert document["read_here"]["by"] == "Somebody"
    assert document["corrected"] is None
    assert [one["reference"] for one in document["ready"]] == [application["reference"]]
    assert [await read(counter, visit)] == [document]
    found = await (await reception(here)).post("/centres/demo/documents/find", {"document": NUMBER})
    assert visit in [one["id"] for one in found.body["visits"]]


async def test_the_newest_reading_of_a_person_counts(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    visit = await arrive(here, kiosk, DOUBTFUL)
    await until_called(counter, visit)
    assert (await read(counter, visit))["read_here"] is None
    (document,) = await taken(here, counter, visit, reading=of(OTHER))
    assert document["reading"]["number"] == OTHER


async def test_whoever_put_the_number_right_afterwards_is_named(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    await issue(kiosk)
    visit = await call_next(counter)
    (document,) = await taken(here, counter, visit, reading=DOUBTFUL)
    wanted = {"document": document["id"], "number": NUMBER}
    (corrected,) = (await counter.post(f"{path(visit)}/correct", wanted)).body["documents"]
    assert (corrected["corrected"]["by"], corrected["read_here"]) == ("Somebody", None)


async def test_an_application_that_has_no_holder_yet_learns_its_document(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    await issue(kiosk)
    visit = await call_next(counter)
    await open_application(counter, visit)
    (document,) = await taken(here, counter, visit)
    assert outcomes(document) == [("passed", "")]
    # Another document does not take its place.
    (document,) = await taken(here, counter, visit, reading=of(OTHER))
    assert outcomes(document) == [("failed", "another-holder")]


async def test_of_a_family_it_is_whose_staff_say_and_the_same_document_stays_theirs(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    visit = (await kiosk.post("/centres/demo/visits", TICKET | {"people": FAMILY})).body["visit"]["id"]
    await until_called(counter, visit)
    await taken(here, counter, visit, person=1)
    await taken(here, counter, visit, reading=of(OTHER), person=3)
    found = await taken(here, counter, visit, person=0)
    assert [(one["reading"]["person"], one["reading"]["band"]) for one in found] == [(1, "adult"), (3, "child")]
    refused = await lay_down(here, counter, visit, person=4)
    assert (refused.status, refused.code, refused.body["placeholders"]) == (
        409,
        "reading-not-accepted",
        {"reason": "person"},
    )


async def test_sent_twice_it_is_stored_once(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    await issue(kiosk)
    visit = await call_next(counter)
    for _ in range(2):
        await taken(here, counter, visit)
    rows = await here.server.log.run(
        lambda connection: connection.execute(select(people_rows.c.kind).where(people_rows.c.visit == visit)).all()
    )
    assert sorted(row.kind for row in rows) == ["document", "reading"]


async def test_what_was_sealed_for_another_visit_is_not_taken(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    await issue(kiosk)
    visit, key = await call_next(counter), await told_key(kiosk)
    for sealed in (seal(GENUINE, VisitId(new_id()), key), b"no seal at all"):
        refused = await counter.post(path(visit), {"sealed": to_text(sealed)})
        assert (refused.status, refused.code) == (409, "reading-not-accepted")
    assert await read_all(counter, visit) == []


@pytest.mark.parametrize("body", [{}, {"sealed": ""}, {"sealed": "with spaces"}, {"sealed": "QQ", "person": -1}])
async def test_what_is_no_reading_is_refused(here: House, body: dict[str, Any]) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    await issue(kiosk)
    visit = await call_next(counter)
    refused = await counter.post(path(visit), body)
    assert (refused.status, refused.code) == (400, "body-invalid")


async def test_at_a_counter_it_is_for_the_visit_there_and_reception_reads_for_every_visit(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    waiting = await issue(kiosk)
    refused = await lay_down(here, counter, waiting)
    assert (refused.status, refused.code) == (403, "people-not-permitted")
    (document,) = await taken(here, await reception(here), waiting)
    assert document["standing"] == "genuine"


async def test_its_picture_is_shown_like_one_of_a_kiosk_and_gone_with_the_visit(here: House) -> None:
    visit, counter = await issue(await here.kiosk()), await desk(here, COUNTER)
    await act(counter, "call", visit=visit, reason="other")
    await act(counter, "start", visit=visit)
    face = sealed_face(here, visit)
    (document,) = await taken(here, counter, visit, reading=FACED, face=face)
    assert (await look(counter, document["face"]))[::2] == (200, drawn())
    # The page asks again where the answer was lost: there is one picture.
    assert await taken(here, counter, visit, reading=FACED, face=face) == [document]
    assert (await kinds(here)).count("face") == 1
    await finish(here, counter, visit)
    assert "face" not in await kinds(here)
    # What was read when the visit was over brings none back.
    (document,) = await taken(here, counter, visit, reading=msgspec.structs.replace(FACED, number=OTHER), face=face)
    assert (document["face"], "face" in await kinds(here)) == (None, False)


async def test_that_of_a_desk_takes_the_place_of_that_of_a_kiosk(here: House) -> None:
    visit, counter = await come(here, await here.kiosk()), await desk(here, COUNTER)
    await act(counter, "call", visit=visit, reason="other")
    await act(counter, "start", visit=visit)
    (document,) = await taken(here, counter, visit, reading=FACED, face=sealed_face(here, visit, drawn(2)))
    assert (await look(counter, document["face"]))[2] == drawn(2)


@pytest.mark.parametrize("wrong", ["other-visit", "garbled", "no-picture", "not-signed"])
@ALONE
async def test_a_picture_that_is_none_of_the_visit_is_not_taken(here: House, wrong: str) -> None:
    visit, counter = await issue(await here.kiosk()), await desk(here, COUNTER)
    await act(counter, "call", visit=visit, reason="other")
    face = {
        "other-visit": lambda: sealed_face(here, new_id()),
        "garbled": lambda: sealed_face(here, visit)[:-4] + "AAAA",
        "no-picture": lambda: sealed_face(here, visit, b"GIF89a"),
        "not-signed": lambda: sealed_face(here, visit),
    }[wrong]()
    answer = await lay_down(here, counter, visit, reading=GENUINE if wrong == "not-signed" else FACED, face=face)
    # Of whom nobody has signed the face no picture is kept.
    refused = (409, "reading-not-accepted")
    assert (answer.status, answer.body.get("code")) == ((200, None) if wrong == "not-signed" else refused)
    assert "face" not in await kinds(here)
