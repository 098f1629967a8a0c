"""A real Prometheus that asks a real server with the token of its own, as the documentation says, for the dashboard.

What ``promtool`` parses alone stands in ``test_dashboards.py``; here the server is the program as in use, behind a
proxy's address, where figures are shown to nobody without a token.
"""

import asyncio
import contextlib
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from queue_server.domain.values import new_id
from tests.faults.server_process import Installation, QueueServer, installed
from tests.ports import free_port
from tests.queue_server.house import TICKET
from tests.queue_server.web.organisation.test_dashboards import ALERTS, DASHBOARD, MAY_BE_EMPTY, expressions, promtool

TECHNICIAN: Final = Path(__file__).parents[4] / "docs" / "technician.md"
SETTINGS: Final = "[organisation]\nmetrics = true\nsnapshot_ms = 0\n"
#: What the example of the documentation calls the server.
EXAMPLE: Final = "queue.centre.example:8443"
PATIENCE_S: Final = 90

pytestmark = pytest.mark.skipif(
    shutil.which("prometheus") is None, reason="prometheus is not installed: installer/setup tests"
)


async def enrol(server: str, installation: Installation, http: aiohttp.ClientSession, kind: str, role: str) -> str:
    """Enrol with a code of the command line, as a device does; give the token."""
    code = await installation.enrol_code(kind, f"A {kind}", role or None)
    async with http.post(f"{server}/api/v1/enrol", json={"code": code}) as answer:
        assert answer.status == 200, await answer.text()
        token: str = (await answer.json())["token"]
    return token


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


def configuration(folder: Path, server: str, token: str) -> Path:
    """Write what the documentation says, for this server: it speaks no TLS of its own behind a proxy."""
    example = re.search(r"```yaml\n(- job_name.*?)```", TECHNICIAN.read_text(), re.DOTALL)
    assert example is not None
    (folder / "token").write_text(token)
    told = example[1].replace(EXAMPLE, server.removeprefix("http://")).replace("scheme: https", "scheme: http")
    told = re.sub(r"  tls_config:.*\n", "", told)
    told = told.replace("/etc/prometheus/queue-server-token", str(folder / "token"))
    told = re.sub(r"scrape_interval: \w+", "scrape_interval: 1s", told)
    file = folder / "prometheus.yml"
    file.write_text(
        f"global: {{evaluation_interval: 1s}}\nrule_files: [{json.dumps(str(ALERTS))}]\nscrape_configs:\n{told}"
    )
    promtool("check", "config", file)
    return file


class Prometheus:
    """Asks the HTTP API of Prometheus, as Grafana does."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self.http, self.address = http, address

    async def get(self, path: str, **query: str) -> Any:
        async with self.http.get(f"{self.address}/api/v1/{path}", params=query) as answer:
            body = await answer.json()
            assert (answer.status, body["status"]) == (200, "success"), (path, query, body)
            return body["data"]

    async def query(self, expression: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.get("query", query=expression))["result"]
        return found

    async def finds(self, expression: str) -> bool:
        """Wait for a result; False where there was none in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    if await self.query(expression):
                        return True
                    await asyncio.sleep(0.2)
        return False


@asynccontextmanager
async def prometheus(folder: Path, file: Path, http: aiohttp.ClientSession) -> AsyncIterator[Prometheus]:
    address = f"127.0.0.1:{free_port()}"
    with (folder / "prometheus.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            "prometheus",
            f"--config.file={file}",
            f"--storage.tsdb.path={folder / 'series'}",
            f"--web.listen-address={address}",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        await until_ready(http, f"http://{address}/-/ready", process, folder / "prometheus.log")
        yield Prometheus(http, f"http://{address}")
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def until_ready(http: aiohttp.ClientSession, url: str, process: asyncio.subprocess.Process, log: Path) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            assert process.returncode is None, log
            try:
                async with http.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)


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
            await scraped(tmp_path, server.url, installation, http)
        finally:
            await server.stop()


async def scraped(folder: Path, server: str, installation: Installation, http: aiohttp.ClientSession) -> None:
    token = await enrol(server, installation, http, "integration", "metrics")
    async with http.get(f"{server}/metrics") as answer:
        assert answer.status == 401
    async with http.get(f"{server}/metrics", headers={"Authorization": f"Bearer {token}"}) as answer:
        await asyncio.to_thread(promtool, "check", "metrics", text=await answer.text())
    file = await asyncio.to_thread(configuration, folder, server, token)
    async with prometheus(folder, file, http) as asked:
        # A rate is seen of what grows between two looks.
        assert await asked.finds("queue_writer_batches_total")
        await trouble(server, installation, http)
        for title, expression in expressions():
            # Of what is well there may be nothing: then it is enough that it is understood.
            assert title in MAY_BE_EMPTY or await asked.finds(expression), (title, await asked.get("targets"))
            await asked.query(expression)
        (target,) = (await asked.get("targets"))["activeTargets"]
        assert (target["health"], target["lastError"]) == ("up", "")
        await variables(asked)
        await rules(asked)
        await nothing_was_dropped(asked)


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


async def nothing_was_dropped(asked: Prometheus) -> None:
    """Read in Prometheus's own figures that it took every sample: none came twice, none out of order."""
    async with asked.http.get(f"{asked.address}/metrics") as answer:
        own = await answer.text()
    for why in ("duplicate_timestamp", "out_of_order", "out_of_bounds"):
        assert f"prometheus_target_scrapes_sample_{why}_total 0\n" in own
