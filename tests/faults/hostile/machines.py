"""Kiosks of the hostile hour: the real program on a small disk of its own; printer and terminal outlive it.

What stands on a machine's disk is noted before somebody damages it, so that the judge knows what was there.
"""

import asyncio
import contextlib
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.simulation import TcpLine
from tests.faults.hostile.judge import Kept, Paper, Till, read_outbox
from tests.faults.lossy_proxy import LossyProxy
from tests.faults.server_process import Installation
from tests.kiosk.app.processes import Controls, open_controls, run
from tests.kiosk.small_disk import small_disk_of

#: Room for what a kiosk writes in an hour.
DISK_KIB = 16_384
#: A machine that is well answers within this, beside all else that goes on.
_ANSWER_S = 60
SETTINGS = """
[journey]
idle_s = 20
idle_long_s = 20
countdown_s = 5
ticket_s = 1
[link]
answer_wait_s = 0.5
request_s = 10
retry_first_s = 0.05
retry_max_s = 0.5
silence_s = 15
status_s = 2
fault_s = 3
[screen]
reduce_motion = true
debounce_ms = 0
[storage]
free_mib = 4
poll_s = 0.2
[payment]
doubt_s = 60
recover_s = 60
retry_interval_s = 0.1
reprint_s = 2
end_of_day_at = ""
"""


@dataclass
class Machine:
    """One kiosk. ``busy`` is held by whoever does something to it, ``open`` is set while people may begin at it."""

    name: str
    folder: Path
    data: Path
    front: LossyProxy
    printer: PrinterSimulator | None
    terminal: TerminalSimulator | None
    log: int
    environment: dict[str, str]
    device: str = ""
    controls: Controls | None = None
    process: asyncio.subprocess.Process | None = None
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    #: Nobody is in the middle of anything.
    empty: asyncio.Event = field(default_factory=asyncio.Event)
    #: The numbers that people were shown.
    shown: list[str] = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)
    #: What it shows, as whoever stands there saw it last; how often it could give nothing.
    page: str = ""
    model: dict[str, Any] = field(default_factory=dict)
    unavailable: int = 0

    async def look(self) -> None:
        """See what it shows. One at a time looks and touches.

        Raises:
            OSError: it is down.
            ValueError: it went down meanwhile.
            TimeoutError: it has no time to answer.
        """
        if self.controls is None:
            self.page, self.model = "", {}
            raise ConnectionError
        async with asyncio.timeout(_ANSWER_S):
            state = await self.controls.ask(state=True)
        self.page, self.model = str(state["page"]), state["model"]

    async def touch(self, act: list[str]) -> None:
        if self.controls is not None:
            async with asyncio.timeout(_ANSWER_S):
                await self.controls.ask(act=act)

    async def start(self) -> None:
        remote = self.folder / secrets.token_hex(4)
        arguments: list[object] = ["--data", self.data, "--settings", self.folder / "kiosk.toml", "--remote", remote]
        if self.printer is not None:
            arguments += ["--printer", f"escpos+tcp://{self.printer.address}"]
        if self.terminal is not None:
            arguments += ["--terminal", f"zvt+tcp://{self.terminal.address}?t3_ms=30000&t4_s=60&hold_ms=100"]
        self.process = await run("run", *arguments, error=self.log, **self.environment)
        self.controls = await self._open(remote, self.process)

    async def _open(self, remote: Path, process: asyncio.subprocess.Process) -> Controls:
        """Wait until it can be steered; beside everything else that goes on a start takes its time."""
        for _ in range(3):
            with contextlib.suppress(TimeoutError):
                return await open_controls(remote, process)
        raise AssertionError(f"{self.name} does not start: {self.said()[-2000:]}")

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        if self.controls is not None:
            self.controls.close()
        self.controls, self.page = None, ""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()

    async def note(self) -> None:
        """Keep for the judge what stands on this machine's disk."""
        self.kept.add(await asyncio.to_thread(read_outbox, self.data / "outbox.sqlite"))

    async def told(self) -> bool:
        """Tell whether the server has all that this machine holds."""
        await self.note()
        return not self.kept.waits

    def said(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    def paper(self) -> Paper:
        return Paper(self.folder / "paper", self.kept)

    def till(self) -> Till | None:
        return None if self.terminal is None else Till(self.folder / "books.jsonl")


@asynccontextmanager
async def a_machine(
    folder: Path, name: str, front: LossyProxy, environment: dict[str, str], *, pays: bool, prints: bool = True
) -> AsyncIterator[Machine]:
    """Make a machine that is not enrolled and not started; it is ended with the block."""
    await asyncio.to_thread(folder.mkdir)
    await asyncio.to_thread((folder / "kiosk.toml").write_text, SETTINGS)
    async with contextlib.AsyncExitStack() as stack:
        disk = await stack.enter_async_context(small_disk_of(folder, DISK_KIB))
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        stack.callback(os.close, log)
        printer = PrinterSimulator(TcpLine(), folder / "paper") if prints else None
        terminal = TerminalSimulator(TcpLine(), folder / "books.jsonl") if pays else None
        if printer is not None:
            await printer.start()
            stack.push_async_callback(printer.stop)
        if terminal is not None:
            terminal.set(patience_s=10.0, repeat_s=0.05)
            await terminal.start()
            stack.push_async_callback(terminal.stop)
        machine = Machine(name, folder, disk / "data", front, printer, terminal, log, environment)
        machine.open.set()
        stack.push_async_callback(_end, machine)
        yield machine


async def _end(machine: Machine) -> None:
    if machine.process is not None and machine.process.returncode is None:
        await machine.kill()


async def enrol(machine: Machine, place: Installation) -> None:
    code = await place.enrol_code("kiosk", machine.name)
    settings = machine.folder / "kiosk.toml"
    arguments = ("--data", machine.data, "--settings", settings)
    process = await run("enrol", "--code", code, "--server", machine.front.url, *arguments, error=machine.log)
    assert await process.wait() == 0, machine.said()
