"""A pipe from a Linux input device, taken away from everybody else on the machine for as long as it is open."""

import asyncio
import errno
import fcntl
import os
from dataclasses import dataclass

from peripherals.device import DeviceUrl
from peripherals.errors import BusyError, NotConnectedError, UrlInvalidError
from peripherals.transports.pipe import FilePipe, Pipe, gone

#: _IOW('E', 0x90, int) of linux/input.h.
_EVIOCGRAB = 0x40044590
#: Major numbers of pseudo-terminals (the kernel's devices.txt): a simulator's line, which types into no window.
_PSEUDO_TERMINALS = range(136, 144)


@dataclass(frozen=True, slots=True)
class InputAddress:
    path: str

    @classmethod
    def from_url(cls, url: DeviceUrl) -> "InputAddress":
        """Read the path of an input device.

        Raises:
            UrlInvalidError: it names none.
        """
        if url.host or not url.path.startswith("/") or url.path == "/":
            raise UrlInvalidError(part="path", value=url.text)
        return cls(url.path)

    @property
    def key(self) -> str:
        """What one owner in this process may hold."""
        return f"evdev:{self.path}"

    async def connect(self) -> Pipe:
        """Open the device and grab it.

        Raises:
            NotConnectedError: there is no such device now, it may not be read, or it is no input device.
            BusyError: another process has grabbed it.
        """
        return InputPipe(await asyncio.to_thread(self._open))

    def _open(self) -> int:
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise NotConnectedError(reason="no-line") from error
        except OSError as error:
            raise gone(error) from error
        try:
            self._grab(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _grab(self, descriptor: int) -> None:
        """Let nobody else have the events: what is typed here must never reach a window."""
        try:
            fcntl.ioctl(descriptor, _EVIOCGRAB, 1)
        except OSError as error:
            if error.errno == errno.EBUSY:
                raise BusyError(port=self.path) from error
            if os.major(os.fstat(descriptor).st_rdev) not in _PSEUDO_TERMINALS:
                raise NotConnectedError(reason="no-input-device") from error


class InputPipe(FilePipe):
    async def send(self, data: bytes) -> None:
        """Refuse: nothing is ever said to an input device."""
        del data
        raise NotConnectedError(reason="takes-nothing")

    async def close(self) -> None:
        descriptor, self._fd = self._fd, -1
        if descriptor >= 0:
            # Giving up the file gives up the grab. Closing a line may block, so it is done in a thread.
            await asyncio.to_thread(os.close, descriptor)
