"""From an order at a bank to the end of its pulse: 160 compartments on one RS-485 line at 19200 baud.

Agent, journal and driver are the real ones; the cabinet is simulated, behind a line on which each byte takes its time
(8N1: ten bits). Orders come at any moment of the round in which the agent asks all boards. The line's limit is the
frame of a pulse and one reading of a board, question and answer: with less no door opens and is seen to.
"""

import asyncio
import os
import random
import statistics
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installer.benchmark.measure import Measure
from peripherals.device import Timings, open_device
from peripherals.lockers import wiring
from peripherals.lockers.agent.agent import LockerAgent
from peripherals.lockers.agent.events import DoorClosed, DoorOpened
from peripherals.lockers.agent.journal import Journal
from peripherals.lockers.agent.model import OpeningTimes
from peripherals.lockers.agent.order_keys import OrderKeys
from peripherals.lockers.cabinet import Cabinet, Place
from peripherals.lockers.kerong import frames
from peripherals.lockers.kerong.device import KerongBank
from peripherals.lockers.kerong.simulator import KerongSimulator
from peripherals.lockers.simulator import name_of
from peripherals.simulation import PtyLine
from queue_server.contract.lockers import LockerOrder, public_text, sign
from queue_server.domain.lockers import LockerVerb

_BAUD: Final = 19_200
#: A start bit, eight of data, a stop bit.
_BITS: Final = 10
#: As many boards as one line has.
_BOARDS, _LOCKS, _COMPARTMENTS = frames.BOARDS, frames.LOCKS, frames.BOARDS * frames.LOCKS
_ORDERS: Final = 24
_BANK: Final = "018f0000-0000-7000-8000-00000000000b"
_TIMES: Final = OpeningTimes(closed_s=0.05)
_LIMIT_S: Final = 60.0


def on_the_line(length: int) -> float:
    """Give the seconds that so many bytes take."""
    return length * _BITS / _BAUD


PULSE_S: Final = on_the_line(len(frames.question(frames.OPEN, 0)))
READING_S: Final = on_the_line(len(frames.question(frames.STATUS, 0)) + frames.ANSWER_LENGTH)


