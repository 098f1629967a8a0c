"""Feeds: snapshots and frames for each audience, coming back with a cursor, clients that stall, access that ends."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import msgspec
import pytest
from msgspec.structs import replace

from queue_server.accounts import device_store, staff_store
from queue_server.accounts.model import Role
from queue_server.catalogue import store
from queue_server.centre.centres import Centres
from queue_server.contract.catalogue import CounterView
from queue_server.contract.client import ApiClient, ServerUnreachableError
from queue_server.contract.feeds import BoardView, FeedFrame, QueueView
from queue_server.contract.hall import HelpView
from queue_server.contract.visits import VisitView
from queue_server.domain.values import Micros, now_micros, to_micros
from queue_server.framework.broadcast import QUEUE_FRAMES
from queue_server.framework.settings import FeedSettings, HttpSettings
from queue_server.queue.notices import MAX_SHOWN
from tests.queue_server.house import QUICK, TICKET, Client, House, house

pytestmark = pytest.mark.asyncio(loop_scope="module")

COUNTER = "/centres/demo/counters/1"


class Line:
    """A feed's frames without its beats; fails where none comes."""

    def __init__(self, frames: AsyncIterator[FeedFrame]) -> None:
        self._frames = frames

    async def next(self, *, beats: bool = False) -> FeedFrame:
        async with asyncio.timeout(60):
            async for frame in self._frames:
                if beats or frame.type != "beat":
                    return frame
        raise AssertionError("the line ended")


@asynccontextmanager
async def socket_of(
    here: House, client: Client, after: str | None = None, centre: str | None = None
) -> AsyncIterator[Line]:
    api = ApiClient(here.address, client.headers["Authorization"].partition(" ")[2])
    async with api:
        yield Line(api.feed(centre or here.centre, after))


@asynccontextmanager
async def events_of(
    here: House, client: Client, last: str | None = None, centre: str | None = None
) -> AsyncIterator[Line]:
    """Follow as a browser does."""
    headers = client.headers | {"Accept": "text/event-stream"} | ({} if last is None else {"Last-Event-ID": last})
    address = f"{here.address}/api/v1/centres/{centre or here.centre}/events"
    async with here.http.get(address, headers=headers) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        assert response.headers["Cache-Control"] == "no-store"

        async def frames() -> AsyncIterator[FeedFrame]:
            ident, kind = "", ""
            async for line in response.content:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                ident, kind = (value if name == "id" else ident), (value if name == "event" else kind)
                if name == "data":
                    frame = msgspec.json.decode(value, type=FeedFrame)
                    assert frame.cursor == ident
                    named = {"snapshot": "snapshot", "beat": "beat", "payments": "mention"}
                    assert kind == named.get(frame.type, "change")
                    yield frame

        yield Line(frames())


async def test_a_board_sees_calls_and_counts_and_nothing_else(here: House) -> None:
    screen, kiosk, desk = (await here.device("screen"))[0], await here.kiosk(), await here.manager()
    async with socket_of(here, screen) as line:
        first = await line.next()
        assert isinstance(first.board, BoardView)
        assert (first.type, first.board.calls, first.board.waiting) == ("snapshot", (), ())
        issued = (await kiosk.post("/centres/demo/visits", TICKET)).body
        frame = await line.next()
        assert (frame.type, frame.cursor) == ("visit-issued", issued["cursor"])
        assert frame.visit is msgspec.UNSET
        assert isinstance(frame.board, BoardView)
        assert [(one.step, one.visits) for one in frame.board.waiting] == [("reception", 1)]
        await desk.post(f"{COUNTER}/open")
        await desk.post(f"{COUNTER}/call-next")
        await desk.post(f"{COUNTER}/recall")
        await desk.post(f"{COUNTER}/start")
        seen = [await line.next() for _ in range(4)]
        calls = [[(c.code, c.counter, c.repeats, c.active) for c in f.board.calls] for f in seen if f.board]
        assert calls == [[], [("A001", "1", 0, True)], [("A001", "1", 1, True)], [("A001", "1", 1, False)]]


async def test_an_undone_call_leaves_the_board(here: House) -> None:
    screen, kiosk, desk = (await here.device("screen"))[0], await here.kiosk(), await here.manager()
    await kiosk.post("/centres/demo/visits", TICKET)
    await desk.post(f"{COUNTER}/open")
    await desk.post(f"{COUNTER}/call-next")
    async with socket_of(here, screen) as line:
        first = await line.next()
        assert isinstance(first.board, BoardView)
        assert len(first.board.calls) == 1
        await desk.post(f"{COUNTER}/undo")
        undone = await line.next()
        assert isinstance(undone.board, BoardView)
        assert undone.board.calls == ()


