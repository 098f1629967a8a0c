"""A pipe over USB's printer class (USB Device Class Definition for Printing Devices 1.1), as ``usblp`` of Linux has it.

A printer is named by its path (``/dev/usb/lp0``, or one that udev keeps stable), or by its USB identity, which stays
the same in whichever socket it is plugged: ``04b8-0e28`` or ``04b8-0e28-SERIALNUMBER``.
"""

import asyncio
import contextlib
import errno
import fcntl
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from peripherals.device import DeviceUrl
from peripherals.errors import BusyError, NotConnectedError, UrlInvalidError
from peripherals.transports.pipe import FilePipe, Pipe

#: Where the kernel tells of printers; each is a name of a device, and ``device`` its interface.
SYSFS: Final = Path("/sys/class/usbmisc")
_NAME: Final = re.compile(r"([0-9a-f]{4})-([0-9a-f]{4})(?:-([0-9a-z.:_-]+))?", re.IGNORECASE)
#: A printer may answer with a packet of no bytes as often as it is asked: then it is asked after such a pause.
_PAUSE_S: Final = 0.02
_BUFFER: Final = 4096
_READINGS: Final = 64


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """A printer that is plugged in: its device, and its identity."""

    path: str
    vendor: str
    product: str
    serial: str
    description: str

    @property
    def name(self) -> str:
        return f"{self.vendor}-{self.product}" + (f"-{self.serial}" if _fits(self.serial) else "")


def _fits(serial: str) -> bool:
    """Tell whether a serial number can stand in an address."""
    return re.fullmatch(r"[0-9A-Za-z.:_-]+", serial) is not None


def printers(sysfs: Path = SYSFS) -> Iterator[UsbPrinter]:
    """List the printers that are plugged in."""
    for entry in sorted(sysfs.glob("lp*")):
        # The interface lies in the device that has the identity.
        device = (entry / "device").resolve().parent
        vendor, product = _read(device / "idVendor"), _read(device / "idProduct")
        if vendor and product:
            yield UsbPrinter(
                f"/dev/usb/{entry.name}", vendor, product, _read(device / "serial"), _read(device / "product")
            )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class UsbPrinterAddress:
    """``name`` is a path or an identity; ``sysfs`` is where printers are looked for."""

    name: str
    sysfs: Path = SYSFS

    @classmethod
    def from_url(cls, url: DeviceUrl) -> "UsbPrinterAddress":
        """Read a printer from a device address.

        Raises:
            UrlInvalidError: none is named.
        """
        if url.host and url.path in {"", "/"} and _NAME.fullmatch(url.host):
            return cls(url.host)
        if url.host or not url.path.startswith("/") or url.path == "/":
            raise UrlInvalidError(part="printer", value=url.host or url.path)
        return cls(url.path)

    @property
    def key(self) -> str:
        """What one owner in this process may hold."""
        return f"usb-printer:{self.name}"

    async def connect(self) -> Pipe:
        """Open the printer, and forget what it has said: that was meant for somebody before.

        Raises:
            NotConnectedError: there is no such printer now.
            BusyError: another process holds it.
        """
        return UsbPrinterPipe(await asyncio.to_thread(self._open))

    def _open(self) -> int:
        try:
            fd = os.open(self._path(), os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            if error.errno in {errno.EBUSY, errno.EACCES}:
                raise BusyError(port=self.name) from error
            away = error.errno in {errno.ENOENT, errno.ENODEV, errno.ENXIO}
            raise NotConnectedError(reason="no-line" if away else f"errno-{error.errno}") from error
        try:
            # usblp lets nobody else open it; a lock keeps others away where something else stands in for a printer.
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with contextlib.suppress(BlockingIOError):
                # One that talks without end is heard out no longer than this.
                for _ in range(_READINGS):
                    if not os.read(fd, _BUFFER):
                        break
        except OSError as error:
            os.close(fd)
            if error.errno == errno.EWOULDBLOCK:
                raise BusyError(port=self.name) from error
            raise NotConnectedError(reason=f"errno-{error.errno}") from error
        return fd

    def _path(self) -> str:
        match = _NAME.fullmatch(self.name)
        if match is None:
            return self.name
        # The host part of an address has no case, so that of a serial number does not count.
        vendor, product, serial = (part and part.lower() for part in match.groups())
        for one in printers(self.sysfs):
            if (one.vendor.lower(), one.product.lower()) == (vendor, product) and serial in {None, one.serial.lower()}:
                return one.path
        raise NotConnectedError(reason="no-line")


class UsbPrinterPipe(FilePipe):
    async def _read_nothing(self) -> None:
        await asyncio.sleep(_PAUSE_S)

    async def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            # What was written and has not left is dropped by the kernel with the last to close.
            await asyncio.to_thread(os.close, fd)
