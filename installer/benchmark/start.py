"""How soon a server that starts in the middle of a busy day serves it, and what memory it then has.

A real process is started on the day's log until ``/readyz`` says that it is ready and the state of the day has been
given, several times, as after a power cut: all that came since the last snapshot is read. The reference is reading the
rows of that day once; both are processor time, since whatever else runs on the machine does not change that.
"""

import asyncio
import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import URL, Connection, select

from installer.benchmark.centre import CENTRE, catalogue, expect
from installer.benchmark.day_log import store_day
from installer.benchmark.load import connect
from installer.benchmark.measure import Measure
from queue_server.contract.client import ApiClient
from queue_server.database import open_database, parse_url
from queue_server.eventlog import statements
from queue_server.eventlog.snapshots import stream_snapshots
from queue_server.writer import WriterSettings
from tests.faults.server_process import Installation, QueueServer

_ROUNDS: Final = 5
#: Events that came after the last snapshot: as many as there ever are.
_TAIL: Final = WriterSettings().snapshot_events - 1


class _MeasuredStart(NamedTuple):
    """Events of today, milliseconds that a start may take, and the floors of the ratio to reading them.

    On PostgreSQL reading costs a third of it here: the rest is done by another process.
    """

    events: int
    may_take: float
    sqlite: float
    postgres: float


_DAYS: Final = (_MeasuredStart(10_000, 1_000.0, 0.0134, 0.0044), _MeasuredStart(100_000, 1_500.0, 0.11, 0.039))
#: MiB that a server may have, whichever day it is.
_MEMORY: Final = 200.0


def measure_start(folder: Path, name: str, database: Callable[[], str] | None = None) -> Iterator[Measure]:
    """Start servers on a day of some and of very many events; a database is made by ``database``."""
    for wanted in _DAYS:
        place = folder / f"{name}-{wanted.events}"
        place.mkdir(parents=True)
        yield from asyncio.run(_measure(place, name, None if database is None else database(), wanted))


async def _measure(folder: Path, name: str, database: str | None, wanted: _MeasuredStart) -> list[Measure]:
    installation = Installation(folder / "data", database)
    await installation.command("init")
    file = folder / "hot.toml"
    file.write_text(catalogue(), "utf-8")
    await installation.command("import", str(file))
    url = parse_url(database, installation.data)
    found, reading, tokens = [], [], []

    async def serve_once() -> None:
        tokens.append(await _serve_once(installation, url))

    stream = await store_day(url, wanted.events, _TAIL, serve_once)
    async with open_database(url) as opened:
        for _ in range(_ROUNDS):
            found.append(await _start(installation.server(), tokens[0]))
            reading.append(await opened.run(lambda connection: _read(connection, stream)))
    processor, took, memory = (statistics.median(one) for one in zip(*found, strict=True))
    more = f" of processor ({min(found)[0]:,.0f} to {max(found)[0]:,.0f}), {took:,.0f} ms on the clock"
    day, reference = f"{wanted.events:,} events today, {name}", statistics.median(reading)
    floor = wanted.sqlite if database is None else wanted.postgres
    against, goal = "reading those rows once", reference / wanted.may_take
    return [
        Measure(f"Start with {day}", processor, against, reference, "ms", goal, floor, more),
        Measure(f"Memory with {day}", memory, "what it may have", _MEMORY, "MiB", 1.0, 0.88),
    ]


async def _serve_once(installation: Installation, url: URL) -> str:
    """Serve until the day has its snapshot, as it has in use; gives the token of a client."""
    code = await installation.enrol_code("integration", "load", "manager", CENTRE)
    server = installation.server()
    await server.start()
    assert server.url is not None
    async with ApiClient(server.url, None) as client:
        token = (await client.enrol(code)).token
    async with open_database(url) as database, asyncio.timeout(60):
        named = select(stream_snapshots.c.seq).where(stream_snapshots.c.name == "")
        while await database.run(lambda connection: connection.execute(named).first()) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await server.stop()
    return token


async def _start(server: QueueServer, token: str) -> tuple[float, float, float]:
    """Start it; give milliseconds of processor and of the clock until the day was given, and MiB of memory then."""
    begun = time.perf_counter()
    await server.start()
    assert server.url is not None
    connection = await connect(server.url)
    for path in ("/readyz", f"/api/v1/centres/{CENTRE}/queue"):
        asked = f"GET {path} HTTP/1.1\r\nHost: benchmark\r\nAuthorization: Bearer {token}\r\n\r\n"
        await expect(connection, asked.encode())
    took = (time.perf_counter() - begun) * 1000
    processor, memory = await asyncio.to_thread(_used, server.process)
    connection.close()
    await server.stop()
    return processor, took, memory


def _used(pid: int) -> tuple[float, float]:
    """Read what a process has used: milliseconds of processor, and MiB in memory with what it shares with others."""
    # proc(5): the 14th and 15th of stat, of which the second may hold anything between its parentheses.
    stat = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    ticks = int(stat[11]) + int(stat[12])
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def _read(connection: Connection, stream: str) -> float:
    begun = time.thread_time()
    statements.read_told(connection, stream)
    return (time.thread_time() - begun) * 1000
