"""A whole centre on this machine: server, devices, a passport, lockers, kiosk, screens, each a process, on real lines.

And a mail server, which is part of this process.
"""

import asyncio
import contextlib
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from installer.demonstration.lockers import DOORS, DemoLockers, label_doors
from installer.demonstration.mailbox import Mailbox
from installer.demonstration.process import JsonChannel, Process, json_with, run
from installer.demonstration.screen import RemoteScreen
from installer.demonstration.staff_session import signed_in
from queue_server.contract.client import ApiClient, ClientError
from queue_server.contract.feeds import FeedFrame

CENTRE = "demo"
#: A kiosk is 1920 pixels high: on the screen of a laptop both windows are shown at less than half of their size.
BESIDE_EACH_OTHER = {"QT_SCALE_FACTOR": "0.45"}
#: The display over a counter is read from its chair: it can be smaller still.
SMALL = {"QT_SCALE_FACTOR": "0.25"}
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}

#: Where the kiosk finds whom it trusts about documents: the made-up states that signed the simulated passport.
TRUSTED = """
[documents]
trust = "{trust}"
chip_wait_s = {wait}
[collection]
offered = true
poll_s = {poll}
"""
KIOSK_PLAYED = """
[journey]
idle_s = 8
idle_long_s = 8
countdown_s = 3
[link]
retry_max_s = 1
[screen]
reduce_motion = true
debounce_ms = 50
"""
#: The counter that has a display over it, and at which the demo serves: it takes every step.
COUNTER = "3"
OVER_COUNTER = f"""
[screen]
counter = "{COUNTER}"
exit = "left"
"""
BOARD_PLAYED = """
[calls]
call_s = 1
[link]
silence_s = 3
retry_max_s = 1
[screen]
reduce_motion = true
exit = "right"
[sound]
player = ""
"""
OVER_COUNTER_PLAYED = f"""
[link]
silence_s = 3
retry_max_s = 1
{OVER_COUNTER}
reduce_motion = true
"""
#: The server's: who takes its letters, and that they leave at once.
SERVER = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "lockers@centre.example"
[notices]
poll_s = 0.5
"""
LOCKERS = """
[devices]
lockers = "{url}"
[link]
retry_first_s = 0.1
retry_max_s = 1
[times]
closed_s = 0.2
"""
#: What a demo that plays by itself sets otherwise than a centre would; everything else is as in use.
PLAYED = {
    "kiosk": "idle warning after 8 s, wipe 3 s later, the server is tried again every second, no motion, "
    "a page takes a touch after 50 ms",
    "lockers": "a door is sensed shut for 0.2 s, and asked for by the kiosk every 0.1 s; letters leave after 0.5 s",
    "board": "a call keeps the panel for 1 s, not connected after 3 s of silence, no motion",
}


class DemoCentre:
    """Start it with ``async with``; ``played`` uses quick settings and no display.

    Everything it makes is in ``folder``: data of server, kiosk and board, the paper that was printed, logs.
    """

    def __init__(self, folder: Path, *, played: bool) -> None:
        self.folder = folder
        self.paper = folder / "paper"
        self.log = folder / "log"
        self.data = folder / "server"
        #: The books of the card terminal.
        self.charged = folder / "terminal.jsonl"
        self._played = played
        self._stack = contextlib.AsyncExitStack()
        self._processes: list[Process] = []
        self.server_url = ""
        self.mailbox = Mailbox(folder / "mail")
        self.accounts: list[dict[str, Any]] = []
        self.frames: list[FeedFrame] = []

    async def __aenter__(self) -> Self:
        for one in (self.folder, self.paper, self.log):
            one.mkdir(parents=True, exist_ok=True)
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        # All at once: each would take its time otherwise, one after the other.
        for process in self._processes:
            process.ask_to_end()
        await self._stack.aclose()

    async def _start(self) -> None:
        trust = self.folder / "trust"
        await self._stack.enter_async_context(self.mailbox)
        # Devices know nothing of the server: they start beside it.
        wiring = self.folder / "wiring.toml"
        (printer, reader, passport, scanner, terminal, cabinet), _ = await asyncio.gather(
            asyncio.gather(
                self._simulator("printer", "escpos-printer", "--out", str(self.paper), "--tcp", "0"),
                self._simulator("reader", "mrz-reader", "--envelope", "desko"),
                self._simulator("passport", "passport", "--tcp", "0", "--trust", str(trust)),
                self._simulator("scanner", "scanner"),
                self._simulator("terminal", "zvt-terminal", "--tcp", "0", "--journal", str(self.charged)),
                self._simulator(
                    "cabinet", "lockers", "modbus", "--tcp", "0", "--locks", str(len(DOORS)), "--wiring", str(wiring)
                ),
            ),
            self._first_start(),
        )
        # Nobody needs the lockers before something was handed in.
        self._lockers = asyncio.create_task(self._bank(cabinet[0]))
        self._stack.push_async_callback(_ended, self._lockers)
        kiosk, board, over, observer = await asyncio.gather(
            self._enrolled("kiosk", "Kiosk 3", "kiosk"),
            self._enrolled("screen", "Board 1", "board"),
            self._enrolled("screen", f"Counter {COUNTER}", "over-counter"),
            self._code("integration", "Demo observer", "--role", "manager"),
        )
        self.printer, self.printer_process = self._channel(printer[0]["control"]), printer[1]
        self.reader = self._channel(reader[0]["control"])
        self.passport = self._channel(passport[0]["control"])
        await self.lift_passport()
        self.scanner = self._channel(scanner[0]["control"])
        self.terminal = self._channel(terminal[0]["control"])
        addresses = {"printer": printer, "reader": reader, "chip": passport, "scanner": scanner, "terminal": terminal}
        devices = [word for name, (ready, _) in addresses.items() for word in (f"--{name}", ready["url"])]
        played = self._played
        settings = TRUSTED.format(trust=trust, wait=1 if played else 8, poll=0.1 if played else 0.5) + (
            KIOSK_PLAYED if played else ""
        )
        beside = OVER_COUNTER_PLAYED if played else OVER_COUNTER
        self.kiosk, self.board, self.over_counter, _ = await asyncio.gather(
            self._screen(kiosk, "kiosk", devices, settings),
            self._screen(board, "signage", [], BOARD_PLAYED if played else ""),
            self._screen(over, "signage", [], beside, SMALL),
            self._observe(observer),
        )

    async def _first_start(self) -> None:
        """Set the server up, and start it."""
        await run("init", ["queue-server", "init", "--demo", "--data", str(self.data)], self.log / "init.log")
        self.accounts = json.loads((self.data / "demo-accounts.json").read_bytes())
        settings = SERVER.format(port=self.mailbox.port)
        await asyncio.to_thread((self.data / "settings.toml").write_text, settings)
        self.server = await self._process("server", ["queue-server", "serve", "--data", str(self.data), "--port", "0"])
        self.server_url = (await self.server.wait_for(json_with("listening")))["listening"]

    async def _process(self, name: str, arguments: list[str], environment: dict[str, str] | None = None) -> Process:
        process = Process(name, arguments, self.log / f"{name}.log", environment)
        await process.start()
        self._stack.push_async_callback(process.stop)
        self._processes.append(process)
        return process

    def _channel(self, address: str) -> JsonChannel:
        channel = JsonChannel(address)
        self._stack.push_async_callback(channel.close)
        return channel

    async def _simulator(self, name: str, kind: str, *options: str) -> tuple[dict[str, Any], Process]:
        process = await self._process(name, ["peripherals", "simulate", kind, *options])
        return await process.wait_for(json_with("ready")), process

    async def _code(self, kind: str, name: str, *options: str) -> str:
        arguments = ["--kind", kind, "--name", name, "--centre", CENTRE, "--data", str(self.data), *options]
        return (await run(name, ["queue-server", "enrol-code", *arguments], self.log / "enrol.log"))[-1]

    async def _enrolled(self, kind: str, name: str, folder: str) -> Path:
        """Enrol a screen as a technician would; returns its data folder."""
        program = {"kiosk": "kiosk", "screen": "signage"}[kind]
        data = self.folder / folder
        code = await self._code(kind, name)
        await run(
            name,
            [program, "enrol", "--code", code, "--server", self.server_url, "--data", str(data)],
            self.log / "enrol.log",
        )
        return data

    async def _screen(
        self, data: Path, program: str, options: list[str], settings: str, size: dict[str, str] = BESIDE_EACH_OTHER
    ) -> RemoteScreen:
        socket = data.with_suffix(".socket")
        file = data.with_suffix(".toml")
        await asyncio.to_thread(file.write_text, settings)
        arguments = [program, "run", "--data", str(data), *options, "--settings", str(file)]
        if self._played:
            arguments += ["--remote", str(socket)]
        await self._process(data.name, arguments, OFFSCREEN if self._played else size)
        screen = RemoteScreen(socket)
        self._stack.push_async_callback(screen.close)
        if self._played:
            await screen.wait_up()
        return screen

    async def _bank(self, cabinet: dict[str, Any]) -> DemoLockers:
        """Enrol a bank of lockers as a technician would, start its agent, and have staff say that it is empty."""
        data, file = self.folder / "lockers", self.folder / "lockers.toml"
        code = await self._code("locker", "Lockers 1")
        await asyncio.to_thread(label_doors, self.folder / "wiring.toml")
        await asyncio.to_thread(file.write_text, LOCKERS.format(url=cabinet["url"]))
        enrolling = ["--code", code, "--server", self.server_url, "--data", str(data)]
        await run("lockers", ["peripherals", "lockers", "enrol", *enrolling], self.log / "enrol.log")
        serving = ["peripherals", "lockers", "serve", "--data", str(data), "--settings", str(file)]
        agent = await self._process("lockers", serving)
        bank = (await agent.wait_for(json_with("ready")))["bank"]
        lockers = DemoLockers(self._channel(cabinet["control"]), bank)
        async with signed_in(self.server_url, self.account("custody")) as staff:
            await lockers.settle(staff)
        return lockers

    async def lockers(self) -> DemoLockers:
        """Give the bank of lockers, once it is ready."""
        return await self._lockers

    def account(self, role: str) -> dict[str, Any]:
        """Give an account of this centre that has a role."""
        return next(one for one in self.accounts if one["centre"] == CENTRE and role in one["roles"])

    async def _observe(self, code: str) -> None:
        """Follow everything that happens, as an integration with a token of its own."""
        async with ApiClient(self.server_url, None) as client:
            token = (await client.enrol(code)).token
        task = asyncio.create_task(self._follow(token))
        self._stack.push_async_callback(_ended, task)

    async def _follow(self, token: str) -> None:
        async with ApiClient(self.server_url, token) as client:
            cursor: str | None = None
            while True:
                with contextlib.suppress(ClientError):
                    async for frame in client.feed(CENTRE, cursor):
                        cursor = frame.cursor
                        # What happened while the line came back is told in a snapshot alone.
                        if frame.type != "beat":
                            self.frames.append(frame)
                await asyncio.sleep(0.2)

    def seqs(self, visit: str) -> list[int]:
        """List the places in the log of everything that happened to a visit."""
        return sorted(
            {frame.seq for frame in self.frames if frame.visit is not msgspec.UNSET and frame.visit.id == visit}
        )

    async def place_passport(self, profile: str = "ordinary") -> None:
        """Put a passport down: one reader reads the printed zone, the other speaks to its chip.

        ``profile`` is one of those that ``peripherals simulate passport`` knows.
        """
        made = await self.passport.ask(f"profile {profile}")
        await self.passport.ask("insert")
        await self.reader.ask(f"show {' '.join(made['mrz'])}")

    async def lift_passport(self) -> None:
        await self.passport.ask("remove")

    async def kill_server(self) -> None:
        """Pull its plug."""
        self.server.kill()
        await self.server.stop()

    async def start_server(self) -> None:
        """Start it again where it was."""
        port = self.server_url.rpartition(":")[2]
        self.server = await self._process("server", ["queue-server", "serve", "--data", str(self.data), "--port", port])
        await self.server.wait_for(json_with("listening"))

    async def verify(self) -> dict[str, Any]:
        """Let the log prove that it is whole."""
        return await self._verify("verify")

    async def verify_custody(self) -> dict[str, Any]:
        """Let custody prove who had what at any moment."""
        return await self._verify("custody", "verify")

    async def _verify(self, *command: str) -> dict[str, Any]:
        name = "-".join(command)
        lines = await run(
            name, ["queue-server", *command, "--data", str(self.data), "--json"], self.log / f"{name}.log"
        )
        found: dict[str, Any] = json.loads(lines[-1])
        return found


async def _ended(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        # Whoever needed it has heard what went wrong.
        task.exception()


def has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
