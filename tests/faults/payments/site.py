"""A kiosk that takes payment and all that is around it, each a process of its own: terminal, server, kiosk."""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peripherals.payment.nexo.simulator.journal import NexoJournalEntry, TransactionJournal
from peripherals.payment.zvt.simulator.books import Books
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.simulation import TcpLine
from tests.demo_folder import demo_folder
from tests.faults.payments import judge
from tests.faults.server_process import PROGRAM, Installation
from tests.kiosk.app.processes import Controls, enrol_machine, open_controls, run
from tests.peripherals.test_cli import COMMAND, tell

SETTINGS = """
[journey]
ticket_s = 120
[link]
answer_wait_s = 0.5
retry_first_s = 0.05
retry_max_s = 0.2
[screen]
reduce_motion = true
debounce_ms = 0
[payment]
doubt_s = 60
recover_s = 60
retry_interval_s = 0.1
"""
#: It does not end: the write that it stands before is held until its process is killed.
ENDLESS = f"SELECT count(*) FROM {', '.join(f'sqlite_master AS m{at}' for at in range(12))}"  # noqa: S608 - a constant
#: What a passport of UTO costs in the demo centre, in cents.
FEE = 8250
_PATIENCE_S = 60
#: How long a ZVT driver leaves an approval without an answer: until its kiosk is killed, and as in use.
HELD_LONG, HELD_AS_IN_USE = "hold_ms=10000", "hold_ms=2500"


@contextmanager
def a_server(data: Path) -> Iterator[tuple[Installation, str]]:
    """Serve the demo centre; give its address too."""
    demo_folder(data)
    with (
        (data / "errors").open("wb") as errors,
        subprocess.Popen(
            [PROGRAM, "serve", "--data", data, "--port", "0"], stdout=subprocess.PIPE, stderr=errors
        ) as process,
    ):
        assert process.stdout is not None
        try:
            yield Installation(data), json.loads(process.stdout.readline())["listening"]
        finally:
            process.terminate()


@dataclass
class Terminal:
    """It waits for the answers of any kiosk, until ``give_up``."""

    url: str
    control: str
    ledger: Callable[[], dict[int, judge.Charge]]
    #: Whether it is one that waits at all.
    waits: bool

    async def give_up(self) -> None:
        """Let it wait no longer for the answers of a kiosk that was killed, nor from now on."""
        if self.waits:
            await tell(self.control, "patience 0.5")


@asynccontextmanager
async def a_terminal(kind: str, folder: Path) -> AsyncIterator[Terminal]:
    """Run one that has done something before, and keeps none of it."""
    if kind == "zvt":
        file = folder / "books.jsonl"
        books = Books(file)
        await books.reverse(await books.charge(100, 978, ""), "register")
        arguments = ["zvt-terminal", "--tcp", "0", "--journal", str(file)]
    else:
        file = folder / "terminal" / "journal.jsonl"
        file.parent.mkdir()
        TransactionJournal(file).append(
            NexoJournalEntry("declined", datetime.now(UTC).isoformat(), "BEFORE", "", "sim.BEFORE", 100, "EUR")
        )
        arguments = ["nexo-terminal", "--state", str(file.parent)]
    output = folder / "terminal.log"
    with output.open("wb") as log:
        process = await asyncio.create_subprocess_exec(*COMMAND, "simulate", *arguments, stdout=log, stderr=log)
    try:
        await until(lambda: b"\n" in output.read_bytes())
        said = json.loads(output.read_bytes().splitlines()[0])
        if kind == "zvt":
            await tell(said["control"], f"patience {_PATIENCE_S}")
            url = f"{said['url']}?t3_ms=30000&t4_s={_PATIENCE_S}&{HELD_LONG}"
            yield Terminal(url, said["control"], lambda: judge.zvt_ledger(file), True)
        else:
            yield Terminal(said["url"], said["control"], lambda: judge.nexo_ledger(file), False)
    finally:
        process.terminate()
        await process.wait()


@dataclass
class Site:
    """Everything around a kiosk, which is started and killed."""

    folder: Path
    common: tuple[object, ...]
    devices: tuple[object, ...]
    log: int

    @property
    def file(self) -> Path:
        return self.folder / "data" / "outbox.sqlite"

    @asynccontextmanager
    async def kiosk(self) -> AsyncIterator[tuple[Controls, asyncio.subprocess.Process]]:
        remote = self.folder / secrets.token_hex(4)
        process = await run("run", *self.common, *self.devices, "--remote", remote, error=self.log)
        try:
            with contextlib.closing(await open_controls(remote, process)) as controls:
                yield controls, process
        finally:
            await end(process)

    def hold_as_in_use(self) -> None:
        """Let the next kiosk listen to its terminal no longer than in use, before it asks it for anything."""
        self.devices = tuple(str(word).replace(HELD_LONG, HELD_AS_IN_USE) for word in self.devices)

    def write(self, statement: str) -> None:
        with contextlib.closing(sqlite3.connect(self.file, timeout=_PATIENCE_S)) as db:
            db.execute(statement)
            db.commit()

    def steps(self) -> list[str]:
        with contextlib.closing(sqlite3.connect(self.file)) as db:
            return [step for (step,) in db.execute("SELECT step FROM payment_row ORDER BY seq")]


@asynccontextmanager
async def a_site(folder: Path, place: Installation, url: str, terminal: str) -> AsyncIterator[Site]:
    """Enrol a kiosk; it has a printer."""
    printer = PrinterSimulator(TcpLine(), folder / "paper")
    settings = folder / "kiosk.toml"
    settings.write_text(SETTINGS)
    common = ("--data", folder / "data", "--settings", settings)
    async with AsyncExitStack() as stack:
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT)
        stack.callback(os.close, log)
        await printer.start()
        stack.push_async_callback(printer.stop)
        code = await place.enrol_code("kiosk", secrets.token_hex(4))
        await enrol_machine(code, url, *common)
        yield Site(folder, common, ("--printer", f"escpos+tcp://{printer.address}", "--terminal", terminal), log)


async def end(process: asyncio.subprocess.Process) -> None:
    """End a program in good order, or, where something of it is held, at once."""
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def until(there: Callable[[], object]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not there():  # noqa: ASYNC110 - files of other processes are looked at
            await asyncio.sleep(0.02)


async def to_fee(controls: Controls) -> None:
    for page, *act in (
        ("language", "language", "en"),
        ("identify", "no-document", ""),
        ("government", "choose", "UTO"),
        ("kind", "choose", "passport-id"),
        ("service", "choose", "uto-passport-renewal"),
        ("more", "go-on", ""),
    ):
        await controls.shows(page)
        await controls.ask(act=act)
    await controls.shows("confirm", fee=True)
    await controls.ask(act=["confirm", ""])
    await controls.shows("fee", can_pay=True)


def tickets(file: Path, delivery: str) -> int:
    with contextlib.closing(sqlite3.connect(file)) as db:
        [count] = db.execute("SELECT count(*) FROM ticket_state WHERE delivery = ?", (delivery,)).fetchone()
        return int(count)