async def test_staff_get_what_an_event_touched_as_it_now_is(here: House) -> None:
    kiosk, (desk, _) = await here.kiosk(), await here.staff(Role.COUNTER, "1")
    async with events_of(here, desk) as line:
        first = await line.next()
        assert isinstance(first.queue, QueueView)
        await desk.post(f"{COUNTER}/open")
        await kiosk.post("/centres/demo/visits", TICKET)
        await desk.post(f"{COUNTER}/call-next")
        await kiosk.post("/centres/demo/help", {"kind": "paper"})
        opened, issued, called, helped = [await line.next() for _ in range(4)]
        assert isinstance(opened.counter, CounterView)
        assert opened.counter.state == "open"
        assert isinstance(issued.visit, VisitView)
        assert issued.visit.ahead == 0
        assert isinstance(called.visit, VisitView)
        assert isinstance(called.counter, CounterView)
        assert (called.visit.state, called.counter.visit) == ("called", called.visit.id)
        assert isinstance(helped.help, HelpView)
        assert helped.help.kind == "paper"
        assert [opened.seq + n for n in range(4)] == [one.seq for one in (opened, issued, called, helped)]


async def test_a_kiosk_sees_its_own_help_calls_alone(here: House) -> None:
    kiosk, other, desk = await here.kiosk(), await here.kiosk(), await here.manager()
    async with socket_of(here, kiosk) as line, socket_of(here, other) as beside:
        first = await line.next()
        await beside.next()
        assert isinstance(first.queue, QueueView)
        assert (first.version, first.queue.visits) == (1, ())
        await kiosk.post("/centres/demo/visits", TICKET)
        called = (await kiosk.post("/centres/demo/help", {"kind": "help"})).body["help"]
        mine = await line.next()
        assert (mine.type, mine.help.id if mine.help else "") == ("help-called", called["id"])
        await desk.post(f"/centres/demo/help/{called['id']}/take")
        taken = await line.next()
        assert (taken.type, bool(taken.help and taken.help.taken_at)) == ("help-taken", True)
        others = (await other.post("/centres/demo/help", {"kind": "help"})).body["help"]
        seen = await beside.next()
        assert seen.help
        assert seen.help.id == others["id"]


async def test_a_changed_catalogue_is_told(here: House) -> None:
    kiosk = await here.kiosk()
    async with socket_of(here, kiosk) as line:
        await line.next()

        def change(connection: object) -> None:
            text = store.export_catalogue(connection, here.centre)  # type: ignore[arg-type]
            assert text is not None
            store.import_catalogue(connection, text)  # type: ignore[arg-type]

        await here.server.log.write(change)
        told = await line.next()
        assert (told.type, told.version) == ("configuration-changed", 2)
    assert (await kiosk.get("/centres/demo/services")).body["version"] == 2


@pytest.mark.parametrize("follow", [socket_of, events_of])
async def test_a_client_comes_back_with_its_cursor(here: House, follow: type) -> None:
    desk, kiosk = await here.manager(), await here.kiosk()
    async with follow(here, desk) as line:
        cursor = (await line.next()).cursor
    for _ in range(3):
        await kiosk.post("/centres/demo/visits", TICKET)
    async with follow(here, desk, cursor) as line:
        missed = [await line.next() for _ in range(3)]
        assert [frame.type for frame in missed] == ["visit-issued"] * 3
        cursor = missed[-1].cursor
    async with follow(here, desk, cursor) as line:
        assert (await line.next(beats=True)).type == "beat"


@pytest.mark.parametrize(
    "cursor", ["", "nonsense", "2020-01-01:1", "{day}:0", "{day}:999999", "{day}:-1", "{day}:\u0661", ":"]
)
async def test_any_other_cursor_gets_a_snapshot_first(here: House, cursor: str) -> None:
    desk = await here.manager()
    day = here.server[Centres].find(here.centre).writer.state.day
    async with events_of(here, desk, cursor.format(day=day)) as line:
        assert (await line.next()).type == "snapshot"


async def test_too_old_a_cursor_gets_a_snapshot_first(here: House) -> None:
    desk, kiosk = await here.manager(), await here.kiosk()
    async with socket_of(here, desk) as line:
        cursor = (await line.next()).cursor
    for _ in range(QUEUE_FRAMES + 1):
        await kiosk.post("/centres/demo/visits", TICKET)
    async with socket_of(here, desk, cursor) as line:
        snapshot = await line.next()
        assert snapshot.type == "snapshot"
        assert isinstance(snapshot.queue, QueueView)
        assert len(snapshot.queue.visits) == QUEUE_FRAMES + 1


