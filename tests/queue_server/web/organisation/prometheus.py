"""A real Prometheus that asks a server with the token of its own, as the documentation says.

The server is behind a proxy's address, where figures are shown to nobody without a token.
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

from tests.ports import free_port
from tests.queue_server.web.organisation.test_dashboards import ALERTS, promtool

TECHNICIAN: Final = Path(__file__).parents[4] / "docs" / "technician.md"
#: What the example of the documentation calls the server.
EXAMPLE: Final = "queue.centre.example:8443"
PATIENCE_S: Final = 90

NEEDS_PROMETHEUS: Final = pytest.mark.skipif(
    shutil.which("prometheus") is None, reason="prometheus is not installed: installer/setup tests"
)


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


@asynccontextmanager
async def scraped(folder: Path, server: str, token: str, http: aiohttp.ClientSession) -> AsyncIterator[Prometheus]:
    """Let Prometheus scrape a server with a token: without it the server shows no figures."""
    async with http.get(f"{server}/metrics") as answer:
        assert answer.status == 401
    async with http.get(f"{server}/metrics", headers={"Authorization": f"Bearer {token}"}) as answer:
        await asyncio.to_thread(promtool, "check", "metrics", text=await answer.text())
    file = await asyncio.to_thread(configuration, folder, server, token)
    async with prometheus(folder, file, http) as asked:
        yield asked
        (target,) = (await asked.get("targets"))["activeTargets"]
        assert (target["health"], target["lastError"]) == ("up", "")
        await nothing_was_dropped(asked)


async def nothing_was_dropped(asked: Prometheus) -> None:
    """Read in Prometheus's own figures that it took every sample: none came twice, none out of order."""
    async with asked.http.get(f"{asked.address}/metrics") as answer:
        own = await answer.text()
    for why in ("duplicate_timestamp", "out_of_order", "out_of_bounds"):
        assert f"prometheus_target_scrapes_sample_{why}_total 0\n" in own
