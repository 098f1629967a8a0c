"""How soon screens know: one event to 500, 1,000 and 5,000 boards, and from one server to a client of another."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import uvloop
from sqlalchemy import make_url

from installer.benchmark.boards import PATH
from installer.benchmark.centre import CENTRE, expect, hot_centre, references
from installer.benchmark.load import Crowd, Poster, connect
from installer.benchmark.measure import Measure, quantiles

#: So many boards, how many events, goal and floor: where boards are few, deciding and storing take as long as sending.
_SIZES = ((500, 60, 0.3, 0.5), (1_000, 60, 0.8, 0.55), (5_000, 20, 0.8, 0.66))
_ACROSS = 300
#: Seconds for each board, longer than they have a pause after a frame: each event finds them at rest.
_APART_S = 0.0003


async def _times(
    crowd: Crowd, url: str, requests: Callable[[int], bytes], number: int, apart_s: float = 0
) -> list[float]:
    """Cause one event after the other; seconds from asking for it until the last of the crowd has its frame."""
    connection = await connect(url)
    times = []
    for index in range(number):
        await asyncio.sleep(apart_s)
        everybody = crowd.everybody()
        request = requests(index)
        began = time.perf_counter()
        await expect(connection, request)
        times.append(await everybody - began)
    connection.close()
    return times


def _calls(poster: Poster) -> Callable[[int], bytes]:
    """Call the next at a counter and take it back, by turns."""
    path = f"/centres/{CENTRE}/counters/1/"
    return lambda index: poster.post(path + ("undo" if index % 2 else "call-next"))


def measure_fan_out(folder: Path) -> Iterator[Measure]:
    """Measure the decision, its commit and the fan-out together against the sending alone."""
    for boards, events, goal, floor in _SIZES:
        yield uvloop.run(_fan_out(folder / str(boards), boards, events, goal, floor))


async def _fan_out(folder: Path, boards: int, events: int, goal: float, floor: float) -> Measure:
    async with hot_centre(folder) as hot, references(0) as (_, repeater):
        ours, theirs = Crowd(), Crowd()
        await ours.join(hot.url(), PATH, hot.screen, boards)
        found = await _times(ours, hot.url(), _calls(Poster(hot.integration)), events, boards * _APART_S)
        connection = await connect(repeater)
        frame = ours.frame
        head = f"PUT /frame HTTP/1.1\r\nContent-Length: {len(frame)}\r\n\r\n".encode()
        await expect(connection, head + frame)
        await theirs.join(repeater, PATH, "", boards)
        reference = await _times(theirs, repeater, lambda _: b"POST /send HTTP/1.1\r\n\r\n", events, boards * _APART_S)
    median, slow = quantiles(found)
    base, base_slow = quantiles(reference)
    return Measure(
        f"one event to {boards:,} boards, {len(frame)} bytes each, decided and stored",
        median,
        f"the sending of a prebuilt frame alone (p99 {base_slow:.2f} ms)",
        base,
        "ms",
        goal=goal,
        floor=floor,
        more=f" (p99 {slow:.2f} ms)",
    )


async def _notify(database: str) -> list[float]:
    """Seconds from asking for a NOTIFY on one connection until another hears it."""
    options = make_url(database).translate_connect_args() | {"host": make_url(database).query["host"]}
    user = options.pop("username")
    sender, hearer = [await asyncpg.connect(user=user, **options) for _ in range(2)]
    heard: asyncio.Queue[float] = asyncio.Queue()
    await hearer.add_listener("benchmark", lambda *_: heard.put_nowait(time.perf_counter()))
    times = []
    for _ in range(_ACROSS):
        began = time.perf_counter()
        await sender.execute("NOTIFY benchmark")
        times.append(await heard.get() - began)
    await sender.close()
    await hearer.close()
    return times


async def measure_across(folder: Path, database: str) -> Measure:
    """Measure the way of a call through two servers against a NOTIFY alone."""
    async with hot_centre(folder, database, servers=2) as hot:
        board = Crowd()
        await board.join(hot.url(1), PATH, hot.screen, 1)
        found = await _times(board, hot.url(0), _calls(Poster(hot.integration)), _ACROSS)
        reference = await _notify(database)
    median, slow = quantiles(found)
    base, base_slow = quantiles(reference)
    return Measure(
        "asked of one server until a client of another has the frame, PostgreSQL",
        median,
        f"a bare NOTIFY, sent until heard (p99 {base_slow:.2f} ms)",
        base,
        "ms",
        goal=0.025,
        floor=0.017,
        more=f" (p99 {slow:.2f} ms)",
    )
