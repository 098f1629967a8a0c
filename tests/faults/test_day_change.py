"""Over the change of the service day: retries at 23:59:59 and after midnight, a feed left on, and who still waited.

Nobody waits for midnight and no clock is touched: the centre lies in a time zone of its own, a file whose offset puts
its midnight a few seconds ahead.
"""

import asyncio
import struct
import time
from collections import Counter as Tally
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from queue_server.catalogue.store import demo_catalogues
from queue_server.contract.client import ApiClient
from queue_server.contract.feeds import FeedFrame
from queue_server.database import open_database, parse_url
from tests.faults import callers as c
from tests.faults.judge import Judge, Row
from tests.faults.server_process import Installation

CENTRE = "edge"
ZONE = "Test/Edge"
DAY_SECONDS = 86_400
TICKET = {"services": ["uto-evacuation"], "category": "walk-in", "language": "en"}


def write_zone(folder: Path, offset: int) -> None:
    """Write a time zone (RFC 9636, version 1) that is ``offset`` seconds ahead of UTC, always."""
    path = folder / ZONE
    path.parent.mkdir(parents=True, exist_ok=True)
    name = b"EDGE\0"
    header = struct.pack(">4s16x6l", b"TZif", 0, 0, 0, 0, 1, len(name))
    path.write_bytes(header + struct.pack(">lbB", offset, 0, 0) + name)


def catalogue() -> str:
    """Make a catalogue of the demo centre that closes at midnight."""
    demo = next(one for one in demo_catalogues() if 'id = "demo"' in one)
    for before, after in (
        ('id = "demo"', f'id = "{CENTRE}"'),
        ('zone = "Europe/Brussels"', f'zone = "{ZONE}"'),
        ('day_start = "04:00"', 'day_start = "00:00"'),
        ("round_the_clock = true", "round_the_clock = false"),
    ):
        assert before in demo
        demo = demo.replace(before, after, 1)
    return demo


class Edge:
    """The centre, its server, the tokens of an integration and a board, and its midnight (Unix time)."""

    def __init__(self, installation: Installation, integration: str, board: str, midnight: int) -> None:
        self.installation = installation
        self.integration = integration
        self.board = board
        self.midnight = midnight
        self.server = installation.servers[0]

    @property
    def url(self) -> str:
        assert self.server.url is not None
        return self.server.url

    def ticket(self) -> c.Request:
        return c.request(self.integration, "/visits", **TICKET)

    def at_counter(self, verb: str) -> c.Request:
        return c.request(self.integration, f"/counters/1/{verb}")

    async def read_log(self) -> list[Row]:
        statement = text(
            f"SELECT stream, seq, type, command, payload, at FROM events WHERE stream LIKE 'queue/{CENTRE}/%' "  # noqa: S608
            "ORDER BY stream, seq"
        )

        def read(connection: Connection) -> list[Row]:
            return [Row(*row) for row in connection.execute(statement)]

        async with open_database(parse_url(None, self.installation.data)) as database:
            return await database.run(read)


@asynccontextmanager
async def before_midnight(tmp_path: Path, margin_s: int) -> AsyncIterator[Edge]:
    """Set everything up, then move the zone so that its midnight comes ``margin_s`` after a server can have started."""
    await asyncio.to_thread(tmp_path.mkdir)
    zones = tmp_path / "zones"
    await asyncio.to_thread(write_zone, zones, 0)
    installation = Installation(tmp_path / "data", environment={"PYTHONTZPATH": str(zones)})
    await installation.command("init")
    file = tmp_path / "edge.toml"
    await asyncio.to_thread(lambda: file.write_text(catalogue(), "utf-8"))
    await installation.command("import", str(file))
    codes = [
        await installation.enrol_code("integration", "load", "manager", CENTRE),
        await installation.enrol_code("screen", "board", None, CENTRE),
    ]
    server = installation.server()
    began = time.monotonic()
    await server.start()
    took = time.monotonic() - began
    try:
        assert server.url is not None
        async with ApiClient(server.url, None) as client:
            tokens = [(await client.enrol(code)).token for code in codes]
        await server.stop()
        midnight = int(time.time()) + margin_s + int(2 * took)
        await asyncio.to_thread(write_zone, zones, -midnight % DAY_SECONDS)
        await server.start()
        yield Edge(installation, tokens[0], tokens[1], midnight)
    finally:
        if server.running:
            await server.stop()


