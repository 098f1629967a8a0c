"""How soon an open page of managers shows what happened: events over HTTP, the page in Chromium."""

import asyncio
import json
import os
import time
from pathlib import Path
from typing import Final

from playwright.async_api import Page, async_playwright

from installer.benchmark.centre import CENTRE, Hot, expect, hot_centre
from installer.benchmark.load import Poster, connect
from installer.benchmark.measure import Measure, quantiles
from installer.benchmark.page_replay import StaffPage
from installer.benchmark.replayed_pages import replayed
from tests.queue_server.web.chromium import PROGRAM, QUIET

#: Those of a busy centre.
_COUNTERS: Final = 20
_EVENTS: Final = 200
_A_SECOND: Final = 10
_LOGIN: Final = "ada.lund"
#: Notes when each place of the feed was first shown, in milliseconds since the epoch.
WATCH: Final = """() => {
  window.shown = [];
  const look = () => {
    const place = document.getElementById("now")?.dataset.cursor;
    if (place && window.shown.at(-1)?.[0] !== place) {
      window.shown.push([place, performance.timeOrigin + performance.now()]);
    }
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributes: true});
  look();
}"""


async def measure_live_page(folder: Path) -> Measure:
    """Measure from asking for an event until the page shows it, at so many events a second."""
    async with hot_centre(folder, counters=_COUNTERS) as hot, async_playwright() as playwright:
        password = (
            await hot.installation.command(
                "staff", "add", _LOGIN, "--name", "Ada Lund", "--centre", CENTRE, "--role", "manager"
            )
        )[-1]
        browser = await playwright.chromium.launch(executable_path=PROGRAM, args=list(QUIET), env=dict(os.environ))
        page = await browser.new_page()
        await _open(page, hot, password)
        await page.evaluate(WATCH)
        listener = StaffPage(_LOGIN, "/manager", "", "en")
        async with replayed(hot, [listener], password, "--listen") as heard:
            asked = await _events(hot)
            await asyncio.sleep(1)
        shown: list[tuple[str, float]] = await page.evaluate("window.shown")
        await browser.close()
    median, slow = quantiles(_waited(asked, shown))
    line, _ = quantiles(_waited(asked, heard[0]))
    return Measure(
        f"one event until a manager's page in Chromium shows it, {_A_SECOND} events a second",
        median,
        "until a line that only listens has heard of it",
        line,
        "ms",
        goal=0.1,
        floor=0.043,
        more=f" (p99 {slow:.2f} ms, drawn {len(shown)} times for {len(asked)} events)",
    )


async def _open(page: Page, hot: Hot, password: str) -> None:
    await page.goto(f"{hot.url()}/sign-in?centre={CENTRE}")
    await page.fill("#login", _LOGIN)
    await page.fill("#password", password)
    await page.press("#password", "Enter")
    await page.wait_for_url("**/manager")
    await page.wait_for_selector("[data-live=on]", state="attached")


async def _events(hot: Hot) -> list[tuple[int, float]]:
    """Call and take back by turns, evenly; the number of each event, and when it was asked for."""
    poster, connection, asked = Poster(hot.integration), await connect(hot.url()), []
    begin = time.perf_counter()
    for number in range(_EVENTS):
        await asyncio.sleep(max(0.0, begin + number / _A_SECOND - time.perf_counter()))
        path = f"/centres/{CENTRE}/counters/1/" + ("undo" if number % 2 else "call-next")
        request, at = poster.post(path), time.time() * 1000
        answer = json.loads(await expect(connection, request))
        asked.append((_number(answer["cursor"]), at))
    connection.close()
    return asked


def _number(place: str) -> int:
    """Read the number of the event in a place of the centre's feed, ``day:number``."""
    return int(place.rpartition(":")[2])


def _waited(asked: list[tuple[int, float]], shown: list[tuple[str, float]]) -> list[float]:
    """Give how long each event waited for its page, in seconds."""
    places = [(_number(place), at) for place, at in shown if place]
    return [(min(seen for place, seen in places if place >= number and seen >= at) - at) / 1000 for number, at in asked]
