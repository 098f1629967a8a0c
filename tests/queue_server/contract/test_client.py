"""A client takes nothing for an answer but one: a kiosk must outlive whatever stands in its server's place."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from queue_server.contract.client import ApiClient, ServerUnreachableError

WRONG = (
    b"",
    b"<html>Sign in to this network</html>",
    b"null",
    b'{"version":"\xff"}',
    b'{"type":"\xff"}',
    b'{"more":' + b"[" * 40_000,
    b'{"more":' + b'{"a":' * 40_000,
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def client_of(handler: Handler) -> AsyncIterator[ApiClient]:
    """Give a client of a server that answers everything by ``handler``."""
    app = web.Application()
    app.router.add_get("/{path:.*}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with ApiClient("http://{}:{}".format(*runner.addresses[0]), "token") as client:
            yield client
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("status", [200, 404, 502])
@pytest.mark.parametrize("said", WRONG, ids=range(len(WRONG)))
async def test_an_answer_that_is_none_is_a_server_that_is_away(said: bytes, status: int) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=said)

    async with client_of(answer) as client:
        with pytest.raises(ServerUnreachableError):
            await client.services("demo")


async def test_a_client_is_led_nowhere_else() -> None:
    asked = []

    async def lead(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with client_of(lead) as client:
        with pytest.raises(ServerUnreachableError):
            await client.services("demo")
    assert asked == ["/api/v1/centres/demo/services"]


@pytest.mark.parametrize("said", WRONG[1:3] + WRONG[5:], ids=range(4))
async def test_a_frame_that_is_none_ends_the_line(said: bytes) -> None:
    async def follow(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(said.decode())
        return socket

    async with client_of(follow) as client:
        with pytest.raises(ServerUnreachableError):
            await anext(client.feed("demo", None))
