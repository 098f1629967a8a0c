"""One hot centre: real servers on one database, devices, and a look at its log and at what was counted of its day."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from queue_server.catalogue import store
from queue_server.database import open_database, parse_url
from queue_server.reports.showing import behind
from queue_server.reports.tables import TABLES
from tests.faults import beside, hall
from tests.faults.judge import Row
from tests.faults.server_process import Installation, installed

KIOSKS = 7
#: What is counted of the day follows all the time, so that servers are killed in the midst of it.
FOLLOWING = "[reports]\npoll_s = 0.2\n"


@dataclass
class Place:
    """A running installation; ``token`` is that of an integration."""

    installation: Installation
    url: str | None
    token: str

    @property
    def database(self) -> str:
        assert self.url is not None
        return self.url.rpartition("/")[2].partition("?")[0]

    async def read_log(self) -> list[Row]:
        statement = text("SELECT stream, seq, type, command, payload, at FROM events ORDER BY stream, seq")

        def read(connection: Connection) -> list[Row]:
            return [Row(*row) for row in connection.execute(statement)]

        async with open_database(parse_url(self.url, self.installation.data)) as database:
            return await database.run(read)

    async def follow(self) -> None:
        """Wait until the servers have counted all days as far as they have gone."""
        async with asyncio.timeout(60), open_database(parse_url(self.url, self.installation.data)) as database:
            while await database.run(behind):  # noqa: ASYNC110 - the rows are another process's
                await asyncio.sleep(0.2)

    async def counted(self) -> dict[str, list[Any]]:
        """Give every row of what was counted."""
        statements = {one.name: select(one).order_by(*one.primary_key) for one in TABLES}

        def read(connection: Connection) -> dict[str, list[Any]]:
            return {name: list(connection.execute(rows)) for name, rows in statements.items()}

        async with open_database(parse_url(self.url, self.installation.data)) as database:
            return await database.run(read)

    async def enrol_kiosks(self) -> list[hall.Kiosk]:
        """Enrol kiosks beside the servers, as the routes do it one by one."""
        async with beside.database_of(self.installation.data, self.url) as (database, key):
            enrolled = await database.write(
                lambda connection: [beside.enrol(connection, key, "kiosk") for _ in range(KIOSKS)]
            )
        return [hall.Kiosk(token, device.series.letter) for device, token in enrolled if device.series is not None]


def hasty() -> str:
    """Write the demo's set-up, but that nobody waits four minutes to say that nobody came."""
    demo = next(one for one in store.demo_catalogues() if 'id = "demo"' in one)
    for before, after in (("missed_after_s = 240", "missed_after_s = 0"), ("min_calls = 2", "min_calls = 1")):
        assert before in demo
        demo = demo.replace(before, after)
    return demo


@asynccontextmanager
async def place(data: Path, url: str | None, servers: int, settings: str = "") -> AsyncIterator[Place]:
    async with installed(data, url, servers=servers, settings=FOLLOWING + settings) as installation:
        yield Place(installation, url, await beside.set_up(data, url, await asyncio.to_thread(hasty)))
