"""Calls while boards listen, against the same calls while none does.

Run as a process of its own, so that what boards cost here is not taken for what they cost the server:
``python -m installer.benchmark.boards URL PATH TOKEN NUMBER`` joins, says so, and listens until its input ends.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvloop

from installer.benchmark.calls import VISITS, callers_of
from installer.benchmark.centre import CENTRE, Hot, hot_centre, issue
from installer.benchmark.load import Crowd, rate
from installer.benchmark.measure import Measure

PATH = f"/api/v1/centres/{CENTRE}/events"
_SECONDS = 1.0
#: An odd number: one pair of rates stands for all.
_ROUNDS = 9


@asynccontextmanager
async def _boards(hot: Hot, number: int) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "installer.benchmark.boards",
        *(hot.url(), PATH, hot.screen, str(number)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        await process.stdout.readline()
        yield
    finally:
        process.kill()
        await process.wait()


async def _measure(folder: Path, callers: int, boards: int) -> tuple[float, float]:
    """Calls a second with boards and without, by turns: those of the round whose ratio is the median."""
    found = list[tuple[float, float]]()
    async with hot_centre(folder) as hot:
        await issue(hot, VISITS)
        calls = (await callers_of(hot.url(), hot))[:callers]
        await rate(calls, 0.5)
        for _ in range(_ROUNDS):
            without = await rate(calls, _SECONDS)
            async with _boards(hot, boards):
                found.append((await rate(calls, _SECONDS), without))
    return sorted(found, key=lambda one: one[0] / one[1])[_ROUNDS // 2]


def measure_boards(folder: Path) -> Iterator[Measure]:
    for callers, boards, goal, floor in ((32, 20, 0.95, 0.7), (8, 200, 0.8, 0.6)):
        found, without = uvloop.run(_measure(folder / str(boards), callers, boards))
        yield Measure(
            f"durable calls over HTTP, {callers} callers, {boards} boards listening",
            found,
            "the same without boards",
            without,
            "calls",
            goal=goal,
            floor=floor,
        )


async def _listen(url: str, path: str, token: str, number: str) -> None:
    crowd = Crowd()
    await crowd.join(url, path, token, int(number))
    print("joined", flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    uvloop.run(_listen(*sys.argv[1:]))
