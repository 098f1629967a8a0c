"""Pictures from chips: kept for a visit, shown where it is served, recorded, and gone when it ends."""

import asyncio
import io
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image
from sqlalchemy import select
from structlog.testing import capture_logs

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.contract.documents import VerdictView
from queue_server.domain.values import HOUR, CentreId, Micros, VisitId, new_id, now_micros
from queue_server.eventlog.tables import events
from queue_server.vault import read_chain, store
from queue_server.vault.keys import Keys
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.tables import people_rows
from tests.queue_server.house import QUICK, TICKET, Client, House, house
from tests.queue_server.people.sealed import FACED, GENUINE, drawn, family, ticket, with_faces
from tests.queue_server.people.test_handlers import call_next, count, desk, manager, reception
from tests.queue_server.people.test_readings import kinds, read, read_all

#: The counter of the demo that takes every step.
COUNTER = "3"


async def come(here: House, kiosk: Client, reading: Any = FACED, picture: bytes | None = None) -> str:
    key = here.server[Keys].documents_public()
    sent = ticket(key, reading)
    answer = await kiosk.post("/centres/demo/visits", with_faces(key, sent, {0: picture or drawn()}))
    assert answer.status == 201, answer
    return str(sent["id"])


async def look(client: Client, face: str) -> tuple[int, Any, bytes]:
    async with client.http.get(f"{client.address}/counter/face/{face}", headers=client.headers) as answer:
        return answer.status, answer.headers, await answer.read()


async def act(client: Client, what: str, **body: object) -> Any:
    answer = await client.post(f"/centres/demo/counters/{COUNTER}/{what}", body)
    assert answer.status == 200, answer
    return answer.body


async def serve(client: Client, visit: str) -> str:
    """Call a visit and start; gives the name of its picture."""
    await act(client, "call", visit=visit, reason="other")
    face = (await read_all(client, visit))[0]["face"]
    await act(client, "start", visit=visit)
    return str(face)


async def is_kept(here: House) -> bool:
    return "face" in await kinds(here)


async def test_it_is_shown_where_the_visit_is_served_and_nowhere_else(here: House) -> None:
    visit = await come(here, await here.kiosk())
    counter, other = await desk(here, COUNTER), await desk(here, "1")
    assert await call_next(counter, COUNTER) == visit
    shown = await read(counter, visit)
    face = shown["face"]
    assert shown["reading"]["face"] == face
    # Who was called does not stand there yet.
    assert (await look(counter, face))[0] == 403
    await act(counter, "start", visit=visit)
    status, headers, body = await look(counter, face)
    assert (status, body) == (200, drawn())
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    with Image.open(io.BytesIO(body)) as opened:
        assert opened.format == "JPEG"
    same_counter = (await here.staff(Role.COUNTER, "2"))[0]
    for stranger in (other, same_counter, await reception(here), await manager(here), await here.kiosk()):
        assert (await look(stranger, face))[0] in {401, 403, 404}
    assert (await look(here.anonymous(), face))[0] in {401, 403}
    for name in (new_id(), visit, "nothing", shown["id"]):
        assert (await look(counter, name))[0] in {403, 404}
    # No route of the API gives it.
    for path in (f"/centres/demo/visits/{visit}/reading", f"/centres/demo/visits/{visit}"):
        assert "jpeg" not in str((await counter.get(path)).body)


async def test_each_look_is_recorded_in_the_chain(here: House) -> None:
    visit = await come(here, await here.kiosk())
    counter = await desk(here, COUNTER)
    face = await serve(counter, visit)
    for _ in range(2):
        assert (await look(counter, face))[0] == 200
    looked = await here.server.log.run(lambda connection: store.reads(connection, VisitId(visit)))
    assert [(one.row, one.purpose) for one in looked[:2]] == [(face, "serving")] * 2
    assert all(one.actor.startswith("staff/") for one in looked)
    broken = await here.server.log.run(
        lambda connection: read_chain.check(connection, read_chain.ends(connection, ["demo"]), Micros(0))
    )
    assert list(broken) == []


async def finish(here: House, counter: Client, visit: str) -> None:
    """Serve a visit step by step until it is done."""
    state = "serving"
    while state != "done":
        if state != "serving":
            await act(counter, "call", visit=visit, reason="other")
            await act(counter, "start", visit=visit)
        # Between two steps it is still there: the next counter compares too.
        assert await is_kept(here)
        state = (await act(counter, "finish", visit=visit))["visit"]["state"]


