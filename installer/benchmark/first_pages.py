"""How long the event loop of a server is held while each page of staff is opened for the first time in three languages.

A caller asks ``/healthz`` again and again, which waits for nothing but the loop. The reference is the same while the
same pages are opened a second time.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import uvloop
from aiohttp import ClientSession, CookieJar

from installer.benchmark.centre import CENTRE, Hot, hot_centre
from installer.benchmark.load import connect
from installer.benchmark.measure import Measure
from queue_server.accounts import command_line as staff_cli
from queue_server.accounts.model import Role
from queue_server.accounts.passwords import Passwords
from queue_server.database import open_database, parse_url
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.accounts.helpers import QUICK
from tests.queue_server.known import KNOWN

_PASSWORD: Final = "a long made-up password"  # noqa: S105 - as its name says
_LANGUAGES: Final = ("en", "fr", "ar")
_CSRF: Final = re.compile(r'name="csrf" value="([^"]+)"')
_HEALTH: Final = b"GET /healthz HTTP/1.1\r\nHost: benchmark\r\n\r\n"
#: Lines that never end, what ends a session, and files.
_NO_PAGES: Final = re.compile(r"/live$|^/sign-in|^/lock|\.")
_BETWEEN_S: Final = 0.002


async def measure_first_pages(folder: Path) -> Measure:
    """Open every page of staff twice in each language, and compare the longest answer of ``/healthz``."""
    async with hot_centre(folder) as hot:
        await _add_staff(hot)
        paths = (page.path for page in KNOWN.pages if page.method == "GET" and "{" not in page.path)
        pages = [path for path in paths if not _NO_PAGES.search(path)]
        sessions = [await _signed_in(hot, number, language) for number, language in enumerate(_LANGUAGES)]
        try:
            first, again = [await _opened(hot, sessions, pages) for _ in range(2)]
        finally:
            for session in sessions:
                await session.close()
    return Measure(
        f"the longest answer of /healthz while {len(pages)} pages of staff are opened first in three languages",
        first * 1000,
        "while they are opened again",
        again * 1000,
        "ms",
        goal=0.5,
        floor=0.25,
    )


async def _add_staff(hot: Hot) -> None:
    """Add somebody with every role for each language; the hash is a quick one, so nobody waits for a strong one."""
    passwords = Passwords(QUICK)
    hashed = await passwords.hash(_PASSWORD)
    passwords.close()
    roles = tuple(Role)
    async with open_database(parse_url(None, hot.installation.data)) as database, SqlEventLog(database) as log:
        for number in range(len(_LANGUAGES)):
            await log.write(
                lambda connection, number=number: staff_cli.add_member(  # type: ignore[misc]
                    connection, f"staff.{number}", f"Staff {number}", hashed, (CENTRE,), roles
                )
            )


async def _signed_in(hot: Hot, number: int, language: str) -> ClientSession:
    session = ClientSession(hot.url(), cookie_jar=CookieJar(unsafe=True))
    async with session.get(f"/sign-in?centre={CENTRE}&lang={language}") as page:
        found = _CSRF.search(await page.text())
    assert found is not None
    fields = {"csrf": found[1], "centre": CENTRE, "login": f"staff.{number}", "password": _PASSWORD}
    async with session.post("/sign-in", data=fields) as answer:
        found = _CSRF.search(await answer.text())
    assert found is not None
    async with session.post("/sign-in/counter", data={"csrf": found[1], "counter": str(number + 1)}) as answer:
        answer.raise_for_status()
    return session


async def _opened(hot: Hot, sessions: list[ClientSession], pages: list[str]) -> float:
    """Open the pages, and return how many seconds the longest answer of ``/healthz`` took meanwhile."""
    async with _watched(hot) as took:
        for path in pages:
            for session in sessions:
                async with session.get(path) as answer:
                    await answer.read()
    return max(took)


@asynccontextmanager
async def _watched(hot: Hot) -> AsyncIterator[list[float]]:
    connection, took = await connect(hot.url()), list[float]()

    async def watch() -> None:
        while True:
            begun = time.perf_counter()
            await connection.ask(_HEALTH)
            took.append(time.perf_counter() - begun)
            await asyncio.sleep(_BETWEEN_S)

    watching = asyncio.create_task(watch())
    try:
        yield took
    finally:
        watching.cancel()
        connection.close()


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        print(*uvloop.run(measure_first_pages(Path(name) / "first-pages")).lines(), sep="\n")
