"""The centre of a hostile hour: two servers with a clock each, one PostgreSQL on a small disk, kiosks, and a manager.

Alarms are read where people and machines read them: ``/readyz``, ``/metrics``, and the manager's page.
"""

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.faults.hostile.judge import EVENTS
from tests.faults.hostile.machines import Machine, a_machine, enrol
from tests.faults.hostile.people import LOST, Browser
from tests.faults.lossy_proxy import LossyProxy
from tests.faults.server_process import Installation, QueueServer
from tests.faults.test_clock_leaps import Hand
from tests.kiosk.small_disk import small_disk_of
from tests.postgres import Postgres

#: How long anything is waited for: longer than a slow machine takes, and everything that is waited for comes.
PATIENCE_S = 180
SERVER_DISK_KIB, DATABASE_DISK_KIB = 16_384, 131_072
CONNECTIONS = 64
SETTINGS = f"""
[http]
connections = {CONNECTIONS}
[disk]
free_mib = 4
[witness]
poll_s = 1
[accounts]
late_after_s = 8
sign_in_tries_unknown = 5
sign_in_window_s = 30
"""
MANAGER, LATECOMER, COUNTER_STAFF = "daniel.okoro", "ruth.adeyemi", ("ines.moreau", "samir.nasser")
_STAFF = re.compile(r'name="staff" value="([^"]+)"')
_SEE_OTHER = 303
_CONDITION = re.compile(r'queue_condition\{code="([^"]+)"\}')


@dataclass
class Server:
    """A server, the hand on its clock, and the address at which kiosks know it."""

    process: QueueServer
    hand: Hand
    front: LossyProxy
    log: Path
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self) -> None:
        await self.process.start()
        assert self.process.url is not None
        self.front.lead_to(urlsplit(self.process.url).port or 0)
        self.front.away = False

    async def kill(self) -> None:
        self.front.away = True
        await self.process.kill()

    @property
    def url(self) -> str:
        assert self.process.url is not None
        return self.process.url


@dataclass
class Centre:
    """Everything, and the means to look at it. ``taken`` counts the tickets that people took."""

    folder: Path
    installation: Installation
    postgres: Postgres
    database: str
    database_disk: Path
    server_disk: Path
    servers: list[Server]
    machines: list[Machine]
    manager: Browser
    http: aiohttp.ClientSession
    passwords: dict[str, str]
    stack: AsyncExitStack
    taken: int = 0
    #: One at a time does something to the database.
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    told: list[str] = field(default_factory=list)
    #: Second machines that are one of the kiosks.
    twins: list[Machine] = field(default_factory=list)
    _manages: asyncio.Lock = field(default_factory=asyncio.Lock)

    def tell(self, what: str) -> None:
        self.told.append(what)

    def browser(self, login: str, chance: random.Random) -> Browser:
        made = Browser([one.process for one in self.servers], login, self.passwords[login], chance)
        self.stack.push_async_callback(made.close)
        return made

    # --- looking -----------------------------------------------------------------------------------------------------

    async def reasons(self, server: Server) -> set[str] | None:
        """Say why a server is not ready; None where nobody answers."""
        if server.process.url is None:
            return None
        try:
            async with self.http.get(f"{server.process.url}/readyz") as answer:
                return {reason["code"] for reason in (await answer.json())["reasons"]}
        except LOST:
            return None

    async def conditions(self, server: Server) -> set[str]:
        """Read what the figures say is wrong."""
        return set(_CONDITION.findall(await self.figures(server)))

    async def figures(self, server: Server) -> str:
        try:
            async with self.http.get(f"{server.url}/metrics") as answer:
                return await answer.text()
        except LOST:
            return ""

    async def manage[T](self, act: Callable[[Browser], Awaitable[T]]) -> T | None:
        """Let the manager do something, who signs in where they are not signed in; None where nothing came of it."""
        async with self._manages:
            try:
                found = await act(self.manager)
                if found is None:
                    await self.manager.sign_in()
            except LOST:
                return None
        return found

    async def alarms(self, server: Server | None = None) -> set[str] | None:
        """Read the manager's page at a server, or at any."""
        url = None if server is None else server.process.url
        return await self.manage(lambda manager: manager.alarms(url))

    async def devices(self) -> list[dict[str, Any]]:
        found = await self.manage(lambda manager: manager.show("/devices"))
        return [] if found is None else list(found["devices"])

    async def keep(self, device: str, start: str) -> bool:
        """Let one of two machines go on."""

        async def choose(manager: Browser) -> bool | None:
            status, _ = await manager.ask(f"/devices/{device}/resolve-copy", start=start)
            return None if status == HTTPStatus.UNAUTHORIZED else status == HTTPStatus.OK

        return await self.manage(choose) is True

    async def kept_out(self, login: str) -> bool | None:
        """Read at the page of colleagues whether strangers keep somebody out."""

        async def read(manager: Browser) -> bool | None:
            page = await manager.page("/colleagues")
            row = next((row for row in page.split("<tr>") if f">{login}<" in row), None)
            return None if row is None else "kept out" in row

        return await self.manage(read)

    async def admit(self, login: str) -> bool:
        """Let somebody in whom strangers keep out."""

        async def let_in(manager: Browser) -> bool | None:
            page = await manager.page("/colleagues")
            row = next((row for row in page.split("<tr>") if f">{login}<" in row), "")
            found = _STAFF.search(row)
            return None if found is None else await manager.post("/colleagues/admit", staff=found[1]) == _SEE_OTHER

        return await self.manage(let_in) is True

    async def until(self, what: str, found: Callable[[], Awaitable[bool]]) -> None:
        """Wait for something that must come."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not await found():  # noqa: ASYNC110 - other processes are looked at
                    await asyncio.sleep(0.25)
        except TimeoutError:
            reasons = [await self.reasons(server) for server in self.servers]
            pages = [(machine.page, machine.said()[-1000:]) for machine in (*self.machines, *self.twins)]
            raise AssertionError(
                f"{what} did not come: servers {reasons}, alarms {await self.alarms()}, kiosks {pages}"
            ) from None

    async def ready(self, server: Server) -> None:
        async def is_ready() -> bool:
            return await self.reasons(server) == set()

        await self.until("a ready server", is_ready)

    async def alarm(self, name: str, *, raised: bool, server: Server | None = None) -> None:
        """Wait until managers see an alarm, or see it no more."""

        async def as_wanted() -> bool:
            found = await self.alarms(server)
            return found is not None and any(one.startswith(name) for one in found) is raised

        await self.until(f"the alarm {name} {'raised' if raised else 'ended'}", as_wanted)

    async def more(self, tickets: int) -> None:
        """Wait until people have taken so many more tickets."""
        wanted = self.taken + tickets

        async def enough() -> bool:
            return self.taken >= wanted

        await self.until(f"{tickets} more tickets", enough)

    async def everything(self) -> str:
        """Read every event, by a statement of the judge's own."""
        return await asyncio.to_thread(self.postgres.sql, EVENTS, self.database)


