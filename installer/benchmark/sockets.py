"""What a connection costs in memory: a board's WebSocket, against one of aiohttp with a handler that does nothing.

Run as a process of its own, as the server is: ``python -m installer.benchmark.sockets`` is that handler.
"""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvloop
from aiohttp import web

from installer.benchmark.boards import PATH
from installer.benchmark.centre import hot_centre
from installer.benchmark.load import Crowd
from installer.benchmark.measure import Measure, memory_kib

_FIRST, _FURTHER, _ROUNDS = 500, 1_000, 3


@asynccontextmanager
async def _reference() -> AsyncIterator[tuple[str, int]]:
    """Run the handler; its address and its process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "installer.benchmark.sockets", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}", process.pid
    finally:
        process.kill()
        await process.wait()


async def _sizes(process: int, url: str, path: str, token: str) -> list[float]:
    """Let more and more join; KiB of each one of the further, round by round."""
    await Crowd().join(url, path, token, _FIRST)
    found = []
    for _ in range(_ROUNDS):
        before = memory_kib(process)
        await Crowd().join(url, path, token, _FURTHER)
        found.append((memory_kib(process) - before) / _FURTHER)
    return found


async def measure_sockets(folder: Path) -> Measure:
    """Measure the mean of all rounds: what is freed late, or taken ahead, is shared by them."""
    async with hot_centre(folder) as hot, _reference() as (url, process):
        theirs = await _sizes(process, url, "/events", "")
        ours = await _sizes(hot.installation.servers[0].process, hot.url(), PATH, hot.screen)
    spread = ", ".join(f"{one:.1f}" for one in ours)
    return Measure(
        f"memory of a connection, {_FURTHER * _ROUNDS:,} boards after {_FIRST}",
        sum(ours) / _ROUNDS,
        "a WebSocket of aiohttp, whose handler reads and does nothing",
        sum(theirs) / _ROUNDS,
        "KiB",
        goal=0.93,
        floor=4.4,
        more=f" (rounds {spread})",
    )


async def main() -> None:
    """Serve until the process is ended; say at which port."""

    async def listen(request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse(compress=False, max_msg_size=4096)
        await line.prepare(request)
        await line.send_str("")
        async for _ in line:
            pass
        return line

    app = web.Application()
    app.router.add_get("/events", listen)
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    print(listener.getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
