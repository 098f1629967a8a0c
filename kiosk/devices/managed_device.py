"""The place of one device in the kiosk: it is kept enabled, and may be exchanged for another while the kiosk runs."""

import asyncio
from typing import Any, Protocol

import structlog

from kiosk.journey.surroundings import DevicePart
from peripherals.device import Device, DeviceState, DeviceStatus
from peripherals.errors import AnswerTimeoutError, BusyError, NotConnectedError, PeripheralError
from peripherals.faults import fault_of
from peripherals.printers.port import PaperState, PrinterStatus
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)

#: A reader that only ever speaks is unknown until its first document; that is no reason not to invite people.
PRESENT = frozenset({DeviceState.ONLINE, DeviceState.UNKNOWN})

#: How long until a device whose port somebody else holds is tried again, in seconds.
_AGAIN_S = 5.0


class StatusWatcher(Protocol):
    """Hears how a device is."""

    def status_changed(self, status: DeviceStatus | None) -> None:
        """Take note of a status, None where there is no device."""


class ReadingListener[D](Protocol):
    """Takes what an enabled device reads."""

    async def listen(self, device: D, /) -> None: ...


class ManagedDevice[D: Device[Any]]:
    """``device`` is None in a kiosk without one; without a ``listener`` it is kept enabled, and nothing is read."""

    def __init__(
        self, name: str, device: D | None, watcher: StatusWatcher, listener: ReadingListener[D] | None = None
    ) -> None:
        self.device = device
        self._watcher = watcher
        self._listener = listener
        self._moved = asyncio.Event()
        self._free = asyncio.Event()
        self._trying = asyncio.Lock()
        self.task = Periodic(name, 0, self._hold_open, at_once=True)

    async def _hold_open(self) -> None:
        """Hold what is here open, until there is another device."""
        self._moved.clear()
        if self.device is None:
            self._free.set()
            if not self._trying.locked():
                self._watcher.status_changed(None)
            self.task.worked()
            await self._moved.wait()
            return
        self._free.clear()
        holding = asyncio.create_task(self._hold(self.device))
        moved = asyncio.create_task(self._moved.wait())
        try:
            await asyncio.wait({holding, moved}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (holding, moved):
                task.cancel()
            await asyncio.wait({holding, moved})
        if not holding.cancelled():
            holding.result()

    async def exchange(self, device: D | None) -> str:
        """Put another device here, if it answers; else the one before stays.

        Returns:
            The failure code of why it did not, or an empty string.
        """
        async with self._trying:
            before, self.device = self.device, None
            # The port may be the very same, with other settings: it is let go of first.
            self._moved.set()
            await self._free.wait()
            code = "" if device is None else await _try(device)
            self.device = before if code else device
            self._moved.set()
        if self.device is None:
            self._watcher.status_changed(None)
        return code

    async def _hold(self, device: D) -> None:
        while True:
            try:
                async with device, asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._watch(device))
                    if self._listener is not None:
                        await self._listener.listen(device)
            except BusyError as error:
                _log.warning("device-busy", code=error.code)
                self._watcher.status_changed(DeviceStatus(state=DeviceState.DEVICE_BUSY))
                await asyncio.sleep(_AGAIN_S)

    async def _watch(self, device: D) -> None:
        async for status in device.watch():
            self.task.worked()
            self._watcher.status_changed(status)


async def _try(device: Device[Any]) -> str:
    """Open a device and ask it how it is; a printer that says that it has no paper is there all the same."""
    try:
        async with device:
            status = await device.check_health()
    except PeripheralError as error:
        return error.code
    if isinstance(status, PrinterStatus):
        if status.paper is not PaperState.UNKNOWN:
            return ""
        return fault_of(status) or AnswerTimeoutError.code
    if status.state in {DeviceState.ONLINE, DeviceState.UNKNOWN}:
        return ""
    return fault_of(status) or NotConnectedError.code


def part_of(name: str, device: Device[Any] | None, status: DeviceStatus | None) -> DevicePart:
    """Give what the technician's page and the server are told of a device."""
    if device is None or status is None:
        return DevicePart(name, DeviceState.NO_DEVICE.value)
    return DevicePart(name, status.state.value, fault_of(status), device.url)