def _accounts(data: Path) -> dict[str, str]:
    return {one["login"]: one["password"] for one in json.loads((data / "demo-accounts.json").read_bytes())}


@asynccontextmanager
async def a_centre(folder: Path, postgres: Postgres, template: str, seed: int, *, kiosks: int) -> AsyncIterator[Centre]:
    """Set up a centre and let it run until the block is left. The first kiosk takes cards."""
    async with AsyncExitStack() as stack:
        database_disk = await stack.enter_async_context(small_disk_of(postgres.folder, DATABASE_DISK_KIB))
        name = await asyncio.to_thread(postgres.create_database_on, database_disk, template)
        stack.push_async_callback(asyncio.to_thread, postgres.drop_database_on, name)
        server_disk = await stack.enter_async_context(small_disk_of(folder, SERVER_DISK_KIB))
        url = postgres.url(name).render_as_string(hide_password=False)
        installation = Installation(server_disk / "data", url)
        await installation.init()
        await asyncio.to_thread((installation.data / "settings.toml").write_text, SETTINGS)
        servers = []
        for number in range(2):
            clock = folder / f"clock-{number}"
            await asyncio.to_thread(clock.mkdir)
            hand = await asyncio.to_thread(Hand, clock, datetime.now(UTC))
            log = folder / f"server-{number}.log"
            process = QueueServer(installation.options, log, hand.environment)
            front = await stack.enter_async_context(LossyProxy("127.0.0.1", 0, seed=seed + number))
            servers.append(Server(process, hand, front, log))
            stack.push_async_callback(_stop, servers[-1])
        http = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)))
        machines = [
            await stack.enter_async_context(
                a_machine(
                    folder / f"kiosk-{number}", f"Kiosk {number}", servers[number % 2].front, {}, pays=number == 0
                )
            )
            for number in range(kiosks)
        ]
        await asyncio.gather(*(server.start() for server in servers))
        await asyncio.gather(*(enrol(machine, installation) for machine in machines))
        await asyncio.gather(*(machine.start() for machine in machines))
        passwords = await asyncio.to_thread(_accounts, installation.data)
        processes = [server.process for server in servers]
        manager = Browser(processes, MANAGER, passwords[MANAGER], random.Random(seed))
        stack.push_async_callback(manager.close)
        centre = Centre(
            folder,
            installation,
            postgres,
            name,
            database_disk,
            server_disk,
            servers,
            machines,
            manager,
            http,
            passwords,
            stack,
        )
        for line in await installation.command("devices", "demo"):
            ident, kind, *_, said = line.split("\t")
            for machine in machines:
                if kind == "kiosk" and said == machine.name:
                    machine.device = ident
        yield centre


async def _stop(server: Server) -> None:
    if server.process.running:
        await server.process.stop()
