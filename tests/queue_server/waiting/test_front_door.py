"""Whoever comes is told how long they wait: kiosks and other programs by the API, boards by their feed, phones."""

import asyncio
from pathlib import Path
from typing import Any

from queue_server.bootstrap import make_desk
from queue_server.domain.values import VisitId
from queue_server.waiting.learner import Learner
from queue_server.waiting.publishing import Publishing
from queue_server.web import ticket
from queue_server.web.site import site_of
from tests.queue_server.house import KNOWN, House
from tests.queue_server.waiting.past import TOWN, town

PASSPORT = {"services": ["passport"], "category": "walk-in", "party_size": 1, "language": "en"}


async def told(here: House, path: str) -> Any:
    kiosk, _ = await here.device("kiosk", centre="town")
    answer = await kiosk.get(f"/centres/town/{path}")
    assert answer.status == 200, answer
    return answer.body


async def page_of_ticket(here: House) -> str:
    """Take a ticket at a kiosk, and read its page as a phone shows it."""
    kiosk, _ = await here.device("kiosk", centre="town")
    issued = (await kiosk.post("/centres/town/visits", PASSPORT)).body["visit"]["id"]
    desk = make_desk(here.server, await asyncio.to_thread(site_of, KNOWN.sites))
    async with here.http.get(here.address + ticket.path_of(desk, TOWN, VisitId(issued))) as page:
        assert page.status == 200
        return await page.text()


async def test_people_are_told_before_they_choose_and_with_their_ticket(data: Path) -> None:
    async with town(data) as here:
        # Until a day was learned from, a rough range is made of the catalogue's minutes, the counters and the queue.
        rough = await told(here, "waits")
        assert rough["services"].keys() == {"passport", "record", "visa"}
        for one in (*rough["services"].values(), *rough["steps"].values()):
            assert one["low_min"] < one["high_min"]
            assert one["latest"] is None
        page = await page_of_ticket(here)
        assert "Your turn comes in about" in page
        assert "at the latest" not in page
        await here.server[Learner].learn()
        waits = await told(here, "waits")
        assert waits["closes"] == "2026-12-11T15:00:00Z"
        assert waits["services"].keys() == {"passport", "record", "visa"}
        for one in (*waits["services"].values(), *waits["steps"].values()):
            assert one["low_min"] + 5 <= one["high_min"] or one["high_min"] <= 5
            assert one["latest"] >= waits["at"]
        shown = await page_of_ticket(here)
        assert "Your turn comes in about" in shown
        assert "at the latest" in shown
        await here.server[Publishing].publish()
        board, _ = await here.device("screen", centre="town")
        steps = {one["step"]: one for one in (await board.get("/centres/town/queue")).body["board"]["waiting"]}
        assert steps["papers"]["wait"] == (await told(here, "waits"))["steps"]["papers"]
