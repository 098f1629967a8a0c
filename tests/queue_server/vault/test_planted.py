"""Planted values: what staff type is in the vault, sealed, and nowhere else in anything the server writes or says."""

import asyncio
import base64
import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import aiohttp
import msgspec
import pytest

from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from queue_server.vault.keys import load_keys
from tests.faults.server_process import installed
from tests.queue_server.house import TICKET, Client
from tests.queue_server.people.sealed import FACED, drawn, ticket, with_faces
from tests.queue_server.vault.needles import files, found
from tests.queue_server.vault.premises import Premises

NOTE = "Specimen-Note: her brother Zölgür Ñandú waits outside"
DOCUMENT = "L898902C36UTO"
READ_NUMBER = "UTOPLANT7731X"
ANNOUNCEMENT = "Planted-Announcement: lift 4 is closed à jamais"
#: What is meant to be found: it lies open in a table, and every request is logged by its route.
CONTROL_NAME = "Controlplant Ñandú Specimen"
CONTROL_ROUTE = "documents/find"


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: the server is another process."""


@pytest.mark.parametrize("value", [NOTE, DOCUMENT, READ_NUMBER, ANNOUNCEMENT])
def test_the_search_finds_every_form(value: str) -> None:
    raw = value.encode()
    forms = [raw, value.encode("utf-16-le"), value.encode("utf-16-be"), raw.hex().encode(), raw.hex().upper().encode()]
    forms += [base64.b64encode(b"xyzabc"[:before] + raw + b"tail") for before in range(6)]
    forms += [json.dumps({"event": value}).encode(), quote(value).encode(), ascii(value).encode()]
    forms += [sha256(raw).digest(), sha256(raw).hexdigest().encode()]
    for form in forms:
        assert found(value, b"before" + form + b"after"), form
    assert found(value, b"nothing of it") == []


@contextlib.asynccontextmanager
async def premises(data: Path) -> AsyncIterator[Premises]:
    async with installed(data) as installation, aiohttp.ClientSession() as http:
        yield Premises(installation, http)


async def test_what_was_typed_is_nowhere_but_sealed_in_the_vault(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with premises(data) as here:
        reception = await here.staff(Role.RECEPTION, CONTROL_NAME)
        manager = await here.staff(Role.MANAGER, "Somebody")
        screen, kiosk = await here.device("screen"), await here.device("kiosk")
        watching = await here.device("integration", "manager")
        listening = [asyncio.create_task(here.listen(one)) for one in (screen, kiosk, reception, watching)]
        visit = await _type_everything(here, reception, manager)
        await _read_a_document(here, kiosk, reception)
        await _fail_in_every_way(here, reception, visit)
        async with here.http.get(f"{here.address}/metrics", headers=watching.headers) as metrics:
            assert metrics.status == 200
            here.said += await metrics.read()
        for task in listening:
            task.cancel()
        await asyncio.wait(listening)
        frames = bytes(here.said)
        assert visit.encode() in frames
        # As a power cut would leave it: what is in the write-ahead log stays there.
        await here.installation.servers[0].kill()
    for value in (NOTE, DOCUMENT, READ_NUMBER):
        assert found(value, frames) == []
    left = files(data)
    assert {"queue.sqlite", "queue.sqlite-wal", "server-0.log"} <= set(left)
    assert any(found(CONTROL_NAME, left[name]) for name in left if name.startswith("queue.sqlite"))
    assert CONTROL_ROUTE.encode() in left["server-0.log"]
    assert b"people_reads" in left["server-0.log"], "the failure was logged whole"
    for name, content in left.items():
        for value in (NOTE, DOCUMENT, READ_NUMBER, ANNOUNCEMENT):
            assert found(value, content) == [], (name, value)
        for face in face_needles():
            assert face not in content, name
    assert not any(face in frames for face in face_needles())


def face_needles() -> list[bytes]:
    """Give stretches of the picture in every form in which it could have been left: raw, in hexadecimal, in base64."""
    jpeg = drawn(3)
    start = jpeg.rindex(b"\xff\xda") + 40
    stretches = [jpeg[at : at + 24] for at in range(start, len(jpeg) - 24, (len(jpeg) - start) // 6)]
    forms = [form for one in stretches for form in (one, one.hex().encode(), one.hex().upper().encode())]
    return forms + [base64.b64encode(bytes(shift) + one)[4:28] for one in stretches for shift in range(3)]


def test_the_search_finds_a_picture_in_every_form() -> None:
    jpeg = drawn(3)
    for form in (jpeg, jpeg.hex().encode(), base64.b64encode(jpeg), base64.b64encode(b"x" + jpeg)):
        assert any(face in form for face in face_needles())


async def _look_at_the_face(here: Premises, visit: str, face: str) -> None:
    """Serve the visit at a counter and have its picture shown, then let the visit end: it is deleted."""
    counter = await here.staff(Role.COUNTER, "Somebody", counter="3")
    at = "/centres/demo/counters/3"
    for what, body in (("open", {}), ("call", {"visit": visit, "reason": "other"}), ("start", {"visit": visit})):
        assert (await here.ask(counter, "POST", f"{at}/{what}", body)).status == 200
    async with here.http.get(f"{here.address}/counter/face/{face}", headers=counter.headers) as shown:
        assert (shown.status, await shown.read()) == (200, drawn(3))


async def _type_everything(here: Premises, reception: Client, manager: Client) -> str:
    issued = await here.ask(reception, "POST", "/centres/demo/visits", TICKET | {"document": DOCUMENT})
    assert issued.status == 201
    visit: str = issued.body["visit"]["id"]
    notes = f"/centres/demo/visits/{visit}/notes"
    assert (await here.ask(reception, "POST", notes, {"text": NOTE})).status == 200
    assert (await here.ask(reception, "POST", "/centres/demo/documents/find", {"document": DOCUMENT})).status == 200
    # The answers that may hold them, and are kept out of what was said.
    read = await reception.get(notes)
    assert [note["text"] for note in read.body["notes"]] == [NOTE]
    told = {"kind": "announcement", "text": "own", "own": {"en": ANNOUNCEMENT}, "where": "boards"}
    shown = await manager.post("/centres/demo/notices", told)
    assert shown.body["notice"]["own"] == {"en": ANNOUNCEMENT}
    return visit


async def _read_a_document(here: Premises, kiosk: Client, reception: Client) -> None:
    """Take a ticket with a document on a kiosk's reader, make it the holder of an application, and look at it."""
    key = load_keys(here.installation.data).documents_public()
    reading = msgspec.structs.replace(FACED, number=READ_NUMBER)
    sent = with_faces(key, ticket(key, reading), {0: drawn(3)})
    assert (await here.ask(kiosk, "POST", "/centres/demo/visits", sent)).status == 201
    # Sealed to the first visit, it is dropped from the second: neither the log nor the answer says what it was.
    assert (await here.ask(kiosk, "POST", "/centres/demo/visits", sent | {"id": new_id()})).status == 201
    path = f"/centres/demo/visits/{sent['id']}"
    body = {"service": TICKET["services"][0]}
    assert (await here.ask(reception, "POST", f"{path}/applications", body)).status == 200
    find = {"document": READ_NUMBER}
    assert (await here.ask(reception, "POST", "/centres/demo/documents/find", find)).body["visits"]
    # The one answer that may hold it is kept out of what was said.
    shown = await reception.get(f"{path}/reading")
    (document,) = shown.body["documents"]
    assert document["reading"]["number"] == READ_NUMBER
    await _look_at_the_face(here, sent["id"], document["face"])
    assert document["holders"][0]["verdict"]["outcome"] == "passed"


