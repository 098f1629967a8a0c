"""Real servers at which a demo centre gives appointments: each a process of its own, all of one database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from queue_server.catalogue import toml
from queue_server.catalogue.model import Setup
from queue_server.catalogue.store import demo_catalogues
from tests.faults import beside
from tests.faults.server_process import Installation, installed
from tests.queue_server.appointments.booked import APPOINTMENTS
from tests.queue_server.house import Client

#: However slow a machine is on which servers of one database write at once.
PATIENT = """
[database]
connect_timeout_ms = 60_000
command_timeout_ms = 60_000
patience_ms = 60_000
"""


@dataclass(frozen=True, slots=True)
class BookingSite:
    """The servers; ``token`` is that of an integration which may do all that a manager may."""

    installation: Installation
    token: str
    http: aiohttp.ClientSession

    @property
    def clients(self) -> tuple[Client, ...]:
        """Give a client of each server that runs now."""
        headers = {"Authorization": f"Bearer {self.token}"}
        urls = (server.url for server in self.installation.servers)
        return tuple(Client(self.http, url, headers) for url in urls if url is not None)

    async def day(self, at: datetime) -> Any:
        """Look at what a day can hold, and what is taken of it."""
        answer = await self.clients[0].get(f"{APPOINTMENTS}/days/{at.date()}")
        assert answer.status == 200, answer
        return answer.body

    async def add_counters(self, start: datetime, hours: float, counters: int) -> None:
        """Have so many counters more at the front windows for some hours."""
        await self.change(start, hours, kind="counters", pool="front-windows", counters=counters)

    async def change(self, start: datetime, hours: float, **what: object) -> None:
        """Change a day of which nothing is booked yet."""
        body = {"start": start.isoformat(), "end": (start + timedelta(hours=hours)).isoformat(), **what}
        answer = await self.clients[0].post(f"{APPOINTMENTS}/days/{start.date()}/changes", body)
        assert answer.status == 200, answer

    async def verify(self) -> None:
        """Find every event as it was written, and no row that is not as its stream has it."""
        report = await self.installation.verify()
        assert report["ok"], report


def soon() -> datetime:
    """Give a full hour (UTC) of a day to come."""
    return (datetime.now(UTC) + timedelta(days=2)).replace(hour=10, minute=0, second=0, microsecond=0)


@asynccontextmanager
async def booking_site(
    data: Path, database: str | None, servers: int, changed: Callable[[Setup], Setup]
) -> AsyncIterator[BookingSite]:
    """Run so many servers; ``changed`` says how the set-up of the demo centre differs."""

    def written() -> str:
        demo = next(setup for setup in map(toml.parse, demo_catalogues()) if setup.centre.id == "demo")
        (data / "settings.toml").write_text(PATIENT, "utf-8")
        return toml.write(changed(demo))

    async with installed(data, database, servers=0) as installation:
        token = await beside.set_up(data, database, await asyncio.to_thread(written))
        made = [installation.server() for _ in range(servers)]
        try:
            await asyncio.gather(*(server.start() for server in made))
            # Each request has a connection of its own, as each of many clients has.
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
                yield BookingSite(installation, token, http)
        finally:
            await asyncio.gather(*(server.stop() for server in made if server.running))
