"""An older copy of the database takes its place under running servers: they end, and begin anew with what is there.

So it is where both machines of a cluster were lost, and a third one under their name has what was archived.
"""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.faults import callers as c
from tests.faults.hot_centre import Place, place
from tests.faults.server_process import QueueServer
from tests.postgres import Postgres

_WATCHFUL = "[witness]\npoll_s = 1\n"
_TICKET = {"services": ["uto-evacuation"], "category": "walk-in", "language": "en"}


class History:
    """A database, and what was answered to those who wrote to it."""

    def __init__(self, there: Place, postgres: Postgres, name: str) -> None:
        self.there, self.servers = there, there.installation.servers
        self._postgres, self._name = postgres, name

    async def issue(self, count: int) -> list[c.Answer]:
        async with c.calling(self.servers, 1) as callers:
            return [await callers.ask(c.request(self.there.token, "/visits", **_TICKET)) for _ in range(count)]

    async def copied(self) -> str:
        """Copy the database as it is now, while nobody is connected to it."""
        for server in self.servers:
            assert await server.stop() == 0
        copy = await asyncio.to_thread(self._postgres.create_database, self._name)
        for server in self.servers:
            await server.start()
        return copy

    async def replace_by(self, copy: str) -> None:
        """Put the copy into the place of the database, under the servers that are at work."""

        def work() -> None:
            self._postgres.sql(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS false")
            self._postgres.drop_database(self._name)
            self._postgres.sql(f"ALTER DATABASE {copy} RENAME TO {self._name}")

        await asyncio.to_thread(work)

    async def life(self) -> str:
        """Tell which life the database is in; devices that hear of another one tell again what they hold."""
        return await asyncio.to_thread(self._postgres.sql, "SELECT epoch FROM database_epoch", self._name)


async def ended(server: QueueServer) -> int:
    async with asyncio.timeout(60):
        return await server.ended()


@pytest.mark.parametrize("servers", [1, 2])
async def test_servers_begin_anew_with_an_older_copy(tmp_path: Path, postgres: Postgres, servers: int) -> None:
    name = await asyncio.to_thread(postgres.create_database)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(asyncio.to_thread, postgres.drop_database, name)
        url = postgres.url(name).render_as_string(hide_password=False)
        there = await stack.enter_async_context(place(tmp_path / "data", url, servers, _WATCHFUL))
        history = History(there, postgres, name)
        kept = await history.issue(5)
        copy = await history.copied()
        lost = await history.issue(5)
        epoch = await history.life()
        await history.replace_by(copy)
        for server in history.servers:
            assert await ended(server) == 1
            assert "database-replaced" in await asyncio.to_thread(server.said)
            await server.start()
        assert await history.life() != epoch, "devices tell again"
        async with c.calling(history.servers, 2) as callers:
            await c.ask_again(callers, kept)
            told = [await callers.ask(one.request) for one in lost]
        assert [one.status for one in told] == [201] * 5
        rows = await there.read_log()
        assert sum(row.type == "visit-issued" for row in rows) == 10
        assert (await there.installation.verify())["ok"]