async def test_a_quiet_line_beats(here: House) -> None:
    desk = await here.manager()
    for follow in (socket_of, events_of):
        async with follow(here, desk) as line:
            first = await line.next()
            assert [(await line.next(beats=True)).type for _ in range(2)] == ["beat", "beat"]
            assert (await line.next(beats=True)).cursor == first.cursor


async def ended(line: Line) -> None:
    """Wait until the server ends a line."""
    async with asyncio.timeout(60):
        try:
            while True:
                await line.next(beats=True)
        except (ServerUnreachableError, AssertionError, aiohttp.ClientError):
            return


async def test_a_revoked_device_is_cut_off_at_the_next_look(data: Path) -> None:
    """With the settings of use, whose bounds let it look within two seconds; revoked as on another server."""
    settings = QUICK.but(FeedSettings())
    async with house(data, settings) as here:
        client, device = await here.device("screen")
        async with socket_of(here, client) as line:
            await line.next()
            await here.server.log.write(lambda connection: device_store.revoke(connection, device.id, now_micros()))
            await ended(line)
        refused = await client.get("/centres/demo/queue")
        assert (refused.status, refused.code) == (401, "token-revoked")


async def test_the_end_of_a_session_ends_its_feed(here: House) -> None:
    desk, session = await here.staff(Role.COUNTER, "1")
    async with events_of(here, desk) as line:
        await line.next()
        await here.server.log.write(lambda connection: staff_store.end_session(connection, session.id))
        await ended(line)
    assert (await desk.get("/centres/demo/queue")).status == 401


async def test_roles_that_change_reach_an_open_feed_at_the_next_look(data: Path) -> None:
    """With the settings of use, whose bounds let it look within two seconds; changed as on another server."""
    settings = QUICK.but(FeedSettings(), replace(QUICK[HttpSettings], identity_cache_ms=500))

    async def changed(counter: str, *roles: Role) -> None:
        desk, session = await here.staff(Role.COUNTER, counter)
        async with events_of(here, desk) as line:
            await line.next()
            await here.server.log.write(
                lambda connection: staff_store.set_roles(connection, session.staff, session.centre, roles)
            )
            await ended(line)
        # What the new roles allow holds from now on, and what the old ones alone did is over.
        assert (await desk.get("/centres/demo/queue")).status == (200 if roles else 401)
        assert (await desk.post(f"/centres/demo/counters/{counter}/open")).status == (
            401 if not roles else 200 if Role.COUNTER in roles else 403
        )
        assert (await desk.get("/centres/demo/payments")).status == (200 if Role.CASHIER in roles else 401)

    async with house(data, settings) as here:
        await asyncio.gather(changed("1"), changed("2", Role.CASHIER), changed("3", Role.COUNTER, Role.CASHIER))


async def test_a_client_that_stalls_is_dropped_and_nobody_waits_for_it(own_house: House) -> None:
    desk = await own_house.manager()
    host, port = own_house.address.removeprefix("http://").split(":")
    stalled = socket.socket()
    stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stalled.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(stalled, (host, int(port)))
    token = desk.headers["Authorization"]
    await loop.sock_sendall(
        stalled,
        f"GET /api/v1/centres/demo/events HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: {token}\r\n"
        "Accept: text/event-stream\r\n\r\n".encode(),
    )
    # A frame carries every notice, so what waits for the client soon fills all buffers on its way.
    long = {"kind": "announcement", "text": "own", "own": {f"{a}{b}": "x" * 160 for a in "abcdef" for b in "abcdef"}}
    async with socket_of(own_house, desk) as line:
        await line.next()
        async with asyncio.timeout(60):
            for _ in range(MAX_SHOWN - 1):
                await desk.post("/centres/demo/notices", long)
                assert (await line.next()).type == "notice-shown"
            while len(own_house.server.feeds) == 2:
                shown = (await desk.post("/centres/demo/notices", long)).body["notice"]["id"]
                assert (await line.next()).type == "notice-shown"
                await desk.post(f"/centres/demo/notices/{shown}/end")
                assert (await line.next()).type == "notice-ended"
    stalled.close()


async def test_a_client_has_so_many_lines_and_takes_none_from_others(data: Path) -> None:
    async with house(data, QUICK.but(replace(QUICK[FeedSettings], max_feeds=2))) as here:
        (desk, _), (board, _), kiosk = (
            await here.staff(Role.COUNTER, "1"),
            await here.device("screen"),
            await here.kiosk(),
        )
        async with events_of(here, desk) as one, events_of(here, desk):
            await one.next()
            refused = await desk.get("/centres/demo/events")
            assert (refused.status, refused.code) == (429, "feeds-exceeded")
            async with socket_of(here, board) as line, socket_of(here, kiosk) as other:
                await line.next()
                await other.next()
        async with asyncio.timeout(60):
            while len(here.server.feeds):
                await here.anonymous().get("/healthz")
        async with events_of(here, desk) as again:
            await again.next()


