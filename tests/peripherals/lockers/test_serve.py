"""``peripherals lockers serve`` as its own process: what it answers, to whom, and what survives SIGKILL."""

import asyncio
import base64
import json
import random
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from peripherals.lockers.cabinet import Cabinet
from queue_server.contract.lockers import sign
from tests.peripherals.lockers.conftest import Made, started
from tests.peripherals.lockers.orders import BANK, ITEM, KEY, OTHER_ITEM, order
from tests.peripherals.test_cli import COMMAND

PUBLIC = base64.urlsafe_b64encode(KEY.public_key().public_bytes_raw()).rstrip(b"=").decode()


@pytest.fixture
async def made(scheme: str, tmp_path: Path) -> AsyncIterator[Made]:
    one = await started(scheme, tmp_path, Cabinet(boards=1, locks=4), answer_ms=500)
    yield one
    await one.simulator.stop()


def settings(folder: Path, url: str, **changes: str) -> Path:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lines = {"bank": f'"{BANK}"', "order_key": f'"{PUBLIC}"', "port": str(port), "beat_s": "0.1"} | changes
    agent = "".join(f"{key} = {value}\n" for key, value in lines.items())
    times = "open_s = 1\nclosed_s = 0.1\nreminder_s = 30\nalarm_s = 40\nabandon_s = 50\n"
    file = folder / "lockers.toml"
    file.write_text(f'[agent]\n{agent}[devices]\nlockers = "{url}"\n[times]\n{times}')
    return file


