"""A desk with everything real but the paper: an outbox on disk, a terminal on loopback, a printer that keeps a list."""

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.payment.dependencies import PaymentDependencies
from kiosk.payment.journal_model import Attempt, PaymentOrder, claim_code
from kiosk.payment.session import PaymentSession
from kiosk.settings import PaymentSettings
from kiosk.tickets.model import CommittedTicket, PrintResult
from kiosk.tickets.outbox import Outbox, OutboxWorker
from peripherals.money import Amount
from peripherals.payment.port import PaymentTerminal
from peripherals.printers.port import MonoImage
from queue_server.contract.devices import SeriesState
from queue_server.contract.visits import AheadAnswer
from queue_server.domain.values import new_id
from tests.kiosk.listeners import Server, States

QUICK = PaymentSettings(doubt_s=0.4, recover_s=0.4, retry_interval_s=0.02, reprint_s=5.0)
DOT = MonoImage(8, 1, b"\x80")


def write_line(path: Path, line: object) -> None:
    """Add a line of JSON; it is on disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, json.dumps(line).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass
class PaperTray:
    """A printer that writes on a file what comes out: ``results`` says what becomes of the next papers."""

    path: Path
    ready: bool = True
    results: list[PrintResult] = field(default_factory=list)
    drawn: str = ""
    out: list[tuple[str, PrintResult]] = field(default_factory=list)
    #: Nothing comes out before it is set.
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def print(self, image: MonoImage) -> PrintResult:
        assert image == DOT
        await self.go.wait()
        result = self.results.pop(0) if self.results else PrintResult.PRINTED if self.ready else PrintResult.FAILED
        await asyncio.to_thread(write_line, self.path, [self.drawn, result])
        self.out.append((self.drawn, result))
        return result

    def papers(self, result: PrintResult = PrintResult.PRINTED) -> list[str]:
        """Give what came out since this printer was put here, or what else became of it."""
        return [what for what, became in self.out if became == result]

    # It draws the papers too: what is drawn last is what is printed next.

    def ticket(self, attempt: Attempt, one: CommittedTicket, upcoming: AheadAnswer | None, /) -> MonoImage:
        del attempt, upcoming
        self.drawn = f"ticket {one.code}"
        return DOT

    def receipt(self, attempt: Attempt, ticket: CommittedTicket, lines: tuple[str, ...], /) -> MonoImage:
        del attempt
        self.drawn = f"receipt of {ticket.code}" + (" with the terminal's" if lines else "")
        return DOT

    def claim(self, attempt: Attempt, /) -> MonoImage:
        self.drawn = f"claim {claim_code(attempt.id)}"
        return DOT


def set_up(path: Path) -> None:
    """Make the file of a kiosk that is enrolled, in a day that has begun."""
    box = Outbox(path)
    box.enrol("demo", SeriesState("B", 1, 999))
    box.begin_day("2026-11-25", 0, 0)
    box.close()


def bill(minor: int = 4200, currency: str = "EUR", order: str = "") -> PaymentOrder:
    return PaymentOrder(order or new_id(), ("renewal",), Amount(minor, currency), "en")


@dataclass
class Stand:
    desk: PaymentSession
    box: OutboxWorker
    tray: PaperTray
    states: States


@contextlib.asynccontextmanager
async def standing(
    folder: Path,
    terminal: PaymentTerminal,
    *,
    settings: PaymentSettings = QUICK,
    box: OutboxWorker | None = None,
    online: bool = True,
    ready: bool = True,
) -> AsyncGenerator[Stand]:
    """Run a desk that has recovered; the terminal is opened for as long."""
    path = folder / "outbox.sqlite"
    if not await asyncio.to_thread(path.exists):
        await asyncio.to_thread(set_up, path)
    tray = PaperTray(folder / "paper.jsonl", ready=ready)
    states = States()
    tray.go.set()
    async with box or OutboxWorker(path) as worker, terminal:
        desk = PaymentSession(
            PaymentDependencies(worker, terminal, tray, tray, settings, Server(online=online)), states
        )
        try:
            await desk.recover()
            yield Stand(desk, worker, tray, states)
        finally:
            await desk.close()
