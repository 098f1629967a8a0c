"""Which devices a kiosk has, and how each is constructed from its address."""

from typing import Any

from kiosk.errors import SettingError
from kiosk.settings import DeviceAddresses
from peripherals.codes.port import Scanner
from peripherals.device import Device, open_device
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.port import DocumentReader
from peripherals.payment.port import PaymentTerminal
from peripherals.printers.port import POSPrinter

#: The parts of a kiosk, and what each must be.
KINDS: dict[str, type] = {
    "printer": POSPrinter,
    "reader": DocumentReader,
    "chip": ChipReader,
    "scanner": Scanner,
    "terminal": PaymentTerminal,
}


def open_part(name: str, address: str) -> Device[Any] | None:
    """Construct the device at an address, None for an empty one; touches nothing, may import a driver.

    Raises:
        PeripheralError: the address cannot be used.
        SettingError: it is that of another kind of device.
    """
    if not address:
        return None
    device = open_device(address)
    if not isinstance(device, KINDS[name]):
        raise SettingError(section="devices", key=name, wanted=f"the address of a {name}")
    return device


class Devices:
    """The devices of a kiosk."""

    def __init__(
        self,
        printer: POSPrinter | None = None,
        reader: DocumentReader | None = None,
        chip: ChipReader | None = None,
        scanner: Scanner | None = None,
        terminal: PaymentTerminal | None = None,
    ) -> None:
        self.printer = printer
        self.reader = reader
        self.chip = chip
        self.scanner = scanner
        self.terminal = terminal

    @classmethod
    def open(cls, settings: DeviceAddresses) -> "Devices":
        """Construct them all. Raises what ``open_part`` does."""
        printer, reader, chip, scanner, terminal = (open_part(name, getattr(settings, name)) for name in KINDS)
        assert isinstance(printer, POSPrinter | None)  # noqa: S101 - open_part has looked
        assert isinstance(reader, DocumentReader | None)  # noqa: S101 - as above
        assert isinstance(chip, ChipReader | None)  # noqa: S101 - as above
        assert isinstance(scanner, Scanner | None)  # noqa: S101 - as above
        assert isinstance(terminal, PaymentTerminal | None)  # noqa: S101 - as above
        return cls(printer, reader, chip, scanner, terminal)
