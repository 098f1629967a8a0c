"""The devices of a desk: each is kept enabled, found again when it was pulled out, and says how it is."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import structlog

from peripherals.codes.port import Scan, Scanner, SealScan
from peripherals.device import Device, DeviceState, DeviceStatus, open_device
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.port import DocumentReader
from peripherals.errors import BusyError, DeskSettingsError, NotConnectedError, PeripheralError
from peripherals.faults import fault_of
from peripherals.printers.port import POSPrinter
from peripherals.serve.settings import DeskDeviceAddresses
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)

#: The parts of a desk, and what each must be.
KINDS: dict[str, type] = {"reader": DocumentReader, "chip": ChipReader, "scanner": Scanner, "printer": POSPrinter}
#: How long until a device whose port somebody else holds is tried again, in seconds: somebody waits for it.
_AGAIN_S = 5.0


class DeskPart(msgspec.Struct, frozen=True):
    """How a part of the desk is; ``fault`` is a failure code, "" where it is well or nobody can know."""

    name: str
    state: str
    fault: str = ""


class DeskDevices:
    """``changed`` hears that a part is otherwise than before, ``scanned`` each code, and each seal in hexadecimal."""

    def __init__(
        self, settings: DeskDeviceAddresses, *, changed: Callable[[], None], scanned: Callable[[str, bool], None]
    ) -> None:
        """Construct them all; touches nothing, may import drivers.

        Raises:
            PeripheralError: an address cannot be used, or is that of another kind of device.
        """
        opened = {name: _open(name, getattr(settings, name)) for name in KINDS}
        self._devices = {name: device for name, device in opened.items() if device is not None}
        self._parts: dict[str, DeskPart] = {}
        self._changed = changed
        self._scanned = scanned

    @property
    def reader(self) -> DocumentReader | None:
        found = self._devices.get("reader")
        return found if isinstance(found, DocumentReader) else None

    @property
    def chip(self) -> ChipReader | None:
        found = self._devices.get("chip")
        return found if isinstance(found, ChipReader) else None

    @property
    def printer(self) -> POSPrinter | None:
        found = self._devices.get("printer")
        return found if isinstance(found, POSPrinter) else None

    @property
    def parts(self) -> tuple[DeskPart, ...]:
        """Say how each part is, in the order in which they are used; one that has not said so yet is starting."""
        return tuple(self._parts.get(name) or DeskPart(name, self._unheard(name).value) for name in KINDS)

    def _unheard(self, name: str) -> DeviceState:
        return DeviceState.STARTING if name in self._devices else DeviceState.NO_DEVICE

    def fault(self, name: str) -> str:
        """Say why a part cannot be used, "" where it can."""
        if name not in self._devices:
            return NotConnectedError.code
        part = self._parts.get(name)
        return part.fault if part is not None else ""

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for name, device in self._devices.items():
                listen = self._listen if isinstance(device, Scanner) else None
                tasks.create_task(self._keeping(name, device, listen).run())

    def _keeping(self, name: str, device: Device[Any], listen: Callable[[Any], Awaitable[None]] | None) -> Periodic:
        async def hold() -> None:
            try:
                async with device, asyncio.TaskGroup() as tasks:
                    kept.worked()
                    tasks.create_task(self._watch(name, device))
                    if listen is not None:
                        await listen(device)
            except BusyError:
                self._notify(name, DeviceStatus(state=DeviceState.DEVICE_BUSY))
                raise

        kept = Periodic(
            f"device-{name}",
            0,
            hold,
            at_once=True,
            retry_s=_AGAIN_S,
            max_retry_s=_AGAIN_S,
            expected=(PeripheralError,),
        )
        return kept

    async def _watch(self, name: str, device: Device[Any]) -> None:
        async for status in device.watch():
            self._notify(name, status)

    async def _listen(self, scanner: Scanner) -> None:
        async for read in scanner.scans():
            if isinstance(read, Scan):
                with read.text as text:
                    found = bytes(text).decode("ascii")
                read.wipe()
                self._scanned(found, False)
            elif isinstance(read, SealScan):
                with read.data as data:
                    found = data.hex()
                read.wipe()
                self._scanned(found, True)

    def _notify(self, name: str, status: DeviceStatus) -> None:
        part = DeskPart(name, status.state.value, fault_of(status))
        if self._parts.get(name) != part:
            self._parts[name] = part
            _log.info("part", part=name, state=part.state, fault=part.fault)
            self._changed()


def _open(name: str, address: str) -> Device[Any] | None:
    if not address:
        return None
    device = open_device(address)
    if not isinstance(device, KINDS[name]):
        raise DeskSettingsError(section="devices", key=name, wanted=f"the address of a {name}")
    return device
