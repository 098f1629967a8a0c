"""What managers ask of a kiosk that runs: between two people, once, and its log also of the life before."""

import asyncio
import contextlib
import json
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from queue_server.accounts.model import Role
from tests.kiosk.app.processes import Controls, open_controls, run
from tests.kiosk.app.test_device_settings import MACHINE, command
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.device_commands import PATH, ask, becomes, commands, reports
from tests.queue_server.house import house


@asynccontextmanager
async def kiosk(
    folder: Path, *more: object, **changed: str
) -> AsyncIterator[tuple[Controls, asyncio.subprocess.Process]]:
    """Run a kiosk until it ends by itself, or is ended."""
    remote = folder / "remote"
    line = ("run", "--data", folder / "kiosk", "--settings", folder / "kiosk.toml", "--remote", remote)
    process = await run(*line, *more, error=subprocess.DEVNULL, **changed)
    try:
        controls = await open_controls(remote, process)
        with contextlib.closing(controls):
            yield controls, process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_kiosk_starts_anew_between_two_people_once_and_sends_its_log(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    await asyncio.to_thread((tmp_path / "kiosk.toml").write_text, MACHINE)
    supervised = {"NOTIFY_SOCKET": str(tmp_path / "manager")}
    async with house(data) as here:
        manager, _ = await here.staff(Role.MANAGER, None)
        code = (await command(data, "enrol-code", "--kind", "kiosk", "--name", "Kiosk 1", "--centre", "demo")).strip()
        enrol = ("--server", here.address, "--code", code)
        async with kiosk(tmp_path, *enrol, **supervised) as (controls, process):
            await controls.shows("language")
            await controls.tap("English")
            await controls.shows("identify")
            [device] = (await manager.get("/centres/demo/devices")).body["devices"]
            restart = await ask(manager, device["id"], "restart")
            # Somebody stands there: it waits, and is told of again and again.
            await reports(manager, 4)
            await controls.shows("identify")
            await controls.ask(act=["restart"])
            async with asyncio.timeout(60):
                # What the service manager starts anew.
                assert await process.wait() == 0
        # It ended before the server had heard that it did what was asked.
        assert [one["state"] for one in await commands(manager)] == ["waiting"]
        async with kiosk(tmp_path, **supervised) as (controls, process):
            await becomes(manager, restart, "done")
            await reports(manager, 4)
            log = await ask(manager, device["id"], "send-log")
            await becomes(manager, log, "done")
            await controls.shows("language")
            assert process.returncode is None
        text = (await manager.get(f"{PATH}/{log}/log")).body["text"]
        events = [json.loads(line)["event"] for line in text.splitlines()]
        assert events.count("restart-from-afar") == 1
        assert "enrolled" in events[: events.index("restart-from-afar")]
        assert events.index("restart-from-afar") < len(events) - 1
        # Where nothing starts it anew, it does not end.
        async with kiosk(tmp_path):
            await reports(manager, 4)
            refused = await manager.post(f"/centres/demo/devices/{device['id']}/commands", {"kind": "restart"})
            assert refused.code == "device-command-not-taken"
