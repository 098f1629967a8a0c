"""The lines of tickets on phones: one drawing for all, bounded in number, ended when there is nothing more to tell."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Self

import aiohttp
from aiohttp import web
from msgspec.structs import replace

from queue_server.domain.values import Actor, CentreId, Day, Micros, VisitId, now_micros
from queue_server.eventlog.port import Event
from queue_server.queue.state import DayState
from queue_server.web.rules import PageRules
from queue_server.web.ticket_live import RenderedPart, TicketLines
from queue_server.writer import Watcher


class Hall:
    """A centre of which only happenings matter, and a server that shows its one ticket to everybody."""

    def __init__(self, **rules: int) -> None:
        self.lines = TicketLines(
            replace(PageRules(ticket_pause_ms=50, ticket_heartbeat_ms=100), **rules), stall_ms=1000, clock=now_micros
        )
        self.watchers: list[Watcher] = []
        self.text: str | None = "before"
        self.drawings = 0
        self.client: aiohttp.ClientSession
        self.answers: list[aiohttp.ClientResponse] = []

    async def get(self, path: str) -> aiohttp.ClientResponse:
        """Follow a ticket as a phone does; the line is closed at the end."""
        self.answers.append(await self.client.get(path))
        return self.answers[-1]

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        self.watchers.append(watcher)
        return lambda: self.watchers.remove(watcher)

    def happen(self, text: str | None) -> None:
        self.text = text
        for watcher in tuple(self.watchers):
            watcher(EVENT, DayState(CentreId("demo"), Day("2026-11-24")))

    def draw(self) -> RenderedPart | None:
        self.drawings += 1
        return None if self.text is None else RenderedPart(self.text)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        key = (VisitId(request.match_info["ticket"]), "en")
        return await self.lines.serve(request, self.watch, key, self.draw)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        app = web.Application()
        app.router.add_get("/{ticket}", self.handle)
        app.on_shutdown.append(self.lines.stop)
        runner = web.AppRunner(app)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            async with aiohttp.ClientSession(f"http://127.0.0.1:{runner.addresses[0][1]}") as client:
                self.client = client
                yield self
                for answer in self.answers:
                    answer.close()
        finally:
            await runner.cleanup()


EVENT = Event("queue/demo/2026-11-24", 1, Micros(0), "visit-called", 1, "x", Actor("system"), b"{}", b"")


async def frames(answer: aiohttp.ClientResponse, *, beats: bool = False) -> AsyncIterator[tuple[str, str]]:
    while True:
        try:
            block = (await answer.content.readuntil(b"\n\n")).decode()
        except (asyncio.IncompleteReadError, aiohttp.ClientPayloadError, RuntimeError):
            # The line was cut, in the middle of a frame or before it was looked at.
            return
        kind, _, data = block.strip().partition("\n")
        if beats or kind != "event: beat":
            yield kind.removeprefix("event: "), data.removeprefix("data:").strip()


async def test_many_phones_and_many_events_are_few_drawings() -> None:
    hall = Hall()
    async with hall.open():
        answers = [await hall.get("/one") for _ in range(5)]
        feeds = [frames(answer) for answer in answers]
        assert [await anext(feed) for feed in feeds] == [("ticket", "before")] * 5
        for number in range(200):
            hall.happen(f"after {number}")
        last = ""
        while last != "after 199":
            _, last = await anext(feeds[0])
        for feed in feeds[1:]:
            while (await anext(feed))[1] != "after 199":
                pass
        assert hall.drawings <= 4
        drawings = hall.drawings
        # What changes nothing on the ticket is not sent, and a line without news carries beats.
        hall.happen("after 199")
        assert await anext(frames(answers[0], beats=True)) == ("beat", "")
        assert hall.drawings <= drawings + 1
        for answer in answers:
            answer.close()
        await until(lambda: not len(hall.lines) and not hall.watchers)


async def test_lines_are_bounded_by_ticket_and_by_address() -> None:
    hall = Hall(ticket_feeds=2, ticket_feeds_address=3)
    async with hall.open():
        first, *_ = [await hall.get("/one") for _ in range(2)]
        assert await raised(hall, "/one")
        other = await hall.get("/two")
        assert await raised(hall, "/three")
        first.close()
        await until(lambda: len(hall.lines) == 2)
        assert (await hall.get("/one")).status == 200
        other.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - whoever goes tells nobody
            await asyncio.sleep(0.01)


async def raised(hall: Hall, path: str) -> bool:
    # The application of this test has no problem details: what a handler raises is 500.
    return (await hall.get(path)).status == 500


async def test_the_end_of_a_ticket_and_of_the_server_end_the_line() -> None:
    hall = Hall()
    async with hall.open():
        gone, open_still = await hall.get("/one"), await hall.get("/two")
        hall.happen(None)
        feed = frames(gone)
        assert [frame async for frame in feed][-1] == ("gone", "")
        hall.text = "before"
        open_still.close()
        last = await hall.get("/three")
        feed = frames(last)
        assert await anext(feed) == ("ticket", "before")
        # The server stops: the line is cut at once, not after its grace.
        await hall.lines.stop(web.Application())
        assert [frame async for frame in feed] == []