async def cancel(here: House, counter: Client, visit: str) -> None:
    await act(counter, "park", visit=visit, reason="other")
    assert (await (await manager(here)).post(f"/centres/demo/visits/{visit}/cancel")).status == 200


async def forget(here: House, _counter: Client, visit: str) -> None:
    assert (await (await manager(here)).post(f"/centres/demo/visits/{visit}/erase")).body == {"persons": 1}


@pytest.mark.parametrize("end", [finish, cancel, forget])
async def test_it_is_gone_when_the_visit_ends(here: House, end: Any) -> None:
    visit = await come(here, await here.kiosk())
    stays = await come(here, await here.kiosk(), msgspec.structs.replace(FACED, number="STAYS0001"), drawn(1))
    counter = await desk(here, COUNTER)
    face = await serve(counter, visit)
    assert (await kinds(here)).count("face") == 2
    await end(here, counter, visit)
    assert (await kinds(here)).count("face") == 1
    assert (await look(counter, face))[0] in {403, 404}
    # What was read of the document stays for its day, and says that its picture is gone.
    left = await read_all(await reception(here), visit)
    assert [one["face"] for one in left] == ([] if end is forget else [None])
    assert (await read(await reception(here), stays))["face"] is not None


async def test_what_is_undone_does_not_bring_it_back(here: House) -> None:
    visit = await come(here, await here.kiosk())
    counter = await desk(here, COUNTER)
    face = await serve(counter, visit)
    await finish(here, counter, visit)
    assert (await act(counter, "undo"))["visit"]["state"] == "serving"
    assert (await read(counter, visit))["face"] is None
    assert (await look(counter, face))[0] == 404


async def test_of_merged_tickets_all_pictures_are_shown_and_all_go(here: House) -> None:
    kiosk, boss = await here.kiosk(), await manager(here)
    first = await come(here, kiosk)
    second = await come(here, kiosk, msgspec.structs.replace(FACED, number="D23145890"), drawn(1))
    assert (await boss.post(f"/centres/demo/visits/{second}/merge", {"into": first})).status == 200
    assert (await kinds(here)).count("face") == 2
    counter = await desk(here, COUNTER)
    await serve(counter, first)
    shown = [(await look(counter, one["face"]))[2] for one in await read_all(counter, first)]
    assert shown == [drawn(), drawn(1)]
    await finish(here, counter, first)
    assert not await is_kept(here)


@pytest.mark.parametrize("hours", [25, 49])
async def test_it_is_gone_with_the_day(data: Path, hours: int) -> None:
    now = [now_micros()]
    async with house(data, QUICK, lambda: now[0]) as here:
        visit = await come(here, await here.kiosk())
        assert await is_kept(here)
        before = here.server[PeopleKeyHolder].key
        now[0] = Micros(now[0] + hours * HOUR)
        await here.server[PeopleKeyHolder].settle()
        assert not await is_kept(here)
        assert here.server[PeopleKeyHolder].key.nodes != before.nodes
        assert (await (await manager(here)).get(f"/centres/demo/visits/{visit}/reading")).status in {200, 404}


# More than any one statement names end with a day.
@pytest.mark.parametrize("many", [1, 4, 18])
async def test_who_is_not_served_leaves_nothing_to_look_at(data: Path, many: int) -> None:
    # Wednesday, 25 November 2026, 10:00 in Halifax; its day ends at 03:00.
    now = [Micros(1_795_615_200_000_000)]
    async with house(data, QUICK, lambda: now[0]) as here:
        kiosk, key = (await here.device("kiosk", centre="harbour"))[0], here.server[Keys].documents_public()
        for _ in range(many):
            sent = with_faces(key, ticket(key, FACED), {0: drawn()})
            taken = await kiosk.post("/centres/harbour/visits", sent)
            assert taken.status == 201, taken
        assert (await kinds(here)).count("face") == many
        writer = here.server[Centres].find(CentreId("harbour")).writer
        now[0] = Micros(now[0] + 17 * HOUR)
        await writer.catch_up()
        # In the very commit, whenever the keeper comes round.
        assert not await is_kept(here)
        types = await here.server.log.run(lambda connection: list(connection.execute(select(events.c.type)).scalars()))
        assert types.count("visit-not-served") == many


