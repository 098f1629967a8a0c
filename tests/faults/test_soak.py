"""A centre's week, a hundred times as fast: memory stays flat, files grow with what happened, and the log is whole.

``libfaketime`` lets the server's clock run so fast, what counts since the start of the machine as well: its days begin
and end by themselves, and all that it does again and again it does as often as in a week.
"""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from installer.benchmark.load import Poster, connect
from queue_server.contract.client import ApiClient
from queue_server.database.url import DEFAULT_FILE
from tests.faults.server_process import Installation
from tests.faults.test_clock_leaps import DAY, LIBRARY

_SPEED = 100
_WEEK = 7
#: As a busy centre has them. Each is served at two counters.
_VISITS_A_DAY = 400
#: The share of a day in which tickets are given: at night a centre is closed.
_OPEN = 0.25
#: Days after which memory must be as it will be: a server holds three of them.
_SETTLED = 3
#: What memory may grow by in the days behind those.
_GROWTH = 1.1
_COUNTERS = ("1", "2")
#: An enrolment code lives as long as the server may take to start, by its own quick clock.
_SETTINGS = "[accounts]\nenrolment_code_s = 86400\n"
#: What the queue answers who finds nobody waiting, or a counter that is not open, does not end the week.
_SERVED = frozenset({200, 201, 409})
_TICKET = b'{"services": ["uto-birth"], "category": "walk-in", "language": "en"}'
_MIB = 1 << 20
#: SQLite keeps the log of writes between 4 MiB and what stands in it while somebody reads.
_MOST_WAL = 64 * _MIB


@dataclass(frozen=True)
class EndOfDay:
    """What the server holds at the end of a day: resident memory, open files, bytes on disk."""

    memory: int
    files: int
    database: int
    wal: int
    said: int
    visits: int


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def end_of_day(installation: Installation, visits: int) -> EndOfDay:
    (server,) = installation.servers
    status = Path(f"/proc/{server.process}/status").read_text("ascii").splitlines()
    resident = next(line for line in status if line.startswith("VmRSS:"))
    database = installation.data / DEFAULT_FILE
    return EndOfDay(
        memory=int(resident.split()[1]) * 1024,
        files=sum(1 for _ in Path(f"/proc/{server.process}/fd").iterdir()),
        database=_size(database),
        wal=_size(database.with_name(f"{database.name}-wal")),
        said=len(server.said().encode()),
        visits=visits,
    )


class _Hall:
    """Everybody who works and waits there."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._poster = Poster(token)
        self.visits = 0

    async def _ask(self, path: str, body: bytes = b"{}") -> int:
        request = self._poster.post(f"/centres/demo{path}", body)
        while True:
            # A server that has heard nothing for a while closes a connection: by its clock that is a moment, and on a
            # busy machine one between two requests. The same request, told again, is answered as it was.
            connection = await connect(self._url)
            try:
                status, answer = await connection.ask(request)
            except ConnectionError:
                continue
            finally:
                connection.close()
            assert status in _SERVED, answer
            return status

    async def serve(self) -> None:
        """Let somebody come, and whoever is next be served at each counter; at night counters are closed."""
        self.visits += await self._ask("/visits", _TICKET) == 201
        for counter in _COUNTERS:
            for verb in ("open", "call-next", "start", "finish"):
                await self._ask(f"/counters/{counter}/{verb}")


async def soak(folder: Path, days: int, speed: int) -> list[EndOfDay]:
    """Let a server work for so many days; what it holds at the end of each."""
    environment = {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME": f"+0 x{speed}",
        # Waits of threads end by the clock that the library gives them, as glibc has it since its 2.34.
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        "TZ": "UTC",
    }
    installation = Installation(folder / "data")
    await installation.init()
    await asyncio.to_thread((installation.data / "settings.toml").write_text, _SETTINGS, "utf-8")
    code = await installation.enrol_code("integration", "load", "manager")
    installation.environment |= environment
    server, found = installation.server(), list[EndOfDay]()
    await server.start()
    try:
        assert server.url is not None
        async with ApiClient(server.url, None) as client:
            token = (await client.enrol(code)).token
        hall, begun = _Hall(server.url, token), time.monotonic()
        for number in range(days * _VISITS_A_DAY):
            await asyncio.sleep(max(0.0, begun + number * DAY / speed / _VISITS_A_DAY - time.monotonic()))
            await hall.serve()
            if number % _VISITS_A_DAY == _VISITS_A_DAY - 1:
                found.append(await asyncio.to_thread(end_of_day, installation, hall.visits))
                print(found[-1], flush=True)
    finally:
        await server.stop()
    installation.environment.clear()
    report = await installation.verify()
    assert report["ok"], report
    assert report["streams"] > days
    return found


@pytest.mark.long
@pytest.mark.timeout(3 * 3600)
@pytest.mark.skipif(LIBRARY is None, reason="libfaketime is not installed")
async def test_a_week_leaves_memory_and_files_as_they_were(tmp_path: Path) -> None:
    days = await soak(tmp_path, _WEEK, _SPEED)
    assert days[-1].visits > _WEEK * _VISITS_A_DAY * _OPEN
    settled, last = days[_SETTLED], days[-1]
    assert last.memory < settled.memory * _GROWTH
    assert last.files <= settled.files + 2
    assert max(day.wal for day in days) < _MOST_WAL
    assert last.said < _MIB
    # What is written of a visit does not grow with those that came before it.
    late = (last.database - settled.database) / (last.visits - settled.visits)
    assert late < 1.2 * settled.database / settled.visits
