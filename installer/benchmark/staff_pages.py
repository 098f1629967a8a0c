"""What 20 open pages of staff cost an event, and how soon the last of them shows it; one of them is in Chromium."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import uvloop
from playwright.async_api import Browser, BrowserContext, async_playwright

from installer.benchmark.centre import CENTRE, Hot, expect, hot_centre
from installer.benchmark.load import Poster, connect
from installer.benchmark.measure import Measure
from installer.benchmark.page_replay import StaffPage
from installer.benchmark.pages import WATCH
from installer.benchmark.replayed_pages import replayed
from queue_server.accounts import command_line as staff_cli
from queue_server.accounts.model import Role
from queue_server.accounts.passwords import Passwords
from queue_server.database import open_database, parse_url
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.accounts.helpers import QUICK
from tests.queue_server.web.chromium import PROGRAM, QUIET

_PASSWORD: Final = "a long made-up password"  # noqa: S105 - as its name says
_LANGUAGES: Final = ("en", "fr", "en", "ar")
#: Pages at counters, each at its own, and at desks of reception; the first counter's is in Chromium.
_COUNTERS: Final = 16
_DESKS: Final = 4
#: Where visits are called and taken back: no page is open there.
_CALLS_AT: Final = 30
_EVENTS: Final = 40
_A_SECOND: Final = 5
_ROUNDS: Final = 3
#: By then every page shows the last event also on a machine that has other things to do.
_SETTLE_S: Final = 2.0
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass
class _Round:
    """Milliseconds: ``cost`` of the server's processor an event; ``waited`` of each event until the last showed it."""

    cost: float
    waited: list[float]
    browser: list[float]


async def _staff(hot: Hot) -> list[StaffPage]:
    """Add those who open the pages; the hash says how it was made, so whoever signs in waits for no strong one."""
    passwords = Passwords(QUICK)
    hashed = await passwords.hash(_PASSWORD)
    passwords.close()
    numbers = range(_COUNTERS + _DESKS)
    counters = [str(one + 1) if one < _COUNTERS else "" for one in numbers]
    data = hot.installation.data
    async with open_database(parse_url(None, data)) as database, SqlEventLog(database) as log:
        for one, counter in zip(numbers, counters, strict=True):
            roles = (Role.COUNTER,) if counter else (Role.RECEPTION,)
            await log.write(
                lambda connection, one=one, roles=roles: staff_cli.add_member(  # type: ignore[misc]
                    connection, f"staff.{one}", f"Staff {one}", hashed, (CENTRE,), roles
                )
            )
    return [
        StaffPage(f"staff.{one}", "/counter" if counter else "/reception", counter, _LANGUAGES[one % len(_LANGUAGES)])
        for one, counter in zip(numbers, counters, strict=True)
    ]


@asynccontextmanager
async def _in_chromium(hot: Hot, browser: Browser, opened: StaffPage) -> AsyncIterator[list[tuple[str, float]]]:
    """Open a counter's page in a browser; what it showed is there once the block is left."""
    context: BrowserContext = await browser.new_context()
    page, shown = await context.new_page(), list[tuple[str, float]]()
    await page.goto(f"{hot.url()}/sign-in?centre={CENTRE}&lang={opened.language}")
    await page.fill("#login", opened.login)
    await page.fill("#password", _PASSWORD)
    await page.press("#password", "Enter")
    await page.wait_for_url("**/sign-in/counter")
    await page.check(f'input[value="{opened.counter}"]', force=True)
    await page.click("button.filled")
    await page.wait_for_url("**/counter")
    await page.wait_for_selector("[data-live=on]", state="attached")
    await page.evaluate(WATCH)
    try:
        yield shown
        shown += await page.evaluate("window.shown")
    finally:
        await context.close()


