"""The WebSocket of a feed byte by byte: what a client may say on it, and how each way to end ends."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from queue_server.centre.centres import Centres
from queue_server.framework.broadcast import Subscriber
from queue_server.framework.settings import FeedSettings
from queue_server.queue.notices import MAX_SHOWN
from queue_server.tls import init_tls
from tests.faults.server_process import Installation, QueueServer, stop_if_running
from tests.queue_server.house import QUICK, Client, House, house

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def here(server_of_module: House) -> House:
    """Give the demo centre of the server of this module: who waits there does not matter to these tests."""
    return server_of_module


_S = 60
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


def frame(opcode: int, payload: bytes, *, final: bool = True, mask: bytes = b"\x01\x02\x03\x04") -> bytes:
    """Make a frame as clients send it (RFC 6455, section 5.2)."""
    length = len(payload)
    size = bytes((0x80 | length,)) if length < 126 else b"\xfe" + length.to_bytes(2)
    return (
        bytes(((0x80 if final else 0) | opcode,))
        + size
        + mask
        + bytes(one ^ mask[at % 4] for at, one in enumerate(payload))
    )


class Raw:
    """A client's end of a line."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def next(self) -> tuple[int, bytes]:
        """Give opcode and payload of the next frame."""
        async with asyncio.timeout(_S):
            first, length = await self.reader.readexactly(2)
            if length >= 126:
                length = int.from_bytes(await self.reader.readexactly(2 if length == 126 else 8))
            return first & 0xF, await self.reader.readexactly(length)

    async def until(self, opcode: int) -> bytes:
        """Pass over frames of the feed until one of a kind."""
        while True:
            kind, payload = await self.next()
            if kind == opcode:
                return payload

    async def over(self) -> None:
        """Wait until the connection is gone, however."""
        async with asyncio.timeout(_S):
            try:
                while await self.reader.read(65_536):
                    pass
            except ConnectionError:
                pass


@asynccontextmanager
async def line(here: House, client: Client, *, sock: socket.socket | None = None) -> AsyncIterator[Raw]:
    host, port = here.address.removeprefix("http://").split(":")
    if sock is None:
        reader, writer = await asyncio.open_connection(host, int(port))
    else:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, (host, int(port)))
        reader, writer = await asyncio.open_connection(sock=sock, limit=8192)
    writer.write(
        f"GET /api/v1/centres/demo/events HTTP/1.1\r\nHost: {host}:{port}\r\n"
        f"Authorization: {client.headers['Authorization']}\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    async with asyncio.timeout(_S):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    assert head.startswith("HTTP/1.1 101 ")
    # The example of section 1.3.
    assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in head
    assert "X-Content-Type-Options: nosniff\r\n" in head
    try:
        yield Raw(reader, writer)
    finally:
        writer.close()


async def gone(here: House) -> None:
    """Wait until no feed is open."""
    async with asyncio.timeout(_S):
        while len(here.server.feeds):
            await here.anonymous().get("/openapi.json")


async def test_a_ping_is_answered_however_its_bytes_come(here: House) -> None:
    async with line(here, await here.kiosk()) as raw:
        for byte in frame(PING, b"are you there"):
            raw.writer.write(bytes((byte,)))
            await raw.writer.drain()
        assert await raw.until(PONG) == b"are you there"
        # What else a client says is heard by nobody, and what follows it is.
        said = frame(TEXT, b"x" * 4096, final=False) + frame(0, b"x") + frame(PONG, b"")
        raw.writer.write(said + frame(PING, b"1") + frame(PING, b"2"))
        assert [await raw.until(PONG), await raw.until(PONG)] == [b"1", b"2"]


@pytest.mark.parametrize("said", [b"", (4000).to_bytes(2) + b"good bye"])
async def test_a_close_is_answered_with_its_code(here: House, said: bytes) -> None:
    async with line(here, await here.kiosk()) as raw:
        raw.writer.write(frame(CLOSE, said))
        assert await raw.until(CLOSE) == said[:2]
        await raw.over()
        await gone(here)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"\x81\x01x", 1002),  # not masked
        (b"\xc1\x80\0\0\0\0", 1002),  # of an extension that was not agreed on
        (b"\x83\x80\0\0\0\0", 1002),  # of no known kind
        (frame(PING, b"x" * 126), 1002),  # too long for what it is
        (frame(PING, b"x", final=False), 1002),  # in parts
        (frame(TEXT, b"x" * 4097)[:8], 1009),
        (b"\x82\xff" + (1 << 62).to_bytes(8), 1009),
    ],
)
async def test_what_no_client_may_say_ends_the_line(here: House, said: bytes, code: int) -> None:
    async with line(here, await here.kiosk()) as raw:
        raw.writer.write(said)
        assert await raw.until(CLOSE) == code.to_bytes(2)
        await raw.over()
        await gone(here)


@pytest.mark.parametrize("politely", [True, False])
async def test_a_client_that_goes_leaves_nothing(here: House, politely: bool) -> None:
    async with line(here, await here.kiosk()) as raw:
        await raw.next()
        if politely:
            raw.writer.write_eof()
            await raw.over()
        else:
            raw.writer.transport.abort()
        await gone(here)


