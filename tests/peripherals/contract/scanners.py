"""Barcode scanners before the tests of what every driver promises."""

import asyncio
import dataclasses
from pathlib import Path
from typing import Any

from peripherals.codes.framer import CodeEnvelope
from peripherals.codes.port import Read, Scan, ScanFailure, ScanFault, Scanner
from peripherals.codes.simulator import ScannerSimulator, as_keys, over_serial
from peripherals.device import Device
from tests.peripherals.contract.rig import TIMINGS, Rig


class ScannerRig(Rig):
    #: Wide enough for a machine that is busy: the line of a wedge carries one key at a time.
    options = "?gap_ms=1000&suffix=0d"
    timings = dataclasses.replace(TIMINGS, frame_s=1.5)
    encode = staticmethod(over_serial)
    ticket = "https://queue.demo.example/t/" + "A" * 43

    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.simulator = ScannerSimulator(self.line, CodeEnvelope(suffix=b"\r", gap_s=1.0), self.encode)
        self.simulator.slow_byte_s = 0.03

    async def exchange(self, device: Device[Any]) -> None:
        for text in (self.ticket, "B042 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"):
            [read] = await self._show(device, text)
            assert isinstance(read, Scan)
            assert bytes(read.text) == text.encode()

    async def silence(self, silent: bool) -> None:
        """Nothing to switch: a reader that nobody holds anything before is silent."""

    async def half_a_frame(self, device: Device[Any]) -> None:
        assert await self._show(device, self.ticket, "half") == [ScanFailure(ScanFault.TRUNCATED)]

    async def garbage(self, device: Device[Any]) -> None:
        assert await self._show(device, self.ticket, "garbage") == [ScanFailure(ScanFault.GARBAGE)]

    async def late(self, device: Device[Any]) -> None:
        assert await self._show(device, self.ticket, "slow") == [ScanFailure(ScanFault.TOO_SLOW)]

    async def duplicate(self, device: Device[Any]) -> None:
        reads = await self._show(device, "first", "duplicate", until_seen="second")
        assert [bytes(read.text) for read in reads if isinstance(read, Scan)] == [b"first", b"second"]

    async def power_cycle(self, device: Device[Any]) -> None:
        shown = asyncio.create_task(self._show(device, self.ticket, "slow"))
        await self.simulator.midway.wait()
        await self.simulator.power_cycle()
        [read] = await shown
        assert isinstance(read, ScanFailure)

    async def _show(self, device: Device[Any], text: str, fault: str = "", until_seen: str = "") -> list[Read]:
        """Hold a code up while listening, and give the first reading, or all of two codes."""
        assert isinstance(device, Scanner)
        listening = device.scans()
        first = asyncio.ensure_future(anext(listening))
        await asyncio.sleep(0)
        await self.simulator.scan(text, fault)
        reads = [await first]
        if until_seen:
            await self.simulator.scan(until_seen)
            reads.append(await anext(listening))
        await listening.aclose()
        return reads


class WedgeRig(ScannerRig):
    encode = staticmethod(as_keys)
