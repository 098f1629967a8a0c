"""A server in this process that speaks TLS by an authority of its own, at a port that can be had again."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from queue_server import bootstrap
from queue_server.database import parse_url
from queue_server.framework.server_location import ServerLocation
from queue_server.framework.settings import HttpSettings, ServerSettings
from queue_server.tls import init_tls, server_context
from tests.queue_server.house import KNOWN, QUICK, House

#: It looks at its certificate every second.
WATCHFUL = QUICK.but(HttpSettings(certificate_poll_s=1))


@asynccontextmanager
async def secure_house(
    data: Path, settings: ServerSettings = WATCHFUL, *, port: int = 0, url: str | None = None
) -> AsyncIterator[House]:
    """Run a server on a data folder; what ``init`` makes of TLS is made where it is missing."""
    await asyncio.to_thread(init_tls, data)
    context = await asyncio.to_thread(server_context, data)
    listener = socket.create_server(("127.0.0.1", port), backlog=128)
    address = f"https://127.0.0.1:{listener.getsockname()[1]}"
    place = ServerLocation(data, parse_url(url, data), listener, address, context)
    async with bootstrap.running(KNOWN, place, settings) as server, aiohttp.ClientSession() as http:
        yield House(server, address, http)


def free_port() -> int:
    """Find a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
