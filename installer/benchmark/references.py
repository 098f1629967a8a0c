"""What a server could do at best: a handler that does nothing, and frames that are there already.

Run as a process of its own, as the server is: ``python -m installer.benchmark.references LENGTH`` answers every POST
with ``LENGTH`` bytes, and ``PUT /frame`` and ``POST /send`` send bytes to whoever has asked for ``/events``.
"""

import asyncio
import json
import socket
import sys
from typing import cast

import uvloop
from aiohttp import web


def handler(length: int) -> web.Application:
    """Make an application that answers every POST alike."""
    body = b"x" * length

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=body, content_type="application/json")

    app = web.Application()
    app.router.add_post("/{tail:.*}", answer)
    return app


class Repeater(asyncio.Protocol):
    """Sends one frame, prebuilt, to every connection that has asked to listen."""

    def __init__(self, listening: set[asyncio.Transport], frame: bytearray) -> None:
        self._listening = listening
        self._frame = frame
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have the methods of the type without being of it.
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, _exc: Exception | None) -> None:
        if self._transport is not None:
            self._listening.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        head, _, body = data.partition(b"\r\n\r\n")
        if head.startswith(b"GET"):
            self._listening.add(self._transport)
            self._transport.write(b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + bytes(self._frame))
            return
        if head.startswith(b"PUT"):
            self._frame[:] = body
        else:
            for transport in self._listening:
                transport.write(bytes(self._frame))
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


async def main(length: int) -> None:
    """Serve both until the process is ended; say where."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    runner = web.AppRunner(handler(length), access_log=None)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    listening: set[asyncio.Transport] = set()
    frame = bytearray(b"\x82\x00")
    loop = asyncio.get_running_loop()
    repeater = await loop.create_server(lambda: Repeater(listening, frame), "127.0.0.1", 0, backlog=1024)
    ports = listener.getsockname()[1], repeater.sockets[0].getsockname()[1]
    print(json.dumps([f"http://127.0.0.1:{port}" for port in ports]), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
