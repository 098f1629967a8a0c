"""Notes, documents and forgetting over HTTP, by real staff, against a real server."""

import asyncio
import hmac
from hashlib import sha256
from typing import Any

import pytest
from blockbuster import BlockBuster
from sqlalchemy import func, select

from queue_server.accounts.model import Role
from queue_server.domain.values import VisitId, new_id
from queue_server.eventlog.tables import events
from queue_server.vault import store
from queue_server.vault.keys import Keys
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.tables import people_rows
from tests.queue_server.house import TICKET, Client, House

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")

NOTE = "Specimen: speaks Utopian alone"
NUMBER = "L898902C3"


async def issue(client: Client, **more: Any) -> str:
    answer = await client.post("/centres/demo/visits", TICKET | more)
    assert answer.status == 201, answer
    visit: str = answer.body["visit"]["id"]
    return visit


async def desk(here: House, counter: str = "1") -> Client:
    client = (await here.staff(Role.COUNTER, counter))[0]
    assert (await client.post(f"/centres/demo/counters/{counter}/open")).status == 200
    return client


async def call_next(client: Client, counter: str = "1") -> str:
    answer = await client.post(f"/centres/demo/counters/{counter}/call-next")
    visit: str = answer.body["visit"]["id"]
    return visit


async def reception(here: House) -> Client:
    return (await here.staff(Role.RECEPTION, None))[0]


async def manager(here: House) -> Client:
    return (await here.staff(Role.MANAGER, None))[0]


def notes(visit: str) -> str:
    return f"/centres/demo/visits/{visit}/notes"


async def texts(client: Client, visit: str) -> list[str]:
    answer = await client.get(notes(visit))
    assert answer.status == 200, answer
    return [note["text"] for note in answer.body["notes"]]


async def test_a_note_is_written_and_read_and_who_looked_is_known(here: House) -> None:
    visit = await issue(await here.kiosk())
    counter = await desk(here)
    assert await call_next(counter) == visit
    written = await counter.post(notes(visit), {"text": NOTE})
    assert written.status == 200
    assert written.body["visit"]["notes"] == [written.body["note"]]
    assert NOTE not in str(written.body)
    assert await texts(counter, visit) == [NOTE]
    looking = await reception(here)
    read = await looking.get(notes(visit))
    (note,) = read.body["notes"]
    assert (note["by"], note["text"], note["id"]) == ("Somebody", NOTE, written.body["note"])
    reads = await here.server.log.run(lambda connection: store.reads(connection, VisitId(visit)))
    assert len(reads) == 2
    assert len({read.actor for read in reads}) == 2
    assert all(read.actor.startswith("staff/") and read.row == note["id"] for read in reads)


async def test_at_a_counter_only_the_visit_that_is_there_or_was_there_last(here: House) -> None:
    kiosk = await here.kiosk()
    first, second = await issue(kiosk), await issue(kiosk)
    one, two = await desk(here), await desk(here, "2")
    for client in (one, two):
        refused = await client.get(notes(first))
        assert (refused.status, refused.code) == (403, "people-not-permitted")
        assert (await client.post(notes(first), {"text": NOTE})).code == "people-not-permitted"
    assert await call_next(one) == first
    assert (await one.post(notes(first), {"text": NOTE})).status == 200
    assert (await two.get(notes(first))).code == "people-not-permitted"
    for verb in ("start", "finish"):
        assert (await one.post(f"/centres/demo/counters/1/{verb}")).status == 200
    # Nobody else has come yet: the last words may be written.
    assert await texts(one, first) == [NOTE]
    called = await one.post("/centres/demo/counters/1/call", {"visit": second, "reason": "agreed"})
    assert called.status == 200
    assert (await one.get(notes(first))).code == "people-not-permitted"
    for everywhere in (await reception(here), await manager(here)):
        assert await texts(everywhere, first) == [NOTE]


@ALONE
async def test_a_note_whose_answer_was_lost_is_there_once(here: House) -> None:
    kiosk = await here.kiosk()
    visit = await issue(kiosk)
    await issue(kiosk)
    counter = await desk(here)
    assert await call_next(counter) == visit
    key = new_id()
    first = await counter.post(notes(visit), {"text": NOTE}, key)
    again = await counter.post(notes(visit), {"text": NOTE}, key)
    assert first.body["note"] == again.body["note"]
    for verb in ("start", "finish"):
        await counter.post(f"/centres/demo/counters/1/{verb}")
    await call_next(counter)
    late = await counter.post(notes(visit), {"text": NOTE}, key)
    assert (late.status, late.body["note"]) == (200, first.body["note"])
    other = await counter.post(notes(visit), {"text": "something else"}, key)
    assert (other.status, other.code) == (422, "idempotency-key-reused")
    assert await texts(await reception(here), visit) == [NOTE]
    assert await count(here, people_rows) == 1


