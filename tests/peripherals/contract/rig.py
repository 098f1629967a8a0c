"""A simulated device on its line, as the tests of what every driver promises take it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peripherals.device import Device, DeviceState, DeviceStatus, Timings
from peripherals.simulation import PtyLine, SimulatedLine, TcpLine

TIMINGS = Timings(
    reopen_first_s=0.02,
    reopen_max_s=0.1,
    connect_s=1,
    answer_s=0.25,
    poll_s=0.15,
    write_s=1,
    proof_s=2,
    settle_s=0.2,
    duplicate_s=0.5,
    frame_s=0.3,
)
#: A printer on USB is read and written without settings: so is a pseudo-terminal that is raw.
LINES: dict[str, Callable[[], SimulatedLine]] = {
    "tcp": TcpLine,
    "serial": PtyLine,
    "evdev": PtyLine,
    "usb": PtyLine,
    "vpcd": TcpLine,
}


class Rig(ABC):
    """A simulated device on its line, and what a fault means for this kind of device."""

    options = ""
    timings = TIMINGS

    def __init__(self, scheme: str, folder: Path) -> None:
        self.scheme = scheme
        self.folder = folder
        self.line = self._line()

    def _line(self) -> Any:
        return LINES[self.scheme.partition("+")[2]]()

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.line.address}{self.options}"

    simulator: Any

    @abstractmethod
    async def exchange(self, device: Device[Any]) -> None:
        """Do what this device is for, and see that it happened."""

    @abstractmethod
    async def silence(self, silent: bool) -> None: ...

    @abstractmethod
    async def half_a_frame(self, device: Device[Any]) -> None: ...

    @abstractmethod
    async def garbage(self, device: Device[Any]) -> None: ...

    @abstractmethod
    async def late(self, device: Device[Any]) -> None: ...

    @abstractmethod
    async def duplicate(self, device: Device[Any]) -> None: ...

    @abstractmethod
    async def power_cycle(self, device: Device[Any]) -> None:
        """Switch the device off and on again in mid-command."""


def online(status: DeviceStatus) -> bool:
    return status.state is DeviceState.ONLINE


async def until(device: Device[Any], said: Callable[[Any], bool]) -> None:
    """Wait until a snapshot says it."""
    async with asyncio.timeout(60):
        async for status in device.watch():
            if said(status):
                return
