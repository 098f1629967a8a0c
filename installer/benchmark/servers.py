"""Durable calls at one hot centre through several servers on one PostgreSQL, against the same calls through one.

Callers are a process of their own, so that what they cost is not taken for what they cost a server:
``python -m installer.benchmark.servers TOKEN CALLERS SECONDS URL...`` has each caller call the next at a counter of its
own and take it back, by turns at one server after the other, and prints how many calls a second were answered.
"""

import asyncio
import itertools
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import uvloop

from installer.benchmark.calls import caller
from installer.benchmark.centre import Hot, hot_centre
from installer.benchmark.load import Poster, connect, rate
from installer.benchmark.measure import Measure
from tests.postgres import Postgres

_SECONDS = 2.0
_WARM_S = 1.0
_ROUNDS = 3
_CALLERS = (8, 32)
_SERVERS = (1, 2, 3)
#: Ratios to one server that must not be fallen short of: servers, callers.
_FLOORS = {(2, 8): 0.53, (2, 32): 0.77, (3, 8): 0.33, (3, 32): 0.47}
_TICK = os.sysconf("SC_CLK_TCK")
#: Where the fields of ``/proc/PID/stat`` behind the name hold the ticks in the process and in the kernel for it.
_USED = slice(11, 13)


@dataclass(frozen=True)
class ThroughServers:
    """Calls a second, and microseconds of processor that servers and database have spent on each."""

    calls: float
    processor_us: float


def spent_s(processes: list[int]) -> float:
    """Give the seconds of processor that processes have used so far; one that has ended counts nothing."""
    ticks = 0
    for process in processes:
        try:
            said = Path(f"/proc/{process}/stat").read_text("ascii", "replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        ticks += sum(map(int, said.rpartition(")")[2].split()[_USED]))
    return ticks / _TICK


async def called(hot: Hot, postgres: Postgres, callers: int, servers: int, seconds: float = _SECONDS) -> ThroughServers:
    """Let callers call for a while."""
    urls = [hot.url(number) for number in range(servers)]
    begun = [server.process for server in hot.installation.servers[:servers]] + postgres.processes()
    before = spent_s(begun)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "installer.benchmark.servers",
        *(hot.integration, str(callers), str(seconds), *urls),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    calls = float(output)
    return ThroughServers(calls, (spent_s(begun) - before) * 1e6 / (calls * seconds))


@asynccontextmanager
async def _beside(hot: Hot, servers: int) -> AsyncIterator[None]:
    """Run further servers beside the first."""
    async with AsyncExitStack() as stack:
        for number in range(1, servers):
            if len(hot.installation.servers) == number:
                hot.installation.server()
            await hot.installation.servers[number].start()
            stack.push_async_callback(hot.installation.servers[number].stop)
        yield


async def _measure(folder: Path, postgres: Postgres, database: str) -> dict[tuple[int, int], list[ThroughServers]]:
    """Measure by turns with one, two and three, so that what else this machine does meets all alike."""
    found = dict[tuple[int, int], list[ThroughServers]]()
    async with hot_centre(folder, database) as hot:
        for _, servers in itertools.product(range(_ROUNDS), _SERVERS):
            async with _beside(hot, servers):
                # A server that has just begun prepares its statements, and learns who is who.
                await called(hot, postgres, max(_CALLERS), servers, _WARM_S)
                for callers in _CALLERS:
                    found.setdefault((servers, callers), []).append(await called(hot, postgres, callers, servers))
    return found


def _more(found: list[ThroughServers], reference: list[ThroughServers]) -> str:
    rates = [one.calls for one in found]
    spent, alone = (median(one.processor_us for one in several) for several in (found, reference))
    return f" ({min(rates):,.0f} to {max(rates):,.0f}; {spent:.0f} us of processor a call, {alone:.0f} with one server)"


def measure_servers(folder: Path, postgres: Postgres, database: str) -> Iterator[Measure]:
    """Measure two and three servers; the processor's time is that of all servers and of the database."""
    found = uvloop.run(_measure(folder, postgres, database))
    for (servers, callers), floor in _FLOORS.items():
        ours, one = found[servers, callers], found[1, callers]
        yield Measure(
            f"durable calls over HTTP, {callers} callers at one hot centre, {servers} servers, PostgreSQL",
            median(each.calls for each in ours),
            "the same callers at one server",
            median(each.calls for each in one),
            "calls",
            goal=0.8,
            floor=floor,
            more=_more(ours, one),
        )


def _both(call: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Call the next and take it back, so that each counter is left as it was found."""

    async def both() -> None:
        await call()
        await call()

    return both


async def _call(token: str, callers: str, seconds: str, *urls: str) -> None:
    where = itertools.cycle(urls)
    counters, verbs = range(1, int(callers) + 1), ("call-next", "undo")
    calls = [caller(await connect(next(where)), Poster(token), counter, verbs) for counter in counters]
    print(2 * await rate([_both(call) for call in calls], float(seconds)))


if __name__ == "__main__":
    uvloop.run(_call(*sys.argv[1:]))
