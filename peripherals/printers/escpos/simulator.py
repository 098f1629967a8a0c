"""A receipt printer that speaks ESC/POS on the wire and fails on demand.

It prints into PNG files, one a ticket. Status bytes, automatic status, and echoes are those of the Epson
reference. As on a real printer DLE EOT is answered when it comes in, also when it stands within an image by
chance, and what waits in the buffer is printed when paper is there again.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from peripherals.printers.escpos.simulator_commands import (
    Command,
    CommandParser,
    CutCommand,
    EchoRequest,
    FeedCommand,
    Initialize,
    Raster,
    SetAutoStatus,
)
from peripherals.simulation import CommandError, SimulatedLine, number, switch

type Report = Callable[[dict[str, object]], None]


@dataclass(frozen=True, slots=True)
class PrinterBehaviour:
    """How the printer is, and how it misbehaves."""

    paper: str = "ok"
    #: Paper ends after so many more rows; None for never.
    rows_left: int | None = None
    cover_open: bool = False
    offline: bool = False
    cutter_error: bool = False
    broken: bool = False
    silent: bool = False
    garbage: bool = False
    duplicate: bool = False
    late_s: float = 0
    #: Rows a second; 0 is as fast as it goes.
    speed: float = 0
    #: The connection is cut after so many more bytes; None for never.
    bytes_left: int | None = None
    #: Whether GS ( H and GS a are known to this model.
    echo: bool = True
    auto: bool = True
    #: What GS ( H is answered with instead of the digits that were sent; "" for a model that returns those.
    digits: str = ""
    #: Whether the answer to GS ( H waits until the next status question, and then comes just before its answer.
    holds: bool = False

    @property
    def can_print(self) -> bool:
        stopped = self.cover_open or self.offline or self.cutter_error or self.broken
        return self.paper != "out" and not stopped

    def real_time(self, what: int) -> int:
        """The answer to DLE EOT ``what``."""
        out = self.paper == "out"
        match what:
            case 1:
                bits = 0 if self.can_print else 0x08
            case 2:
                error = self.cutter_error or self.broken
                bits = 0x04 * self.cover_open | 0x20 * out | 0x40 * error
            case 3:
                bits = 0x08 * self.cutter_error | 0x20 * self.broken
            case _:
                bits = 0x60 * out | 0x0C * (out or self.paper == "near-end")
        return 0x12 | bits

    def automatic(self) -> bytes:
        """The four bytes of automatic status back."""
        out = self.paper == "out"
        first = 0x10 | (0 if self.can_print else 0x08) | 0x20 * self.cover_open
        second = 0x08 * self.cutter_error | 0x20 * self.broken
        third = 0x0C * out | 0x03 * (out or self.paper == "near-end")
        return bytes((first, second, third, 0x0F))


class PrinterSimulator:
    """One printer on one line."""

    def __init__(self, line: SimulatedLine, out: Path, *, width: int = 576, report: Report = lambda _: None) -> None:
        self.condition = PrinterBehaviour()
        self.tickets: list[Path] = []
        #: Set while there are rows on the paper that is not cut off yet.
        self.midway = asyncio.Event()
        self._line = line
        self._out = out
        self._stride = (width + 7) // 8
        self._report = report
        self._parser = CommandParser()
        self._waiting: asyncio.Queue[Command] = asyncio.Queue()
        self._changed = asyncio.Event()
        self._auto = False
        self._paper: list[bytes] = []
        self._torn = 0
        self._tail = b""
        self._held = b""
        self._engine: asyncio.Task[None] | None = None
        self._dropping: asyncio.Task[None] | None = None
        line.received = self._receive

    @property
    def address(self) -> str:
        return self._line.address

    async def start(self) -> None:
        await self._line.plug()
        self._engine = asyncio.create_task(self._print())

    async def stop(self) -> None:
        await self._halt()
        await self._line.close()

    async def _halt(self) -> None:
        await self._line.unplug()
        if self._engine is not None:
            self._engine.cancel()
            await asyncio.wait([self._engine])

    async def set(self, **changes: object) -> None:
        """Change the condition, and tell whoever asked to be told."""
        before = self.condition
        self.condition = replace(before, **changes)  # type: ignore[arg-type]  # names are checked by replace itself
        if before.paper == "out" and self.condition.paper != "out":
            await self._tear_off()
        self._after(before)

    async def power_cycle(self) -> None:
        """Off and on again: all that waited is forgotten, the connection is lost."""
        await self._halt()
        self._parser.reset()
        self._tail = self._held = b""
        self._waiting = asyncio.Queue()
        self._auto = False
        await self.start()

    async def command(self, words: list[str]) -> dict[str, object]:
        """Do what a line of the control channel says."""
        match words:
            case ["paper", "ok" | "near-end" | "out" as paper]:
                await self.set(paper=paper, rows_left=None)
            case ["paper-out-after", rows]:
                await self.set(rows_left=int(number(rows)))
            case ["cover", "open" | "closed" as cover]:
                await self.set(cover_open=cover == "open")
            case ["cutter", "jammed" | "ok" as cutter]:
                await self.set(cutter_error=cutter == "jammed")
            case ["mechanism", "broken" | "ok" as mechanism]:
                await self.set(broken=mechanism == "broken")
            case [("offline" | "silent" | "garbage" | "duplicate" | "echo" | "auto" | "holds") as name, value]:
                await self.set(**{name: switch(value)})
            case ["digits", "own"]:
                await self.set(digits="")
            case ["digits", digits] if digits.isascii() and len(digits) == 4:  # noqa: PLR2004 - d1 to d4 of GS ( H
                await self.set(digits=digits)
            case ["late", seconds]:
                await self.set(late_s=number(seconds))
            case ["slow", rows_a_second]:
                await self.set(speed=number(rows_a_second))
            case ["cut-after", count]:
                await self.set(bytes_left=int(number(count)))
            case ["unplug"]:
                await self._line.unplug()
            case ["plug"]:
                await self._line.plug()
            case ["power-cycle"]:
                await self.power_cycle()
            case ["status"]:
                return {name: getattr(self.condition, name) for name in PrinterBehaviour.__dataclass_fields__}
            case ["tickets"]:
                return {"tickets": [str(path) for path in self.tickets]}
            case _:
                raise CommandError("no such command")
        return {}

    # What arrives.

    def _receive(self, data: bytes) -> None:
        left = self.condition.bytes_left
        if left is not None:
            data = data[:left]
            self.condition = replace(self.condition, bytes_left=None if len(data) == left else left - len(data))
        self._answer_queries(data)
        for command in self._parser.feed(data):
            self._waiting.put_nowait(command)
        if left is not None and self.condition.bytes_left is None:
            self._dropping = asyncio.create_task(self._drop())

    async def _drop(self) -> None:
        await self._line.unplug()
        self._parser.reset()
        await self._line.plug()

    def _answer_queries(self, data: bytes) -> None:
        stream = self._tail + data
        for at in range(len(stream) - 2):
            if stream[at : at + 2] == b"\x10\x04" and 1 <= stream[at + 2] <= 4:  # noqa: PLR2004 - DLE EOT 1 to 4
                held, self._held = self._held, b""
                self._send(held + bytes((self.condition.real_time(stream[at + 2]),)))
        self._tail = stream[-2:]

    def _send(self, answer: bytes) -> None:
        condition = self.condition
        if condition.silent:
            return
        if condition.garbage:
            answer = b"\xff\x81\xfe"
        if condition.duplicate:
            answer += answer
        if condition.late_s:
            asyncio.get_running_loop().call_later(condition.late_s, self._line.send, answer)
        else:
            self._line.send(answer)

    def _after(self, before: PrinterBehaviour) -> None:
        self._changed.set()
        if self._auto and self.condition.automatic() != before.automatic():
            self._send(self.condition.automatic())

    # The mechanism.

    async def _print(self) -> None:
        while True:
            command = await self._waiting.get()
            await self._able()
            match command:
                case Initialize():
                    self._auto = False
                case SetAutoStatus(enabled) if self.condition.auto:
                    self._auto = enabled
                    if enabled:
                        self._send(self.condition.automatic())
                case Raster(stride, rows):
                    for start in range(0, len(rows), stride):
                        row = rows[start : start + stride][: self._stride]
                        await self._row(row.ljust(self._stride, b"\x00"))
                case FeedCommand(rows):
                    for _ in range(rows):
                        await self._row(bytes(self._stride))
                case CutCommand():
                    await self._cut_off()
                case EchoRequest(echoed) if self.condition.echo:
                    answer = b"\x37\x22" + (self.condition.digits.encode() or echoed) + b"\x00"
                    if self.condition.holds:
                        self._held += answer
                    else:
                        self._send(answer)
                case _:
                    pass

    async def _able(self) -> None:
        while not self.condition.can_print:
            self._changed.clear()
            await self._changed.wait()

    async def _row(self, row: bytes) -> None:
        await self._able()
        if self.condition.rows_left == 0:
            await self.set(paper="out", rows_left=None)
            await self._able()
        if self.condition.speed:
            await asyncio.sleep(1 / self.condition.speed)
        if self.condition.rows_left is not None:
            self.condition = replace(self.condition, rows_left=self.condition.rows_left - 1)
        self._paper.append(row)
        self.midway.set()

    async def _cut_off(self) -> None:
        path = self._out / f"ticket-{len(self.tickets) + 1:04}.png"
        height = len(self._paper)
        if await self._save(path):
            self.tickets.append(path)
            at = datetime.now(UTC).isoformat()
            self._report({"event": "ticket", "file": str(path), "rows": height, "at": at})

    async def _tear_off(self) -> None:
        """Take the old roll out: what hung from it is torn off."""
        self._torn += 1
        path = self._out / f"torn-{self._torn:04}.png"
        if await self._save(path):
            self._report({"event": "torn", "file": str(path)})

    async def _save(self, path: Path) -> bool:
        rows, self._paper = self._paper, []
        self.midway.clear()
        if not rows:
            return False
        await asyncio.to_thread(_write_png, path, self._stride, rows)
        return True


def _write_png(path: Path, stride: int, rows: list[bytes]) -> None:
    """Write rows of bits, 1 is black; PNG has it the other way round."""
    path.parent.mkdir(parents=True, exist_ok=True)
    inverted = bytes(byte ^ 0xFF for row in rows for byte in row)
    part = path.with_suffix(".part")
    with contextlib.closing(Image.frombytes("1", (stride * 8, len(rows)), inverted)) as image:
        image.save(part, format="PNG", dpi=(203, 203))
    # Whoever waits for the file never sees half of it.
    part.replace(path)
