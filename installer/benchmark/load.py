"""Callers and listeners that cost little: one connection each, requests as bytes, answers only measured."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import cast
from urllib.parse import urlsplit

from queue_server.domain.values import new_id


class Connection(asyncio.Protocol):
    """One HTTP connection that is kept alive; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or self._answer is None:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) >= length:
            self._received = b""
            self._answer.set_result(head[9:12] + body)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError())

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and return status and body of its answer."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        answer = await self._answer
        return int(answer[:3]), answer[3:]

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def address(url: str) -> tuple[str, int]:
    """Give host and port."""
    parts = urlsplit(url)
    return str(parts.hostname), int(parts.port or 80)


async def connect(url: str) -> Connection:
    _, connection = await asyncio.get_running_loop().create_connection(Connection, *address(url))
    return connection


class Poster:
    """Makes the bytes of POSTs of one client, each with a key of its own."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._name = new_id()
        self._numbers = itertools.count()

    def post(self, path: str, body: bytes = b"{}") -> bytes:
        return (
            f"POST /api/v1{path} HTTP/1.1\r\nHost: benchmark\r\nAuthorization: Bearer {self._token}\r\n"
            f"Idempotency-Key: {self._name}-{next(self._numbers)}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body


async def rate(callers: Sequence[Callable[[], Awaitable[None]]], seconds: float) -> float:
    """Let callers call one after the other for some seconds, each as fast as it is answered; calls a second."""
    calls = 0
    end = time.perf_counter() + seconds

    async def go_on(call: Callable[[], Awaitable[None]]) -> None:
        nonlocal calls
        while time.perf_counter() < end:
            await call()
            calls += 1

    begin = time.perf_counter()
    await asyncio.gather(*map(go_on, callers))
    return calls / (time.perf_counter() - begin)


def joining(path: str, token: str) -> bytes:
    """Make the request of a WebSocket."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: benchmark\r\nAuthorization: Bearer {token}\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()


_SHORT, _LONG = 126, 127
#: Who is refused would be waited for else.
_JOINED_S = 60


class FeedListener(asyncio.Protocol):
    """A screen's WebSocket (RFC 6455): counts whole frames, and tells when each came."""

    def __init__(self, request: bytes, arrived: Callable[[], None]) -> None:
        self._request = request
        self._arrived = arrived
        self._received = b""
        self._open = False
        self.last = b""
        self.frames = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._open:
            head, found, rest = self._received.partition(b"\r\n\r\n")
            if not found:
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self._open, self._received = True, rest
        while (end := self._frame_end()) is not None:
            self.last, self._received = self._received[:end], self._received[end:]
            self.frames += 1
            self._arrived()

    def _frame_end(self) -> int | None:
        """Find where the first frame ends, if it is there whole; a server's frames are not masked."""
        if len(self._received) < 2:  # noqa: PLR2004 - the shortest header
            return None
        length, start = self._received[1] & 0x7F, 2
        if length == _SHORT:
            length, start = int.from_bytes(self._received[2:4]), 4
        elif length == _LONG:
            length, start = int.from_bytes(self._received[2:10]), 10
        end = start + length
        return end if len(self._received) >= end else None


class Crowd:
    """Many listeners; ``everybody`` waits until each has one frame more."""

    def __init__(self) -> None:
        self._listeners: list[FeedListener] = []
        self._missing = 0
        self._done: asyncio.Future[float] | None = None

    @property
    def frame(self) -> bytes:
        """The last frame, as it came."""
        return self._listeners[0].last

    async def join(self, url: str, path: str, token: str, number: int) -> None:
        request = joining(path, token)
        loop = asyncio.get_running_loop()
        first = self.everybody(number)
        for _ in range(number):
            _, listener = await loop.create_connection(lambda: FeedListener(request, self._one), *address(url))
            self._listeners.append(listener)
        async with asyncio.timeout(_JOINED_S):
            await first

    def everybody(self, number: int | None = None) -> asyncio.Future[float]:
        """Give a future of the moment (``perf_counter``) when the last has its next frame."""
        self._missing = number or len(self._listeners)
        self._done = asyncio.get_running_loop().create_future()
        return self._done

    def _one(self) -> None:
        self._missing -= 1
        if self._missing == 0 and self._done is not None:
            self._done.set_result(time.perf_counter())
