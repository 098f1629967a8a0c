"""A screen against a server that speaks the contract over real sockets: what it shows, plays and says of itself."""

import asyncio
import shlex
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from aiohttp import web

from kiosk.kit import private_file
from kiosk.kit.bridge import Bridge
from kiosk.kit.frame import PageFrame
from queue_server.contract.client import ApiClient
from queue_server.contract.device_commands import CommandReport, DeviceCommand
from queue_server.contract.device_settings import SettingsReport, WantedSettings
from queue_server.contract.devices import PartStatus, StatusAnswer, StatusRequest
from queue_server.contract.feeds import BoardCallView, BoardCounter, BoardView, FeedFrame
from queue_server.contract.hall import NoticeView
from queue_server.contract.recent_log import RecentLog
from queue_server.contract.release import RUNNING
from queue_server.contract.remote_commands import RemoteCommands
from queue_server.contract.remote_settings import RemoteSettings
from queue_server.domain.device_commands import DeviceCommandKind, DeviceCommandOutcome
from queue_server.domain.values import CentreId, CounterState, NoticeId, NoticeKind, NoticePlace, NoticeText, TicketCode
from signage.app import BoardLoop
from signage.page import Pages, ScreenPlace
from signage.settings import BoardSettings, CallSettings, ScreenLinkSettings, SignageSettings, SoundSettings
from signage.words import announcement_words, emergency_words

PLAYER = "import sys; open(sys.argv[1], 'a').write('chime\\n')"
WORDS = {**emergency_words(), **announcement_words()}
#: Read before the loop runs, once for all: a screen reads its zone with the first word of the server.
ZONE = ZoneInfo("Europe/Brussels")
#: The server's clock is so far before this machine's.
AHEAD = timedelta(hours=2)
NONE = SettingsReport()
#: What a board takes that nothing would start anew.
TAKES = (DeviceCommandKind.SEND_LOG,)


