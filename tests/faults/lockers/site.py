"""A centre with banks of lockers, as it is in use: the real server, which can be killed, and lines to it.

Devices and staff are added before the server starts, by its own code in this process; then the program is started on
that folder, and again after each kill. Whoever asks it meanwhile asks again, by the same key.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from msgspec.structs import replace

from peripherals.lockers.agent import identity
from queue_server.accounts.model import Role
from queue_server.catalogue import store as catalogue
from queue_server.catalogue import toml
from queue_server.domain.values import new_id
from tests.faults.lossy_proxy import LossyProxy
from tests.faults.server_process import Installation, QueueServer
from tests.queue_server.house import Client, House, Reply, house

CENTRE = "/centres/demo"
_SETTINGS = """
[lockers]
order_s = 20
silent_s = 60
[collection]
answer_ms = 0
code_tries = 100
[feeds]
heartbeat_ms = 1000
"""
#: One request as a whole, before it is asked again.
_REQUEST = aiohttp.ClientTimeout(total=60)
#: HTTP's own border: the server is at fault, and may do so in a moment.
_SERVER_FAULT = 500


@dataclass
class Joined:
    """A bank and the kiosk beside it, as they were enrolled. ``proxy`` is the bank's line to the server."""

    data: Path
    proxy: LossyProxy
    kiosk: str


@dataclass
class Site:
    """``proxy`` is the line of staff and kiosks, which loses nothing but what a killed server had of it."""

    place: Installation
    server: QueueServer
    proxy: LossyProxy
    clerk: Client
    joined: list[Joined]
    kills: int = 0
    _cutting: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self) -> None:
        await self.server.start()
        assert self.server.url is not None
        port = int(self.server.url.rpartition(":")[2])
        for proxy in (self.proxy, *(one.proxy for one in self.joined)):
            proxy.lead_to(port)

    async def cut(self, chance: random.Random) -> None:
        """Kill the server, and start it again on what it has left."""
        async with self._cutting:
            self.kills += 1
            await self.server.kill()
            await asyncio.sleep(chance.random() * 0.5)
            await self.start()

    async def get(self, path: str) -> Reply:
        return await self._ask("GET", path, None, None)

    async def post(self, path: str, body: object = None) -> Reply:
        return await self._ask("POST", path, body, new_id())

    async def _ask(self, method: str, path: str, body: object, key: str | None) -> Reply:
        """Ask until there is an answer; the same request once more changes nothing."""
        async with asyncio.timeout(600):
            while True:
                try:
                    answer = await self.clerk.send(method, path, body, key)
                    if answer.status < _SERVER_FAULT:
                        return answer
                except (aiohttp.ClientError, OSError):
                    pass
                await asyncio.sleep(0.1)


@asynccontextmanager
async def a_site(data: Path, folders: list[Path], seed: int) -> AsyncIterator[Site]:
    """Run a server with a bank and a kiosk for each folder; at the end its log and its custody are walked."""
    chance = random.Random(seed)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession(timeout=_REQUEST))
        proxies = [
            await stack.enter_async_context(LossyProxy("127.0.0.1", 9, seed=chance.randrange(1 << 32)))
            for _ in range(len(folders) + 1)
        ]
        async with house(data) as here:
            for proxy in proxies:
                proxy.lead_to(int(here.address.rpartition(":")[2]))
            await _never_lock(here)
            joined = [await _join(here, folder, proxy) for folder, proxy in zip(folders, proxies[1:], strict=True)]
            headers = (await here.staff(Role.CUSTODY, None))[0].headers | {"Origin": proxies[0].url}
        await asyncio.to_thread((data / "settings.toml").write_text, _SETTINGS)
        place = Installation(data)
        site = Site(place, place.server(), proxies[0], Client(http, proxies[0].url, headers), joined)
        await site.start()
        try:
            yield site
        finally:
            if site.server.running:
                await site.server.stop()
        await place.verify()
        await place.command("custody", "verify")


async def _never_lock(here: House) -> None:
    """Have no page locked: nobody is at its keys here, however long this takes."""
    setup = next(one for one in map(toml.parse, catalogue.demo_catalogues()) if one.centre.id == "demo")
    changed = replace(setup, rules=replace(setup.rules, lock_minutes=0))
    await here.server.log.write(lambda connection: catalogue.save(connection, changed))


async def _join(here: House, folder: Path, proxy: LossyProxy) -> Joined:
    await asyncio.to_thread(folder.mkdir)
    data, code = folder / "bank", await here.enrol_code("locker")
    await asyncio.to_thread(identity.enrol, proxy.url, code, data, None)
    kiosk = (await here.kiosk()).headers["Authorization"].removeprefix("Bearer ")
    return Joined(data, proxy, kiosk)


def device_of(one: Joined) -> str:
    return identity.load(one.data).device