class Agent:
    """The process, and what it answers."""

    def __init__(
        self, process: asyncio.subprocess.Process, ready: dict[str, Any], client: aiohttp.ClientSession
    ) -> None:
        self.process = process
        self.address = str(ready["address"])
        self.token = Path(ready["token"]).read_text()
        self.headers = {"Authorization": f"Bearer {self.token}"}
        self.client = client

    async def give(self, verb: str, name: str, item: str | None = None, **changes: Any) -> tuple[int, dict[str, Any]]:
        return await self.send(msgspec.json.encode(sign(order(verb, name, item, at=time.time(), **changes), KEY)))

    async def send(self, body: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
        given = self.headers | {"Content-Type": "application/json"} | headers
        async with self.client.post(f"{self.address}/v1/orders", data=body, headers=given) as answer:
            return answer.status, await answer.json()

    async def state(self, name: str) -> str:
        async with self.client.get(f"{self.address}/v1/bank", headers=self.headers) as answer:
            found = await answer.json()
        return next((str(one["state"]) for one in found["compartments"] if one["name"] == name), "")

    async def until_state(self, name: str, *states: str) -> str:
        async with asyncio.timeout(60):
            while (found := await self.state(name)) not in states:  # noqa: ASYNC110 - the agent is asked
                await asyncio.sleep(0.02)
        return found

    async def settled(self) -> None:
        for at in range(1, 5):
            async with asyncio.timeout(60):
                while (await self.give("settle", f"1-{at}"))[0] != 200:  # noqa: ASYNC110 - likewise
                    await asyncio.sleep(0.05)

    async def loaded(self, cabinet: Cabinet, at: int, item: str) -> None:
        name = f"1-{at}"
        assert (await self.give("load", name, item))[0] == 200
        await self.until_state(name, "open")
        cabinet.put((1, at))
        cabinet.close((1, at))
        await self.until_state(name, "occupied")


@asynccontextmanager
async def serving(file: Path, data: Path) -> AsyncIterator[Agent]:
    command = [*COMMAND, "lockers", "serve", "--data", str(data), "--settings", str(file)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        ready = json.loads(await process.stdout.readline())
        assert ready.get("ready") == "lockers", ready
        async with aiohttp.ClientSession() as client:
            yield await asyncio.to_thread(Agent, process, ready, client)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def test_a_whole_way_and_its_events(made: Made, tmp_path: Path) -> None:
    file = await asyncio.to_thread(settings, tmp_path, made.url)
    async with serving(file, tmp_path / "data") as agent:
        await agent.settled()
        await agent.loaded(made.cabinet, 2, ITEM)
        status, answer = await agent.give("collect", "1-2", ITEM)
        assert status == 200
        await agent.until_state("1-2", "open")
        made.cabinet.take((1, 2))
        made.cabinet.close((1, 2))
        await agent.until_state("1-2", "free", "unknown")
        types = []
        url = f"{agent.address}/v1/events?after={answer['seq'] - 1}"
        async with agent.client.get(url, headers=agent.headers) as lines:
            async for line in lines.content:
                if "beat" in (said := json.loads(line)):
                    break
                types.append(said["event"]["type"])
        # The door may be sensed open before the board has answered.
        assert types[:2] == ["order-used", "pulse-intended"]
        assert set(types[2:4]) == {"pulse-sent", "door-opened"}
        assert types[4:] == ["door-shut", "closed"]
        assert made.cabinet.pulses == [(1, 2), (1, 2)]


async def test_who_is_not_answered(tmp_path: Path) -> None:
    made = await started("kerong+serial", tmp_path, Cabinet(1, 4), answer_ms=500)
    file = await asyncio.to_thread(settings, tmp_path, made.url)
    async with serving(file, tmp_path / "data") as agent:
        await agent.settled()
        good = sign(order("load", "1-1", ITEM, at=time.time()), KEY)
        body = msgspec.json.encode(good)
        for headers in (
            {"Authorization": "Bearer " + "x" * 43},
            {"Origin": "http://127.0.0.1:8080"},
            {"Host": "lockers.example"},
            {"Content-Type": "text/plain"},
        ):
            status, answer = await agent.send(body, **headers)
            assert (status, answer["code"]) == (400, "locker-request")
        forged = sign(order("load", "1-2", ITEM, at=time.time()), Ed25519PrivateKey.generate())
        assert await agent.send(msgspec.json.encode(forged)) == (403, {"code": "locker-order-invalid"})
        for rubbish in (b"", b"{}", b"[" * 8000, b"\xff" * 100, b"x" * 20_000):
            status, answer = await agent.send(rubbish)
            assert status in {400, 413}
            assert answer["code"] == "locker-request"
        async with agent.client.get(f"{agent.address}/v1/events?after=-1", headers=agent.headers) as answered:
            assert answered.status == 400
        async with agent.client.get(f"{agent.address}/else", headers=agent.headers) as answered:
            assert answered.status == 404
        assert made.cabinet.pulses == []
        # It is the same order that is taken from whoever has the token.
        assert (await agent.send(body))[0] == 200
    await made.simulator.stop()


async def test_sigkill_at_any_moment_opens_nothing_by_itself(made: Made, tmp_path: Path) -> None:
    """Kill it somewhere between an order and its end, start it again, and look at what the locks really got."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    file = await asyncio.to_thread(settings, tmp_path, made.url)
    cabinet = made.cabinet
    async with serving(file, tmp_path / "data") as agent:
        await agent.settled()
    for at in (1, 2, 3, 4):
        async with serving(file, tmp_path / "data") as agent:
            await agent.until_state(f"1-{at}", "free")
            given = sign(order("load", f"1-{at}", OTHER_ITEM, at=time.time()), KEY)
            before = len(cabinet.pulses)
            asking = asyncio.create_task(agent.send(msgspec.json.encode(given)))
            step = chance.choice(["asked", "pulsed", "open", "shut"])
            await asyncio.sleep(chance.random() * 0.05)
            if step != "asked":
                await _more_pulses(cabinet, before)
            if step in {"open", "shut"}:
                await agent.until_state(f"1-{at}", "open")
            if step == "shut":
                cabinet.put((1, at))
                cabinet.close((1, at))
                await asyncio.sleep(chance.random() * 0.2)
            agent.process.send_signal(signal.SIGKILL)
            await asyncio.wait({asking})
            assert asking.cancelled() or asking.exception() or asking.result()[0] == 200
        cabinet.close((1, at))
        pulses = len(cabinet.pulses)
        assert pulses - before <= 3
        async with serving(file, tmp_path / "data") as agent:
            found = await agent.until_state(f"1-{at}", "blocked", "free", "occupied")
            if found == "occupied":
                assert cabinet[1, at].has_item
            if found != "free":
                # An order that was journaled is used; one that never came in may be given once more.
                status, answer = await agent.send(msgspec.json.encode(given))
                assert (status, answer["reason"]) == (409, "locker-order-used")
            assert len(cabinet.pulses) == pulses
            if found == "free" and cabinet[1, at].has_item:
                raise AssertionError("an item that nobody knows of")


async def _more_pulses(cabinet: Cabinet, before: int) -> None:
    async with asyncio.timeout(60):
        while len(cabinet.pulses) <= before:  # noqa: ASYNC110 - the cabinet is looked at
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("changes", "section", "key"),
    [
        ({"bank": '"A"'}, "agent", "bank"),
        ({"order_key": '"abc"'}, "agent", "order_key"),
        ({"port": "0"}, "agent", "port"),
        ({"colour": "1"}, "agent", "colour"),
    ],
)
def test_settings_that_cannot_be_used(changes: dict[str, str], section: str, key: str, tmp_path: Path) -> None:
    file = settings(tmp_path, "kerong+serial:///dev/none?wiring=none", **changes)
    done = _run("lockers", "serve", "--data", str(tmp_path / "data"), "--settings", str(file))
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["error"]) == (2, "locker-settings")
    assert (answer["section"], answer["key"]) == (section, key)


@pytest.mark.parametrize(
    ("url", "code"), [("manual:", "locker-settings"), ("kerong+serial:///dev/none?wiring=none", "locker-wiring")]
)
def test_devices_that_are_no_bank(url: str, code: str, tmp_path: Path) -> None:
    file = settings(tmp_path, url)
    done = _run("lockers", "serve", "--data", str(tmp_path / "data"), "--settings", str(file))
    assert (done.returncode, json.loads(done.stdout)["error"]) == (2, code)


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=120, check=False)
