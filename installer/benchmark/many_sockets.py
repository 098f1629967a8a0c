"""What 60,000 boards of 600 centres cost, a hundred each: ``installer/bench --sockets [NUMBER]``.

Servers on one PostgreSQL, each centre at one of them, without nginx between. A process has as many files as the machine
gives it, often 20,000: so there are several servers, and for each a process of boards,
``python -m installer.benchmark.many_sockets``, which is told on its input what to join and what to wait for.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

import uvloop

from installer.benchmark.centre import TICKET, expect
from installer.benchmark.load import Connection, FeedListener, Poster, address, connect, joining
from installer.benchmark.measure import machine, memory_kib, quantiles
from installer.benchmark.scaling import enrolled, set_up
from installer.benchmark.servers import spent_s
from tests.faults.server_process import Installation
from tests.postgres import Postgres

_SOCKETS: Final = 60_000
_EACH: Final = 100
_SERVERS: Final = 4
_IDLE_S: Final = 30.0
#: A server reads the set-up of one centre after the other.
_START_S: Final = 300.0
_EVENTS: Final = 60
_ROUNDS: Final = 3
#: Centres are asked by so many connections of each server.
_CALLERS: Final = 8
_BEAT: Final = b'"type":"beat"'


class _Boards:
    """The boards of one server's centres: ``told`` is done when all of those that are waited for have a frame."""

    def __init__(self) -> None:
        self._missing = 0
        self._awaited: set[int] = set()
        self._told: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def expect(self, centres: Sequence[int], each: int) -> asyncio.Future[float]:
        self._awaited, self._missing = set(centres), len(centres) * each
        self._told = asyncio.get_running_loop().create_future()
        return self._told

    def board(self, centre: int, path: str, token: str) -> FeedListener:
        def arrived() -> None:
            if centre in self._awaited and _BEAT not in listener.last[:512]:
                self._missing -= 1
                if not self._missing:
                    self._told.set_result(time.perf_counter())

        listener = FeedListener(joining(path, token), arrived)
        return listener


async def boards() -> None:
    """Join, and tell for each line of input when all boards of those centres had a frame."""
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader(limit=1 << 24)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    url, centres, each = json.loads(await lines.readline())
    all_of_them = _Boards()
    first = all_of_them.expect(range(len(centres)), each)
    for index, (path, token) in enumerate(centres):
        for _ in range(each):
            await loop.create_connection(
                lambda index=index, path=path, token=token: all_of_them.board(index, path, token),  # type: ignore[misc]
                *address(url),
            )
    await first
    print(flush=True)
    while line := await lines.readline():
        told = all_of_them.expect(json.loads(line), each)
        print(flush=True)
        print(await told, flush=True)


