"""A simulated cabinet and its driver, whatever its boards speak."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from peripherals.device import Timings, open_device
from peripherals.lockers import wiring
from peripherals.lockers.cabinet import Cabinet
from peripherals.lockers.kerong.device import KerongBank
from peripherals.lockers.modbus.device import ModbusBank
from peripherals.lockers.port import DoorState, ItemSensor, LockerBank, LockerBankStatus
from peripherals.lockers.simulator import CabinetSimulator
from peripherals.lockers.simulators import SimulatedBoard, simulator_of
from peripherals.lockers.winnsen.device import WinnsenBank
from peripherals.simulation import PtyLine, TcpLine

TIMINGS = Timings(reopen_first_s=0.02, reopen_max_s=0.1, connect_s=2, write_s=2, locker_poll_s=0.02)
#: So long, in milliseconds, a board that answers has: longer than any machine needs; and one that says nothing.
PATIENT_MS, HASTY_MS = 1_000, 100
SCHEMES = ("kerong+serial", "modbus+serial", "modbus+tcp", "winnsen+serial")
#: Imported before any event loop runs.
DRIVERS = (KerongBank, ModbusBank, WinnsenBank)


@dataclass(frozen=True)
class Made:
    """A cabinet, its simulator and its address."""

    scheme: str
    cabinet: Cabinet
    simulator: CabinetSimulator[Any]
    url: str

    def device(self, **changes: float) -> LockerBank:
        device = open_device(self.url, replace(TIMINGS, **changes))
        assert isinstance(device, LockerBank)
        return device


def make(
    scheme: str,
    folder: Path,
    cabinet: Cabinet,
    *,
    inverted: bool = False,
    by_lock: bool = False,
    answer_ms: int = PATIENT_MS,
) -> Made:
    board, _, line = scheme.partition("+")
    over_tcp = line == "tcp"
    plugged = TcpLine() if over_tcp else PtyLine(folder / "line")
    simulator = simulator_of(
        SimulatedBoard(board), plugged, cabinet, over_tcp=over_tcp, inverted=inverted, by_lock=by_lock
    )
    wired = simulator.wiring()
    wired = msgspec.structs.replace(wired, board=msgspec.structs.replace(wired.board, answer_ms=answer_ms))
    wiring.save(folder / "wiring.toml", wired)
    return Made(scheme, cabinet, simulator, f"{scheme}://{{}}?wiring={folder / 'wiring.toml'}")


async def started(
    scheme: str,
    folder: Path,
    cabinet: Cabinet,
    *,
    inverted: bool = False,
    by_lock: bool = False,
    answer_ms: int = PATIENT_MS,
) -> Made:
    """Plug a cabinet in, and write its wiring."""
    made = await asyncio.to_thread(
        make, scheme, folder, cabinet, inverted=inverted, by_lock=by_lock, answer_ms=answer_ms
    )
    await made.simulator.start()
    return replace(made, url=made.url.format(made.simulator.address))


def senses(name: str, wanted: DoorState | ItemSensor) -> Callable[[LockerBankStatus], bool]:
    """Give what tells whether door or sensor of a compartment say this."""
    return lambda status: wanted in {status.of(name).door, status.of(name).item}


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def made(scheme: str, tmp_path: Path) -> AsyncIterator[Made]:
    one = await started(scheme, tmp_path, Cabinet(boards=2, locks=4))
    yield one
    await one.simulator.stop()


@pytest.fixture
async def hasty(scheme: str, tmp_path: Path) -> AsyncIterator[Made]:
    """Give one whose boards are soon given up, for those that say nothing."""
    one = await started(scheme, tmp_path, Cabinet(boards=2, locks=4), answer_ms=HASTY_MS)
    yield one
    await one.simulator.stop()
