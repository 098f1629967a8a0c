"""Readers of chips before the tests of what every driver promises: on a line, and behind the real service."""

import asyncio
import dataclasses
import functools
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from peripherals.device import Device, LifecycleStage
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.mrz import parse
from peripherals.documents.passport.chip import SimulatedChip
from peripherals.documents.passport.line_reader import LineReader
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import build
from peripherals.documents.passport.vpcd import VirtualCard
from peripherals.errors import PeripheralError
from tests.peripherals.chip.service import READER, Service, lay_down
from tests.peripherals.contract.rig import TIMINGS, Rig, online, until


@functools.cache
def passport() -> tuple[SimulatedChip, str]:
    """Make a passport that is quick to read, and its zone."""
    made = build(PROFILES["basic"], datetime.now(UTC), 1)
    return made.chip, made.zone


class ChipRig(Rig):
    """A simulated passport in a simulated reader."""

    timings = dataclasses.replace(TIMINGS, chip_s=1.0, answer_s=0.5)

    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.chip, self.zone = passport()
        self._make()

    def _make(self) -> None:
        self.simulator = LineReader(self.line)
        self.simulator.insert(self.chip)

    async def exchange(self, device: Device[Any]) -> None:
        if device.stage is LifecycleStage.ENABLED:
            await until(device, online)
        files = await self._read(device)
        assert parse(files.files[LdsFile.DG1][5:]).valid
        assert LdsFile.SOD in files.files
        files.wipe()

    async def silence(self, silent: bool) -> None:
        self.simulator.silent = silent

    async def half_a_frame(self, device: Device[Any]) -> None:
        self.simulator.fault = "half"
        await self._fails(device, "device-timeout")

    async def garbage(self, device: Device[Any]) -> None:
        self.simulator.fault = "garbage"
        await self._fails(device, "device-answer-invalid")

    async def late(self, device: Device[Any]) -> None:
        self.simulator.late_s = 1.2
        await self._fails(device, "device-timeout")
        self.simulator.late_s = 0

    async def duplicate(self, device: Device[Any]) -> None:
        self.simulator.fault = "duplicate"
        await self._fails(device, "device-answer-invalid")

    async def power_cycle(self, device: Device[Any]) -> None:
        self.simulator.stops_at = self.simulator.exchanges + 8
        reading = asyncio.create_task(self._read(device))
        await self.simulator.midway.wait()
        await self.simulator.power_cycle()
        await self._ends(reading, "device-not-connected")
        # What is waited for next must not be what the reader said before.
        await until(device, online)

    async def _fails(self, device: Device[Any], *codes: str) -> None:
        await self._ends(self._read(device), *codes)

    async def _ends(self, reading: Any, *codes: str) -> None:
        with pytest.raises(PeripheralError) as caught:
            await reading
        assert caught.value.code in codes

    async def _read(self, device: Device[Any]) -> Any:
        assert isinstance(device, ChipReader)
        zone = parse(self.zone)
        return await device.read(MrzKey.from_mrz(zone), wait_s=2)


class ServiceLine:
    """The real smart card service in place of a cable."""

    def __init__(self, folder: Path) -> None:
        self.service = Service(folder)
        self.address = f"/{READER}"
        self._on = False

    async def plug(self) -> None:
        if not self._on:
            await asyncio.to_thread(self.service.start)
            self._on = True

    async def unplug(self) -> None:
        self._on = False
        await asyncio.to_thread(self.service.stop)


class ServiceCard(VirtualCard):
    """A card in the virtual reader of the service, whose answers fail on demand."""

    def __init__(self, line: ServiceLine, chip: SimulatedChip) -> None:
        super().__init__(chip)
        self._line = line
        self._fault: Callable[[bytes], bytes] | None = None
        self._fails_at = 0
        self.stops_at = 0
        self.go_on = threading.Event()

    async def start(self) -> None:
        if reason := await asyncio.to_thread(self._line.service.take):
            pytest.skip(reason)
        self._address = ("127.0.0.1", self._line.service.port)
        await self._line.plug()
        await asyncio.to_thread(self.insert)

    async def stop(self) -> None:
        self.go_on.set()
        await asyncio.to_thread(self._line.service.hang, False) if self._line._on else None
        await asyncio.to_thread(self.remove)
        await asyncio.to_thread(self._line.service.give_back)

    def _answer(self, message: bytes, chip: SimulatedChip) -> bytes | None:
        answer = super()._answer(message, chip)
        if len(message) == 1 or answer is None:
            return answer
        if self.exchanges == self.stops_at:
            self.go_on.wait(10)
        if self._fault is None or self.exchanges < self._fails_at:
            return answer
        fault, self._fault = self._fault, None
        return fault(answer)

    def fail(self, fault: Callable[[bytes], bytes]) -> None:
        """Do this to an answer in mid-session: what a chip answers at first is forgiven much."""
        self._fails_at = self.exchanges + 8
        self._fault = fault


class ServiceRig(ChipRig):
    """The same passport behind the real service; what ends the service is its pulled cable."""

    simulator: ServiceCard

    def _line(self) -> Any:
        return ServiceLine(self.folder)

    def _make(self) -> None:
        self.simulator = ServiceCard(self.line, self.chip)

    async def exchange(self, device: Device[Any]) -> None:
        if not self.simulator.inserted:
            # The service took the card's connection with it.
            await asyncio.to_thread(self.simulator.insert)
        await super().exchange(device)

    async def silence(self, silent: bool) -> None:
        await asyncio.to_thread(self.line.service.hang, silent)

    async def half_a_frame(self, device: Device[Any]) -> None:
        self.simulator.fail(lambda answer: answer[:1])
        await self._fails(device, "document-removed", "chip-answer-invalid")

    async def garbage(self, device: Device[Any]) -> None:
        self.simulator.fail(lambda answer: b"\xff" * len(answer))
        await self._fails(device, "chip-answer-invalid", "chip-channel-broken", "chip-access-refused")

    async def late(self, device: Device[Any]) -> None:
        # The service waits as long as a chip asks it to; who hangs for longer than that is given up.
        self.simulator.stops_at = self.simulator.exchanges + 4
        await self._fails(device, "device-timeout")
        self.simulator.go_on.set()
        await until(device, online)

    async def duplicate(self, device: Device[Any]) -> None:
        self.simulator.fail(lambda answer: answer + answer)
        await self._fails(device, "chip-answer-invalid", "chip-channel-broken", "chip-access-refused")

    async def power_cycle(self, device: Device[Any]) -> None:
        # The card goes by itself before it answers: who takes it out afterwards may come after the whole reading.
        self.simulator.removed_after = self.simulator.exchanges + 8
        await self._fails(device, "document-removed", "chip-absent")
        self.simulator.removed_after = 0
        await asyncio.to_thread(lay_down, self.simulator)
