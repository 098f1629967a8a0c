"""The folder of a running kiosk is copied to a second machine: both stop, one goes on, no ticket is lost or twice."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.faults.server_process import Installation, installed
from tests.kiosk.app.processes import Controls, enrol_machine, open_controls, run

SETTINGS = """
[journey]
ticket_s = 120
[link]
answer_wait_s = 0.5
[screen]
reduce_motion = true
debounce_ms = 0
"""


@asynccontextmanager
async def kiosk(folder: Path, name: str) -> AsyncIterator[Controls]:
    """Run a kiosk without devices on ``folder / name`` until the block is left."""
    settings, remote = folder / "kiosk.toml", folder / f"{name}.socket"
    await asyncio.to_thread(settings.write_text, SETTINGS)
    arguments = ("run", "--data", folder / name, "--settings", settings, "--remote", remote)
    process = await run(*arguments, error=subprocess.DEVNULL)
    controls = await open_controls(remote, process)
    try:
        yield controls
    finally:
        controls.close()
        process.terminate()
        await process.wait()


async def ticket(controls: Controls) -> str:
    """Take a ticket by touch; returns its number."""
    for page, action, argument in (
        ("language", "language", "en"),
        ("identify", "no-document", ""),
        ("government", "choose", "UTO"),
        ("kind", "choose", "help"),
        ("service", "choose", "uto-evacuation"),
        ("more", "go-on", ""),
        ("confirm", "confirm", ""),
    ):
        await controls.shows(page)
        await controls.ask(act=[action, argument] if argument else [action])
    code: str = (await controls.shows("ticket"))["model"]["code"]
    await controls.ask(act=["done"])
    return code


async def stopped(controls: Controls) -> str:
    """Wait until a kiosk gives nothing more; returns the sign that it shows."""
    sign: str = (await controls.shows("closed", reason="copied"))["model"]["sign"]
    assert len(sign) == 4
    return sign


async def device(place: Installation) -> tuple[str, str]:
    """Give the id of the kiosk and how the command line says that it is."""
    line = next(line for line in await place.command("devices", "demo") if "\tkiosk\t" in line)
    ident, _kind, _series, state, *_ = line.split("\t")
    return ident, state


def given(data: Path) -> Counter[str]:
    with closing(sqlite3.connect(data / "queue.sqlite")) as db:
        found = db.execute("SELECT payload FROM events WHERE type = 'visit-issued'")
        return Counter(json.loads(payload)["code"] for (payload,) in found)


def kept(folder: Path) -> bytes:
    file = folder / "start.json"
    return file.read_bytes() if file.exists() else b""


@pytest.mark.timeout(900)
async def test_a_copy_of_a_running_kiosk_stops_both_until_somebody_has_chosen(tmp_path: Path) -> None:
    async with installed(tmp_path / "server") as place:
        url = place.servers[0].url
        assert url is not None
        code = await place.enrol_code("kiosk", "Kiosk 1")
        await enrol_machine(code, url, "--data", tmp_path / "one")
        async with kiosk(tmp_path, "one") as one:
            codes = [await ticket(one)]
            await asyncio.to_thread(shutil.copytree, tmp_path / "one", tmp_path / "two")
            codes.append(await ticket(one))
            async with kiosk(tmp_path, "two") as two:
                signs = await stopped(one), await stopped(two)
                assert signs[0] != signs[1]
                ident, state = await device(place)
                assert set(state.removeprefix("copied: ").split(", ")) == set(signs)
                await place.command("resolve-copy", ident, signs[1])
                codes.append(await ticket(two))
                assert await stopped(one) == signs[0]
            assert (await device(place)) == (ident, "active")
        async with kiosk(tmp_path, "one") as one:
            # Another start does not let it in again; a new code does.
            assert await stopped(one) == signs[0]
        fresh = await place.enrol_code("kiosk", "Kiosk 2")
        await enrol_machine(fresh, url, "--data", tmp_path / "one")
        async with kiosk(tmp_path, "one") as one, kiosk(tmp_path, "two") as two:
            codes += [await ticket(one), await ticket(two)]
        async with asyncio.timeout(60):
            while await asyncio.to_thread(given, place.data) != Counter(codes):  # noqa: ASYNC110 - a file is looked at
                await asyncio.sleep(0.05)


@pytest.mark.timeout(900)
async def test_a_kiosk_that_is_killed_and_started_again_is_no_copy(tmp_path: Path) -> None:
    async with installed(tmp_path / "server") as place:
        url = place.servers[0].url
        assert url is not None
        code = await place.enrol_code("kiosk", "Kiosk 1")
        await enrol_machine(code, url, "--data", tmp_path / "one")
        settings = tmp_path / "kiosk.toml"
        await asyncio.to_thread(settings.write_text, SETTINGS)
        for _ in range(3):
            before = await asyncio.to_thread(kept, tmp_path / "one")
            process = await run("run", "--data", tmp_path / "one", "--settings", settings, error=subprocess.DEVNULL)
            # As soon as its id is on disk: what it sends with it may arrive, or not.
            async with asyncio.timeout(60):
                while await asyncio.to_thread(kept, tmp_path / "one") == before:  # noqa: ASYNC110 - a file is looked at
                    await asyncio.sleep(0.001)
            process.kill()
            await process.wait()
        async with kiosk(tmp_path, "one") as one:
            assert await ticket(one)
        assert (await device(place))[1] == "active"
