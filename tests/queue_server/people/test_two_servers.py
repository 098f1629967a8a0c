"""Two servers of one PostgreSQL, each with its own copy of the keys: shredded on one is gone on the other."""

import asyncio
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import URL, Connection, delete, insert, select

from queue_server.accounts.model import Role
from queue_server.catalogue import store as catalogue
from queue_server.database import open_database
from queue_server.keys import export_keys, import_keys, load_keys
from queue_server.maintenance import prepare
from queue_server.people.errors import PersonShreddedError
from queue_server.people.model import PeopleRules, Purpose
from queue_server.people.tables import people_rows, people_shredded
from queue_server.values import NoteId, now_micros
from tests.queue_server.http.house import QUICK, Client, house
from tests.queue_server.people.room import SOMEBODY
from tests.queue_server.people.test_handlers import NOTE, issue, notes, texts

SETTINGS = msgspec.structs.replace(QUICK, people=PeopleRules(poll_ms=30))


async def set_up(url: URL, one: Path, two: Path) -> None:
    for folder in (one, two):
        await asyncio.to_thread(folder.mkdir, mode=0o700)
    await asyncio.to_thread(prepare, url, one)
    sealed = await asyncio.to_thread(export_keys, one, "correct horse")
    await asyncio.to_thread(import_keys, two, sealed, "correct horse")
    async with open_database(url) as database:
        for text in catalogue.demo_catalogues():
            await database.write(lambda connection, text=text: catalogue.import_catalogue(connection, text))  # type: ignore[misc]


async def test_shredded_on_one_is_gone_on_the_other(postgres_url: URL, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    await set_up(postgres_url, one, two)
    url = postgres_url.render_as_string(hide_password=False)
    async with house(one, SETTINGS, url=url) as first, house(two, SETTINGS, url=url) as second:
        here, _ = await first.staff(Role.RECEPTION, None)
        there = Client(second.http, second.address, here.headers | {"Origin": second.address})
        visit, other = await issue(here), await issue(here)
        for one_of in (visit, other):
            assert (await here.post(notes(one_of), {"text": NOTE})).status == 200
        # Written at one, read at the other, at once.
        assert await texts(there, visit) == [NOTE]
        note = NoteId((await there.get(notes(visit))).body["notes"][0]["id"])
        backup = await first.server.log.run(
            lambda connection: [dict(row) for row in connection.execute(select(people_rows)).mappings()]
        )
        boss, _ = await first.staff(Role.MANAGER, None)
        before = second.server.keeper.key
        assert (await boss.post(f"/centres/demo/visits/{visit}/forget")).body == {"persons": 1}
        assert await texts(there, visit) == []
        async with asyncio.timeout(10):
            while second.server.keeper.key.nodes == before.nodes:
                await asyncio.sleep(0.01)
        assert (await asyncio.to_thread(load_keys, two)).people.nodes == second.server.keeper.key.nodes

        def restore(connection: Connection) -> None:
            connection.execute(delete(people_shredded))
            connection.execute(delete(people_rows))
            connection.execute(insert(people_rows), backup)

        await first.server.log.write(restore)
        for server in (first.server, second.server):
            with pytest.raises(PersonShreddedError):
                await server.log.write(
                    lambda connection, server=server: server.vault.get(  # type: ignore[misc]
                        connection, note, purpose=Purpose.SERVING, actor=SOMEBODY, now=now_micros()
                    )
                )
        for client in (here, there):
            assert await texts(client, visit) == []
            assert await texts(client, other) == [NOTE]
