"""A program forked from a warmed one is as good as one that was started."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import warm

SERVER = Path(sys.executable).parent / "queue-server"
PERIPHERALS = (sys.executable, "-c", "from peripherals.cli import app; app()")
#: Ends at a signal alone.
TERMINAL = (*PERIPHERALS, "simulate", "zvt-terminal", "--tcp", "0")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let tests look into /proc."""


def name_of(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def test_it_is_given_its_words_files_folder_and_environment_and_its_exit_status_is_heard(tmp_path: Path) -> None:
    command = (SERVER, "init", "--data", "here")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (tmp_path / "here" / "queue.sqlite").exists()
    assert done.stderr == ""
    known = os.environ | {"CONSULAR_DATA": str(tmp_path / "here")}
    verified = subprocess.run([SERVER, "verify", "--json"], env=known, capture_output=True, text=True, check=True)
    assert '"ok":true' in verified.stdout
    wrong = subprocess.run([SERVER, "no-such-word"], capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "no-such-word" in wrong.stderr
    given = subprocess.run([*PERIPHERALS, "mrz", "parse"], input="nothing", capture_output=True, text=True, check=False)
    assert given.returncode == 1


def parent_of(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
async def test_it_is_a_child_with_files_of_its_own_that_signals_reach(how: signal.Signals) -> None:
    process = await asyncio.create_subprocess_exec(*TERMINAL, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    other = await asyncio.create_subprocess_exec(*TERMINAL, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert other.stdout is not None
    assert await process.stdout.readline()
    assert await other.stdout.readline()
    assert b"tests.warm" in name_of(process.pid)
    assert parent_of(process.pid) == os.getpid()
    process.send_signal(how)
    # The pipe ends with it: nobody else holds its other end.
    assert await process.stdout.read() == b""
    assert await process.wait() in (0, -how)
    other.kill()
    assert await other.wait() == -signal.SIGKILL


@pytest.mark.parametrize("changed", [{"PYTHONTZPATH": "/nowhere"}, {"LD_BIND_NOW": "1"}])
async def test_what_is_looked_at_before_a_program_begins_makes_it_start_anew(changed: dict[str, str]) -> None:
    process = await asyncio.create_subprocess_exec(*TERMINAL, stdout=subprocess.PIPE, env=os.environ | changed)
    assert b"tests.warm" not in name_of(process.pid)
    process.kill()
    await process.wait()


@pytest.mark.fresh
async def test_what_is_marked_fresh_starts_anew() -> None:
    process = await asyncio.create_subprocess_exec(*TERMINAL, stdout=subprocess.PIPE)
    assert b"tests.warm" not in name_of(process.pid)
    process.kill()
    await process.wait()


def test_other_programs_are_none_of_ours() -> None:
    for words in (["strace", str(SERVER)], ["/usr/bin/queue-server"], [sys.executable, "-c", "print(1)"], []):
        assert warm.program_of(words) is None
    assert warm.program_of([sys.executable, "-m", "tests.warm", "kiosk", "3"]) is None
    assert warm.program_of([sys.executable, "-m", "tests.some.where", "now"]) == ("tests.some.where", ["-m", "now"])
    assert warm.program_of([str(SERVER), "serve"]) == ("queue_server", [str(SERVER), "serve"])
    assert warm.program_of([*PERIPHERALS, "list"]) == ("peripherals", ["-c", "list"])
