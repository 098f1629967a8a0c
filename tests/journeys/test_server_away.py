"""A morning on which the server is away: the kiosk goes on, board and counter say so, and nothing is lost or twice.

A whole centre as in the demo: server, kiosk, board, simulated printer and reader, Chromium at the counter. The server
is away for as long as three people need to take their tickets; with ``--long`` for ten minutes by the clock.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from installer.demonstration.centre import DemoCentre
from installer.demonstration.desk import DemoDesk, Office
from installer.demonstration.play import Play
from queue_server.contract.visits import VisitView

COUNTER = "3"
TEN_MINUTES = 600


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: everything it looks at is another process."""


@pytest.fixture(autouse=True)
def fonts_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give Chromium the fonts that the tests of the screens hide from this process."""
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)


async def take(play: Play, centre: DemoCentre) -> dict[str, Any]:
    """Take a ticket as one person in a row of people does, for what costs nothing; gives code and time of the touch."""
    await play.arrive("en", document=None, pictures=False)
    await play.choose("XAL", "help", "xal-emergency-funds", pictures=False)
    visit = await play.take_ticket("en")
    visit["by"] = datetime.now(UTC)
    await centre.kiosk.tap("Done")
    await centre.kiosk.page("language")
    return visit


def told(centre: DemoCentre) -> list[VisitView]:
    """List the tickets that the feed has told of: each for itself, or in what a line that came late gets at first."""
    found: list[VisitView] = []
    for frame in centre.frames:
        if frame.type == "visit-issued" and frame.visit:
            found.append(frame.visit)
        elif frame.type == "snapshot" and frame.queue:
            known = {visit.id for visit in found}
            found += [visit for visit in frame.queue.visits if visit.id not in known]
    return found


async def arrived(centre: DemoCentre, code: str) -> VisitView:
    """Wait until the feed has told of a ticket; returns the visit as it was then."""
    async with asyncio.timeout(60):
        while True:
            for visit in told(centre):
                if visit.code == code:
                    return visit
            await asyncio.sleep(0.05)


async def seen_away(desk: DemoDesk, centre: DemoCentre, code: str) -> None:
    """Look at counter and board as people do while the server is away: neither shows what may be wrong by now."""
    page = desk.page
    await expect(page.locator("body.away")).to_have_count(1)
    await expect(page.locator("#now")).to_have_attribute("data-stage", "serving")
    await expect(page.locator(".ticket .code")).to_contain_text(code[1:])
    await page.keyboard.press("f")
    await expect(page.locator("#now")).to_have_attribute("data-stage", "serving")
    state = await centre.board.page("offline")
    assert not any(code[1:] in text for text in state["texts"])


async def test_ten_minutes_without_a_server(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    long = bool(request.config.getoption("--long"))
    async with Office(tmp_path) as office, DemoCentre(tmp_path / "centre", played=True) as centre:
        play = Play(centre, tmp_path, [])
        clerk = next(one for one in centre.accounts if one["centre"] == "demo" and one["roles"] == ["counter"])
        desk = await office.desk(centre.server_url)
        await desk.sign_in(clerk, COUNTER)
        await desk.press("o", "idle")

        before = [await take(play, centre), await take(play, centre)]
        await arrived(centre, before[1]["code"])
        await desk.press("Space", "called")
        await desk.press("Enter", "serving")
        assert await desk.code() == before[0]["code"]

        await centre.kill_server()
        gone = datetime.now(UTC)
        during = [await take(play, centre) for _ in range(3)]
        await seen_away(desk, centre, before[0]["code"])
        if long:
            await asyncio.sleep(TEN_MINUTES)
        await centre.start_server()
        back = datetime.now(UTC)
        await desk.live()

        # Everybody is there once, counted from when they stood at the kiosk and not from when the line came back.
        merged = [await arrived(centre, visit["code"]) for visit in during]
        for visit, view in zip(during, merged, strict=True):
            # The age of a ticket is told when it is sent: it is younger by the way that the message takes.
            assert gone <= view.issued_at < back
            assert visit["by"] < back
        issued = [visit.code for visit in told(centre)]
        assert sorted(issued) == sorted({visit["code"] for visit in before + during})

        # The visit that was in hand goes on where it was, and the others are called in the order of their coming.
        await expect(desk.page.locator("#now")).to_have_attribute("data-stage", "serving")
        await desk.press("f", "idle")
        called: list[str] = []
        while len(called) < len(before + during) - 1:
            await desk.press("Space", "called")
            code = await desk.code()
            # Those who were served already come between, for their next step.
            if code not in (before[0]["code"], *called):
                called.append(code)
            await desk.press("Enter", "serving")
            await desk.press("f", "idle")
        assert called == [visit["code"] for visit in before[1:] + during]
        assert (await centre.verify())["ok"] is True
        assert len(list(centre.paper.iterdir())) == len(before + during)
