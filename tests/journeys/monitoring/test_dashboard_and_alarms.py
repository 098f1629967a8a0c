"""Trouble is arranged at a real server: a real Prometheus finds what each panel asks for, and judges every alarm.

The server is the program as in use, behind a proxy's address.
"""

import asyncio
import re
from pathlib import Path
from typing import Final

import aiohttp

from queue_server.domain.values import new_id
from tests.faults.server_process import Installation, QueueServer, installed
from tests.queue_server.house import TICKET
from tests.queue_server.web.organisation.prometheus import (
    NEEDS_PROMETHEUS,
    PATIENCE_S,
    Prometheus,
    scraped,
)
from tests.queue_server.web.organisation.test_dashboards import DASHBOARD, MAY_BE_EMPTY, expressions

SETTINGS: Final = "[organisation]\nmetrics = true\nsnapshot_ms = 0\n"

pytestmark = NEEDS_PROMETHEUS


async def enrol(server: str, installation: Installation, http: aiohttp.ClientSession, kind: str, role: str) -> str:
    """Enrol with a code of the command line, as a device does; give the token."""
    code = await installation.enrol_code(kind, f"A {kind}", role or None)
    async with http.post(f"{server}/api/v1/enrol", json={"code": code}) as answer:
        assert answer.status == 200, await answer.text()
        token: str = (await answer.json())["token"]
    return token


async def test_prometheus_answers_what_the_dashboard_asks(tmp_path: Path) -> None:
    async with (
        installed(tmp_path / "data", servers=0, settings=SETTINGS) as installation,
        aiohttp.ClientSession() as http,
    ):
        server = QueueServer((*installation.options, "--behind-proxy"), tmp_path / "server.log", {}, ())
        installation.servers.append(server)
        await server.start()
        try:
            assert server.url is not None
            token = await enrol(server.url, installation, http, "integration", "metrics")
            async with scraped(tmp_path, server.url, token, http) as asked:
                # A rate is seen of what grows between two looks.
                assert await asked.finds("queue_writer_batches_total")
                await trouble(server.url, installation, http)
                await everything(asked)
        finally:
            await server.stop()


async def everything(asked: Prometheus) -> None:
    """Ask for what each panel shows, for the choices above them, and for the rules."""
    for title, expression in expressions():
        # Of what is well there may be nothing: then it is enough that it is understood.
        assert title in MAY_BE_EMPTY or await asked.finds(expression), (title, await asked.get("targets"))
        await asked.query(expression)
    await variables(asked)
    await rules(asked)


async def trouble(server: str, installation: Installation, http: aiohttp.ClientSession) -> None:
    """Serve one person; then six wait for nobody."""
    kiosk = await enrol(server, installation, http, "kiosk", "")
    desk = await enrol(server, installation, http, "integration", "counter")

    async def post(token: str, path: str, body: object) -> None:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": new_id()}
        async with http.post(f"{server}/api/v1/centres/demo/{path}", json=body, headers=headers) as answer:
            assert answer.status in {200, 201}, await answer.text()

    status = {"mode": "in-service"}
    await post(kiosk, "devices/self/status", status)
    await post(kiosk, "visits", TICKET)
    for verb in ("open", "call-next", "start", "finish", "close"):
        await post(desk, f"counters/1/{verb}", {})
    for _ in range(6):
        await post(kiosk, "visits", TICKET)


async def variables(asked: Prometheus) -> None:
    """Ask for the choices above the panels as Grafana does: the values of a label."""
    (centre,) = (one for one in DASHBOARD["templating"]["list"] if one["type"] == "query")
    found = re.fullmatch(r"label_values\((\w+), (\w+)\)", centre["query"]["query"])
    assert found is not None
    values = await asked.get(f"label/{found[2]}/values", **{"match[]": found[1]})
    assert values == ["demo", "harbour"]
    # Some of them may have come since the last look.
    assert await asked.finds('queue_centre_waiting{centre="demo"} == 7')


async def rules(asked: Prometheus) -> None:
    """Wait until every rule was judged and the trouble is seen; none may have failed."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            known = [rule for group in (await asked.get("rules"))["groups"] for rule in group["rules"]]
            seen = {rule["name"] for rule in known if rule["state"] == "pending"}
            if {"NobodyServes", "NoCounterOpen"} <= seen and all(rule["health"] != "unknown" for rule in known):
                break
            await asyncio.sleep(0.2)
    assert {rule["name"]: rule.get("lastError", "") for rule in known if rule["health"] != "ok"} == {}
