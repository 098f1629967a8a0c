"""Printers before the tests of what every driver promises."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from peripherals.device import Device, DeviceState
from peripherals.errors import NotProvedError, PeripheralError
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.printers.port import MonoImage, POSPrinter, PrintProof
from tests.peripherals.contract.rig import TIMINGS, Rig, online, until

IMAGE = MonoImage(576, 200, bytes((0x55,)) * 72 * 200)


class PrinterRig(Rig):
    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.simulator = PrinterSimulator(self.line, folder)

    async def exchange(self, device: Device[Any]) -> None:
        assert isinstance(device, POSPrinter)
        before = len(self.simulator.tickets)
        assert await device.print_image(IMAGE) is PrintProof.PROVED
        assert len(self.simulator.tickets) == before + 1

    async def silence(self, silent: bool) -> None:
        await self.simulator.set(silent=silent)

    async def half_a_frame(self, device: Device[Any]) -> None:
        assert isinstance(device, POSPrinter)
        await self.simulator.set(bytes_left=1000)
        with pytest.raises(NotProvedError):
            await device.print_image(IMAGE)
        assert self.simulator.tickets == []
        await until(device, online)

    async def garbage(self, device: Device[Any]) -> None:
        assert isinstance(device, POSPrinter)
        await self.simulator.set(garbage=True)
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        await self._refused(device, "device-answer-invalid")
        await self.simulator.set(garbage=False)

    async def late(self, device: Device[Any]) -> None:
        # The answers to these questions say that all is well, and come when it is well no more.
        await self.simulator.set(late_s=TIMINGS.answer_s * 1.2)
        await self._refused(device, "device-timeout")
        await self.simulator.set(late_s=0, paper="out")
        await self._refused(device, "printer-paper-out")
        await self.simulator.set(paper="ok")

    async def duplicate(self, device: Device[Any]) -> None:
        await self.simulator.set(duplicate=True)
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        await self._refused(device, "device-answer-invalid")
        await self.simulator.set(duplicate=False)

    async def power_cycle(self, device: Device[Any]) -> None:
        assert isinstance(device, POSPrinter)
        await self.simulator.set(speed=200)
        job = asyncio.create_task(device.print_image(IMAGE))
        await self.simulator.midway.wait()
        await self.simulator.power_cycle()
        with pytest.raises(NotProvedError):
            await job
        await self.simulator.set(speed=0)
        await until(device, online)

    async def _refused(self, device: Device[Any], code: str) -> None:
        assert isinstance(device, POSPrinter)
        with pytest.raises(PeripheralError) as caught:
            await device.print_image(IMAGE)
        assert caught.value.code == code
        assert self.simulator.tickets == []
