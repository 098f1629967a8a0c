"""``kiosk run --enrol``: one text, from the command of a server that speaks TLS to a kiosk that runs."""

import asyncio
import contextlib
import json
import signal
import subprocess
from pathlib import Path

from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.contract.authority_fetch import EnrolmentMeans
from queue_server.contract.enrolment_text import read, read_given
from queue_server.contract.release import RUNNING
from signage import identity as screen_identity
from tests.kiosk.app.processes import open_controls, run
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.secure_house import secure_house


async def made(server: str, data: Path, kind: str, out: Path) -> None:  # noqa: F811 - no fixture here
    """Have the server's command write a text."""
    line = ["enrol-code", "--kind", kind, "--name", f"a {kind}", "--centre", "demo", "--data", str(data)]
    done = await asyncio.to_thread(CliRunner().invoke, app, [*line, "--server", server, "--out", str(out)])
    assert done.exit_code == 0, done.output


async def listed(data: Path) -> list[dict[str, object]]:  # noqa: F811 - no fixture here
    """List the devices of the centre as a program reads them."""
    done = await asyncio.to_thread(CliRunner().invoke, app, ["devices", "demo", "--json", "--data", str(data)])
    assert done.exit_code == 0, done.output
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


async def refused(folder: Path, given: str | Path) -> str:
    """Start a kiosk that cannot enrol; gives the code with which it ends."""
    kiosk = await run("run", "--data", folder, "--enrol", str(given), error=subprocess.PIPE)
    _, said = await kiosk.communicate()
    assert kiosk.returncode == 1
    assert not await asyncio.to_thread((folder / "device.json").exists)
    code: str = json.loads(said.splitlines()[-1])["code"]
    return code


async def test_a_kiosk_and_a_board_enrol_by_one_text_and_trust_whom_it_names(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    async with secure_house(data) as here:
        text = tmp_path / "kiosk.enrol"
        await made(here.address, data, "kiosk", text)
        found = await asyncio.to_thread(read_given, str(text))
        assert (await asyncio.to_thread(text.stat)).st_mode & 0o077 == 0
        wrong = found.written().replace(found.ca, found.ca[::-1])
        assert read(wrong).ca != found.ca
        assert await refused(tmp_path / "strange", wrong) == "authority-strange"
        assert await refused(tmp_path / "damaged", found.written()[:-1]) == "enrolment-text-invalid"
        # Nobody has heard the code yet: it still enrols one.
        kiosk = await run(
            *("run", "--data", tmp_path / "kiosk", "--enrol", text, "--remote", tmp_path / "controls"),
            error=subprocess.DEVNULL,
        )
        try:
            controls = await open_controls(tmp_path / "controls", kiosk)
            with contextlib.closing(controls):
                await controls.shows("language")
                said: dict[str, object] = {}
                while not said.get("version"):
                    said = (await listed(data))[0]
                assert (said["name"], said["state"], said["behind"]) == ("a kiosk", "in-service", False)
                assert (said["version"], said["revoked_at"]) == (RUNNING, None)
                assert said["seen"] is not None
        finally:
            if kiosk.returncode is None:
                kiosk.send_signal(signal.SIGTERM)
            assert await kiosk.wait() == 0
        assert await refused(tmp_path / "second", text) == "enrolment-code-refused"
        board = tmp_path / "board.enrol"
        await made(here.address, data, "screen", board)
        known = await asyncio.to_thread(screen_identity.enrol, EnrolmentMeans(given=str(board)), tmp_path / "board")
        assert (known.name, known.server) == ("a screen", here.address)
