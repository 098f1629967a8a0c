"""Behind a proxy the server believes what it says of the client, and only then."""

import socket
from pathlib import Path

import aiohttp

from queue_server import bootstrap
from queue_server.accounts.model import Role
from queue_server.database import parse_url
from queue_server.values import now_micros
from tests.queue_server.http.house import QUICK, House

FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "queue.example",
    "X-Forwarded-For": "10.9.9.9, 198.51.100.7",
    "Origin": "https://queue.example",
}


async def enter(data: Path, *, behind_proxy: bool) -> tuple[int, str, int]:
    """Open a counter as a browser behind a proxy does; then read the figures, which are for this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    place = bootstrap.Place(data, parse_url(None, data), listener, address, behind_proxy=behind_proxy)
    async with bootstrap.running(place, QUICK, now_micros) as server, aiohttp.ClientSession() as http:
        desk, _ = await House(server, address, http).staff(Role.COUNTER, "1")
        opened = await desk.post("/centres/demo/counters/1/open", **FORWARDED)
        assert len(opened.headers["X-Request-Id"]) == 36
        async with http.get(f"{address}/metrics") as figures:
            return opened.status, opened.headers.get("Strict-Transport-Security", ""), figures.status


async def test_a_proxy_is_believed_where_there_is_one(data: Path) -> None:
    assert await enter(data, behind_proxy=True) == (200, "max-age=31536000", 401)


async def test_and_nobody_else_is(data: Path) -> None:
    assert await enter(data, behind_proxy=False) == (403, "", 200)
