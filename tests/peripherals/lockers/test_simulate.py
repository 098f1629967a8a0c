"""``peripherals simulate lockers`` as its own process: its wiring is used by the driver, and people act through it."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.peripherals.test_cli import run, simulator, tell

#: ``journeys`` has the other combinations.
BOARDS = (("kerong", "serial"), ("modbus", "tcp"), ("winnsen", "serial"))


@pytest.mark.parametrize(("board", "line"), BOARDS)
async def test_a_simulated_cabinet(board: str, line: str, tmp_path: Path) -> None:
    await try_cabinet(board, line, tmp_path)


async def try_cabinet(board: str, line: str, tmp_path: Path) -> None:
    where = ("--tcp", "0") if line == "tcp" else ("--link", str(tmp_path / "line"))
    arguments = (board, "--wiring", str(tmp_path / "wiring.toml"), "--locks", "2", *where)
    async with simulator("lockers", *arguments) as (ready, _):
        assert ready["url"].startswith(f"{board}+{line}://")
        said = await tell(ready["control"], "pry 1-2", "put 1-1", "status", "pulses", "pull 1-1", "pry 9-9", "dance")
        assert said[2]["open"] == ["1-2"]
        assert said[2]["items"] == ["1-1"]
        assert said[3:5] == [{"ok": True, "pulses": []}, {"ok": True, "open": False}]
        assert [each["ok"] for each in said[5:]] == [False, False]
        done = await asyncio.to_thread(run, "check", ready["url"], "--json")
        found = json.loads(done.stdout)
        assert (done.returncode, found["state"]) == (0, "online")
        inside = ("unknown", "unknown") if board == "winnsen" else ("present", "absent")
        assert found["compartments"] == f"1-1 shut {inside[0]}; 1-2 open {inside[1]}"
