"""A pipe over TCP."""

import asyncio
import socket
from dataclasses import dataclass
from typing import Self

from peripherals.errors import NotConnectedError
from peripherals.transports.pipe import Pipe, gone


@dataclass(frozen=True, slots=True)
class TcpAddress:
    host: str
    port: int

    @property
    def key(self) -> str:
        """What one owner in this process may hold."""
        return f"tcp:{self.host}:{self.port}"

    async def connect(self) -> Pipe:
        """Connect.

        Raises:
            NotConnectedError: nobody answers there.
        """
        return await TcpPipe.connect(self.host, self.port)


class TcpPipe(Pipe):
    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    @classmethod
    async def connect(cls, host: str, port: int) -> Self:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise NotConnectedError(reason="host-unknown") from error
        family, kind, protocol, _, address = found[0]
        connection = socket.socket(family, kind, protocol)
        connection.setblocking(False)
        try:
            # A status query is three bytes: waiting to fill a segment would cost more than it takes.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await loop.sock_connect(connection, address)
        except OSError as error:
            connection.close()
            raise gone(error) from error
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    async def receive_into(self, buffer: bytearray) -> int:
        try:
            count = await asyncio.get_running_loop().sock_recv_into(self._socket, buffer)
        except OSError as error:
            raise gone(error) from error
        if count == 0:
            raise NotConnectedError(reason="closed")
        return count

    async def send(self, data: bytes) -> None:
        try:
            await asyncio.get_running_loop().sock_sendall(self._socket, data)
        except OSError as error:
            raise gone(error) from error

    async def close(self) -> None:
        self._socket.close()