async def test_a_server_that_stops_cuts_who_does_not_answer(data: Path) -> None:
    async with house(data) as here, line(here, await here.kiosk()) as raw:
        await here.server.feeds.stop()
        assert await raw.until(CLOSE) == (1001).to_bytes(2) + b"server stops"
        await raw.over()
        await gone(here)


async def test_the_end_of_access_closes_with_its_code(here: House) -> None:
    (kiosk, device) = await here.device("kiosk")
    async with line(here, kiosk) as raw:
        await raw.next()
        here.server.feeds.end(frozenset({device.id}))
        assert await raw.until(CLOSE) == (1008).to_bytes(2) + b"access ended"
        raw.writer.write(frame(CLOSE, (1008).to_bytes(2)))
        await raw.over()
        await gone(here)


def _slow() -> socket.socket:
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    return sock


#: A frame carries every notice, so what waits for a client soon fills all buffers on its way.
_LONG = {"kind": "announcement", "text": "own", "own": {f"{a}{b}": "x" * 160 for a in "abcdef" for b in "abcdef"}}


def narrow(here: House) -> Subscriber:
    """Let the system take little for the only line, so that few frames fill it."""
    (subscriber,) = here.server.feeds._open
    write: Any = subscriber.write
    write.__self__._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    return subscriber


async def say(desk: Client) -> None:
    """Have something happen that many bytes tell of."""
    shown = (await desk.post("/centres/demo/notices", _LONG)).body["notice"]["id"]
    await desk.post(f"/centres/demo/notices/{shown}/end")


async def test_a_socket_that_stalls_is_cut(here: House) -> None:
    desk = await here.manager()
    # Who does not read lets so much come, and no more.
    async with line(here, desk, sock=_slow()):
        narrow(here)
        for _ in range(MAX_SHOWN - 1):
            await desk.post("/centres/demo/notices", _LONG)
        while len(here.server.feeds):
            await say(desk)


async def test_a_socket_that_reads_on_misses_nothing(data: Path) -> None:
    """What its line does not take at once waits, and comes in its order."""
    settings = QUICK.but(FeedSettings(heartbeat_ms=600_000, stall_ms=600_000))
    async with house(data, settings) as here:
        desk = await here.manager()
        async with line(here, desk, sock=_slow()) as raw:
            subscriber = narrow(here)
            for _ in range(MAX_SHOWN - 1):
                await desk.post("/centres/demo/notices", _LONG)
            while not subscriber.waits:
                await say(desk)
            last = (await desk.post("/centres/demo/counters/1/open")).body["cursor"]
            cursors = [""]
            while cursors[-1] != last:
                cursors.append(msgspec.json.decode(await raw.until(TEXT))["cursor"])
            numbers = [int(cursor.rpartition(":")[2]) for cursor in cursors[1:]]
            assert numbers == list(range(numbers[0], numbers[-1] + 1))


async def test_a_socket_that_missed_too_much_gets_a_snapshot(data: Path) -> None:
    settings = QUICK.but(FeedSettings(heartbeat_ms=600_000, stall_ms=600_000))
    async with house(data, settings) as here:
        desk = await here.manager()
        async with line(here, desk, sock=_slow()) as raw:
            subscriber = narrow(here)
            for _ in range(MAX_SHOWN - 1):
                await desk.post("/centres/demo/notices", _LONG)
            while not subscriber.waits:
                await say(desk)
            fan_out = here.server[Centres].find("demo").fan_out
            while not subscriber.behind:
                fan_out.notify_counters("payments")
            kinds = [""]
            while kinds[-1] != "snapshot" or len(kinds) == 1 + 1:
                kinds.append(msgspec.json.decode(await raw.until(TEXT))["type"])


async def test_a_line_under_tls_of_a_server_as_in_use(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "data")
    await installation.init()
    await asyncio.to_thread(init_tls, installation.data, ["queue.example"])
    settings = '[http]\npublic_url = "https://queue.example"\n'
    await asyncio.to_thread((installation.data / "settings.toml").write_text, settings, "utf-8")
    code = await installation.enrol_code("screen", "board")
    authority = str(installation.data / "tls" / "ca.pem")
    context = await asyncio.to_thread(ssl.create_default_context, cafile=authority)
    context.check_hostname = False
    server = QueueServer((*installation.options, "--host", "0.0.0.0"), tmp_path / "said.log", {})  # noqa: S104 - for TLS
    await server.start()
    try:
        url = f"https://127.0.0.1:{(server.url or '').rpartition(':')[2]}/api/v1"
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as http:
            async with http.post(f"{url}/enrol", json={"code": code}, headers={"Idempotency-Key": "1" * 16}) as answer:
                token = (await answer.json())["token"]
            headers = {"Authorization": f"Bearer {token}"}
            async with http.ws_connect(f"{url}/centres/demo/events", headers=headers, autoping=False) as board:
                assert (await board.receive_json(timeout=_S))["type"] == "snapshot"
                await board.ping(b"here")
                while (said := await board.receive(timeout=_S)).type is aiohttp.WSMsgType.TEXT:
                    assert said.json()["type"] == "beat"
                assert (said.type, said.data) == (aiohttp.WSMsgType.PONG, b"here")
                stopped = asyncio.create_task(server.stop())
                while (said := await board.receive(timeout=_S)).type is aiohttp.WSMsgType.TEXT:
                    pass
                assert (said.type, board.close_code) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.GOING_AWAY)
                assert await stopped == 0
    finally:
        await stop_if_running(server)
