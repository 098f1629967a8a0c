"""The end of a program with a screen: asked for at any moment, it comes."""

import asyncio
import os
import sys
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
