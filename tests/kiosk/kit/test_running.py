"""A program with a screen: it tells that it lives for as long as both of its loops do, and ends when it is asked to."""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

#: Asks itself to end as soon as its work begins, which is before Qt's loop does.
PROGRAM: Final = """
import asyncio, os, signal, sys
from PySide6.QtGui import QGuiApplication, QWindow
from kiosk.kit.running import Running

class Screen:
    window = None
    def close(self): pass

async def work():
    os.kill(os.getpid(), getattr(signal, sys.argv[1]))
    await asyncio.Event().wait()

app = QGuiApplication([])
Screen.window = QWindow()
sys.exit(Running(app, Screen(), work, remote=None, fullscreen=False).run())
"""


@pytest.mark.parametrize("asked", ["SIGTERM", "SIGINT"])
async def test_a_program_that_is_asked_to_end_while_it_begins_ends(asked: str) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, asked, env=environment)
    try:
        assert await asyncio.wait_for(program.wait(), 60) == 0
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


#: Hangs in one of its loops when it reads a line, until it reads another.
HANGS: Final = """
import asyncio, sys
from PySide6.QtCore import QTimer, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from kiosk.kit.running import Running

class Screen:
    window = None
    def close(self): pass

def hang():
    print("hangs", flush=True)
    sys.stdin.readline()

async def work():
    await asyncio.to_thread(sys.stdin.readline)
    if sys.argv[1] == "screen":
        QTimer.singleShot(0, app, hang)
    else:
        hang()
    await asyncio.Event().wait()

app = QGuiApplication([])
Screen.window = QWindow()
running = Running(app, Screen(), work, remote=None, fullscreen=True)
QTimer.singleShot(0, app, lambda: print(app.overrideCursor().shape().name, flush=True))
sys.exit(running.run())
"""


@contextlib.asynccontextmanager
async def watched(folder: Path, where: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, socket.socket]]:
    """Run the program that hangs; what it tells the service manager comes by the socket."""
    path = str(folder / "notify")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "NOTIFY_SOCKET": path, "WATCHDOG_USEC": "30000"}
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(path)
        manager.setblocking(False)
        pipe = asyncio.subprocess.PIPE
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", HANGS, where), stdin=pipe, stdout=pipe, env=environment
        )
        try:
            yield program, manager
        finally:
            if program.returncode is None:
                program.kill()
                await program.wait()


async def told(manager: socket.socket) -> str:
    return (await asyncio.wait_for(asyncio.get_running_loop().sock_recv(manager, 64), 60)).decode()


async def signs_until_silence(manager: socket.socket) -> int:
    """Count what comes until nothing has come for half a second, which is fifty times as long as a beat."""
    signs = 0
    with contextlib.suppress(TimeoutError):
        while signs < 100:
            await asyncio.wait_for(asyncio.get_running_loop().sock_recv(manager, 64), 0.5)
            signs += 1
    return signs


@pytest.mark.parametrize("where", ["work", "screen"])
async def test_a_program_lives_while_both_of_its_loops_do(tmp_path: Path, where: str) -> None:
    async with watched(tmp_path, where) as (program, manager):
        assert program.stdin is not None
        assert program.stdout is not None
        assert await told(manager) == "READY=1"
        assert [await told(manager) for _ in range(3)] == ["WATCHDOG=1"] * 3
        assert (await program.stdout.readline()).decode().strip() == "BlankCursor"

        program.stdin.write(b"hang\n")
        assert (await program.stdout.readline()).decode().strip() == "hangs"
        # What was on its way still comes; then there is silence, on a slow machine all the more.
        assert await signs_until_silence(manager) < 20

        program.stdin.write(b"go on\n")
        assert [await told(manager) for _ in range(3)] == ["WATCHDOG=1"] * 3
        program.terminate()
        while (last := await told(manager)) != "STOPPING=1":
            assert last == "WATCHDOG=1"
        assert await asyncio.wait_for(program.wait(), 60) == 0
