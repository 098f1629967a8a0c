"""A real gateway for short messages on loopback, which can refuse, hesitate, break off and be away on demand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

#: Breaks the line off where an answer is awaited, after it has taken the message.
CUT = 0


class SmsGateway:
    """Takes short messages, each id once. ``answers`` are given first, as long as there are any."""

    def __init__(self) -> None:
        self.taken: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, Any]] = []
        self.answers: list[int] = []
        self.token = "a token of the gateway"
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/messages"

    async def start(self) -> None:
        """Begin to listen; again at the same port."""
        app = web.Application()
        app.router.add_post("/messages", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _take(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        body = await request.json()
        assert request.headers["Idempotency-Key"] == body["id"]
        self.asked.append(body)
        answer = self.answers.pop(0) if self.answers else 202
        if answer not in {CUT, 202}:
            return web.Response(status=answer)
        known = body["id"] in self.taken
        self.taken.setdefault(body["id"], body)
        if answer == CUT:
            assert request.transport is not None
            request.transport.close()
        return web.Response(status=409 if known else 202)


@asynccontextmanager
async def sms_gateway() -> AsyncIterator[SmsGateway]:
    """Run one."""
    gateway = SmsGateway()
    await gateway.start()
    try:
        yield gateway
    finally:
        await gateway.stop()
