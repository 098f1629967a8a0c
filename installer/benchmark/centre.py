"""A centre with a counter for every caller, its servers, and the references beside them."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from installer.benchmark.load import Connection, Poster, connect
from queue_server.catalogue.store import demo_catalogues
from queue_server.contract.client import ApiClient
from tests.faults.server_process import Installation

CENTRE = "hot"
COUNTERS = 32
#: A counter that takes some steps alone; nobody has opened it.
CHOOSY = "d"
#: Visits that wait: twice as many as counters, so that there is always one to call.
WAITING = 64
TICKET = b'{"services": ["uto-birth"], "category": "walk-in", "language": "en"}'
#: So many tickets are asked for at a time.
_LINES = 16
#: No beat falls into a measure.
_SETTINGS = "[feeds]\nheartbeat_ms = 600000\nmax_feeds = 10000\n[http]\nconnections = 20000\n"


def catalogue(counters: int = COUNTERS) -> str:
    """Make the demo centre anew with so many counters that take everything, one that does not, and its appointments."""
    demo = next(one for one in demo_catalogues() if 'id = "demo"' in one).replace('id = "demo"', f'id = "{CENTRE}"', 1)
    plates = "".join(f'[[counters]]\nid = "{number}"\nname = "{number}"\n' for number in range(1, counters + 1))
    plates += f'[[counters]]\nid = "{CHOOSY}"\nname = "{CHOOSY.upper()}"\nsteps = ["documents", "submission"]\n'
    _, begins, appointments = demo.partition("[appointments]")
    return demo.partition("[[counters]]")[0] + plates + begins + appointments.partition("[[checklists]]")[0]


@dataclass
class Hot:
    """``integration`` and ``screen`` are tokens."""

    installation: Installation
    integration: str
    screen: str

    def url(self, server: int = 0) -> str:
        url = self.installation.servers[server].url
        assert url is not None
        return url


@asynccontextmanager
async def hot_centre(
    folder: Path, database: str | None = None, servers: int = 1, counters: int = COUNTERS
) -> AsyncIterator[Hot]:
    """Run servers of a centre where visits wait and every counter is open."""
    installation = Installation(folder / "data", database)
    await installation.command("init")
    file = folder / "hot.toml"
    file.write_text(catalogue(counters), "utf-8")
    (installation.data / "settings.toml").write_text(_SETTINGS, "utf-8")
    await installation.command("import", str(file))
    codes = [
        await installation.enrol_code("integration", "load", "manager", CENTRE),
        await installation.enrol_code("screen", "board", None, CENTRE),
    ]
    async with AsyncExitStack() as stack:
        for _ in range(servers):
            server = installation.server()
            await server.start()
            stack.push_async_callback(server.stop)
        hot = Hot(installation, "", "")
        async with ApiClient(hot.url(), None) as client:
            hot.integration, hot.screen = [(await client.enrol(code)).token for code in codes]
        await issue(hot, WAITING)
        connection, poster = await connect(hot.url()), Poster(hot.integration)
        for counter in range(1, counters + 1):
            await expect(connection, poster.post(f"/centres/{CENTRE}/counters/{counter}/open"))
        connection.close()
        yield hot


async def issue(hot: Hot, number: int) -> None:
    """Let so many take a ticket and wait."""

    async def some(connection: Connection, poster: Poster, many: int) -> None:
        for _ in range(many):
            await expect(connection, poster.post(f"/centres/{CENTRE}/visits", TICKET), 201)
        connection.close()

    many = [number // _LINES + (line < number % _LINES) for line in range(_LINES)]
    await asyncio.gather(*[some(await connect(hot.url()), Poster(hot.integration), one) for one in many])


async def expect(connection: Connection, request: bytes, status: int = 200) -> bytes:
    """Ask, and take nothing for an answer but the status that must come."""
    found, body = await connection.ask(request)
    if found != status:
        raise RuntimeError(f"{found} instead of {status}: {body.decode()}")
    return body


@asynccontextmanager
async def durable_reference(length: int, database: str) -> AsyncIterator[str]:
    """Run the durable handler as a process; its address. ``database`` is a file of SQLite, or the URL of a database."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "installer.benchmark.durable_reference", str(length), database),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def references(length: int) -> AsyncIterator[tuple[str, str]]:
    """Run the references as a process; their addresses: the trivial handler, and the prebuilt frame."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "installer.benchmark.references", str(length), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        trivial, repeater = json.loads(await process.stdout.readline())
        yield trivial, repeater
    finally:
        process.kill()
        await process.wait()
