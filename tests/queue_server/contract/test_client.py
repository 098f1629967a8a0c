"""A client takes nothing for an answer but one: a kiosk must outlive whatever stands in its server's place."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from queue_server.contract.client import ApiClient, ServerUnreachableError
from queue_server.contract.starts import COPIED_HEADER, START_HEADER, DeviceStart, KnownStarts

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
async def client_of(handler: Handler, start: DeviceStart | None = None) -> AsyncIterator[ApiClient]:
    """Give a client of a server that answers everything by ``handler``."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with ApiClient("http://{}:{}".format(*runner.addresses[0]), "token", start=start) as client:
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


class Kept:
    def __init__(self) -> None:
        self.known: KnownStarts | None = None

    def read(self) -> KnownStarts | None:
        return self.known

    def store(self, known: KnownStarts) -> None:
        self.known = known


async def test_what_was_said_to_an_earlier_start_and_comes_late_stops_no_later_one() -> None:
    """Somebody has chosen this machine meanwhile: an answer from before does not call it a copy again."""
    asked, may_answer = asyncio.Event(), asyncio.Event()
    first: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            return web.json_response({"copied": False})
        named = request.headers[START_HEADER]
        if first and named != first[0]:
            return web.json_response({}, headers={COPIED_HEADER: "no"})
        first.append(named)
        asked.set()
        await may_answer.wait()
        return web.json_response({}, headers={COPIED_HEADER: "yes"})

    async def ask(client: ApiClient) -> None:
        with pytest.raises(ServerUnreachableError):
            await client.bank_key("demo")

    start = DeviceStart("device", "demo", Kept(), lambda _: None)
    async with client_of(answer, start) as client:
        late = asyncio.create_task(ask(client))
        await asked.wait()
        start.over()
        await ask(client)
        may_answer.set()
        await late
    assert start.id != first[0]
    assert not start.copied
