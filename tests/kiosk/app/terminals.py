"""Simulated payment terminals of both protocols, and a whole kiosk that takes payment with one of them."""

import asyncio
import dataclasses
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, override

from kiosk.settings import KioskSettings, PaymentSettings
from peripherals.device import Timings, open_device
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import PaymentTerminal
from peripherals.payment.zvt.apdu import ControlField
from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from peripherals.simulation import TcpLine
from queue_server.domain.values import JournalState
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import SETTINGS, Stand, stand
from tests.kiosk.app.test_app import enrol

FEE = 8500


TIMINGS = Timings(
    reopen_first_s=0.02,
    reopen_max_s=0.1,
    connect_s=2,
    answer_s=1,
    poll_s=0.05,
    write_s=1,
    frame_s=0.3,
    payment_s=30,
    terminal_poll_s=0.1,
)


QUICK = KioskSettings(
    journey=SETTINGS.journey,
    link=SETTINGS.link,
    payment=PaymentSettings(doubt_s=0.6, recover_s=0.6, retry_interval_s=0.02, reprint_s=10.0, end_of_day_at=""),
)


class Terminal(ABC):
    """A simulated terminal of either protocol, told the same things."""

    @abstractmethod
    async def start(self) -> None: ...

    @abstractmethod
    async def stop(self) -> None: ...

    @property
    @abstractmethod
    def url(self) -> str: ...

    @property
    @abstractmethod
    def charged(self) -> int:
        """What the terminal's own books say was charged and not given back, in cents."""

    @property
    @abstractmethod
    def asked(self) -> int:
        """How many payments it was asked for, or charged where its books know no others."""

    @property
    @abstractmethod
    def at_work(self) -> bool:
        """Whether it has begun with a payment, or had one."""

    @abstractmethod
    def decline(self) -> None: ...

    @abstractmethod
    def slow(self, seconds: float) -> None: ...

    @abstractmethod
    def drop(self, *, after: bool) -> None:
        """Cut the line before or after the next approval."""

    @abstractmethod
    async def unplug(self) -> None: ...

    @abstractmethod
    def undo_soon(self) -> None:
        """Have a charge undone soon that the kiosk says nothing of."""

    def device(self, payment_s: float) -> PaymentTerminal:
        device = open_device(self.url, dataclasses.replace(TIMINGS, payment_s=payment_s))
        assert isinstance(device, PaymentTerminal)
        return device


class Zvt(Terminal):
    def __init__(self, folder: Path) -> None:
        self.simulator = TerminalSimulator(TcpLine(), folder / "books", times=(0.1, 0.2))
        self.simulator.set(patience_s=5, repeat_s=0.02)

    @override
    async def start(self) -> None:
        await self.simulator.start()

    @override
    async def stop(self) -> None:
        await self.simulator.stop()

    @property
    @override
    def url(self) -> str:
        return f"zvt+tcp://{self.simulator.address}?t1_ms=100&t2_ms=200&t3_ms=400&t4_s=2&hold_ms=60"

    @property
    @override
    def charged(self) -> int:
        return self.simulator.books.sums.get(978, 0)

    @property
    @override
    def asked(self) -> int:
        return self.simulator.commands.count(ControlField.AUTHORISATION)

    @property
    @override
    def at_work(self) -> bool:
        return self.asked > 0

    @override
    def decline(self) -> None:
        self.simulator.set(result=0x05)

    @override
    def slow(self, seconds: float) -> None:
        self.simulator.set(card_s=seconds)

    @override
    def undo_soon(self) -> None:
        self.simulator.set(patience_s=0.4)

    @override
    def drop(self, *, after: bool) -> None:
        self.simulator.set(drop="after" if after else "before")

    @override
    async def unplug(self) -> None:
        await self.simulator.command(["unplug"])


