"""A server that is cut off leaves nothing open, at whatever moment of a connection that happens."""

import asyncio
import gc
import socket
import ssl
from pathlib import Path

import pytest

from peripherals.listening import cut_off
from peripherals.payment.nexo.simulator.authority import issue


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    return issue(Path(tmp_path_factory.mktemp("authority")), "terminal.example")[1]


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("secured", [False, True], ids=["plain", "tls"])
async def test_a_connection_in_the_moment_of_the_cut_is_closed(
    context: ssl.SSLContext, turns: int, *, secured: bool
) -> None:
    """What stays open is told as an unclosed transport, and fails the run."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0, ssl=context if secured else None)
    with socket.socket() as client:
        client.setblocking(False)
        client.connect_ex(server.sockets[0].getsockname())
        for _ in range(turns):
            await asyncio.sleep(0)
        await cut_off(server)
        # The end of a connection takes a few turns; then nobody holds it any more.
        await server.wait_closed()
        for _ in range(3):
            await asyncio.sleep(0)
    del server
    gc.collect()