class Feed:
    """What a board was sent, in order."""

    def __init__(self) -> None:
        self.frames: list[FeedFrame] = []
        self._news = asyncio.Condition()

    async def follow(self, url: str, token: str) -> None:
        async with ApiClient(url, token) as client:
            async for frame in client.feed(CENTRE, None):
                async with self._news:
                    self.frames.append(frame)
                    self._news.notify_all()

    async def first(self, day: str, kind: str) -> FeedFrame:
        """Wait for the first frame of a type on a day."""

        def found() -> FeedFrame | None:
            return next((one for one in self.frames if one.type == kind and one.stream.endswith(day)), None)

        async with self._news:
            await self._news.wait_for(lambda: found() is not None)
        frame = found()
        assert frame is not None
        return frame


async def repeat_over_midnight(edge: Edge, callers: c.Callers, answered: c.Answer) -> None:
    """Ask the same until midnight is over, and hear the same; once more after a power cut as well."""
    while time.time() < edge.midnight + 1:
        assert (await callers.ask(answered.request)).lasting == answered.lasting


async def issue_over_midnight(edge: Edge, callers: c.Callers) -> list[c.Answer]:
    """Issue tickets at both sides of midnight, each asked for twice at once."""
    answers = []
    while time.time() < edge.midnight + 1:
        answers.append(await callers.ask_twice(edge.ticket()))
    return answers


async def test_retries_feeds_and_waiting_visits_over_midnight(tmp_path: Path) -> None:
    # How long the requests of the old day take is the machine's to say.
    margin_s = 4
    while not await over_midnight(tmp_path / str(margin_s), margin_s):
        margin_s *= 3


async def over_midnight(tmp_path: Path, margin_s: int) -> bool:
    """Ask, issue and call before and after midnight; return whether there was time for it before."""
    async with before_midnight(tmp_path, margin_s) as edge, c.calling([edge.server], 1, CENTRE) as callers:
        # Often enough to ask in the last and the first second of a day.
        callers.pause = 0.05
        feed = Feed()
        async with asyncio.TaskGroup() as group:
            following = group.create_task(feed.follow(edge.url, edge.board))
            await callers.ask(edge.at_counter("open"))
            called, waiting = [await callers.ask(edge.ticket()) for _ in range(2)]
            call = await callers.ask(edge.at_counter("call-next"))
            if time.time() >= edge.midnight:
                following.cancel()
                return False
            assert call.body["visit"]["id"] == called.body["visit"]["id"]
            before = str(call.body["cursor"]).partition(":")[0]
            after = (date.fromisoformat(before) + timedelta(days=1)).isoformat()
            repeats = [group.create_task(repeat_over_midnight(edge, callers, one)) for one in (called, waiting, call)]
            issuing = group.create_task(issue_over_midnight(edge, callers))
            fresh = await feed.first(after, "snapshot")
            await asyncio.gather(*repeats, issuing)
            # The first call of the new day reaches the board that was left on.
            await callers.ask(edge.at_counter("open"))
            first = await callers.ask(edge.at_counter("call-next"))
            shown = await feed.first(after, "visit-called")
            following.cancel()
        await edge.server.kill()
        await edge.server.start()
        for answered in (called, waiting, call, *issuing.result()):
            assert (await callers.ask(answered.request)).lasting == answered.lasting
        await edge.server.stop()
        report = await edge.installation.verify()
        rows = await edge.read_log()

    assert report["ok"], report
    assert feed.frames[0].type == "snapshot"
    assert feed.frames[0].stream == f"queue/{CENTRE}/{before}"
    assert fresh.board
    assert fresh.board.calls == ()
    assert shown.board
    assert [one.code for one in shown.board.calls] == [first.body["visit"]["code"]]
    assert str(first.body["cursor"]).startswith(after)

    judge = Judge()
    judge.read(rows)
    assert judge.faults == []
    tickets = [called, waiting, *issuing.result()]
    assert Tally(str(one.body["cursor"]).partition(":")[0] for one in tickets).keys() == {before, after}
    assert judge.issued == {one.body["visit"]["id"]: one.body["visit"]["code"] for one in tickets}
    old = [row for row in rows if row.stream.endswith(before)]
    assert old[-1].type == "day-closed"
    ended = [row.payload for row in old if row.type == "visit-not-served"]
    left = [one.body["visit"]["id"] for one in tickets if str(one.body["cursor"]).startswith(before)]
    assert len(ended) == len(left)
    assert all(any(visit.encode() in payload for payload in ended) for visit in left)
    return True
