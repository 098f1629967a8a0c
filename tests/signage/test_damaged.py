"""A board whose files are damaged goes on as itself, or says one line; the bad file is put aside."""

import asyncio
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kiosk.kit import private_file
from kiosk.kit.start_file import StartFile
from queue_server.contract.starts import KnownStarts
from queue_server.tls import init_tls
from signage import identity
from signage.identity import ScreenIdentity
from tests.kiosk.app.processes import environment, open_controls
from tests.kiosk.app.test_damaged import WAYS, damage

BOARD = ScreenIdentity("https://127.0.0.1:9", "made-up-token", "d1", "demo", "Hall")
STARTS = KnownStarts("d1", ("0123456789abcdef",))
FILES = ("device.json", "device-copy.json", "start.json", "start-copy.json", "ca.pem")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give the folder of a board that was enrolled and has run."""
    data = tmp_path / "data"
    data.mkdir()
    init_tls(tmp_path)
    private_file.write(data / "ca.pem", (tmp_path / "tls" / "ca.pem").read_bytes())
    for name in ("device.json", "device-copy.json"):
        private_file.write(data / name, msgspec.json.encode(BOARD))
    StartFile(data).store(STARTS)
    return data


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("name", FILES)
async def test_a_damaged_file_leaves_a_board_that_is_itself(data: Path, name: str, how: str) -> None:
    await asyncio.to_thread(damage, data / name, how)
    assert await asyncio.to_thread(identity.load, data) == BOARD
    assert await asyncio.to_thread(StartFile(data).read) == STARTS
    route = await asyncio.to_thread(identity.route, BOARD, data)
    assert (route.trusts == ()) == (name == "ca.pem")
    async with identity.connect(BOARD, data, route):
        pass
    aside = [one.name for one in await asyncio.to_thread(lambda: list(data.glob("*.damaged-*")))]
    spare = name == "device-copy.json"
    assert len(aside) == (0 if how == "missing" or spare else 1), "and of its copy nothing is needed while it is well"
    assert all(one.startswith(name) for one in aside)


@pytest.mark.parametrize("how", WAYS)
def test_without_who_it_is_a_board_says_one_line(data: Path, how: str) -> None:
    for name in ("device.json", "device-copy.json"):
        damage(data / name, how)
    said = run(data)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert [line.split()[1] for line in said.stderr.splitlines() if line.startswith("signage:")] == [
        "screen-not-enrolled"
    ]


async def test_with_all_else_damaged_it_shows_its_page(data: Path, tmp_path: Path) -> None:
    for name in ("start.json", "start-copy.json", "ca.pem", "device.json"):
        await asyncio.to_thread(damage, data / name, "garbled")
    remote = tmp_path / "remote"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", "from signage.cli import app; app()", "run", "--data", data, "--remote", remote),
        env=environment(),
        stderr=subprocess.DEVNULL,
    )
    try:
        controls = await open_controls(remote, process)
        assert (await controls.ask(state=True))["texts"]
        controls.close()
    finally:
        process.terminate()
    assert await process.wait() == 0


def run(data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from signage.cli import app; app()", "run", "--data", data],
        check=False,
        capture_output=True,
        text=True,
        env=environment(),
    )
