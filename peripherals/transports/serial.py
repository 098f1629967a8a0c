"""A pipe over a serial line: set up by pyserial, then read and written without blocking on the event loop.

A line is named by its path, best one that udev keeps stable (``/dev/serial/by-id/...``), or by the USB
identity of its adapter where no such path exists: ``usb-04b8-0202`` or ``usb-04b8-0202-SERIALNUMBER``.
"""

import asyncio
import contextlib
import errno
import re
import termios
from dataclasses import dataclass

import serial
from serial.tools import list_ports

from peripherals.device import DeviceUrl
from peripherals.errors import BusyError, NotConnectedError, UrlInvalidError
from peripherals.transports.pipe import FilePipe, Pipe

BAUD_RATES = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400)
_USB_NAME = re.compile(r"usb-([0-9a-f]{4})-([0-9a-f]{4})(?:-([0-9a-z.:_-]+))?", re.IGNORECASE)
OPTIONS = ("baud", "parity", "bits", "stop", "flow")


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A line and how it is set. ``name`` is a path or a ``usb-`` name."""

    name: str
    baud: int = 9600
    parity: str = "N"
    bits: int = 8
    stop: int = 1
    #: ``rts`` for hardware flow control, ``xon`` for software flow control, ``none``.
    flow: str = "none"

    @classmethod
    def from_url(cls, url: DeviceUrl, *, baud: int) -> "SerialAddress":
        """Read a line from a device address; ``baud`` is what this kind of device is delivered with.

        Raises:
            UrlInvalidError: no line is named, or a setting is none that lines have.
        """
        name = url.host or url.path
        if not name.startswith("/dev/") and not name.startswith("/") and not _USB_NAME.fullmatch(name):
            raise UrlInvalidError(part="line", value=name)
        speed = url.number("baud", baud, BAUD_RATES[0], BAUD_RATES[-1])
        if speed not in BAUD_RATES:
            raise UrlInvalidError(part="baud", value=speed)
        parity = url.options.get("parity", "N").upper()
        if parity not in {"N", "E", "O"}:
            raise UrlInvalidError(part="parity", value=parity)
        flow = url.options.get("flow", "none")
        if flow not in {"none", "rts", "xon"}:
            raise UrlInvalidError(part="flow", value=flow)
        bits, stop = url.number("bits", 8, 7, 8), url.number("stop", 1, 1, 2)
        return cls(name, speed, parity, bits, stop, flow)

    @property
    def key(self) -> str:
        """What one owner in this process may hold."""
        return f"serial:{self.name}"

    async def connect(self) -> Pipe:
        """Open the line, and forget what waits on it: it was meant for somebody before.

        Raises:
            NotConnectedError: there is no such line now.
            BusyError: another process holds it.
        """
        port = await asyncio.to_thread(self._open)
        return SerialPipe(port)

    def _open(self) -> serial.Serial:
        path = find_line(self.name)
        try:
            # pyserial asks for RTS and DTR and tolerates ENOTTY, the answer of a pseudo-terminal.
            port = serial.Serial(
                path,
                self.baud,
                bytesize=self.bits,
                parity=self.parity,
                stopbits=self.stop,
                rtscts=self.flow == "rts",
                xonxoff=self.flow == "xon",
                timeout=0,
                exclusive=True,
            )
        except (serial.SerialException, OSError, termios.error) as error:
            # A line that is unplugged while it is set up: an error of termios is no OSError.
            number = error.args[0] if isinstance(error, termios.error) else error.errno or _errno_within(error)
            if number in {errno.EBUSY, errno.EAGAIN, errno.EACCES}:
                raise BusyError(port=self.name) from error
            raise NotConnectedError(reason="no-line" if number == errno.ENOENT else f"errno-{number}") from error
        return port


class SerialPipe(FilePipe):
    def __init__(self, port: serial.Serial) -> None:
        super().__init__(port.fileno())
        self._port = port

    async def close(self) -> None:
        if self._port.is_open:
            # Closing a line waits until what was written has left, which may be for ever: drop that first.
            await asyncio.to_thread(self._drop)

    def _drop(self) -> None:
        # On a line that is gone already there is nothing left to drop.
        with contextlib.suppress(serial.SerialException, OSError, termios.error):
            self._port.reset_output_buffer()
        self._port.close()


def find_line(name: str) -> str:
    """Give the path of a line now: a ``usb-`` name may move from one path to another.

    Raises:
        NotConnectedError: no adapter of that name is plugged in.
    """
    match = _USB_NAME.fullmatch(name)
    if match is None:
        return name
    vendor, product, number = int(match[1], 16), int(match[2], 16), match[3]
    for port in list_ports.comports():
        if (port.vid, port.pid) != (vendor, product):
            continue
        # The host part of an address has no case, so that of a serial number does not count.
        if number is None or number.lower() == (port.serial_number or "").lower():
            return str(port.device)
    raise NotConnectedError(reason="no-line")


def usb_name(vendor: int, product: int, number: str | None) -> str:
    """The stable name of an adapter."""
    return f"usb-{vendor:04x}-{product:04x}" + (f"-{number}" if number else "")


def _errno_within(error: BaseException) -> int:
    """Find the number that pyserial only writes into its message."""
    found = re.search(r"\[Errno (\d+)\]", str(error))
    return int(found[1]) if found else 0