class _Crowd:
    """The process of the boards of one server."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def send(self, what: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        await self._process.stdin.drain()

    async def receive(self) -> bytes:
        assert self._process.stdout is not None
        return await self._process.stdout.readline()

    async def expect(self, centres: Sequence[int]) -> None:
        await self.send(list(centres))
        await self.receive()

    async def reached_at(self) -> float:
        return float(await self.receive())

    async def stop(self) -> None:
        self._process.kill()
        await self._process.wait()


async def _started(stack: AsyncExitStack) -> _Crowd:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "installer.benchmark.many_sockets"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    crowd = _Crowd(process)
    stack.push_async_callback(crowd.stop)
    return crowd


async def _measure(folder: Path, postgres: Postgres, sockets: int) -> None:
    database = postgres.url(postgres.create_database()).render_as_string(hide_password=False)
    installation = Installation(folder / "data", database)
    number = sockets // _EACH
    codes = await set_up(installation, database, number)
    text = "[feeds]\nmax_feeds = 10000\n[http]\nconnections = 20000\n"
    await asyncio.to_thread((installation.data / "settings.toml").write_text, text, "utf-8")
    async with AsyncExitStack() as stack:
        crowds, posters, centres = [], [], []
        for _ in range(_SERVERS):
            server = installation.server()
            await server.start(_START_S)
            stack.push_async_callback(server.stop)
            crowds.append(await _started(stack))
        processes = [server.process for server in installation.servers]
        urls = [str(server.url) for server in installation.servers]
        #: By server: path and token of a screen of each of its centres.
        for one, url in enumerate(urls):
            mine: list[tuple[str, str]] = []
            for name, tell, show in codes[one::_SERVERS]:
                tokens = await enrolled(url, tell, show)
                posters.append((one, len(mine), Poster(tokens[0]), f"/centres/{name}/visits"))
                mine.append((f"/api/v1/centres/{name}/events", tokens[1]))
            centres.append(mine)
        before = sum(map(memory_kib, processes))
        begun, used = time.perf_counter(), spent_s(processes)
        for crowd, url, mine in zip(crowds, urls, centres, strict=True):
            await crowd.send((url, mine, _EACH))
        for crowd in crowds:
            await crowd.receive()
        took, used = time.perf_counter() - begun, spent_s(processes) - used
        print(f"{number * _EACH:,} boards of {number} centres joined {_SERVERS} servers in {took:.0f} s", end=", ")
        print(f"{used / sockets * 1e6:.0f} us of processor each", flush=True)
        after = sum(map(memory_kib, processes))
        print(f"memory of the servers: {before / 1024:.0f} MiB before, {after / 1024:.0f} MiB with them", end=", ")
        print(f"{(after - before) / sockets:.2f} KiB each", flush=True)
        used, other = spent_s(processes), spent_s(postgres.processes())
        await asyncio.sleep(_IDLE_S)
        used, other = spent_s(processes) - used, spent_s(postgres.processes()) - other
        print(f"nothing happens: {used / _IDLE_S * 1000:.0f} ms of the servers a second", end=", ")
        print(f"{other / _IDLE_S * 1000:.0f} of PostgreSQL; {sockets / 5:.0f} beats", flush=True)
        lines = [[await connect(url) for _ in range(_CALLERS)] for url in urls]
        await _one_centre(crowds, lines, posters)
        for _ in range(_ROUNDS):
            await _all_centres(crowds, lines, posters, processes, centres)
        after = sum(map(memory_kib, processes))
        print(f"memory of the servers after that: {after / 1024:.0f} MiB", flush=True)


_Posters = Sequence[tuple[int, int, Poster, str]]


async def _one_centre(crowds: Sequence[_Crowd], lines: Sequence[Sequence[Connection]], posters: _Posters) -> None:
    times = []
    for server, index, poster, path in posters[:: max(1, len(posters) // _EVENTS)]:
        await crowds[server].expect([index])
        begun = time.perf_counter()
        await expect(lines[server][0], poster.post(path, TICKET), 201)
        times.append(await crowds[server].reached_at() - begun)
    median, slow = quantiles(times)
    print(f"one event of one centre, asked until its last board has it: {median:.1f} ms, p99 {slow:.1f} ms", flush=True)


async def _all_centres(
    crowds: Sequence[_Crowd],
    lines: Sequence[Sequence[Connection]],
    posters: _Posters,
    processes: Sequence[int],
    centres: Sequence[Sequence[object]],
) -> None:
    for crowd, mine in zip(crowds, centres, strict=True):
        await crowd.expect(range(len(mine)))
    waiting: list[list[bytes]] = [[] for _ in crowds]
    for server, _, poster, path in posters:
        waiting[server].append(poster.post(path, TICKET))

    async def ask(connection: Connection, requests: list[bytes]) -> None:
        while requests:
            await expect(connection, requests.pop(), 201)

    used, begun = spent_s(list(processes)), time.perf_counter()
    pairs = [(line, left) for some, left in zip(lines, waiting, strict=True) for line in some]
    await asyncio.gather(*(ask(line, left) for line, left in pairs))
    answered = time.perf_counter() - begun
    last = max([await crowd.reached_at() for crowd in crowds]) - begun
    used = spent_s(list(processes)) - used
    print(f"one event of each centre: last answer after {answered:.2f} s, last board after {last:.2f} s", end=", ")
    print(f"{used:.2f} s of processor of the servers", flush=True)


def main(sockets: int = _SOCKETS) -> int:
    """Print what so many boards cost, 60,000 where nothing else is asked for."""
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder, Postgres() as postgres:
        uvloop.run(_measure(Path(folder), postgres, sockets))
    return 0


if __name__ == "__main__":
    uvloop.run(boards())
