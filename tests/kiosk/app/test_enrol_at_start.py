"""``kiosk run --code``: the first start makes the machine a kiosk, and later ones need no code and use none up."""

import asyncio
import contextlib
import json
import signal
import subprocess
from pathlib import Path

from tests.kiosk.app.centre import CODE, Centre
from tests.kiosk.app.processes import open_controls, run

WRONG = "00000000"


async def comes_up(data: Path, url: str, code: str, remote: Path) -> None:
    """Start it as a technician types it, see its first page, and end it."""
    kiosk = await run(
        *("run", "--data", data, "--server", url, "--code", code, "--remote", remote), error=subprocess.DEVNULL
    )
    try:
        controls = await open_controls(remote, kiosk)
        with contextlib.closing(controls):
            await controls.shows("language")
    finally:
        if kiosk.returncode is None:
            kiosk.send_signal(signal.SIGTERM)
        assert await kiosk.wait() == 0


async def test_the_first_start_enrols_and_a_later_one_asks_for_nothing(tmp_path: Path) -> None:
    async with Centre() as centre:
        await comes_up(tmp_path / "data", centre.url, CODE, tmp_path / "first")
        # A code that the server would refuse: whoever is a kiosk already does not show it to anybody.
        await comes_up(tmp_path / "data", centre.url, WRONG, tmp_path / "second")


async def test_a_code_that_is_refused_ends_it_and_says_so(tmp_path: Path) -> None:
    async with Centre() as centre:
        kiosk = await run(
            *("run", "--data", tmp_path / "data", "--server", centre.url, "--code", WRONG), error=subprocess.PIPE
        )
        _, said = await kiosk.communicate()
    assert kiosk.returncode == 1
    assert json.loads(said.splitlines()[-1])["code"] == "enrolment-code"
    assert not await asyncio.to_thread((tmp_path / "data" / "device.json").exists)
