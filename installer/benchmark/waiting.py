"""One counter calls while few, and while thousands wait: how long a call takes must not follow from how many wait.

The counter takes some steps alone, as counters do, so that its next has to be found among all who wait. Thousands have
their tickets within seconds, as nowhere else: what reports make of those is waited for first.
"""

import asyncio
import time
from pathlib import Path

from installer.benchmark.centre import CENTRE, CHOOSY, WAITING, Hot, expect, hot_centre, issue
from installer.benchmark.load import Poster, connect
from installer.benchmark.measure import Measure
from queue_server.database import DatabaseSettings, open_database, parse_url
from queue_server.reports.showing import behind

_MANY = 5_000
_ROUNDS, _CALLS = 3, 200


async def _calls(hot: Hot) -> list[float]:
    """Call and take back, again and again; how long each call took, in seconds."""
    connection, poster = await connect(hot.url()), Poster(hot.integration)
    path, marks = f"/centres/{CENTRE}/counters/{CHOOSY}", []
    await expect(connection, poster.post(f"{path}/open"))
    for _ in range(_CALLS):
        begun = time.perf_counter()
        await expect(connection, poster.post(f"{path}/call-next"))
        marks.append(time.perf_counter() - begun)
        await expect(connection, poster.post(f"{path}/undo"))
    connection.close()
    return marks


async def _reported(hot: Hot, database: str | None) -> None:
    """Wait until reports have all that was stored."""
    url = parse_url(database, hot.installation.data)
    async with open_database(url, DatabaseSettings()) as opened:
        while await opened.run(behind):  # noqa: ASYNC110 - another process makes them
            await asyncio.sleep(0.1)


def _p95(marks: list[float]) -> float:
    return sorted(marks)[len(marks) * 95 // 100] * 1000


async def measure_waiting(folder: Path, database: str | None = None) -> Measure:
    """Measure by turns at two centres, so that what else this machine does meets both alike."""
    few, many = list[float](), list[float]()
    async with (
        hot_centre(folder / "few", counters=2) as quiet,
        hot_centre(folder / "many", database, counters=2) as crowded,
    ):
        await issue(crowded, _MANY - WAITING)
        await _reported(crowded, database)
        for _ in range(_ROUNDS):
            few += await _calls(quiet)
            many += await _calls(crowded)
    return Measure(
        f"call-next with {_MANY:,} waiting, one counter, p95, SQLite",
        _p95(many),
        f"the same with {WAITING} waiting",
        _p95(few),
        "ms",
        goal=1 / 1.3,
        floor=0.46,
    )
