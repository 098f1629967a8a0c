"""Readers of documents before the tests of what every driver promises."""

import asyncio
from pathlib import Path
from typing import Any

from peripherals.device import Device
from peripherals.documents.mrz import Mrz
from peripherals.documents.port import DocumentRead, DocumentReader, ReadFailure, ReadFault
from peripherals.documents.serial_reader.envelope import PRESETS
from peripherals.documents.serial_reader.simulator import ReaderSimulator
from peripherals.documents.specimens import SPECIMENS
from tests.peripherals.contract.rig import Rig


class ReaderRig(Rig):
    envelope = PRESETS["desko"]
    options = "?envelope=desko"
    document = SPECIMENS["td3"]

    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.simulator = ReaderSimulator(self.line, self.envelope)
        self.simulator.slow_byte_s = 0.01

    async def exchange(self, device: Device[Any]) -> None:
        for name in ("td1", "td2"):
            [read] = await self._show(device, SPECIMENS[name])
            assert isinstance(read, Mrz)
            assert read.valid

    async def silence(self, silent: bool) -> None:
        """Nothing to switch: a reader that nobody lays anything on is silent."""

    async def half_a_frame(self, device: Device[Any]) -> None:
        assert await self._show(device, self.document, "half") == [ReadFailure(ReadFault.TRUNCATED)]

    async def garbage(self, device: Device[Any]) -> None:
        assert await self._show(device, self.document, "garbage") == [ReadFailure(ReadFault.GARBAGE)]

    async def late(self, device: Device[Any]) -> None:
        assert await self._show(device, self.document, "slow") == [ReadFailure(ReadFault.TOO_SLOW)]

    async def duplicate(self, device: Device[Any]) -> None:
        reads = await self._show(device, self.document, "duplicate", until_seen=SPECIMENS["mrv-a"])
        assert [read.format for read in reads if isinstance(read, Mrz)] == ["TD3", "MRV-A"]

    async def power_cycle(self, device: Device[Any]) -> None:
        shown = asyncio.create_task(self._show(device, self.document, "slow"))
        await self.simulator.midway.wait()
        await self.simulator.power_cycle()
        [read] = await shown
        assert isinstance(read, ReadFailure)

    async def _show(
        self,
        device: Device[Any],
        document: tuple[str, ...],
        fault: str = "",
        until_seen: tuple[str, ...] = (),
    ) -> list[DocumentRead]:
        """Lay a document down while listening, and give the first reading, or all of two documents."""
        assert isinstance(device, DocumentReader)
        reads: list[DocumentRead] = []
        listening = device.documents()
        first = asyncio.ensure_future(anext(listening))
        await asyncio.sleep(0)
        await self.simulator.show(document, fault)
        reads.append(await first)
        if until_seen:
            await self.simulator.show(until_seen)
            reads.append(await anext(listening))
        await listening.aclose()
        return reads


class ElyctisRig(ReaderRig):
    envelope = PRESETS["elyctis"]
    options = "?envelope=elyctis"

    async def silence(self, silent: bool) -> None:
        await self.simulator.command(["silent", "on" if silent else "off"])