async def test_a_board_left_on_over_the_day_change_shows_the_first_call_of_the_new_day(data: Path) -> None:
    """The day of the harbour starts at 03:00 in Halifax, which is 07:00 UTC in November."""
    began, shift = datetime.now(UTC), timedelta(0)

    def clock() -> Micros:
        return to_micros(datetime(2026, 11, 25, 6, 0, tzinfo=UTC) + shift + (datetime.now(UTC) - began))

    async with house(data, clock=clock) as here:
        screen = (await here.device("screen", centre="harbour"))[0]
        desk = (await here.device("integration", "manager", "harbour"))[0]
        counter = "/centres/harbour/counters/1"

        async def call() -> None:
            await desk.post("/centres/harbour/visits", TICKET)
            await desk.post(f"{counter}/open")
            assert (await desk.post(f"{counter}/call-next")).body["visit"] is not None

        await call()
        async with (
            socket_of(here, screen, centre="harbour") as line,
            events_of(here, desk, centre="harbour") as beside,
        ):
            before = await line.next()
            await beside.next()
            assert isinstance(before.board, BoardView)
            assert [one.active for one in before.board.calls] == [True]
            shift = timedelta(minutes=61)
            while (frame := await line.next()).type != "snapshot":
                assert frame.stream == "queue/harbour/2026-11-24"
            assert isinstance(frame.board, BoardView)
            assert (frame.stream, frame.board.calls) == ("queue/harbour/2026-11-25", ())
            while (staff := await beside.next()).type != "snapshot":
                pass
            assert isinstance(staff.queue, QueueView)
            assert staff.queue.visits == ()
            await call()
            seen = [await line.next() for _ in range(3)]
            assert isinstance(seen[-1].board, BoardView)
            assert [(one.code, one.active) for one in seen[-1].board.calls] == [("A001", True)]
        async with socket_of(here, screen, before.cursor, "harbour") as line:
            assert (await line.next()).type == "snapshot"


async def test_the_end_of_a_full_day_cuts_nobody_off(data: Path) -> None:
    """Settling the day ends every visit in one commit: more events than a client's queue holds."""
    began, shift = datetime.now(UTC), timedelta(0)

    def clock() -> Micros:
        return to_micros(datetime(2026, 11, 25, 6, 0, tzinfo=UTC) + shift + (datetime.now(UTC) - began))

    async with house(data, clock=clock) as here:
        screen = (await here.device("screen", centre="harbour"))[0]
        desk = (await here.device("integration", "manager", "harbour"))[0]
        async with socket_of(here, screen, centre="harbour") as line, events_of(here, desk, centre="harbour") as beside:
            many = QUEUE_FRAMES + 50
            tickets = asyncio.gather(*(desk.post("/centres/harbour/visits", TICKET) for _ in range(many)))
            shown: set[str] = set()
            while len(shown) < many:
                frame = await beside.next()
                shown |= {one.id for one in frame.queue.visits} if isinstance(frame.queue, QueueView) else set()
                shown |= {frame.visit.id} if isinstance(frame.visit, VisitView) else set()
            assert {one.status for one in await tickets} == {201}
            shift = timedelta(minutes=61)
            for follower in (line, beside):
                while (await follower.next()).stream != "queue/harbour/2026-11-25":
                    pass
            assert len(here.server.feeds) == 2


async def test_openings_that_views_are_made_from_move_with_the_hours(data: Path) -> None:
    shift = timedelta(0)
    async with house(data, clock=lambda: to_micros(datetime(2026, 11, 25, 10, tzinfo=UTC) + shift)) as here:
        harbour = here.server[Centres].find("harbour")
        before = harbour.facts.catalogue.centre.openings
        assert before[0].opens == datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
        shift = timedelta(days=1)
        await here.server[Centres].refresh()
        assert harbour.facts.catalogue.centre.openings[0].opens == datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
        assert harbour.facts.catalogue.version == 1


async def test_a_server_that_stops_says_so(data: Path) -> None:
    async with house(data) as here:
        desk = await here.manager()
        url = f"{here.address}/api/v1/centres/demo/events"
        socket = await here.http.ws_connect(url, headers=desk.headers)
        await socket.receive()
        await here.server.feeds.stop()
        while (message := await socket.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
        assert (message.type, socket.close_code) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.GOING_AWAY)
