"""A line to a server that somebody else holds: all goes through, frames of orders are kept, and others are sent too."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from aiohttp import web

#: What is of one connection, and not of what goes through it (RFC 9110, 7.6.1).
_OWN = {"host", "connection", "upgrade", "transfer-encoding", "content-length", "content-encoding", "date", "server"}


class HostileLine:
    """``frames`` are those of the feed of orders as the server sent them; ``send`` says more on the same line."""

    def __init__(self, upstream: str, http: aiohttp.ClientSession) -> None:
        self._upstream = upstream
        self._http = http
        self._line: web.WebSocketResponse | None = None
        self.frames: list[dict[str, Any]] = []
        self.url = ""

    async def send(self, frame: dict[str, Any]) -> None:
        """Say something more, as soon as a bank follows."""
        async with asyncio.timeout(60):
            while self._line is None:  # noqa: ASYNC110 - another process connects
                await asyncio.sleep(0.02)
        await self._line.send_str(json.dumps(frame))

    @property
    def orders(self) -> list[dict[str, Any]]:
        """The frames that brought an order, as they came."""
        return [frame for frame in self.frames if any(frame["entities"].values())]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        url = self._upstream + request.raw_path
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _OWN}
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._follow(request, url, headers)
        async with self._http.request(
            request.method, url, data=await request.read(), headers=headers, allow_redirects=False
        ) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _OWN}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)

    async def _follow(self, request: web.Request, url: str, headers: dict[str, str]) -> web.WebSocketResponse:
        kept = {name: value for name, value in headers.items() if not name.lower().startswith("sec-websocket-")}
        line = web.WebSocketResponse()
        async with self._http.ws_connect(url, headers=kept) as upstream:
            await line.prepare(request)
            self._line = line
            telling = asyncio.create_task(self._tell(upstream, line))
            try:
                # Nothing is said on it; it ends with whoever follows.
                async for _ in line:
                    pass
            finally:
                self._line = None if self._line is line else self._line
                telling.cancel()
        return line

    async def _tell(self, upstream: aiohttp.ClientWebSocketResponse, line: web.WebSocketResponse) -> None:
        with suppress(ConnectionResetError):
            async for message in upstream:
                self.frames.append(json.loads(message.data))
                await line.send_str(message.data)


@asynccontextmanager
async def hostile_line(upstream: str, http: aiohttp.ClientSession) -> AsyncIterator[HostileLine]:
    """Stand between a server and whoever is told this address."""
    held = HostileLine(upstream, http)
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", held.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    held.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield held
    finally:
        await runner.cleanup()
