"""Long work in a process of its own: its result, its failure, and its end where nobody waits any more."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from queue_server.framework.own_process import WorkNotFinishedError, in_own_process


def number_of_process(said: str) -> tuple[int, str]:
    print("on standard output, which is not the result")
    return os.getpid(), said


def fail() -> None:
    msg = "made up"
    raise ValueError(msg)


def leave() -> None:
    os._exit(0)


def stay(mark: str) -> None:
    Path(mark).write_text(str(os.getpid()), encoding="ascii")
    time.sleep(600)


async def until(true: Callable[[], bool]) -> None:
    while not await asyncio.to_thread(true):  # noqa: ASYNC110 - another process makes it true
        await asyncio.sleep(0.01)


async def staying(mark: Path) -> int:
    """Wait until ``stay`` has begun; gives its process."""
    await until(lambda: mark.exists() and mark.read_text("ascii") != "")
    return int(await asyncio.to_thread(mark.read_text, "ascii"))


def is_gone(process: int) -> bool:
    """Whether it has ended; one that nobody has waited for yet is a zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


async def test_work_is_done_in_another_process_and_what_it_prints_is_not_its_result() -> None:
    process, said = await in_own_process(number_of_process, "là")
    assert said == "là"
    assert process != os.getpid()
    assert await asyncio.to_thread(is_gone, process)


@pytest.mark.parametrize("work", [fail, leave])
async def test_work_that_fails_is_told(work: Callable[[], None]) -> None:
    with pytest.raises(WorkNotFinishedError):
        await in_own_process(work)


async def test_work_that_nobody_waits_for_is_ended(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    task = asyncio.create_task(in_own_process(stay, str(mark)))
    process = await staying(mark)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(is_gone, process)


async def test_work_ends_with_the_server_that_wanted_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    script = (
        "import asyncio; from queue_server.framework.own_process import in_own_process; "
        "from tests.queue_server.framework.test_own_process import stay; "
        f"asyncio.run(in_own_process(stay, {str(mark)!r}))"
    )
    server = await asyncio.to_thread(subprocess.Popen, [sys.executable, "-c", script])
    process = await staying(mark)
    server.kill()
    await asyncio.to_thread(server.wait)
    await until(lambda: is_gone(process))