class Nexo(Terminal):
    def __init__(self, folder: Path) -> None:
        self.simulator = NexoSimulator(folder / "terminal")

    @override
    async def start(self) -> None:
        await self.simulator.start()

    @override
    async def stop(self) -> None:
        await self.simulator.stop()

    @property
    @override
    def url(self) -> str:
        return f"nexo+https://{self.simulator.address}{self.simulator.query}"

    @property
    @override
    def charged(self) -> int:
        totals = self.simulator.journal.totals().get("EUR", {"charged": 0, "reversed": 0})
        return totals["charged"] - totals["reversed"]

    @property
    @override
    def asked(self) -> int:
        return self.simulator.journal.totals().get("EUR", {"charges": 0})["charges"]

    @property
    @override
    def at_work(self) -> bool:
        return self.simulator.midway.is_set()

    @override
    def decline(self) -> None:
        self.simulator.terminal.set(outcome="decline")

    @override
    def slow(self, seconds: float) -> None:
        self.simulator.terminal.set(slow_s=seconds)

    @override
    def undo_soon(self) -> None:
        assert self.charged == 0, "a terminal that is asked waits for nobody, and undoes nothing by itself"

    @override
    def drop(self, *, after: bool) -> None:
        self.simulator.fault = "drop-after" if after else "drop-before"

    @override
    async def unplug(self) -> None:
        await self.simulator.unplug()


@asynccontextmanager
async def taking(
    folder: Path,
    centre: Centre,
    terminal: Terminal,
    *,
    settings: KioskSettings = QUICK,
    payment_s: float = TIMINGS.payment_s,
) -> AsyncIterator[Stand]:
    """Run a kiosk that is enrolled and can take payment; ``payment_s`` is how long one waits for a card."""
    device = await asyncio.to_thread(terminal.device, payment_s)
    async with stand(folder, centre.url, settings=settings, terminal=device) as kiosk:
        if kiosk.frame.page == "setup":
            await enrol(kiosk)
        yield kiosk


async def to_fee(kiosk: Stand) -> None:
    """Walk to the fee; whoever waits until the terminal is found says that they are still there."""
    await kiosk.walk_to_confirm()

    def offered() -> bool:
        if kiosk.frame.page == "idle":
            kiosk.act("more-time")
        return kiosk.frame.page == "confirm" and bool(kiosk.model["fee"])

    await until(offered)
    kiosk.act("confirm")
    model = await kiosk.shows("fee")
    assert model["fee"] == {"minor": FEE, "currency": "EUR", "exponent": 2}
    assert model["can_pay"]


async def paying(kiosk: Stand, **state: object) -> dict[str, Any]:
    """Wait for this state of the payment."""

    def there() -> bool:
        payment = kiosk.model.get("payment", {})
        return kiosk.frame.page == "pay" and all(payment[key] == value for key, value in state.items())

    try:
        await until(there)
    except TimeoutError:
        raise TimeoutError(f"{kiosk.frame.page} {kiosk.model}") from None
    return kiosk.model


def phases(kiosk: Stand) -> set[str]:
    return {frame.model["payment"]["phase"] for frame in kiosk.frames if frame.page == "pay"}


async def told(centre: Centre, *states: JournalState) -> None:
    """Wait until the server knows how each attempt ended, in their order."""

    def there() -> bool:
        last = [rows[max(rows)].state for rows in centre.payments.values()]
        return last == list(states) and all(
            set(rows) == set(range(1, max(rows) + 1)) for rows in centre.payments.values()
        )

    try:
        await until(there)
    except TimeoutError:
        raise TimeoutError(str(centre.payments)) from None


def ended(kiosk: Stand) -> str:
    """Give how it ended, "" where it goes on."""
    phase = str(kiosk.model["payment"]["phase"]) if kiosk.frame.page == "pay" else ""
    return phase if phase in {"not-paid", "given-back", "going-back", "staff"} else ""


def last(centre: Centre) -> JournalState | None:
    """Give the last that the server knows of the only attempt."""
    if not centre.payments:
        return None
    (rows,) = centre.payments.values()
    return rows[max(rows)].state
