"""Simulated terminals as the cuts use them: put out of order at random, healed, and read by the judge."""

import asyncio
import random
from pathlib import Path

from peripherals.device import Timings, open_device
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import PaymentTerminal, Result
from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from peripherals.simulation import TcpLine
from tests.faults.payments import judge
from tests.faults.payments.judge import Charge
from tests.faults.payments.small_terminal import CUTS, SmallDriver, SmallTerminal

TIMINGS = Timings(
    reopen_first_s=0.02, reopen_max_s=0.1, connect_s=1.0, answer_s=1.0, poll_s=0.02, payment_s=1.2, terminal_poll_s=0.2
)


def open_terminal(url: str) -> PaymentTerminal:
    """Construct the driver for an address. Imports it: not on a loop."""
    if url.startswith("small"):
        return SmallDriver(url)
    device = open_device(url, TIMINGS)
    assert isinstance(device, PaymentTerminal)
    return device


class SmallRig:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "ledger.jsonl"
        self._terminal = SmallTerminal(self.file)
        self._serving = self._terminal.serving()

    async def start(self) -> None:
        await self._serving.__aenter__()

    async def stop(self) -> None:
        await self._serving.__aexit__(None, None, None)

    @property
    def url(self) -> str:
        return self._terminal.url

    def arrange(self, chance: random.Random) -> str:
        self._terminal.keeps = chance.random() < 0.5
        self._terminal.cuts = {chance.choice(CUTS)} if chance.random() < 0.5 else set()
        self._terminal.signature = chance.random() < 0.1
        self._terminal.says = chance.choice([*[Result.APPROVED] * 8, Result.DECLINED])
        self._terminal.reversal = chance.choice([*[Result.APPROVED] * 6, Result.REQUESTED, Result.DECLINED])
        return f"{self._terminal.says} {self._terminal.cuts or ''}"

    async def cut(self) -> None:
        """Drop the line, and let it be there again."""
        self._terminal.dead = True
        await asyncio.sleep(0.01)
        self._terminal.dead = False

    async def die(self) -> None:
        self._terminal.dead = True

    async def heal(self) -> None:
        self._terminal.dead = False
        self._terminal.cuts = set()
        self._terminal.reversal = Result.APPROVED

    def ledger(self) -> dict[int, Charge]:
        return judge.small_ledger(self.file)


class ZvtRig:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "books.jsonl"
        self._simulator = TerminalSimulator(TcpLine(), self.file)
        self._simulator.set(patience_s=0.3, repeat_s=0.05)

    async def start(self) -> None:
        await self._simulator.start()

    async def stop(self) -> None:
        await self._simulator.stop()

    @property
    def url(self) -> str:
        return f"zvt+tcp://{self._simulator.address}?t3_ms=600&t4_s=2&hold_ms=100"

    def arrange(self, chance: random.Random) -> str:
        self._simulator.set(
            scheme=chance.choice(["old", "new"]),
            drop=chance.choice(["never", "never", "never", "before", "after", "committed"]),
            lose_completion=chance.random() < 0.1,
            restart=chance.random() < 0.1,
            signature=chance.random() < 0.1,
            result=chance.choice([0] * 9 + [0x05]),
            keeps=chance.random() < 0.8,
            bank_s=chance.choice([0.0, 0.05]),
        )
        script = self._simulator.script
        return (
            f"{script.scheme} drop={script.drop} restart={script.restart} signature={script.signature}"
            f" keeps={script.keeps}"
        )

    async def cut(self) -> None:
        """Drop the line, and let it be there again; one that keeps nothing loses its power with it."""
        if not self._simulator.script.keeps:
            await self._simulator.power_cycle()
            return
        await self._simulator.command(["unplug"])
        await self._simulator.command(["plug"])

    async def die(self) -> None:
        await self._simulator.command(["unplug"])

    async def heal(self) -> None:
        self._simulator.set(drop="never", lose_completion=False, restart=False, signature=False, result=0, bank_s=0.0)
        await self.cut()
        self._simulator.set(keeps=True)

    def ledger(self) -> dict[int, Charge]:
        return judge.zvt_ledger(self.file)


class NexoRig:
    def __init__(self, folder: Path) -> None:
        self._simulator = NexoSimulator(folder / "terminal")
        self.file = folder / "terminal" / "journal.jsonl"

    async def start(self) -> None:
        await self._simulator.start()

    async def stop(self) -> None:
        await self._simulator.stop()

    @property
    def url(self) -> str:
        return f"nexo+https://{self._simulator.address}{self._simulator.query}"

    def arrange(self, chance: random.Random) -> str:
        faults = ["drop-before", "drop-after", "half", "twice", "garbage", "empty", "error", "wrong-hmac", "reject"]
        faults += ["restart-before", "restart-after"]
        self._simulator.fault = chance.choice([*faults, *[""] * len(faults)])
        self._simulator.terminal.set(
            outcome=chance.choice([*["approve"] * 9, "decline"]),
            signature=chance.random() < 0.1,
            reverses=chance.random() < 0.9,
            remembers=chance.random() < 0.9,
            # What it forgot is never found out: the journal of the terminal alone tells the judge.
            keeps=chance.random() < 0.7,
            # Whoever is killed while somebody is before the terminal needs somebody who takes a moment.
            slow_s=0.05,
        )
        return f"{self._simulator.fault} {self._simulator.terminal.condition}"

    async def cut(self) -> None:
        """Drop the line, and let it be there again."""
        await self._simulator.unplug()
        await self._simulator.plug()

    async def die(self) -> None:
        await self._simulator.unplug()

    async def heal(self) -> None:
        self._simulator.fault = ""
        self._simulator.terminal.set(
            outcome="approve", signature=False, reverses=True, remembers=True, keeps=True, slow_s=0
        )
        await self._simulator.unplug()
        await self._simulator.plug()

    def ledger(self) -> dict[int, Charge]:
        return judge.nexo_ledger(self.file)


type Rig = SmallRig | ZvtRig | NexoRig
RIGS: dict[str, type[SmallRig] | type[ZvtRig] | type[NexoRig]] = {"small": SmallRig, "zvt": ZvtRig, "nexo": NexoRig}
