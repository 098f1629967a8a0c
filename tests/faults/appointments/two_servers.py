"""Two real servers of one PostgreSQL, at which a demo centre gives appointments; each a process of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from queue_server.catalogue import toml
from queue_server.catalogue.model import Setup
from queue_server.catalogue.store import demo_catalogues
from queue_server.contract.client import ApiClient
from tests.faults.server_process import Installation, installed
from tests.queue_server.appointments.booked import APPOINTMENTS
from tests.queue_server.house import Client

#: However slow a machine is on which two servers of one database write at once.
PATIENT = """
[database]
connect_timeout_ms = 60_000
command_timeout_ms = 60_000
patience_ms = 60_000
"""


@dataclass(frozen=True, slots=True)
class TwoServers:
    """The servers, and a manager's client at each; ``token`` is theirs."""

    installation: Installation
    token: str
    clients: tuple[Client, Client]

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
async def two_servers(
    data: Path, database: str, changed: Callable[[Setup], Setup] = lambda setup: setup
) -> AsyncIterator[TwoServers]:
    """Run them; ``changed`` says how the set-up of the demo centre differs."""

    def write() -> None:
        demo = next(setup for setup in map(toml.parse, demo_catalogues()) if setup.centre.id == "demo")
        (data / "set-up.toml").write_text(toml.write(changed(demo)), "utf-8")
        (data / "settings.toml").write_text(PATIENT, "utf-8")

    async with installed(data, database, servers=0) as installation:
        await asyncio.to_thread(write)
        await installation.command("import", str(data / "set-up.toml"))
        code = await installation.enrol_code("integration", "bookings", "manager")
        servers = [installation.server() for _ in range(2)]
        try:
            await asyncio.gather(*(server.start() for server in servers))
            addresses = [server.url for server in servers if server.url is not None]
            async with ApiClient(addresses[0], None) as client:
                token = (await client.enrol(code)).token
            headers = {"Authorization": f"Bearer {token}"}
            # Each request has a connection of its own, as each of many clients has.
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
                one, other = (Client(http, address, headers) for address in addresses)
                yield TwoServers(installation, token, (one, other))
        finally:
            await asyncio.gather(*(server.stop() for server in servers if server.running))