async def _fail_in_every_way(here: Premises, reception: Client, visit: str) -> None:
    """Send what was typed where it is refused, or where the server fails: no answer and no log line quotes it."""
    notes, find = f"/centres/demo/visits/{visit}/notes", "/centres/demo/documents/find"
    refused = (
        (notes, {"text": NOTE * 20}),
        (notes, {"text": [NOTE]}),
        (notes, {NOTE: DOCUMENT}),
        (notes, [NOTE]),
        (notes, NOTE),
        (find, {"document": DOCUMENT.lower()}),
        (find, {"document": DOCUMENT * 4}),
        (find, {"document": {"number": DOCUMENT}}),
        ("/centres/demo/visits", TICKET | {"document": DOCUMENT.lower()}),
        ("/centres/demo/visits", TICKET | {"document": DOCUMENT, "party_size": 99}),
        ("/centres/demo/visits", TICKET | {"document": DOCUMENT, "services": ["nothing"]}),
        (f"/centres/demo/visits/{new_id()}/notes", {"text": NOTE}),
    )
    for path, body in refused:
        reply = await here.ask(reception, "POST", path, body)
        assert 400 <= reply.status < 500, reply
    kiosk = await here.device("kiosk")
    assert (await here.ask(kiosk, "POST", "/centres/demo/visits", TICKET | {"document": DOCUMENT})).status == 403
    for path in (f"{find}?document={DOCUMENT}", f"/centres/demo/applications/{DOCUMENT}", f"{notes}/{DOCUMENT}"):
        assert (await reception.get(path)).status in {404, 405}
    # The server itself fails while it reads and while it writes.
    with contextlib.closing(sqlite3.connect(here.installation.data / "queue.sqlite")) as database:
        database.execute("DROP TABLE people_reads")
        database.execute("CREATE TRIGGER no BEFORE INSERT ON people_rows BEGIN SELECT RAISE(ABORT, 'no'); END")
        database.commit()
    assert (await here.ask(reception, "GET", notes)).status == 500
    failing: tuple[tuple[str, object], ...] = (
        (find, {"document": DOCUMENT}),
        (notes, {"text": NOTE}),
        ("/centres/demo/visits", TICKET | {"document": DOCUMENT}),
    )
    for path, sent in failing:
        assert (await here.ask(reception, "POST", path, sent)).status == 500