async def count(here: House, table: Any) -> int:
    return await here.server.log.run(
        lambda connection: connection.execute(select(func.count()).select_from(table)).scalar_one()
    )


@ALONE
async def test_a_note_on_nothing_leaves_nothing(here: House) -> None:
    client = await reception(here)
    assert (await client.post(notes(new_id()), {"text": NOTE})).code == "visit-unknown"
    assert (await client.get(notes(new_id()))).code == "visit-unknown"
    for body in ({"text": ""}, {"text": "x" * 501}, {}, None):
        assert (await client.post(notes(new_id()), body)).status == 400
    assert await count(here, people_rows) == 0


@ALONE
async def test_where_the_row_cannot_be_stored_neither_is_the_event(here: House, blockbuster: BlockBuster) -> None:
    # The log of a failure quotes lines of source files.
    blockbuster.deactivate()
    visit = await issue(await here.kiosk())
    client = await reception(here)
    before = await count(here, events)
    await here.server.log.write(people_rows.drop)
    failed = await client.post(notes(visit), {"text": NOTE})
    assert (failed.status, failed.code) == (500, "internal")
    assert (failed.body["title"], failed.body["detail"], failed.body["placeholders"]) == ("The server failed", "", {})
    assert await count(here, events) == before
    shown = await client.get(f"/centres/demo/visits/{visit}")
    assert shown.body["visit"]["notes"] == []


@ALONE
async def test_a_second_ticket_on_one_document_is_found(here: House) -> None:
    client = await reception(here)
    first = await issue(client, document=NUMBER)
    second = await issue(client, document=NUMBER, services=["uto-visa-visit"])
    await issue(client, document="D23145890")
    await issue(client)
    found = await client.post("/centres/demo/documents/find", {"document": NUMBER})
    assert [visit["id"] for visit in found.body["visits"]] == [first, second]
    none = await client.post("/centres/demo/documents/find", {"document": "X0000000"})
    assert (none.status, none.body) == (200, {"visits": []})
    reads = await here.server.log.run(store.reads)
    assert {read.visit for read in reads} == {None, first, second}


@ALONE
async def test_a_kiosk_sends_no_document(here: House) -> None:
    kiosk = await here.kiosk()
    refused = await kiosk.post("/centres/demo/visits", TICKET | {"document": NUMBER})
    assert (refused.status, refused.code) == (403, "not-permitted")
    assert await count(here, people_rows) == 0
    for number in ("abc", "low er", "x" * 33, "L8989\n"):
        assert (await (await reception(here)).post("/centres/demo/visits", TICKET | {"document": number})).status == 400


@ALONE
async def test_a_ticket_asked_for_twice_stores_its_document_once(here: House) -> None:
    client, key = await reception(here), new_id()
    one = await client.post("/centres/demo/visits", TICKET | {"document": NUMBER}, key)
    two = await client.post("/centres/demo/visits", TICKET | {"document": NUMBER}, key)
    assert one.body["visit"]["id"] == two.body["visit"]["id"]
    assert await count(here, people_rows) == 1


async def test_a_manager_forgets_whoever_came(here: House) -> None:
    client, boss = await reception(here), await manager(here)
    visit, other = await issue(client, document=NUMBER), await issue(client)
    for one in (visit, other):
        assert (await client.post(notes(one), {"text": NOTE})).status == 200
    path = f"/centres/demo/visits/{visit}/erase"
    assert (await client.post(path)).code == "not-permitted"
    before = here.server[PeopleKeyHolder].key
    assert (await boss.post(path)).body == {"persons": 1}
    assert (await boss.post(path)).body == {"persons": 0}
    assert here.server[PeopleKeyHolder].key.nodes != before.nodes
    assert await texts(client, visit) == []
    assert await texts(client, other) == [NOTE]
    found = await client.post("/centres/demo/documents/find", {"document": NUMBER})
    assert found.body == {"visits": []}
    # The visit itself goes on, and may be written about anew.
    assert (await client.post(notes(visit), {"text": "anew"})).status == 200
    assert await texts(client, visit) == ["anew"]


