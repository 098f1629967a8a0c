"""A real Prometheus scrapes a server as documented; ``tests/journeys/monitoring`` asks it for everything."""

import socket
from pathlib import Path

import aiohttp

from queue_server import bootstrap
from queue_server.database import parse_url
from queue_server.domain.values import now_micros
from queue_server.framework.server_location import ServerLocation
from tests.queue_server.house import KNOWN, House
from tests.queue_server.web.organisation.prometheus import NEEDS_PROMETHEUS, scraped
from tests.queue_server.web.organisation.test_metrics import ON

pytestmark = NEEDS_PROMETHEUS


async def test_prometheus_scrapes_how_each_centre_stands(data: Path, tmp_path: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    place = ServerLocation(data, parse_url(None, data), listener, address, behind_proxy=True)
    async with bootstrap.running(KNOWN, place, ON, now_micros) as server, aiohttp.ClientSession() as http:
        client, _ = await House(server, address, http).device("integration", "metrics")
        token = client.headers["Authorization"].removeprefix("Bearer ")
        async with scraped(tmp_path, address, token, http) as asked:
            assert await asked.finds('queue_centre_ready{centre="demo"} == 1')
            assert await asked.finds("up == 1")
            values = await asked.get("label/centre/values", **{"match[]": "queue_centre_waiting"})
            assert values == ["demo", "harbour"]