class Seen(Bridge):
    """A bridge whose far side only remembers."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[PageFrame] = []

    def show(self, frame: PageFrame) -> None:
        self.frames.append(frame)

    @property
    def now(self) -> tuple[str, dict[str, object]]:
        last = self.frames[-1]
        return last.page, dict(last.model)


class Server:
    """Sends every client what ``say`` was given last, and on; keeps what screens say of themselves."""

    def __init__(self) -> None:
        self.statuses: list[StatusRequest] = []
        self.settings: WantedSettings | None = None
        self.asked: tuple[DeviceCommand, ...] = ()
        self.view = view()
        self.sockets: set[web.WebSocketResponse] = set()
        self.url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Server"]:
        app = web.Application()
        app.router.add_get("/api/v1/centres/demo/events", self.events)
        app.router.add_post("/api/v1/centres/demo/devices/self/status", self.status)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def events(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.add(socket)
        await socket.send_str(self.frame())
        async for _ in socket:
            continue
        self.sockets.discard(socket)
        return socket

    async def status(self, request: web.Request) -> web.Response:
        status = msgspec.json.decode(await request.read(), type=StatusRequest)
        self.statuses.append(status)
        has_them = self.settings is None or status.settings == SettingsReport(self.settings.version)
        answer = StatusAnswer(datetime.now(UTC) + AHEAD, settings=None if has_them else self.settings)
        told = {one.id for one in status.commands}
        answer = msgspec.structs.replace(answer, commands=tuple(one for one in self.asked if one.id not in told))
        return web.Response(body=msgspec.json.encode(answer))

    def frame(self) -> str:
        frame = FeedFrame("1:1", "queue/demo/2026-11-24", 1, "snapshot", datetime.now(UTC), board=self.view)
        return msgspec.json.encode(frame).decode()

    async def say(self, told: BoardView) -> None:
        self.view = told
        for socket in tuple(self.sockets):
            await socket.send_str(self.frame())


def view(*calls: BoardCallView, notices: tuple[NoticeView, ...] = ()) -> BoardView:
    counters = (BoardCounter("3", CounterState.OPEN, TicketCode("B042"), called=True),)
    names = {"en": "Demo Centre"}
    return BoardView(CentreId("demo"), names, ("en",), ZONE.key, calls, (), counters, notices)


def call(seq: int, counter: str = "3") -> BoardCallView:
    at = datetime.now(UTC)
    return BoardCallView(seq, TicketCode(f"B{seq:03}"), counter, "right", at, 0, "en", active=True)


def notice(kind: NoticeKind, text: NoticeText, seconds: float | None = None) -> NoticeView:
    at = datetime.now(UTC) + AHEAD
    until = None if seconds is None else at + timedelta(seconds=seconds)
    return NoticeView(NoticeId("n"), kind, text, NoticePlace.BOARDS, at, until)


class Hall:
    """One screen with its server; ``chimes`` is what its loudspeaker would have played."""

    def __init__(self, server: Server, bridge: Seen, log: Path, task: asyncio.Task[None]) -> None:
        self.server, self.bridge, self.log, self.task = server, bridge, log, task

    def chimes(self) -> int:
        return self.log.read_text().count("chime") if self.log.exists() else 0

    async def until_page(self, name: str) -> None:
        await until(lambda: bool(self.bridge.frames) and self.bridge.now[0] == name)


@asynccontextmanager
async def hall(
    tmp_path: Path, counter: str = "", *, given: WantedSettings | None = None, ends: bool = False, **sound: object
) -> AsyncIterator[Hall]:
    log = tmp_path / "played"
    player = shlex.join([sys.executable, "-c", PLAYER, str(log)])
    settings = SignageSettings(
        screen=BoardSettings(counter=counter, exit="left"),
        calls=CallSettings(call_s=0.05),
        link=ScreenLinkSettings(silence_s=0.6, retry_first_s=0.02, retry_max_s=0.1, status_s=0.2 if ends else 30),
        sound=msgspec.convert({"player": player, **sound}, SoundSettings),
    )
    async with Server().running() as server:
        server.settings = given
        bridge = await asyncio.to_thread(Seen)
        pages = Pages(ScreenPlace(counter, "left"), WORDS, ["en"])
        remote = await asyncio.to_thread(
            lambda: RemoteSettings(tmp_path, "screen-1", settings, "screen", write=private_file.write)
        )
        recent = RecentLog()
        commands = await asyncio.to_thread(lambda: RemoteCommands(tmp_path, recent, write=private_file.write))
        loop = BoardLoop(
            bridge,
            remote,
            lambda: ApiClient(server.url, "token"),
            "demo",
            pages=pages,
            data=tmp_path,
            commands=commands,
            log=recent,
        )
        task = asyncio.create_task(loop.run())
        try:
            yield Hall(server, bridge, log, task)
            assert ends or not task.done()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110 - it lies in other tasks and processes
            await asyncio.sleep(0.01)


async def test_each_call_is_shown_and_heard_and_the_server_told_how_the_sound_is(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        await here.until_page("board")
        for seq in (1, 2):
            await here.server.say(view(call(seq)))
            await until(lambda seq=seq: here.chimes() == seq)  # type: ignore[misc]
        await until(lambda: len(here.server.statuses) >= 2)
    assert here.server.statuses[0] == StatusRequest(
        "in-service", (PartStatus("sound", "unknown"),), version=RUNNING, settings=NONE, takes=TAKES
    )
    assert here.server.statuses[-1] == StatusRequest(
        "in-service", (PartStatus("sound", "online"),), version=RUNNING, settings=NONE, takes=TAKES
    )


async def test_what_the_server_sets_counts_at_once_and_what_is_shown_stays(tmp_path: Path) -> None:
    given = WantedSettings(3, {"sound": {"quiet": ("00:00-12:00", "12:00-00:00")}, "calls": {"language_s": 5.0}})
    async with hall(tmp_path, given=given) as here:
        await until(lambda: here.server.statuses[-1:] != [] and here.server.statuses[-1].settings == SettingsReport(3))
        await here.server.say(view(call(1)))
        await until(lambda: here.bridge.now[0] == "board" and here.bridge.now[1]["now"] is not None)
    assert await asyncio.to_thread(here.chimes) == 0
    # It starts by them, and says what it cannot take: the version before goes on.
    wrong = WantedSettings(4, {"screen": {"counter": "3"}})
    async with hall(tmp_path, given=wrong) as here:
        await until(lambda: len(here.server.statuses) >= 2)
        said = here.server.statuses[1].settings
        assert said is not None
        assert (said.version, said.refused, said.section) == (3, 4, "screen")


async def test_in_quiet_hours_a_call_is_shown_and_not_heard(tmp_path: Path) -> None:
    quiet = ["00:00-12:00", "12:00-00:00"]
    async with hall(tmp_path, quiet=quiet) as here:
        await here.until_page("board")
        await here.server.say(view(call(1)))
        await until(lambda: here.bridge.now[1]["now"] is not None)
        await until(lambda: bool(here.server.statuses))
    assert await asyncio.to_thread(here.chimes) == 0


async def test_over_a_counter_only_its_own_calls_are_heard(tmp_path: Path) -> None:
    async with hall(tmp_path, counter="3") as here:
        await here.until_page("counter")
        assert here.bridge.now[1]["state"] == "called"
        await here.server.say(view(call(1, "7")))
        await here.server.say(view(call(2, "3")))
        await until(lambda: here.chimes() == 1)


async def test_an_emergency_outlives_the_line_and_ends_with_the_word_of_the_server(tmp_path: Path) -> None:
    alarm = notice(NoticeKind.EMERGENCY, NoticeText.LEAVE_BUILDING)
    async with hall(tmp_path) as here:
        await here.until_page("board")
        await here.server.say(view(call(1), notices=(alarm,)))
        await here.until_page("emergency")
        assert here.bridge.now[1]["exit"] == "left"
        # The feed is silent from now on.
        await until(lambda: here.bridge.now[1].get("since") not in ("", None))
        assert here.bridge.now[0] == "emergency"
        await here.server.say(view())
        await here.until_page("board")
        await here.until_page("offline")


async def test_a_notice_ends_by_the_clock_of_the_server(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        await until(lambda: bool(here.server.statuses))
        await here.server.say(view(notices=(notice(NoticeKind.EMERGENCY, NoticeText.STAY_INSIDE, 1.0),)))
        await here.until_page("emergency")
        await until(lambda: here.bridge.now[0] != "emergency")


async def test_a_server_that_is_away_at_first_is_found_later(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        await here.until_page("board")
        for socket in tuple(here.server.sockets):
            await socket.close()
        await until(lambda: len(here.server.sockets) == 1)
        await here.server.say(view(call(4)))
        await until(lambda: here.bridge.now[1].get("now") is not None)


async def test_a_board_starts_anew_when_asked_but_never_while_it_tells_people_to_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody listens there, as under a service manager that takes no word.
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "manager"))
    restart = DeviceCommand("01a21000-0000-7000-8000-0000000000e1", DeviceCommandKind.RESTART)
    async with hall(tmp_path, ends=True) as here:
        await here.server.say(view(notices=(notice(NoticeKind.EMERGENCY, NoticeText.LEAVE_BUILDING),)))
        await here.until_page("emergency")
        here.server.asked = (restart,)
        before = len(here.server.statuses)
        await until(lambda: len(here.server.statuses) > before + 3)
        assert not here.task.done()
        await here.server.say(view())
        await until(here.task.done)
        assert here.task.exception() is None
    async with hall(tmp_path, ends=True) as here:
        here.server.asked = (restart,)
        await until(lambda: len(here.server.statuses) > 3)
        assert here.server.statuses[0].commands == (CommandReport(restart.id, DeviceCommandOutcome.DONE),)
        assert not here.task.done()
