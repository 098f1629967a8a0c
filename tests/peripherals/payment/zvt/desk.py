"""A simulated terminal and its driver, on a real line."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from peripherals.device import DeviceState, Timings, open_device
from peripherals.money import Amount
from peripherals.payment.port import Order, Progress, Transaction
from peripherals.payment.zvt.apdu import ControlField
from peripherals.payment.zvt.device import ZvtTerminal
from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from peripherals.simulation import PtyLine, TcpLine

TIMINGS = Timings(reopen_first_s=0.02, reopen_max_s=0.1, connect_s=1, poll_s=0.2, write_s=1, frame_s=0.3)
OPTIONS = "t1_ms=100&t2_ms=200&t3_ms=400&t4_s=2&hold_ms=60"
PRICE = Amount(1234, "EUR")


@dataclass
class Desk:
    """``heard`` is what the person was shown; ``goods`` what ``decide`` answers, after ``before`` was awaited."""

    simulator: TerminalSimulator
    device: ZvtTerminal
    goods: bool = True
    before: Callable[[], Awaitable[object]] | None = None
    heard: list[Progress] = field(default_factory=list)
    decided: list[Transaction] = field(default_factory=list)
    #: Set when the person is asked for the card.
    invited: asyncio.Event = field(default_factory=asyncio.Event)

    async def pay(self, order: Order | None = None) -> Transaction:
        order = order or Order("first", PRICE, "de")
        return await self.device.pay(order, follow=self._follow, decide=self._decide)

    async def marked(self, name: str = "first") -> Order:
        """Make an order as somebody does who may crash."""
        return replace(Order(name, PRICE, "de"), mark=await self.device.mark())

    async def back(self) -> None:
        """Wait until the terminal is found again."""
        async for status in self.device.watch():
            if status.state is DeviceState.ONLINE:
                return

    @property
    def charged(self) -> int:
        return self.simulator.books.sums.get(978, 0)

    @property
    def asked(self) -> int:
        """How many times a payment was asked for."""
        return self.simulator.commands.count(ControlField.AUTHORISATION)

    def _follow(self, progress: Progress) -> None:
        self.heard.append(progress)
        if progress is Progress.PRESENT_CARD:
            self.invited.set()

    async def _decide(self, approved: Transaction) -> bool:
        self.decided.append(approved)
        if self.before is not None:
            await self.before()
        return self.goods


@asynccontextmanager
async def desk(kind: str, folder: Path, options: str = "") -> AsyncIterator[Desk]:
    """Put a terminal there; ``kind`` is tcp or serial."""
    line = TcpLine() if kind == "tcp" else PtyLine()
    simulator = TerminalSimulator(line, folder / "books", times=(0.1, 0.2))
    simulator.set(patience_s=0.4, repeat_s=0.02)
    await simulator.start()
    url = f"zvt+{kind}://{line.address}?{OPTIONS}{options}"
    device = await asyncio.to_thread(open_device, url, TIMINGS)
    assert isinstance(device, ZvtTerminal)
    try:
        async with device:
            yield Desk(simulator, device)
    finally:
        await simulator.stop()
