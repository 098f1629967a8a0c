"""Limits of connections, of one address and in all: a refused connection does not block others."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from queue_server import tls
from queue_server.framework.connection_limits import ConnectionLimits

GREEDY = "127.0.0.2"
OTHERS = ("127.0.0.3", "127.0.0.4", "127.0.0.5")


class Greeter(asyncio.Protocol):
    """Sends a greeting on each new connection."""

    transport: asyncio.Transport | None = None
    is_over = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"welcome")

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's
        self.is_over = True


class Entrance:
    """The door of a server, and those who stand in it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.inside: list[asyncio.StreamWriter] = []

    async def enter(self, source: str) -> bool:
        """Connect from an address, and stay; tells whether somebody greets."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(source, 0))
        self.inside.append(writer)
        try:
            return await reader.read(16) == b"welcome"
        except ConnectionError:
            return False


@asynccontextmanager
async def entrance(
    *, limit: int, most: int | None = None, listener: socket.socket | None = None
) -> AsyncIterator[Entrance]:
    listener = listener or socket.create_server(("127.0.0.1", 0), backlog=16)
    doors = ConnectionLimits(listener, Greeter, limit=limit, most=most)
    doors.start()
    door = Entrance(listener.getsockname()[1])
    try:
        yield door
    finally:
        for writer in door.inside:
            writer.close()
        await doors.stop()
        listener.close()


async def test_an_address_that_has_its_share_is_refused_and_the_next_one_is_served() -> None:
    async with entrance(limit=2) as door:
        came = [GREEDY, GREEDY, GREEDY, GREEDY, OTHERS[0], OTHERS[0], OTHERS[0], OTHERS[1]]
        assert [await door.enter(source) for source in came] == [True, True, False, False, True, True, False, True]


async def test_ipv4_addresses_at_a_socket_of_both_families_are_no_network_of_ipv6() -> None:
    listener = socket.create_server(("::", 0), family=socket.AF_INET6, backlog=16, dualstack_ipv6=True)
    async with entrance(limit=1, listener=listener) as door:
        assert [await door.enter(source) for source in (GREEDY, GREEDY, *OTHERS)] == [True, False, True, True, True]


async def test_all_together_have_no_more_than_the_most_and_whoever_goes_makes_room() -> None:
    async with entrance(limit=2, most=3) as door:
        assert [await door.enter(source) for source in (GREEDY, GREEDY, *OTHERS)] == [True, True, True, False, False]
        door.inside[0].close()
        # Refused ones were never counted, and one place is free.
        assert await until_served(door, OTHERS[1])
        assert [await door.enter(source) for source in OTHERS] == [False, False, False]


async def until_served(door: Entrance, source: str) -> bool:
    """Come again until the server has noticed that somebody went."""
    async with asyncio.timeout(60):
        while not await door.enter(source):
            pass
    return True


@pytest.mark.parametrize("most", [None, 9])
async def test_without_a_most_or_far_below_it_only_addresses_are_limited(most: int | None) -> None:
    async with entrance(limit=1, most=most) as door:
        assert [await door.enter(f"127.0.0.{number}") for number in range(2, 10)] == [True] * 8


async def test_a_connection_that_fails_is_closed_and_makes_room_for_the_next(tmp_path: Path) -> None:
    await asyncio.to_thread(tls.init_tls, tmp_path)
    good = await asyncio.to_thread(tls.server_context, tmp_path)
    given = list[ssl.SSLContext]()

    def context() -> ssl.SSLContext:
        """Fail for the first connection, as OpenSSL does where a context was changed meanwhile."""
        if given:
            return given.pop()
        given.append(good)
        raise SystemError

    listener = socket.create_server(("127.0.0.1", 0), backlog=16)
    doors = ConnectionLimits(listener, Greeter, limit=1, tls=context)
    doors.start()
    with listener:
        port = listener.getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await reader.read(16) == b""
        writer.close()
        with await asyncio.to_thread(_speak_tls, port):
            pass
        await doors.stop()
        await doors.end()


async def test_a_client_that_hangs_is_cut_at_the_end(tmp_path: Path) -> None:
    await asyncio.to_thread(tls.init_tls, tmp_path)
    context = await asyncio.to_thread(tls.server_context, tmp_path)
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)
    greeters: list[Greeter] = []

    def greeter() -> Greeter:
        greeters.append(Greeter())
        return greeters[-1]

    doors = ConnectionLimits(listener, greeter, limit=1, tls=lambda: context)
    doors.start()
    with listener, await asyncio.to_thread(_speak_tls, listener.getsockname()[1]):
        await doors.stop()
        (inside,) = greeters
        assert inside.transport is not None
        # As aiohttp does: it waits for the end of TLS, which this client never sends.
        inside.transport.close()
        assert not inside.is_over
        await doors.end()
        assert inside.is_over


def _speak_tls(port: int) -> ssl.SSLSocket:
    """Connect, be greeted, and do nothing more."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    client = trusting.wrap_socket(socket.create_connection(("127.0.0.1", port)))
    assert client.recv(16) == b"welcome"
    return client