def _processor(pid: int) -> float:
    """Give how long a process has computed, in milliseconds."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / _TICKS


async def _events(hot: Hot, pid: int) -> tuple[float, list[tuple[int, float]]]:
    """Call and take back by turns, evenly: the server's processor an event; each event's number and when it was asked.

    What the server does anyway, while nothing happens, is not an event's.
    """
    poster, connection, asked = Poster(hot.integration), await connect(hot.url()), []
    idle = _processor(pid)
    await asyncio.sleep(_EVENTS / _A_SECOND / 2)
    idle, begin, began = (_processor(pid) - idle) * 2, time.perf_counter(), _processor(pid)
    for number in range(_EVENTS):
        await asyncio.sleep(max(0.0, begin + number / _A_SECOND - time.perf_counter()))
        path = f"/centres/{CENTRE}/counters/{_CALLS_AT}/" + ("undo" if number % 2 else "call-next")
        request, at = poster.post(path), time.time() * 1000
        answer = json.loads(await expect(connection, request))
        asked.append((int(answer["cursor"].rpartition(":")[2]), at))
    await asyncio.sleep(max(0.5, begin + _EVENTS / _A_SECOND - time.perf_counter()))
    cost = (_processor(pid) - began - idle) / _EVENTS
    connection.close()
    await asyncio.sleep(_SETTLE_S)
    return cost, asked


def _last(asked: Sequence[tuple[int, float]], shown: Sequence[Sequence[tuple[str, float]]]) -> list[float]:
    """Give for each event how long it took until the last of the pages showed it, in milliseconds."""
    pages = [[(int(place.rpartition(":")[2]), at) for place, at in page if place] for page in shown]
    return [
        max(min(seen for place, seen in page if place >= number and seen >= at) for page in pages) - at
        for number, at in asked
    ]


async def _round(hot: Hot, browser: Browser | None, pages: list[StaffPage]) -> _Round:
    """Measure once: with open pages, the first of them in a browser, or with as many lines that only listen."""
    pid = hot.installation.servers[0].process
    if browser is None:
        async with replayed(hot, pages, _PASSWORD, "--listen") as shown:
            cost, asked = await _events(hot, pid)
        return _Round(cost, _last(asked, shown), [])
    async with replayed(hot, pages[1:], _PASSWORD) as shown, _in_chromium(hot, browser, pages[0]) as seen:
        cost, asked = await _events(hot, pid)
    return _Round(cost, _last(asked, [*shown, seen]), _last(asked, [seen]))


async def _serve(hot: Hot) -> None:
    """Have somebody at every second counter, some called and some served: what is open is not the page of idleness."""
    poster, connection = Poster(hot.integration), await connect(hot.url())
    for counter in range(2, _COUNTERS + 1, 2):
        called = json.loads(await expect(connection, poster.post(f"/centres/{CENTRE}/counters/{counter}/call-next")))
        if counter % 4 == 0:
            body = json.dumps({"visit": called["visit"]["id"]}).encode()
            await expect(connection, poster.post(f"/centres/{CENTRE}/counters/{counter}/start", body))
    connection.close()


async def _measure(folder: Path) -> tuple[list[_Round], list[_Round]]:
    """Measure pages and lines by turns."""
    with_pages, lines = [], []
    async with hot_centre(folder) as hot, async_playwright() as playwright:
        pages = await _staff(hot)
        await _serve(hot)
        browser = await playwright.chromium.launch(executable_path=PROGRAM, args=list(QUIET), env=dict(os.environ))
        for _ in range(_ROUNDS):
            lines.append(await _round(hot, None, pages))
            with_pages.append(await _round(hot, browser, pages))
        await browser.close()
    return with_pages, lines


def _spread(figures: Sequence[float]) -> str:
    return f"{min(figures):.1f} to {max(figures):.1f}"


def _p95(milliseconds: Sequence[float]) -> float:
    return quantiles(milliseconds, n=20, method="inclusive")[18]


def measure_staff_pages(folder: Path) -> Iterator[Measure]:
    """Measure what an event costs, and how soon it is shown."""
    with_pages, lines = uvloop.run(_measure(folder))
    number = _COUNTERS + _DESKS
    costs = [one.cost for one in with_pages]
    yield Measure(
        f"the server's processor for one event, {number} pages of staff open, {_A_SECOND} events a second",
        median(costs),
        f"the same with {number} lines that only listen",
        median(one.cost for one in lines),
        "ms",
        goal=0.5,
        floor=0.18,
        more=f" ({_spread(costs)})",
    )
    waited = [median(one.waited) for one in with_pages]
    slow, browser = [_p95(one.waited) for one in with_pages], [median(one.browser) for one in with_pages]
    yield Measure(
        "one event until the last of these pages shows it",
        median(waited),
        "until the last of the lines that only listen has heard of it",
        median(median(one.waited) for one in lines),
        "ms",
        goal=0.5,
        floor=0.15,
        more=f" ({_spread(waited)}; p95 {median(slow):.1f} ms; the one in Chromium {median(browser):.1f} ms)",
    )


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        for measure in measure_staff_pages(Path(name)):
            print(*measure.lines(), sep="\n")