class PacedLine(PtyLine):
    """Bytes arrive when their last bit would, one after another whoever speaks. ``questions`` counts what was asked."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.questions = 0
        self._free_at = 0.0

    def send(self, data: bytes) -> None:
        self._later(len(data), lambda: super(PacedLine, self).send(data))

    def _arrived(self) -> None:
        with suppress(BlockingIOError):
            data = os.read(self._device, 4096)
            self.questions += 1
            self._later(len(data), lambda: self.received(data))

    def _later(self, length: int, then: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        self._free_at = max(loop.time(), self._free_at) + on_the_line(length)
        loop.call_at(self._free_at, then)


@dataclass(frozen=True, slots=True)
class _Bank:
    agent: LockerAgent
    simulator: KerongSimulator
    line: PacedLine
    key: Ed25519PrivateKey

    async def order(self, verb: LockerVerb, place: Place, item: str) -> int:
        """Order something; gives the number of its event."""
        now = datetime.now(UTC)
        made = LockerOrder(
            id=str(uuid.uuid4()),
            bank=_BANK,
            compartment=name_of(place),
            verb=verb,
            claim=str(uuid.uuid4()),
            issued_at=now,
            expires_at=now + timedelta(minutes=1),
            item=item,
        )
        return await self.agent.order(sign(made, self.key))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(_LIMIT_S):
            while not holds():  # noqa: ASYNC110 - doors and lines are looked at
                await asyncio.sleep(0.0005)

    async def round_begins(self) -> None:
        """Wait until the line rests, and then for the first question of the next round."""
        seen, since = self.line.questions, time.monotonic()
        while time.monotonic() - since < 2 * READING_S + 0.02:
            await asyncio.sleep(0.002)
            if self.line.questions != seen:
                seen, since = self.line.questions, time.monotonic()
        await self.until(lambda: self.line.questions != seen)

    async def happens(self, kind: type[DoorOpened | DoorClosed], after: int) -> None:
        """Wait until something of this kind stands in the journal behind a number."""
        with self.agent.following() as news:
            async with asyncio.timeout(_LIMIT_S):
                while not any(isinstance(one.event, kind) for one in await self.agent.entries(after)):
                    await news.wait()
                    news.clear()


@asynccontextmanager
async def _bank(folder: Path, places: list[Place]) -> AsyncIterator[_Bank]:
    """Run an agent over the cabinet; in each of ``places`` lies something."""
    await asyncio.to_thread(folder.mkdir)
    cabinet, line = Cabinet(_BOARDS, _LOCKS), PacedLine(folder / "line")
    for place in places:
        cabinet.put(place)
    simulator = KerongSimulator(line, cabinet)
    wired = simulator.wiring()
    wired = msgspec.structs.replace(wired, compartment=wired.compartment[:_COMPARTMENTS])
    await asyncio.to_thread(wiring.save, folder / "wiring.toml", wired)
    await simulator.start()
    device = open_device(f"kerong+serial://{line.address}?wiring={folder / 'wiring.toml'}", Timings())
    assert isinstance(device, KerongBank)
    journal, key = await asyncio.to_thread(Journal, folder / "data"), Ed25519PrivateKey.generate()
    keys = OrderKeys((public_text(key.public_key()),), lambda _known: None)
    agent = LockerAgent(device, journal, _BANK, keys, _TIMES)
    working = asyncio.create_task(agent.run())
    try:
        bank = _Bank(agent, simulator, line, key)
        async with asyncio.timeout(_LIMIT_S):
            await agent.ready.wait()
        await bank.until(lambda: agent.state == "online")
        yield bank
    finally:
        working.cancel()
        await asyncio.wait({working})
        await asyncio.to_thread(journal.close)
        await simulator.stop()


async def _times(bank: _Bank, places: list[Place], chance: random.Random) -> list[float]:
    """Have somebody collect from each of ``places``; seconds from each order until its pulse has arrived."""
    cabinet, found = bank.simulator.cabinet, []
    items = {place: str(uuid.uuid4()) for place in places}
    for place, item in items.items():
        await bank.order(LockerVerb.SETTLE, place, item)
    round_s = _BOARDS * (READING_S + 0.005)
    for place, item in items.items():
        await bank.round_begins()
        await asyncio.sleep(chance.random() * round_s)
        bank.simulator.pulsed.clear()
        began = time.perf_counter()
        ordered = asyncio.create_task(bank.order(LockerVerb.COLLECT, place, item))
        await bank.simulator.pulsed.wait()
        found.append(time.perf_counter() - began)
        accepted = await ordered
        cabinet.take(place)
        await bank.happens(DoorOpened, accepted)
        cabinet.close(place)
        await bank.happens(DoorClosed, accepted)
    return found


async def measure_pulse(folder: Path) -> Measure:
    """Measure what an order waits for beside the line: its signature, the disk, and what is just being asked."""
    chance = random.Random(200)  # noqa: S311 - the same moments in every run
    places = chance.sample(list(islice(Cabinet(_BOARDS, _LOCKS).places(), _COMPARTMENTS)), _ORDERS)
    async with _bank(folder, places) as bank:
        found = await _times(bank, places, chance)
    return Measure(
        f"an order to a bank until its pulse has left, {_COMPARTMENTS} compartments at {_BAUD} baud",
        statistics.median(found) * 1000,
        "pulse and one reading on the line",
        (PULSE_S + READING_S) * 1000,
        "ms",
        goal=0.5,
        floor=0.38,
        more=f" (slowest {max(found) * 1000:.2f} ms; a round of all boards {_BOARDS * READING_S * 1000:.0f} ms)",
    )
