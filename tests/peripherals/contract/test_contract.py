"""What every driver promises, tried on every driver over its real line and its simulator.

A driver without a rig here fails the first test. All drivers are tried at the same time: they mostly wait.
"""

import asyncio
import dataclasses
import importlib
from collections.abc import Awaitable, Callable
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


#: Skipped where there is no smart card service, which all tests of a machine share.
SERVED = "emrtd+pcsc"
type Promise = Callable[[Rig], Awaitable[None]]
type Trial = Callable[[Promise], Awaitable[None]]


@pytest.fixture(params=[(SERVED,), tuple(sorted(set(RIGS) - {SERVED}))], ids=["service", "lines"])
def each(request: pytest.FixtureRequest, tmp_path: Path) -> Trial:
    """Return a function that tries a promise on each driver, and fails with what every driver did wrong."""

    async def tried(name: str, promise: Promise) -> None:
        folder = tmp_path / name.replace("+", "-")
        await asyncio.to_thread(folder.mkdir)
        # Some write files that their driver reads.
        made = await asyncio.to_thread(RIGS[name], name, folder)
        await made.simulator.start()
        try:
            await promise(made)
        finally:
            await made.simulator.stop()

    async def try_all(promise: Promise) -> None:
        found = await asyncio.gather(*(tried(name, promise) for name in request.param), return_exceptions=True)
        wrong = []
        for name, fault in zip(request.param, found, strict=True):
            if isinstance(fault, pytest.skip.Exception):
                raise fault
            if isinstance(fault, BaseException):
                fault.add_note(f"Driver: {name}")
                wrong.append(fault)
        if wrong:
            message = "drivers break the promise"
            raise BaseExceptionGroup(message, wrong)

    return try_all


def opened(rig: Rig) -> Device[Any]:
    return open_device(rig.url, rig.timings)


async def usable(rig: Rig, device: Device[Any]) -> None:
    """Wait until the device is connected, and see it work."""
    await until(device, lambda status: status.state in {DeviceState.ONLINE, DeviceState.UNKNOWN})
    await rig.exchange(device)


def test_every_driver_stands_here() -> None:
    assert set(RIGS) | LINELESS == set(DRIVERS)


async def test_it_does_what_it_is_for(each: Trial) -> None:
    async def promise(rig: Rig) -> None:
        async with opened(rig) as device:
            await rig.exchange(device)
            assert device.status.state is DeviceState.ONLINE

    await each(promise)


async def test_calls_out_of_order_are_refused(each: Trial) -> None:
    async def promise(rig: Rig) -> None:
        device = opened(rig)
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

    await each(promise)


async def test_one_port_has_one_owner(each: Trial) -> None:
    async def promise(rig: Rig) -> None:
        async with opened(rig) as device:
            second = opened(rig)
            await second.open()
            with pytest.raises(BusyError):
                await second.claim()
            await device.release()
            await second.claim()
            await second.enable()
            await usable(rig, second)
            await second.close()

    await each(promise)


async def test_a_snapshot_cannot_be_changed_and_is_not_replaced_by_one_that_says_the_same(each: Trial) -> None:
    async def promise(rig: Rig) -> None:
        async with opened(rig) as device:
            first = await device.check_health()
            with pytest.raises(dataclasses.FrozenInstanceError):
                first.state = DeviceState.ONLINE
            assert await device.check_health() is first

    await each(promise)


async def test_a_device_that_is_away_is_found_later(each: Trial) -> None:
    async def promise(rig: Rig) -> None:
        await rig.line.unplug()
        async with opened(rig) as device:
            assert device.status.state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE}
            assert (await device.check_health()).state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE}
            await rig.line.plug()
            await usable(rig, device)

    await each(promise)


async def test_a_pulled_cable_is_seen_and_the_device_comes_back(each: Trial) -> None:
    async def promise(rig: Rig) -> None:
        async with opened(rig) as device:
            await rig.exchange(device)
            await rig.line.unplug()
            await until(device, lambda status: status.state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE})
            await rig.line.plug()
            await usable(rig, device)

    await each(promise)


async def test_silence_is_unknown(each: Trial) -> None:
    async def promise(rig: Rig) -> None:
        await rig.silence(True)
        async with opened(rig) as device:
            assert device.status.state is DeviceState.UNKNOWN
            assert (await device.check_health()).state is DeviceState.UNKNOWN

    await each(promise)


FAULTS: dict[str, Callable[[Rig, Device[Any]], Awaitable[None]]] = {
    "half a frame": lambda rig, device: rig.half_a_frame(device),
    "garbage": lambda rig, device: rig.garbage(device),
    "a late answer": lambda rig, device: rig.late(device),
    "a doubled answer": lambda rig, device: rig.duplicate(device),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_after_a_fault_it_does_what_it_is_for(each: Trial, fault: str) -> None:
    async def promise(rig: Rig) -> None:
        async with opened(rig) as device:
            await FAULTS[fault](rig, device)
            await rig.exchange(device)

    await each(promise)


async def test_power_cycle_in_mid_command(each: Trial) -> None:
    async def promise(rig: Rig) -> None:
        async with opened(rig) as device:
            await rig.power_cycle(device)
            await usable(rig, device)

    await each(promise)


async def test_a_watcher_ends_when_the_device_is_closed(each: Trial) -> None:
    async def promise(rig: Rig) -> None:
        device = opened(rig)
        await device.__aenter__()
        seen = asyncio.create_task(_collect(device))
        await asyncio.sleep(0)
        await device.close()
        assert (await seen)[-1].state is DeviceState.UNKNOWN

    await each(promise)


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
