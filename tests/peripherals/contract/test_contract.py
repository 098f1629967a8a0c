"""What every driver promises, tried on every driver over its real line and its simulator.

A driver without a rig here fails the first test.
"""

import asyncio
import dataclasses
import importlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from peripherals.device import DRIVERS, Device, DeviceState, DeviceStatus, LifecycleStage, open_device
from peripherals.errors import BusyError, LifeCycleError
from tests.peripherals.contract.chips import ChipRig, ServiceRig
from tests.peripherals.contract.lockers import LockerRig
from tests.peripherals.contract.printers import PrinterRig
from tests.peripherals.contract.readers import ElyctisRig, ReaderRig
from tests.peripherals.contract.rig import Rig, online, until
from tests.peripherals.contract.scanners import ScannerRig, WedgeRig
from tests.peripherals.contract.terminals import NexoRig, ZvtRig

RIGS: dict[str, type[Rig]] = {
    "emrtd+pcsc": ServiceRig,
    "emrtd+vpcd": ChipRig,
    "escpos+tcp": PrinterRig,
    "escpos+serial": PrinterRig,
    "escpos+usb": PrinterRig,
    "kerong+serial": LockerRig,
    "kerong+tcp": LockerRig,
    "modbus+serial": LockerRig,
    "modbus+tcp": LockerRig,
    "mrz+serial": ReaderRig,
    "mrz+tcp": ReaderRig,
    "nexo+https": NexoRig,
    "scanner+serial": ScannerRig,
    "scanner+evdev": WedgeRig,
    "winnsen+serial": LockerRig,
    "winnsen+tcp": LockerRig,
    "zvt+serial": ZvtRig,
    "zvt+tcp": ZvtRig,
}


#: Drivers without a line: there is no cable to pull, and no answer that could be late. Their tests stand beside them.
LINELESS = {"manual"}


@pytest.fixture(autouse=True, scope="module")
def drivers() -> None:
    """Import every driver before an event loop runs."""
    for target in DRIVERS.values():
        importlib.import_module(target.partition(":")[0])


@pytest.fixture(params=sorted(RIGS))
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    # Some write files that their driver reads.
    made = await asyncio.to_thread(RIGS[request.param], request.param, tmp_path)
    await made.simulator.start()
    yield made
    await made.simulator.stop()


@pytest.fixture
async def device(rig: Rig) -> AsyncIterator[Device[Any]]:
    async with open_device(rig.url, rig.timings) as opened:
        yield opened


async def usable(rig: Rig, device: Device[Any]) -> None:
    """Wait until the device is connected, and see it work."""
    await until(device, lambda status: status.state in {DeviceState.ONLINE, DeviceState.UNKNOWN})
    await rig.exchange(device)


def test_every_driver_stands_here() -> None:
    assert set(RIGS) | LINELESS == set(DRIVERS)


async def test_it_does_what_it_is_for(rig: Rig, device: Device[Any]) -> None:
    await rig.exchange(device)
    assert device.status.state is DeviceState.ONLINE


async def test_calls_out_of_order_are_refused(rig: Rig) -> None:
    device = open_device(rig.url, rig.timings)
    for call in (device.claim, device.enable, device.check_health, device.release):
        with pytest.raises(LifeCycleError):
            await call()
    await device.close()
    await device.open()
    for call in (device.open, device.enable, device.check_health, device.release):
        with pytest.raises(LifeCycleError):
            await call()
    await device.claim()
    for call in (device.open, device.claim, device.check_health):
        with pytest.raises(LifeCycleError):
            await call()
    await device.enable()
    for call in (device.open, device.claim, device.enable):
        with pytest.raises(LifeCycleError):
            await call()
    await device.close()
    assert device.stage is LifecycleStage.CLOSED
    with pytest.raises(LifeCycleError):
        await rig.exchange(device)


async def test_one_port_has_one_owner(rig: Rig, device: Device[Any]) -> None:
    second = open_device(rig.url, rig.timings)
    await second.open()
    with pytest.raises(BusyError):
        await second.claim()
    await device.release()
    await second.claim()
    await second.enable()
    await usable(rig, second)
    await second.close()


async def test_a_snapshot_cannot_be_changed(device: Device[Any]) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        device.status.state = DeviceState.ONLINE


async def test_a_snapshot_that_says_nothing_new_is_not_replaced(device: Device[Any]) -> None:
    first = await device.check_health()
    assert await device.check_health() is first


async def test_a_device_that_is_away_is_found_later(rig: Rig) -> None:
    await rig.line.unplug()
    async with open_device(rig.url, rig.timings) as device:
        assert device.status.state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE}
        assert (await device.check_health()).state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE}
        await rig.line.plug()
        await usable(rig, device)


async def test_a_pulled_cable_is_seen_and_the_device_comes_back(rig: Rig, device: Device[Any]) -> None:
    await rig.exchange(device)
    await rig.line.unplug()
    await until(device, lambda status: status.state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE})
    await rig.line.plug()
    await usable(rig, device)


async def test_silence_is_unknown(rig: Rig) -> None:
    await rig.silence(True)
    async with open_device(rig.url, rig.timings) as device:
        assert device.status.state is DeviceState.UNKNOWN
        assert (await device.check_health()).state is DeviceState.UNKNOWN


async def test_half_a_frame(rig: Rig, device: Device[Any]) -> None:
    await rig.half_a_frame(device)
    await rig.exchange(device)


async def test_garbage(rig: Rig, device: Device[Any]) -> None:
    await rig.garbage(device)
    await rig.exchange(device)


async def test_a_late_answer(rig: Rig, device: Device[Any]) -> None:
    await rig.late(device)
    await rig.exchange(device)


async def test_a_doubled_answer(rig: Rig, device: Device[Any]) -> None:
    await rig.duplicate(device)
    await rig.exchange(device)


async def test_power_cycle_in_mid_command(rig: Rig, device: Device[Any]) -> None:
    await rig.power_cycle(device)
    await usable(rig, device)


async def test_a_watcher_ends_when_the_device_is_closed(rig: Rig) -> None:
    device = open_device(rig.url, rig.timings)
    await device.__aenter__()
    seen = asyncio.create_task(_collect(device))
    await asyncio.sleep(0)
    await device.close()
    assert (await seen)[-1].state is DeviceState.UNKNOWN


async def _collect(device: Device[Any]) -> list[DeviceStatus]:
    return [status async for status in device.watch()]


async def test_a_reader_that_can_be_asked_answers(tmp_path: Path) -> None:
    rig = ElyctisRig("mrz+serial", tmp_path)
    await rig.simulator.start()
    async with open_device(rig.url, rig.timings) as device:
        assert device.status.state is DeviceState.ONLINE
        await rig.exchange(device)
        await rig.silence(True)
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        await rig.silence(False)
        async with asyncio.timeout(60):
            # Where the machine is slow it may be given up once more.
            while (await device.check_health()).state is not DeviceState.ONLINE:
                pass
        await rig.power_cycle(device)
        await until(device, online)
        await rig.exchange(device)
    await rig.simulator.stop()
