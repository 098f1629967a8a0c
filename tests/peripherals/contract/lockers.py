"""Banks of lockers before the tests of what every driver promises: a door is open once its input says so."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec

from peripherals.device import Device, DeviceState
from peripherals.lockers import wiring
from peripherals.lockers.cabinet import Cabinet, Place
from peripherals.lockers.port import DoorState, LockerBank
from peripherals.lockers.simulator import CabinetSimulator, name_of
from peripherals.lockers.simulators import SimulatedBoard, simulator_of
from tests.peripherals.contract.rig import Rig, until

#: How long an answer is waited for, in seconds.
ANSWER_S = 0.1
PLACE: Place = (2, 3)


def wire(simulator: CabinetSimulator[Any], folder: Path) -> str:
    """Write the wiring of a simulated cabinet, and give the option that names it."""
    made = simulator.wiring()
    board = msgspec.structs.replace(made.board, answer_ms=int(ANSWER_S * 1000))
    wiring.save(folder / "wiring.toml", msgspec.structs.replace(made, board=board))
    return f"?wiring={folder / 'wiring.toml'}"


class LockerRig(Rig):
    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.cabinet = Cabinet(boards=2, locks=4)
        board, _, line = scheme.partition("+")
        self.simulator = simulator_of(SimulatedBoard(board), self.line, self.cabinet, over_tcp=line == "tcp")
        self.options = wire(self.simulator, folder)

    async def exchange(self, device: Device[Any]) -> None:
        async with self._opened(device):
            pass

    @contextlib.asynccontextmanager
    async def _opened(self, device: Device[Any]) -> AsyncIterator[None]:
        """Open a compartment and shut it again, and see both."""
        assert isinstance(device, LockerBank)
        before = list(self.cabinet.pulses)
        await device.pulse(name_of(PLACE))
        await self._sensed(device, DoorState.OPEN)
        assert self.cabinet.pulses == [*before, PLACE]
        yield
        self.cabinet.close(PLACE)
        await self._sensed(device, DoorState.SHUT)

    async def _sensed(self, device: Device[Any], door: DoorState) -> None:
        await until(device, lambda status: status.of(name_of(PLACE)).door is door)

    async def silence(self, silent: bool) -> None:
        self.simulator.set(silent=silent)

    async def half_a_frame(self, device: Device[Any]) -> None:
        async with self._opened(device):
            self.simulator.set(half=6)
            await until(device, lambda status: status.of(name_of(PLACE)).door is DoorState.UNKNOWN)

    async def garbage(self, device: Device[Any]) -> None:
        self.simulator.set(garbage=True)
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        self.simulator.set(garbage=False)

    async def late(self, device: Device[Any]) -> None:
        # The answers say that the door is shut, and come when it is not any more.
        self.simulator.set(late_s=ANSWER_S * 1.2)
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        self.simulator.set(late_s=0.0)
        self.cabinet.pry(PLACE)
        assert (await device.check_health()).of(name_of(PLACE)).door is not DoorState.SHUT
        await self._sensed(device, DoorState.OPEN)
        self.cabinet.close(PLACE)
        await self._sensed(device, DoorState.SHUT)

    async def duplicate(self, device: Device[Any]) -> None:
        self.simulator.set(duplicate=True)
        for _ in range(3):
            await self.exchange(device)
        self.simulator.set(duplicate=False)

    async def power_cycle(self, device: Device[Any]) -> None:
        assert isinstance(device, LockerBank)
        before = len(self.cabinet.pulses)
        self.simulator.set(silent=True)
        self.simulator.pulsed.clear()
        pulsing = asyncio.create_task(device.pulse(name_of(PLACE)))
        await self.simulator.pulsed.wait()
        await self.simulator.power_cycle()
        self.simulator.set(silent=False)
        await pulsing
        # Whatever became of it, it is not sent again by itself, and the door says how it is.
        await self._sensed(device, DoorState.OPEN)
        assert len(self.cabinet.pulses) == before + 1
        self.cabinet.close(PLACE)
        await self._sensed(device, DoorState.SHUT)
