"""The card terminal, as the kiosk uses it: whether it would take a payment, and what staff hear of it."""

from typing import Protocol

from msgspec.structs import replace

from kiosk.devices.managed_device import ManagedDevice, part_of
from kiosk.ports import PartBook
from peripherals.device import DeviceState, DeviceStatus, HealthAnswer
from peripherals.errors import NotConnectedError, PeripheralError, TerminalRefusedError
from peripherals.faults import fault_of
from peripherals.payment.port import PaymentTerminal, TerminalStatus

#: A terminal at work is there; one that says nothing is not.
_PRESENT = {DeviceState.ONLINE, DeviceState.DEVICE_BUSY}


class TerminalWatcher(Protocol):
    def terminal_changed(self) -> None:
        """Take note that the terminal answers, or does not any more."""


class ManagedTerminal:
    """``answers``: it has said that it would take a payment."""

    def __init__(self, device: PaymentTerminal | None, book: PartBook) -> None:
        self.slot = ManagedDevice("terminal", device, self)
        self._book = book
        self._watchers: list[TerminalWatcher] = []
        self._trouble = ""
        self.answers = False

    def watch(self, watcher: TerminalWatcher) -> None:
        self._watchers.append(watcher)

    async def check(self) -> str:
        """Ask the terminal how it is now, and give the failure code, empty where it would take a payment."""
        if self.slot.device is None:
            return NotConnectedError.code
        try:
            status = await self.slot.device.check_health()
        except PeripheralError as error:
            return error.code
        return "" if _accepts(status) else fault_of(status) or TerminalRefusedError.code

    def trouble(self, code: str) -> None:
        """Say what is wrong besides how the device is, "" where nothing is; its own faults come first."""
        self._trouble = code
        self._report_part(None if self.slot.device is None else self.slot.device.status)

    def status_changed(self, status: DeviceStatus | None) -> None:
        self._report_part(status)
        self.answers = status is not None and _accepts(status)
        for watcher in self._watchers:
            watcher.terminal_changed()

    def _report_part(self, status: DeviceStatus | None) -> None:
        device = self.slot.device
        part = part_of("terminal", device, status)
        if device is not None and part.address:
            part = replace(part, attended=device.capabilities.attended)
        if part.address and not part.code and self._trouble:
            part = replace(part, code=self._trouble)
        self._book.part(part)


def _accepts(status: DeviceStatus) -> bool:
    registered = status.registered if isinstance(status, TerminalStatus) else HealthAnswer.UNKNOWN
    return status.state in _PRESENT and registered is not HealthAnswer.NO