@ALONE
async def test_a_manager_forgets_nobody_of_another_centre(here: House) -> None:
    client = await reception(here)
    visit = await issue(client, document=NUMBER)
    elsewhere = (await here.staff(Role.MANAGER, None, "harbour"))[0]
    assert (await elsewhere.post(f"/centres/harbour/visits/{visit}/erase")).body == {"persons": 0}
    assert await count(here, people_rows) == 1


@ALONE
async def test_a_row_changed_by_hand_is_told_with_its_code(here: House, blockbuster: BlockBuster) -> None:
    # The log of a failure quotes lines of source files.
    blockbuster.deactivate()
    client = await reception(here)
    visit = await issue(client)
    await client.post(notes(visit), {"text": NOTE})
    await here.server.log.write(lambda connection: connection.execute(people_rows.update().values(visit=None)))
    told = await client.get(notes(visit))
    assert (told.status, told.code) == (500, "people-row-changed")


async def test_many_write_at_once(here: House) -> None:
    client = await reception(here)
    visit = await issue(client)
    written = await asyncio.gather(*(client.post(notes(visit), {"text": f"note {number}"}) for number in range(12)))
    assert {answer.status for answer in written} == {200}
    assert sorted(await texts(client, visit)) == sorted(f"note {number}" for number in range(12))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RECEPTION, Role.COUNTER, Role.MANAGER}))
async def test_other_roles_read_no_notes(here: House, role: Role) -> None:
    visit = await issue(await here.kiosk())
    client = (await here.staff(role, None))[0]
    assert (await client.get(notes(visit))).code == "not-permitted"


@ALONE
async def test_what_a_body_said_cannot_be_tried_against_the_log(here: House) -> None:
    """The log keeps a fingerprint of each body for ever: without the server's key it fits no guess."""
    client, session = await here.staff(Role.RECEPTION, None)
    visit = await issue(client)
    raw = f'{{"text": "{NOTE}"}}'.encode()
    headers = client.headers | {"Idempotency-Key": "a-key-of-eight", "Content-Type": "application/json"}
    async with here.http.post(f"{here.address}/api/v1{notes(visit)}", data=raw, headers=headers) as answer:
        assert answer.status == 200
    commands = select(events.c.command).where(events.c.type == "visit-noted")
    command = await here.server.log.run(lambda connection: connection.execute(commands).scalar_one())
    key, _, stored = command.partition("#")
    parts = (f"staff/{session.staff}".encode(), b"POST", f"/api/v1{notes(visit)}".encode(), raw)
    said = b"".join(len(part).to_bytes(8) + part for part in parts)
    assert key == "a-key-of-eight"
    assert stored == hmac.digest(here.server[Keys].requests, said, "sha256").hex()[:16]
    assert stored != sha256(said).hexdigest()[:16]


async def test_forgetting_a_party_forgets_the_tickets_that_went_into_it(here: House) -> None:
    client, boss = await reception(here), await manager(here)
    first, second, third, other = [await issue(client) for _ in range(4)]
    for visit in (first, second, third, other):
        assert (await client.post(notes(visit), {"text": f"{NOTE} {visit}"})).status == 200
    for visit, into in ((first, second), (second, third)):
        assert (await client.post(f"/centres/demo/visits/{visit}/merge", {"into": into})).status == 200
    assert len(await texts(client, third)) == 3
    assert (await boss.post(f"/centres/demo/visits/{third}/erase")).body == {"persons": 3}
    for visit in (first, second, third):
        assert await texts(client, visit) == []
    assert await texts(client, other) == [f"{NOTE} {other}"]


async def test_forgetting_one_ticket_of_a_party_leaves_the_others(here: House) -> None:
    client, boss = await reception(here), await manager(here)
    first, second = await issue(client), await issue(client)
    for visit in (first, second):
        assert (await client.post(notes(visit), {"text": f"{NOTE} {visit}"})).status == 200
    assert (await client.post(f"/centres/demo/visits/{first}/merge", {"into": second})).status == 200
    assert (await boss.post(f"/centres/demo/visits/{first}/erase")).body == {"persons": 1}
    assert await texts(client, second) == [f"{NOTE} {second}"]
