"""All keys that can be changed are changed, twice, while people take tickets and staff are signed in.

Real server processes, two on one PostgreSQL with a folder each, or one on SQLite; real kiosks that print; programs that
issue tickets and say each of them once more; a manager's browser with its cookie. Nobody is refused anything.
"""

import asyncio
import json
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
import zxingcpp
from PIL import Image

from queue_server import ticket_token
from queue_server.domain.values import VisitId, new_id
from queue_server.vault.rotation import LIFE_DAYS
from tests.faults.hostile.centre import MANAGER
from tests.faults.hostile.machines import Machine, a_machine, enrol
from tests.faults.hostile.people import Browser, visit
from tests.faults.lossy_proxy import LossyProxy
from tests.faults.server_process import Installation, QueueServer, stop_if_running
from tests.postgres import Postgres

SETTINGS = "[keys]\npoll_s = 1\n"
TICKET = {"services": ["uto-passport-renewal"], "category": "walk-in", "language": "en"}
PASSPHRASE = "correct horse"
#: Programs that issue tickets at each server; tickets of each, and of each kiosk, before the next step.
PROGRAMS, TICKETS, PRINTED = 2, 12, 1
#: What is waited for comes within seconds on a quiet machine.
PATIENCE_S = 300
_PAUSE_S = 0.2


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: kiosks and servers are other processes."""


class Program:
    """Issues tickets as a kiosk does, says each once more later, and takes the key that its server gives it."""

    def __init__(self, http: aiohttp.ClientSession, urls: list[str], chance: random.Random) -> None:
        self._http, self._urls, self._chance = http, urls, chance
        self._headers: dict[str, str] = {}
        self.key = b""
        self.codes: dict[str, str] = {}
        self.papers: list[str] = []
        self.refused: list[object] = []

    async def enrol(self, code: str) -> None:
        async with self._http.post(f"{self._urls[0]}/api/v1/enrol", json={"code": code}) as answer:
            found = await answer.json()
        self._headers = {"Authorization": f"Bearer {found['token']}"}
        self.key = bytes.fromhex(found["ticket_key"])

    async def run(self) -> None:
        while True:
            key = new_id()
            code, ident = await self._issue(key)
            self.codes[key] = code
            self.papers.append(ticket_token.make(VisitId(ident), self.key))
            before = self._chance.choice(list(self.codes))
            again, _ = await self._issue(before)
            if again != self.codes[before]:
                self.refused.append((before, self.codes[before], again))
            said = await self._post("/devices/self/status", {"mode": "in-service"})
            if said.get("ticket_key"):
                self.key = bytes.fromhex(said["ticket_key"])
            # Commands that change keys share the processor with those who issue.
            await asyncio.sleep(_PAUSE_S)

    async def _issue(self, key: str) -> tuple[str, str]:
        answer = await self._post("/visits", TICKET, key)
        found = answer.get("visit", {})
        return str(found.get("code")), str(found.get("id", new_id()))

    async def _post(self, path: str, body: object, key: str | None = None) -> dict[str, Any]:
        headers = self._headers | ({} if key is None else {"Idempotency-Key": key})
        # Each request at another server: what one has taken, the other is told once more.
        url = self._chance.choice(self._urls)
        async with self._http.post(f"{url}/api/v1/centres/demo{path}", json=body, headers=headers) as answer:
            found: dict[str, Any] = await answer.json()
        if answer.status not in {200, 201}:
            self.refused.append((path, answer.status, found.get("code")))
        return found


class Site:
    """Servers, each with a folder of its own, and who works there."""

    def __init__(self, places: list[Installation], servers: list[QueueServer]) -> None:
        self.places, self.servers = places, servers

    @property
    def urls(self) -> list[str]:
        return [str(server.url) for server in self.servers]

    async def status(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((await self.places[0].command("keys", "status", "--json"))[-1])
        return found

    async def rotate(self, folder: Path) -> None:
        """Do what the page for technicians says, and wait until the next keys make."""
        if len(self.places) > 1:
            sealed = folder / new_id()
            await self.places[0].command("keys", "prepare", "all")
            await self.places[0].plain("keys", "export", str(sealed), "--data", str(self.places[0].data))
            for place in self.places[1:]:
                await place.plain("keys", "import", str(sealed), "--data", str(place.data))
            async with asyncio.timeout(PATIENCE_S):
                while any(one["behind"] for one in await self.status()):  # noqa: ASYNC110 - it is asked, not heard
                    await asyncio.sleep(0.2)
        before = {one["name"]: one["fingerprint"] for one in await self.status()}
        await self.places[-1].command("keys", "rotate", "all")
        async with asyncio.timeout(PATIENCE_S):
            while any(one["fingerprint"] == before[one["name"]] for one in await self.status()):  # noqa: ASYNC110
                await asyncio.sleep(0.2)


@asynccontextmanager
async def site(folder: Path, database: str | None, count: int) -> AsyncIterator[Site]:
    """Run ``count`` servers of one database."""
    environment = {"CONSULAR_KEYS_PASSPHRASE": PASSPHRASE} | (
        {} if database is None else {"CONSULAR_DATABASE": database}
    )
    first = Installation(folder / "data-0", None, environment)
    await first.init()
    await asyncio.to_thread((first.data / "settings.toml").write_text, SETTINGS)
    places = [first]
    for number in range(1, count):
        further = folder / f"data-{number}"
        await asyncio.to_thread(shutil.copytree, first.data, further)
        places.append(Installation(further, None, environment))
    async with AsyncExitStack() as stack:
        servers = []
        for place in places:
            server = place.server()
            await server.start()
            stack.push_async_callback(stop_if_running, server)
            servers.append(server)
        yield Site(places, servers)


def addresses(machine: Machine) -> set[str]:
    """Read what the codes on all papers of a kiosk say."""
    pictures = sorted((machine.folder / "paper").glob("*.png"))
    found = (code.text for file in pictures for code in zxingcpp.read_barcodes(Image.open(file)))
    return {urlsplit(text).path for text in found if "/t/" in text}


def key_of(machine: Machine) -> str:
    return str(json.loads((machine.data / "device.json").read_bytes())["ticket_key"])


class Morning:
    """All who are there: kiosks with people, programs, and a manager who looks at a page again and again."""

    def __init__(self, here: Site, machines: list[Machine], programs: list[Program], staff: Browser) -> None:
        self.here, self.machines, self.programs, self.staff = here, machines, programs, staff
        self.signed_out: list[str] = []
        self._over = asyncio.Event()
        self._running: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        people = [
            visit(one, self._over, random.Random(number), lambda: None) for number, one in enumerate(self.machines)
        ]
        work = (*people, *(program.run() for program in self.programs), self._look())
        self._running = [asyncio.create_task(one) for one in work]

    async def end(self) -> None:
        self._over.set()
        for task in self._running:
            task.cancel()
        await asyncio.wait(self._running)

    async def _look(self) -> None:
        while True:
            for url in self.here.urls:
                # A machine that has too much to do is late; nobody is signed out by that.
                with suppress(TimeoutError):
                    if not await self.staff.page("/manager", url):
                        self.signed_out.append(url)
            await asyncio.sleep(0.2)

    async def go_on(self) -> None:
        """Let each issue some more."""
        least = [len(one.codes) + TICKETS for one in self.programs] + [
            len(one.shown) + PRINTED for one in self.machines
        ]

        def there() -> list[int]:
            return [len(one.codes) for one in self.programs] + [len(one.shown) for one in self.machines]

        async with asyncio.timeout(PATIENCE_S):
            while any(found < wanted for found, wanted in zip(there(), least, strict=True)):
                for task in self._running:
                    if task.done():
                        task.result()
                await asyncio.sleep(0.1)

    async def change_keys(self, folder: Path) -> None:
        """Change them all, until each that marks tickets has the next."""
        programs, machines = [one.key for one in self.programs], [key_of(one) for one in self.machines]
        await self.here.rotate(folder)
        async with asyncio.timeout(PATIENCE_S):
            while any(key_of(one) == key for one, key in zip(self.machines, machines, strict=True)):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
            while any(one.key == key for one, key in zip(self.programs, programs, strict=True)):  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    async def find_papers(self, http: aiohttp.ClientSession) -> int:
        """Look each up at each server; returns how many there are."""
        paths = {f"/t/{token}" for one in self.programs for token in (*one.papers[:5], *one.papers[-5:])}
        for machine in self.machines:
            printed = await asyncio.to_thread(addresses, machine)
            assert len(printed) >= 3
            paths |= printed
        for path in paths:
            for url in self.here.urls:
                async with http.get(url + path) as answer:
                    assert answer.status == 200, path
        return len(paths)


@asynccontextmanager
async def morning(folder: Path, here: Site, http: aiohttp.ClientSession, seed: int) -> AsyncIterator[Morning]:
    """Enrol, start and sign in all of them."""
    machines, programs, count = [], [], len(here.servers)
    accounts = json.loads(await asyncio.to_thread((here.places[0].data / "demo-accounts.json").read_bytes))
    password = next(one["password"] for one in accounts if one["login"] == MANAGER)
    async with AsyncExitStack() as stack:
        for number, server in enumerate(here.servers):
            host = urlsplit(str(server.url))
            front = await stack.enter_async_context(LossyProxy(str(host.hostname), host.port or 0, seed=number))
            made = a_machine(folder / f"kiosk-{number}", f"kiosk {number}", front, {}, pays=False)
            machine = await stack.enter_async_context(made)
            await enrol(machine, here.places[number])
            await machine.start()
            machines.append(machine)
        for number in range(PROGRAMS * count):
            urls = here.urls[number % count :] + here.urls[: number % count]
            program = Program(http, urls, random.Random(f"{seed} {number}"))
            await program.enrol(await here.places[0].enrol_code("kiosk", f"program {number}"))
            programs.append(program)
        staff = Browser(here.servers, MANAGER, password, random.Random(1))
        stack.push_async_callback(staff.close)
        assert await staff.sign_in() == 303
        yield Morning(here, machines, programs, staff)


@pytest.fixture(params=[1, 2], ids=["sqlite", "postgresql"])
async def here(request: pytest.FixtureRequest, tmp_path: Path, postgres: Postgres) -> AsyncIterator[Site]:
    if request.param == 1:
        async with site(tmp_path, None, 1) as made:
            yield made
        return
    name = await asyncio.to_thread(postgres.create_database)
    async with site(tmp_path, postgres.url(name).render_as_string(hide_password=False), request.param) as made:
        yield made
    await asyncio.to_thread(postgres.drop_database, name)


@pytest.mark.timeout(1800)
async def test_nobody_is_refused_while_keys_are_changed(here: Site, tmp_path: Path, seed: int) -> None:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as http, morning(tmp_path, here, http, seed) as all_of_them:
        all_of_them.begin()
        await all_of_them.go_on()
        for _ in range(2):
            await all_of_them.change_keys(tmp_path)
            await all_of_them.go_on()
        await all_of_them.end()
        programs, machines = all_of_them.programs, all_of_them.machines
        assert [one.refused for one in programs] == [[]] * len(programs)
        assert all_of_them.signed_out == []
        assert [one.unavailable for one in machines] == [0] * len(machines)
        codes = [code for one in programs for code in one.codes.values()]
        codes += [code for one in machines for code in one.shown]
        assert len(codes) == len(set(codes)) >= len(programs) * TICKETS * 3
        assert await all_of_them.find_papers(http) >= len(programs) * 10
    found = await here.status()
    assert {one["name"]: len(one["before"]) for one in found} == dict.fromkeys(LIFE_DAYS, 2)
    for server in here.servers:
        assert await server.stop() == 0
    assert (await here.places[-1].verify())["ok"]
