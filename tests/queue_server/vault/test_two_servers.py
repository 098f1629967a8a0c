"""Two servers of one PostgreSQL, each with its own copy of the keys: shredded on one is gone on the other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import URL, Connection, delete, insert, select

from queue_server.accounts.model import Role
from queue_server.database import open_database
from queue_server.domain.values import now_micros
from queue_server.vault.errors import PersonShreddedError
from queue_server.vault.key_export import export_keys, import_keys
from queue_server.vault.keys import load_keys
from queue_server.vault.model import ReadPurpose
from queue_server.vault.store import Vault
from queue_server.vault.tables import people_rows, people_shredded
from tests.faults.server_process import Installation
from tests.queue_server.house import Client
from tests.queue_server.people.test_handlers import NOTE, issue, notes, texts
from tests.queue_server.vault.premises import Premises
from tests.queue_server.vault.room import SOMEBODY


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: the servers are other processes."""


@asynccontextmanager
async def two_servers(url: str, folder: Path) -> AsyncIterator[tuple[Premises, Premises]]:
    """Set up a server as in use, and bring its keys to another."""
    first, second = Installation(folder / "one", url), Installation(folder / "two", url)
    await first.init()
    import_keys(second.data, export_keys(first.data, "correct horse"), "correct horse")
    for one in (first, second):
        (one.data / "settings.toml").write_text("[people]\npoll_ms = 30\n")
    servers = [one.server() for one in (first, second)]
    try:
        await asyncio.gather(*(server.start() for server in servers))
        async with aiohttp.ClientSession() as http:
            yield Premises(first, http, url), Premises(second, http, url)
    finally:
        for server in servers:
            if server.running:
                await server.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - the other server looks by itself, and tells nobody
            await asyncio.sleep(0.01)


async def test_shredded_on_one_is_gone_on_the_other(postgres_url: URL, tmp_path: Path) -> None:
    url = postgres_url.render_as_string(hide_password=False)
    async with two_servers(url, tmp_path) as (first, second), open_database(postgres_url) as database:
        here = await first.staff(Role.RECEPTION, "Somebody")
        there = Client(second.http, second.address, here.headers | {"Origin": second.address})
        boss = await first.staff(Role.MANAGER, "Somebody")
        visit, other = await issue(here), await issue(here)
        for written in (visit, other):
            assert (await here.post(notes(written), {"text": NOTE})).status == 200
        # Written at one, read at the other at once: it looks at what was appended before it answers.
        assert await texts(there, visit) == [NOTE]
        note = (await there.get(notes(visit))).body["notes"][0]["id"]
        backup = await database.run(
            lambda connection: [dict(row) for row in connection.execute(select(people_rows)).mappings()]
        )
        before = load_keys(tmp_path / "two").people
        assert (await boss.post(f"/centres/demo/visits/{visit}/erase")).body == {"persons": 1}
        assert await texts(there, visit) == []
        await until(lambda: load_keys(tmp_path / "two").people.nodes != before.nodes)

        def restore(connection: Connection) -> None:
            connection.execute(delete(people_shredded))
            connection.execute(delete(people_rows))
            connection.execute(insert(people_rows), backup)

        await database.write(restore)
        for folder in ("one", "two"):
            vault = Vault(lambda folder=folder: load_keys(tmp_path / folder).people)  # type: ignore[misc]
            with pytest.raises(PersonShreddedError):
                await database.write(
                    lambda connection, vault=vault: vault.get(  # type: ignore[misc]
                        connection, note, purpose=ReadPurpose.SERVING, actor=SOMEBODY, now=now_micros()
                    )
                )
        for client in (here, there):
            assert await texts(client, visit) == []
            assert await texts(client, other) == [NOTE]
