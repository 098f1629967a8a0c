"""A terminal of nexo that charges and says nothing more, or dies: how soon the kiosk's own process shows what is so.

The driver would wait two minutes for the answer (``payment_s``); the page is asked for as long as a slow machine needs.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.kiosk.app.processes import environment
from tests.kiosk.app.test_process import Bench, bench

FEE = 8500
PATIENCE_S = 100


@dataclass
class Terminal:
    """The simulator as a process of its own; ``ready`` is what it says when it is."""

    process: asyncio.subprocess.Process
    ready: dict[str, Any]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def command(self, words: str) -> dict[str, Any]:
        self.writer.write(words.encode() + b"\n")
        answer: dict[str, Any] = json.loads(await self.reader.readline())
        return answer


@asynccontextmanager
async def simulated(folder: Path) -> AsyncIterator[Terminal]:
    words = ("simulate", "nexo-terminal", "--state", str(folder), "--tcp", "0", "--control", "0")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from peripherals.cli import app; app()", *words),
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    try:
        ready = json.loads(await process.stdout.readline())
        host, port = ready["control"].split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        with contextlib.closing(writer):
            yield Terminal(process, ready, reader, writer)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def shows(kiosk: Bench, wanted: str, **payment: object) -> dict[str, Any]:
    """Wait until the screen has this page, and a payment that is so."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            state = await kiosk.controls.ask(state=True)
            shown = state["model"].get("payment") or {}
            if state["page"] == wanted and all(shown.get(key) == value for key, value in payment.items()):
                return dict(state["model"])
            await asyncio.sleep(0.02)


async def pay(kiosk: Bench) -> None:
    """Walk to the fee, and have it paid."""
    for label in ("English", "I have no document", "Utopia", "Passport", "Renew a passport", "Yes, go on"):
        await kiosk.controls.tap(label)
    await kiosk.controls.tap("Pay here by card")


async def charged(terminal: Terminal) -> int:
    totals: dict[str, dict[str, int]] = (await terminal.command("sum"))["totals"]
    return totals.get("EUR", {"charged": 0})["charged"]


async def test_whoever_was_charged_without_an_answer_gets_the_ticket(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    async with simulated(folder / "terminal") as terminal, bench(folder, "--terminal", terminal.ready["url"]) as kiosk:
        kiosk.centre.fee = FEE
        await terminal.command("lose-completion")
        await pay(kiosk)
        async with asyncio.timeout(PATIENCE_S):
            while not await charged(terminal):  # noqa: ASYNC110 - the terminal is another process
                await asyncio.sleep(0.02)
        begun = time.monotonic()
        assert (await shows(kiosk, "ticket"))["paid"]
        record_property("seconds until the ticket", round(time.monotonic() - begun, 2))
        print(f"answer lost: {time.monotonic() - begun:.2f} s from the charge to the ticket")
        assert await charged(terminal) == FEE


async def test_a_terminal_that_dies_is_no_page_that_asks_for_a_card(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    async with simulated(folder / "terminal") as terminal, bench(folder, "--terminal", terminal.ready["url"]) as kiosk:
        kiosk.centre.fee = FEE
        await terminal.command("slow 3600")
        await pay(kiosk)
        await shows(kiosk, "pay", phase="paying", progress="present-card")
        terminal.process.kill()
        begun = time.monotonic()
        await shows(kiosk, "pay", phase="asking")
        record_property("seconds until the page says so", round(time.monotonic() - begun, 2))
        print(f"terminal killed: {time.monotonic() - begun:.2f} s until the page says so")
