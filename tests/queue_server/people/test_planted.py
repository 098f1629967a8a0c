"""Planted values: what staff type is in the vault, sealed, and nowhere else in anything the server writes or says."""

import asyncio
import base64
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import Connection

from queue_server.accounts import device_store, staff_store, tokens
from queue_server.accounts.model import AccountRules, DeviceKind, Role, Session, Staff
from queue_server.database import open_database, parse_url
from queue_server.http.access import CSRF_HEADER, SESSION_COOKIE
from queue_server.keys import load_keys
from queue_server.log.sqlalchemy_log import SqlEventLog
from queue_server.values import new_id, now_micros
from tests.faults.server_process import Installation, installed
from tests.queue_server.http.house import DEMO, TICKET, Client
from tests.queue_server.people.needles import files, found

NOTE = "Specimen-Note: her brother Zölgür Ñandú waits outside"
DOCUMENT = "L898902C36UTO"
ANNOUNCEMENT = "Planted-Announcement: lift 4 is closed à jamais"
#: What is meant to be found: it lies open in a table, and every request is logged by its route.
CONTROL_NAME = "Controlplant Ñandú Specimen"
CONTROL_ROUTE = "documents/find"


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: the server is another process."""


@pytest.mark.parametrize("value", [NOTE, DOCUMENT, ANNOUNCEMENT])
def test_the_search_finds_every_form(value: str) -> None:
    raw = value.encode()
    forms = [raw, value.encode("utf-16-le"), value.encode("utf-16-be"), raw.hex().encode(), raw.hex().upper().encode()]
    forms += [base64.b64encode(b"xyzabc"[:before] + raw + b"tail") for before in range(6)]
    forms += [sha256(raw).digest(), sha256(raw).hexdigest().encode()]
    for form in forms:
        assert found(value, b"before" + form + b"after"), form
    assert found(value, b"nothing of it") == []


class House:
    """A server process with staff and devices of its demo centre, and everything it ever said."""

    def __init__(self, installation: Installation, http: aiohttp.ClientSession) -> None:
        self.installation = installation
        self.http = http
        url = installation.servers[0].url
        assert url is not None
        self.address = url
        self.said = bytearray()

    async def staff(self, role: Role, name: str) -> Client:
        def sign_in(connection: Connection) -> tuple[Session, str]:
            now, rules = now_micros(), AccountRules()
            roles = {DEMO: (role,)}
            ident = staff_store.add_staff(
                connection, login=f"s.{new_id()}", name=name, password="x", roles=roles, now=now
            )
            person = Staff(ident, "s", name, {DEMO: frozenset({role})})
            return staff_store.open_session(connection, person, DEMO, None, now=now, rules=rules)

        session, cookie = await self._write(sign_in)
        headers = {"Cookie": f"{SESSION_COOKIE}={cookie}", CSRF_HEADER: session.csrf, "Origin": self.address}
        return Client(self.http, self.address, headers)

    async def device(self, kind: DeviceKind, role: Any = None) -> Client:
        key = load_keys(self.installation.data).sessions

        def enrol(connection: Connection) -> str:
            now = now_micros()
            code = device_store.enrol_code(
                connection, kind, f"a {kind}", DEMO, role, key=key, now=now, rules=AccountRules()
            )
            return device_store.use_code(connection, tokens.code_digest(key, code), None, now)[1]

        return Client(self.http, self.address, {"Authorization": f"Bearer {await self._write(enrol)}"})

    async def _write(self, work: Any) -> Any:
        async with open_database(parse_url(None, self.installation.data)) as database, SqlEventLog(database) as log:
            return await log.write(work)

    async def listen(self, client: Client) -> None:
        """Follow the centre and keep every byte of it."""
        url = f"{self.address}/api/v1/centres/demo/events"
        async with self.http.ws_connect(url, headers=client.headers) as socket:
            async for message in socket:
                self.said += message.data.encode() if isinstance(message.data, str) else message.data

    async def ask(self, client: Client, method: str, path: str, body: object = None) -> Any:
        reply = await client.send(method, path, body)
        self.said += f"{reply.body}{dict(reply.headers)}".encode()
        return reply


@contextlib.asynccontextmanager
async def house(data: Path) -> AsyncIterator[House]:
    async with installed(data) as installation, aiohttp.ClientSession() as http:
        yield House(installation, http)


async def test_what_was_typed_is_nowhere_but_sealed_in_the_vault(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with house(data) as here:
        reception = await here.staff(Role.RECEPTION, CONTROL_NAME)
        manager = await here.staff(Role.MANAGER, "Somebody")
        screen, kiosk = await here.device("screen"), await here.device("kiosk")
        watching = await here.device("integration", "manager")
        listening = [asyncio.create_task(here.listen(one)) for one in (screen, kiosk, reception, watching)]
        visit = await _type_everything(here, reception, manager)
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
    for value in (NOTE, DOCUMENT):
        assert found(value, frames) == []
    left = files(data)
    assert {"queue.sqlite", "queue.sqlite-wal", "server-0.log"} <= set(left)
    assert any(found(CONTROL_NAME, left[name]) for name in left if name.startswith("queue.sqlite"))
    assert CONTROL_ROUTE.encode() in left["server-0.log"]
    assert b"people_reads" in left["server-0.log"], "the failure was logged whole"
    for name, content in left.items():
        for value in (NOTE, DOCUMENT, ANNOUNCEMENT):
            assert found(value, content) == [], (name, value)


async def _type_everything(here: House, reception: Client, manager: Client) -> str:
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


async def _fail_in_every_way(here: House, reception: Client, visit: str) -> None:
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
