"""Tickets of many centres that one server has, a caller each, against as many callers at one of them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from installer.benchmark.centre import TICKET, expect
from installer.benchmark.load import Connection, Poster, connect
from installer.benchmark.measure import Measure
from installer.benchmark.scaling import enrolled, set_up
from tests.faults.server_process import Installation

_CENTRES = 50
#: A centre has 8,999 numbers a day for those who have no printer.
_SECONDS, _ROUNDS = 1.0, 3

#: A line to a centre: who asks there, and where tickets are asked for.
type _Line = tuple[Connection, Poster, str]


@asynccontextmanager
async def _centres(folder: Path, database: str | None) -> AsyncIterator[tuple[list[_Line], list[_Line]]]:
    """Run a server of many centres; gives a line to each, and as many to the first."""
    installation = Installation(folder / "data", database)
    codes = await set_up(installation, database, _CENTRES)
    server = installation.server()
    await server.start()
    try:
        assert server.url is not None
        asking = [(Poster((await enrolled(server.url, tell))[0]), f"/centres/{name}/visits") for name, tell, _ in codes]
        yield (
            [(await connect(server.url), *one) for one in asking],
            [(await connect(server.url), *asking[0]) for _ in asking],
        )
    finally:
        await server.stop()


async def _rate(lines: list[_Line]) -> float:
    """Ask on each line again and again; tickets a second."""
    begun = time.perf_counter()

    async def ask(connection: Connection, poster: Poster, path: str) -> int:
        count = 0
        while time.perf_counter() < begun + _SECONDS:
            await expect(connection, poster.post(path, TICKET), 201)
            count += 1
        return count

    counts = await asyncio.gather(*(ask(*line) for line in lines))
    return sum(counts) / (time.perf_counter() - begun)


async def _measure(folder: Path, database: str | None) -> tuple[float, float]:
    async with _centres(folder, database) as (many, one):
        found = [(await _rate(many), await _rate(one)) for _ in range(_ROUNDS)]
        for connection, *_ in (*many, *one):
            connection.close()
    several, alone = zip(*found, strict=True)
    return median(several), median(alone)


async def measure_centres(folder: Path, name: str, database: str | None) -> Measure:
    several, alone = await _measure(folder, database)
    return Measure(
        f"tickets of {_CENTRES} centres of one server, a caller each, {name}",
        several,
        "as many callers at one of them",
        alone,
        "tickets",
        goal=0.8,
        floor=0.46,
    )
