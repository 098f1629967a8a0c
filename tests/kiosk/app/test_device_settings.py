"""Settings from the server at a kiosk that runs: between two people, on disk, and without the server too."""

import asyncio
import contextlib
import json
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.contract.release import RUNNING
from tests.kiosk.app.processes import Controls, open_controls, run
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.secure_house import secure_house

PIN = "571004"
MACHINE = """
[journey]
idle_s = 600
[link]
status_s = 0.2
retry_first_s = 0.05
[screen]
reduce_motion = true
debounce_ms = 0
"""


async def command(data: Path, *line: object, typed: str = "") -> str:  # noqa: F811 - no fixture here
    words = [*map(str, line), "--data", str(data)]
    done = await asyncio.to_thread(CliRunner().invoke, app, words, input=typed)
    assert done.exit_code == 0, done.output
    return done.stdout


async def settings(data: Path) -> dict[str, Any]:  # noqa: F811 - no fixture here
    shown = json.loads(await command(data, "device-settings", "show", "demo", "--json"))
    found: dict[str, Any] = shown["devices"][0]["settings"]
    return found


async def in_force(data: Path, version: int) -> None:  # noqa: F811 - no fixture here
    async with asyncio.timeout(60):
        while (await settings(data))["force"] != version:  # noqa: ASYNC110 - another program says it
            await asyncio.sleep(0.05)


@asynccontextmanager
async def kiosk(folder: Path, *more: object) -> AsyncIterator[Controls]:
    remote = folder / "remote"
    line = ("run", "--data", folder / "kiosk", "--settings", folder / "kiosk.toml", "--remote", remote)
    process = await run(*line, *more, error=subprocess.DEVNULL)
    try:
        controls = await open_controls(remote, process)
        with contextlib.closing(controls):
            yield controls
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


async def test_what_the_server_sets_comes_between_two_people_and_stays_without_it(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    text, profile, kept = tmp_path / "kiosk.enrol", tmp_path / "profile.toml", tmp_path / "kiosk/server-settings.json"
    await asyncio.to_thread((tmp_path / "kiosk.toml").write_text, MACHINE)
    await asyncio.to_thread(
        profile.write_text, "# documents wait at the desk beside them\n[collection]\noffered = true\n"
    )
    async with secure_house(data) as here:
        made = ("enrol-code", "--kind", "kiosk", "--name", "Kiosk 1", "--centre", "demo")
        await command(data, *made, "--server", here.address, "--out", text)
        async with kiosk(tmp_path, "--enrol", text) as controls:
            await controls.shows("language")
            await controls.tap("English")
            await controls.shows("identify", collects=False)
            await command(data, "device-settings", "set", "demo", profile, "--kind", "kiosk")
            async with asyncio.timeout(60):
                while not await asyncio.to_thread(kept.exists):  # noqa: ASYNC110 - it comes from the server
                    await asyncio.sleep(0.02)
            # Somebody stands there: it waits, and managers see that it does.
            await controls.shows("identify", collects=False)
            assert await settings(data) == {"wanted": 1, "force": 0, "refused": ""}
            await controls.ask(act=["restart"])
            await controls.shows("language")
            await in_force(data, 1)
            await controls.tap("English")
            await controls.shows("identify", collects=True)
            await controls.ask(act=["restart"])
            await command(data, "device-settings", "pin", "demo", typed=f"{PIN}\n{PIN}\n")
            await in_force(data, 2)
        [listed] = json.loads(await command(data, "devices", "demo", "--json"))
        assert (listed["version"], listed["behind"]) == (RUNNING, False)
    # The server is gone, and the kiosk starts anew.
    async with kiosk(tmp_path) as controls:
        centre = (await controls.shows("language"))["model"]["centre"]
        await controls.tap("English")
        await controls.shows("identify", collects=True)
        await controls.ask(act=["restart"])
        await controls.shows("language")
        assert (await controls.ask(hold=centre))["ok"]
        await controls.shows("pin")
        for digit in PIN:
            await controls.tap(digit)
        await controls.tap("Confirm")
        await controls.shows("technician")
