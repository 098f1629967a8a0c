"""The device's end of a line, and the channel that tells a simulator what to do. Shared by all simulators."""

import asyncio
import contextlib
import json
import os
import pty
import socket
import tempfile
import tty
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from peripherals.listening import cut_off

#: The most bytes a control command may have.
_COMMAND_LIMIT = 1024


class SimulatedLine(ABC):
    """What a simulated device is plugged into. ``received`` is called with what arrives."""

    def __init__(self) -> None:
        self.received: Callable[[bytes], None] = lambda _: None

    @property
    @abstractmethod
    def address(self) -> str:
        """What a driver connects to: ``host:port``, or the path of a line."""

    @abstractmethod
    async def plug(self) -> None:
        """Make the device reachable, at the same address as before."""

    @abstractmethod
    async def unplug(self) -> None:
        """Pull the cable: whoever is connected loses the connection at once."""

    async def close(self) -> None:
        """Unplug for good, and leave nothing behind."""
        await self.unplug()

    @abstractmethod
    def send(self, data: bytes) -> None:
        """Send to whoever is connected; with nobody there the bytes are gone."""


class Port:
    """A TCP port that stays ours while a cable is pulled: nobody else is given it, and whoever connects is refused.

    It is bound once, by a socket that never listens; those that do are bound beside it (socket(7), SO_REUSEADDR).
    """

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        #: 0 until the first socket is asked for, where any will do.
        self.number = port
        self._reserved: socket.socket | None = None

    def __str__(self) -> str:
        return f"{self.host}:{self.number}"

    async def socket(self) -> socket.socket:
        """Give a new socket to listen on.

        Raises:
            OSError: somebody else has the port, or the host has no such address.
        """
        loop = asyncio.get_running_loop()
        [(family, *_, found), *_] = await loop.getaddrinfo(
            self.host, self.number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        if self._reserved is None:
            self._reserved = _bound(family, found)
            self.number = self._reserved.getsockname()[1]
        return _bound(family, (found[0], self.number, *found[2:]))

    def release(self) -> None:
        reserved, self._reserved = self._reserved, None
        if reserved is not None:
            reserved.close()


def _bound(family: int, address: tuple[Any, ...]) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made


class TcpLine(SimulatedLine):
    """Listens on one port; a new connection takes the place of the one before."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__()
        self._port = Port(host, port)
        self._cable = asyncio.Lock()
        self._server: asyncio.Server | None = None
        self._peer: asyncio.StreamWriter | None = None

    @property
    def address(self) -> str:
        return str(self._port)

    async def plug(self) -> None:
        async with self._cable:
            if self._server is None:
                listener = await self._port.socket()
                self._server = await asyncio.start_server(self._serve, sock=listener, start_serving=False)
                # Known before it listens: whoever is cancelled now leaves nothing that cannot be pulled.
                await self._server.start_serving()

    async def close(self) -> None:
        await super().close()
        self._port.release()

    async def unplug(self) -> None:
        async with self._cable:
            server, self._server = self._server, None
            self._peer = None
            if server is not None:
                await cut_off(server)

    def send(self, data: bytes) -> None:
        if self._peer is not None:
            self._peer.write(data)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._peer is not None:
            self._peer.transport.abort()
        self._peer = writer
        with contextlib.suppress(OSError):
            while self._peer is writer and (data := await reader.read(4096)):
                self.received(data)
        if self._peer is writer:
            self._peer = None
        writer.transport.abort()


class PtyLine(SimulatedLine):
    """A pseudo-terminal behind a stable path: the terminal is another one after each plugging in."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path = path
        self._folder: Path | None = None
        self._device = -1
        self._line = -1

    @property
    def address(self) -> str:
        return str(self._path)

    async def plug(self) -> None:
        if self._device < 0:
            await asyncio.to_thread(self._open)
            asyncio.get_running_loop().add_reader(self._device, self._arrived)

    async def unplug(self) -> None:
        if self._device >= 0:
            asyncio.get_running_loop().remove_reader(self._device)
            await asyncio.to_thread(self._hang_up)

    async def close(self) -> None:
        await super().close()
        if self._folder is not None:
            await asyncio.to_thread(self._folder.rmdir)

    def _open(self) -> None:
        if self._path is None:
            self._folder = Path(tempfile.mkdtemp(prefix="line-"))
            self._path = self._folder / "tty"
        # The line's own end stays open here, so that the device does not see a hang-up when a driver closes.
        device, self._line = pty.openpty()
        tty.setraw(self._line)
        os.set_blocking(device, False)
        self._path.unlink(missing_ok=True)
        self._path.symlink_to(os.ttyname(self._line))
        self._device = device

    def _hang_up(self) -> None:
        device, self._device = self._device, -1
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        os.close(self._line)
        os.close(device)

    def send(self, data: bytes) -> None:
        # A line has no memory: what nobody takes is lost.
        if self._device >= 0:
            with contextlib.suppress(BlockingIOError):
                os.write(self._device, data)

    def _arrived(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self.received(os.read(self._device, 4096))


type Handle = Callable[[list[str]], Awaitable[dict[str, object]]]


class CommandError(ValueError):
    """A control command that the simulator does not know."""


class ControlServer:
    """Takes one command a line over TCP, answers one JSON object a line: ``{"ok": true, ...}``."""

    def __init__(self, handle: Handle, host: str = "127.0.0.1", port: int = 0) -> None:
        self._handle = handle
        self._host = host
        self._port = port
        self._server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        return f"{self._host}:{self._port}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, self._host, self._port, limit=_COMMAND_LIMIT)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server.close_clients()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, ValueError):
            while line := await reader.readline():
                answer = await self._answer(line)
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        writer.transport.abort()

    async def _answer(self, line: bytes) -> dict[str, object]:
        try:
            return {"ok": True, **await self._handle(line.decode("ascii").split())}
        except (CommandError, UnicodeDecodeError) as error:
            return {"ok": False, "error": str(error)}


def switch(value: str) -> bool:
    """Read ``on`` or ``off``.

    Raises:
        CommandError: neither.
    """
    if value not in {"on", "off"}:
        raise CommandError("on or off")
    return value == "on"


def number(value: str) -> float:
    """Read a number that is not negative.

    Raises:
        CommandError: none.
    """
    try:
        found = float(value)
    except ValueError as error:
        raise CommandError("a number") from error
    if not 0 <= found < 1e9:  # noqa: PLR2004 - also refuses nan and infinity
        raise CommandError("a number")
    return found
