"""What a ticket takes while figures of many past days are worked out and learned from, beside what it takes afterwards.

One caller takes a ticket every few milliseconds, so that each finds the server with nothing else to do.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

from sqlalchemy import URL, Connection, func, select

from installer.benchmark.centre import CENTRE, TICKET, Hot, expect, hot_centre
from installer.benchmark.load import Poster, connect
from installer.benchmark.measure import Measure
from installer.benchmark.year import CENTRE as TOWN
from installer.benchmark.year import EXAMPLES, days
from queue_server.database import open_database, parse_url
from queue_server.eventlog import statements
from queue_server.eventlog.tables import heads
from queue_server.reports.tables import report_days
from queue_server.waiting.settings import WaitingSettings
from queue_server.waiting.tables import waiting_days

#: So many days are behind.
CATCHING_UP: Final = 30
_PAUSE_S: Final = 0.05
#: All tickets of a run have one letter, which has 999 numbers a day.
_MEANWHILE, _AFTERWARDS = 600, 350


async def measure_catching_up(folder: Path, count: int) -> list[Measure]:
    """Store so many days behind a server's back, start it, and take tickets until all is worked out, and then more."""
    async with hot_centre(folder) as hot:
        (server,) = hot.installation.servers
        await server.stop()
        url = parse_url(None, hot.installation.data)
        async with open_database(url) as database:
            for one in days(count):
                await database.write(lambda connection, one=one: statements.append(connection, [one]))  # type: ignore[misc]
        await hot.installation.command("import", str(EXAMPLES / "town.toml"))
        await server.start()
        working = asyncio.create_task(_worked_out(url, count))
        begun = time.perf_counter()
        meanwhile = await _tickets(hot, working.done, _MEANWHILE)
        await working
        took = time.perf_counter() - begun
        afterwards = await _tickets(hot, lambda: False, _AFTERWARDS)
    return list(_measures(count, took, meanwhile, afterwards))


def _measures(count: int, took: float, meanwhile: list[float], afterwards: list[float]) -> Iterator[Measure]:
    more = f" ({len(meanwhile):,} tickets in {took:,.0f} s)"
    for name, of in (("median", median), ("longest", max)):
        against = "the same afterwards"
        yield Measure(
            f"A ticket while {count} past days are worked out, {name}",
            of(meanwhile) * 1000,
            against,
            of(afterwards) * 1000,
            "ms",
            goal=0.5,
            floor=0.3,
            more=more,
        )


async def _tickets(hot: Hot, is_over: Callable[[], bool], most: int) -> list[float]:
    """Take tickets until it is over, ``most`` at most; how long each took, in seconds."""
    connection, poster, took = await connect(hot.url()), Poster(hot.integration), list[float]()
    while not is_over() and len(took) < most:
        begun = time.perf_counter()
        await expect(connection, poster.post(f"/centres/{CENTRE}/visits", TICKET), 201)
        took.append(time.perf_counter() - begun)
        await asyncio.sleep(_PAUSE_S)
    connection.close()
    return took


async def _worked_out(url: URL, count: int) -> None:
    """Wait until all days are in the figures, and the last of them has been learned from."""
    async with open_database(url) as database:
        while not await database.run(lambda connection: _is_worked_out(connection, count)):  # noqa: ASYNC110 - other processes do it
            await asyncio.sleep(0.5)


def _is_worked_out(connection: Connection, count: int) -> bool:
    shown = select(func.count()).select_from(report_days).where(report_days.c.centre == TOWN)
    learned = select(func.count()).select_from(waiting_days).where(waiting_days.c.centre == TOWN)
    last = select(func.count()).select_from(heads).where(heads.c.stream.startswith(f"queue/{TOWN}/"))
    all_days, in_figures, known = (connection.execute(one).scalar_one() for one in (last, shown, learned))
    # Beside the stored days the server has opened today.
    return bool(all_days == in_figures >= count and known >= min(count, WaitingSettings().days))