async def test_of_two_servers_whichever_ends_the_visit_deletes_it(two: tuple[House, House]) -> None:
    one, other = two
    visit = await come(one, await one.kiosk())
    here = await desk(one, COUNTER)
    # The same session, asked by way of the other server.
    there = Client(other.http, other.address, here.headers | {"Origin": other.address})
    face = await serve(here, visit)
    await other.server[Centres].find(CentreId("demo")).writer.catch_up()
    assert [(await look(client, face))[2] for client in (here, there)] == [drawn(), drawn()]
    await finish(other, there, visit)
    assert not await is_kept(one)
    for client in (here, there):
        assert (await look(client, face))[0] in {403, 404}


async def test_who_puts_the_number_right_does_not_lose_it(here: House) -> None:
    visit = await come(here, await here.kiosk())
    counter = await desk(here, COUNTER)
    face = await serve(counter, visit)
    shown = await read(counter, visit)
    wrong = shown["reading"]["number"]
    right = ("M" if wrong[0] != "M" else "N") + wrong[1:]
    body = {"document": shown["id"], "number": right}
    corrected = await counter.post(f"/centres/demo/visits/{visit}/reading/correct", body)
    assert corrected.status == 200, corrected
    assert (corrected.body["documents"][0]["reading"]["number"], corrected.body["documents"][0]["face"]) == (
        right,
        face,
    )
    assert (await look(counter, face))[2] == drawn()


async def test_a_family_brings_one_of_each(here: House) -> None:
    kiosk, key = await here.kiosk(), here.server[Keys].documents_public()
    sent = with_faces(key, family(key), {0: drawn(0), 1: drawn(1), 3: drawn(2), 7: drawn(3)})
    assert (await kiosk.post("/centres/demo/visits", sent)).status == 201
    # Their faces were not checked: no picture is kept of anybody.
    assert not await is_kept(here)


async def test_a_picture_that_is_not_plain_or_not_spoken_for_is_dropped_and_the_ticket_taken(here: House) -> None:
    kiosk, key = await here.kiosk(), here.server[Keys].documents_public()
    unchecked = msgspec.structs.replace(GENUINE, verdicts=(VerdictView("face", "not-checked", "face-slow"),))
    changed = msgspec.structs.replace(GENUINE, verdicts=(VerdictView("face", "failed", "dg2-changed"),))
    with capture_logs() as logged:
        for reading, picture in (
            (FACED, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            (FACED, drawn() + b"tail"),
            (unchecked, drawn()),
            (changed, drawn()),
            (GENUINE, drawn()),
        ):
            await come(here, kiosk, reading, picture)
        honest, other = ticket(key, FACED), ticket(key, FACED)
        swapped = other | {"faces": with_faces(key, honest, {0: drawn()})["faces"]}
        assert (await kiosk.post("/centres/demo/visits", swapped)).status == 201
        # Without a reading there is nobody whose picture it could be.
        alone = with_faces(key, TICKET | {"id": new_id()}, {0: drawn()})
        assert (await kiosk.post("/centres/demo/visits", alone)).status == 201
    assert [one["event"] for one in logged if one["event"] == "face-dropped"] == ["face-dropped"] * 3
    assert not await is_kept(here)
    assert (await kiosk.post("/centres/demo/visits", ticket(key) | {"faces": ["A" * 10_001]})).status == 400


async def test_a_kiosk_alone_brings_one(here: House) -> None:
    key = here.server[Keys].documents_public()
    sent = with_faces(key, TICKET | {"id": new_id()}, {0: drawn()})
    for client in (await reception(here), await here.manager()):
        assert (await client.post("/centres/demo/visits", {**sent, "id": None})).code == "not-permitted"
    assert await count(here, people_rows) == 0


async def test_a_ticket_that_is_sent_again_brings_no_second_one(here: House) -> None:
    kiosk, key = await here.kiosk(), here.server[Keys].documents_public()
    sent, again = with_faces(key, ticket(key, FACED), {0: drawn()}), new_id()
    answers = await asyncio.gather(*(kiosk.post("/centres/demo/visits", sent, again) for _ in range(3)))
    assert {one.status for one in answers} == {201}
    assert (await kinds(here)).count("face") == 1
