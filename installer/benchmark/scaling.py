"""What a centre costs where a few servers and one PostgreSQL serve many: 1, 10, 100 and 600 of them behind nginx.

``installer/bench --scaling [NUMBER ...]``. Each centre has a screen that listens and a busy hour's work: a visit every
half a minute, served at two counters to its end. Everything runs on this machine, so what callers and nginx use of it
is told beside what servers and database use.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import uvloop
from sqlalchemy import Connection

from installer.benchmark.centre import CENTRE, TICKET, catalogue, expect
from installer.benchmark.load import Connection as Line
from installer.benchmark.load import Crowd, Poster, connect
from installer.benchmark.measure import machine, memory_kib
from installer.benchmark.servers import spent_s
from queue_server.accounts import device_store
from queue_server.accounts.model import AccountRules, DeviceKind, IntegrationRole
from queue_server.catalogue import store
from queue_server.contract.client import ApiClient
from queue_server.database import DatabaseSettings, open_database, parse_url
from queue_server.domain.values import CentreId, now_micros
from queue_server.vault.keys import load_keys
from tests.faults.server_process import Installation, QueueServer
from tests.faults.test_nginx import nginx
from tests.postgres import Postgres

#: Centres, where none are asked for.
SIZES = (1, 10, 100, 600)
_SERVERS = 2
_COUNTERS = 2
_BETWEEN_S = 30.0
_IDLE_S, _BUSY_S = 20.0, 90.0
_DEVICES: Final[tuple[tuple[DeviceKind, IntegrationRole | None], ...]] = (("integration", "manager"), ("screen", None))


@dataclass(frozen=True)
class Spent:
    """Seconds of processor: of servers, of PostgreSQL, of nginx."""

    servers: float
    database: float
    proxy: float


@dataclass
class _Centre:
    """A centre with its connection; ``waits`` are how long its commands took, in seconds."""

    path: str
    connection: Line
    poster: Poster
    waits: list[float]

    async def _do(self, path: str, body: bytes = b"{}", status: int = 200) -> None:
        begun = time.perf_counter()
        await expect(self.connection, self.poster.post(f"{self.path}{path}", body), status)
        self.waits.append(time.perf_counter() - begun)

    async def open(self) -> None:
        for counter in range(1, _COUNTERS + 1):
            await self._do(f"/counters/{counter}/open")

    async def serve(self, until: float) -> None:
        """Let people come and be served until a moment, the first of them any time within the first pause."""
        await asyncio.sleep(random.random() * _BETWEEN_S)  # noqa: S311 - it only spreads them
        while time.perf_counter() < until:
            begun = time.perf_counter()
            await self._do("/visits", TICKET, 201)
            for counter in range(1, _COUNTERS + 1):
                for verb in ("call-next", "start", "finish"):
                    await self._do(f"/counters/{counter}/{verb}")
            await asyncio.sleep(max(0.0, begun + _BETWEEN_S - time.perf_counter()))


async def set_up(installation: Installation, database: str | None, number: int) -> list[tuple[str, str, str]]:
    """Set centres up, with a code for an integration and one for a screen of each."""
    await installation.command("init")
    key, text, rules = load_keys(installation.data).sessions, catalogue(_COUNTERS), AccountRules()

    def put(connection: Connection, name: str) -> tuple[str, str, str]:
        store.import_catalogue(connection, text.replace(f'id = "{CENTRE}"', f'id = "{name}"', 1))
        centre, now = CentreId(name), now_micros()
        tell, show = (
            device_store.enrol_code(connection, kind, "load", centre, role, key=key, now=now, rules=rules)
            for kind, role in _DEVICES
        )
        return name, tell, show

    async with open_database(parse_url(database, installation.data), DatabaseSettings()) as opened:
        return [await opened.write(partial(put, name=f"c{one:03}")) for one in range(number)]


async def enrolled(url: str, *codes: str) -> list[str]:
    """Enrol devices; their tokens."""
    async with ApiClient(url, None) as client:
        return [(await client.enrol(code)).token for code in codes]


async def _centre(url: str, name: str, tell: str, show: str) -> _Centre:
    tokens = await enrolled(url, tell, show)
    await Crowd().join(url, f"/api/v1/centres/{name}/events", tokens[1], 1)
    return _Centre(f"/centres/{name}", await connect(url), Poster(tokens[0]), [])


def _memory_mib(process: int) -> float:
    return memory_kib(process) / 1024


class _Stand:
    """Servers, PostgreSQL and nginx of one run."""

    def __init__(self, servers: list[QueueServer], postgres: Postgres, proxy: list[int]) -> None:
        self._servers = servers
        self._postgres = postgres
        self._proxy = proxy

    def spent(self) -> Spent:
        servers = [server.process for server in self._servers]
        return Spent(spent_s(servers), spent_s(self._postgres.processes()), spent_s(self._proxy))

    def memory_mib(self) -> tuple[float, float]:
        """Give that of servers and of PostgreSQL."""
        servers = [server.process for server in self._servers]
        return sum(map(_memory_mib, servers)), sum(map(_memory_mib, self._postgres.processes()))


def _cost(before: Spent, after: Spent, seconds: float, centres: int) -> str:
    """Say how many milliseconds of processor a centre costs in a second."""
    pairs = (
        (after.servers, before.servers),
        (after.database, before.database),
        (after.proxy, before.proxy),
    )
    return " | ".join(f"{(now - then) / seconds / centres * 1000:.2f}" for now, then in pairs)


async def _measure(folder: Path, postgres: Postgres, number: int) -> str:
    """Measure so many centres; a row of the table."""
    database = postgres.url(postgres.create_database()).render_as_string(hide_password=False)
    installation = Installation(folder / "data", database)
    codes = await set_up(installation, database, number)
    async with AsyncExitStack() as stack:
        servers = []
        begun = time.perf_counter()
        for one in range(_SERVERS):
            said = folder / f"server-{one}.log"
            servers.append(QueueServer((*installation.options, "--behind-proxy"), said, installation.environment))
            await servers[-1].start()
            stack.push_async_callback(servers[-1].stop)
        started_s = (time.perf_counter() - begun) / _SERVERS
        urls = [server.url for server in servers if server.url is not None]
        url = await stack.enter_async_context(nginx(folder / "nginx", urls))
        centres = [await _centre(url, *code) for code in codes]
        for centre in centres:
            await centre.open()
            centre.waits.clear()
        stand = _Stand(servers, postgres, _workers(folder / "nginx"))
        before = stand.spent()
        await asyncio.sleep(_IDLE_S)
        idle = _cost(before, stand.spent(), _IDLE_S, number)
        before, begun = stand.spent(), time.perf_counter()
        await asyncio.gather(*(centre.serve(begun + _BUSY_S) for centre in centres))
        took = time.perf_counter() - begun
        busy = _cost(before, stand.spent(), took, number)
        waits = sorted(wait for centre in centres for wait in centre.waits)
        p50, p95 = (1000 * waits[len(waits) * part // 100] for part in (50, 95))
        memory = " | ".join(f"{one:.0f}" for one in stand.memory_mib())
        for centre in centres:
            centre.connection.close()
    asked = len(waits) / took
    return f"| {number} | {started_s:.1f} | {idle} | {asked:.1f} | {busy} | {p50:.1f} | {p95:.1f} | {memory} |"


def _workers(folder: Path) -> list[int]:
    """Find the processes of nginx."""
    main = int((folder / "nginx.pid").read_text("ascii"))
    return [main, *map(int, Path(f"/proc/{main}/task/{main}/children").read_text("ascii").split())]


def main(sizes: Sequence[int]) -> int:
    """Print a row for each number of centres; verify is left to tests."""
    heads = ("servers", "PostgreSQL", "nginx")
    print(machine())
    print(f"{_SERVERS} servers; processor in milliseconds a second and centre; memory of all servers together")
    columns = ("centres", "start s", *(f"idle {one}" for one in heads), "commands/s", *(f"busy {one}" for one in heads))
    columns = (*columns, "p50 ms", "p95 ms", "servers MiB", "PostgreSQL MiB")
    print("| " + " | ".join(columns) + " |")
    print("|" + " --- |" * len(columns), flush=True)
    for number in sizes or SIZES:
        with tempfile.TemporaryDirectory() as folder, Postgres() as postgres:
            print(uvloop.run(_measure(Path(folder), postgres, number)), flush=True)
    return 0
