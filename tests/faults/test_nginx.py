"""nginx as it is shipped keeps a centre on one server, and goes to another when that is killed."""

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from sqlalchemy import URL

from queue_server.contract.client import ApiClient
from queue_server.domain.values import new_id
from tests.faults.server_process import Installation, QueueServer, stop_if_running
from tests.ports import free_port

CONFIGURATION = Path(__file__).parents[2] / "installer" / "proxy" / "nginx.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
TICKET = {"services": ["uto-birth"], "category": "walk-in", "language": "en"}


@asynccontextmanager
async def nginx(folder: Path, servers: list[str]) -> AsyncIterator[str]:
    """Run it as it is shipped, with the addresses of these servers; it notes which centre went where."""
    assert NGINX is not None, "installer/setup tests installs it"
    own = f"127.0.0.1:{free_port()}"
    file = folder / "nginx.conf"
    await asyncio.to_thread(_write, file, own, servers)
    process = await asyncio.create_subprocess_exec(NGINX, "-p", str(folder), "-c", str(file), "-g", "daemon off;")
    try:
        await _listens(own)
        yield f"http://{own}"
    finally:
        process.terminate()
        await process.wait()


def _write(file: Path, own: str, servers: list[str]) -> None:
    text = CONFIGURATION.read_text("utf-8").replace("127.0.0.1:8100", own)
    for number, server in enumerate(servers):
        text = text.replace(f"127.0.0.1:{8101 + number}", str(urlsplit(server).netloc))
    file.parent.mkdir()
    file.write_text(text.replace("access_log off;", "access_log access.log centres;"), "utf-8")


async def _listens(address: str) -> None:
    host, _, port = address.partition(":")
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection(host, int(port))
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return


async def went(folder: Path, *answered: str) -> dict[str, set[str]]:
    """Give the servers that were asked about each centre, by its name, once all that were ``answered`` are noted.

    nginx notes a request when it is over, which may be after its answer is here.
    """
    while True:
        found: dict[str, set[str]] = {}
        asked: Counter[str] = Counter()
        for line in (await asyncio.to_thread((folder / "access.log").read_text)).splitlines(keepends=True):
            noted = re.fullmatch(r"(\S+) (.+) (\d+)\n", line)
            if noted is not None:
                found.setdefault(noted[1], set()).update(noted[2].split(", "))
                asked[noted[1]] += 1
        if asked >= Counter(answered):
            return found
        await asyncio.sleep(0.02)


async def test_each_centre_stays_on_one_server_until_that_is_killed(tmp_path: Path, postgres_url: URL) -> None:
    installation = Installation(tmp_path / "data", postgres_url.render_as_string(hide_password=False))
    await installation.init()
    code = await installation.enrol_code("integration", "load", "manager")
    async with AsyncExitStack() as stack:
        servers = {}
        for number in range(2):
            said = tmp_path / f"server-{number}.log"
            server = QueueServer((*installation.options, "--behind-proxy"), said, installation.environment)
            await server.start()
            stack.push_async_callback(stop_if_running, server)
            assert server.url is not None
            servers[str(urlsplit(server.url).netloc)] = server
        url = await stack.enter_async_context(nginx(tmp_path / "nginx", [f"http://{one}" for one in servers]))
        async with ApiClient(url, None) as client:
            token = (await client.enrol(code)).token
        http = await stack.enter_async_context(aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}))
        for centre in (f"c{number}" for number in range(24)):
            for path in ("services", "visits"):
                await http.get(f"{url}/api/v1/centres/{centre}/{path}")
            # A page has no centre in its address: a browser of a centre says which by what it was given there.
            await http.get(
                f"{url}/counter", headers={"Cookie": f"lang=en; __Host-known-{centre}=x"}, allow_redirects=False
            )
        asked = await went(tmp_path / "nginx", *(f"c{number}" for number in range(24) for _ in range(3)))
        by_centre = [asked[f"c{number}"] for number in range(24)]
        assert all(len(one) == 1 for one in by_centre)
        assert set.union(*by_centre) == set(servers)

        screen = await http.ws_connect(f"{url}/api/v1/centres/demo/events")
        assert (await screen.receive(60)).type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}
        await screen.close()
        (first,) = (await went(tmp_path / "nginx", "demo"))["demo"]
        await servers[first].kill()
        for _ in range(3):
            answer = await http.post(
                f"{url}/api/v1/centres/demo/visits", json=TICKET, headers={"Idempotency-Key": new_id()}
            )
            assert answer.status == 201, await answer.text()
        assert (await went(tmp_path / "nginx", *["demo"] * 4))["demo"] == set(servers)
