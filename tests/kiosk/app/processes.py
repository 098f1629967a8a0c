"""The kiosk as a process of its own, and its debugging socket."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

#: Between two questions to a process that is not there yet, or shows something else.
_PAUSE_S = 0.02


class Controls:
    """The debugging socket, one question at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, **command: object) -> dict[str, Any]:
        self._writer.write(json.dumps(command).encode() + b"\n")
        answer: dict[str, Any] = json.loads(await self._reader.readline())
        return answer

    async def shows(self, page: str, **model: object) -> dict[str, Any]:
        state: dict[str, Any] = {}
        try:
            async with asyncio.timeout(60):
                while True:
                    state = await self.ask(state=True)
                    if state["page"] == page and all(state["model"][key] == value for key, value in model.items()):
                        return state
                    # The kiosk needs the processor more than whoever asks it.
                    await asyncio.sleep(_PAUSE_S)
        except TimeoutError:
            raise TimeoutError(f"{page} {model}: {state.get('page')} {state.get('model')}") from None

    async def tap(self, label: str) -> None:
        """Tap a control as soon as it is there."""
        async with asyncio.timeout(60):
            while not (await self.ask(tap=label))["ok"]:  # noqa: ASYNC110 - it is asked, not heard
                await asyncio.sleep(_PAUSE_S)

    def close(self) -> None:
        self._writer.close()


def environment() -> dict[str, str]:
    known = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    return known | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


async def run(*arguments: object, error: int, **changed: str) -> asyncio.subprocess.Process:
    """Start ``kiosk`` with these arguments; ``changed`` are variables of its environment."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from kiosk.cli import app; app()",
        *map(str, arguments),
        stderr=error,
        stdout=subprocess.DEVNULL,
        env=environment() | changed,
    )


async def open_controls(path: Path, process: asyncio.subprocess.Process) -> Controls:
    async with asyncio.timeout(60):
        while True:
            assert process.returncode is None
            try:
                return Controls(*await asyncio.open_unix_connection(path))
            except OSError:
                await asyncio.sleep(_PAUSE_S)


async def tell(*arguments: object, given: str) -> tuple[int, str]:
    """Run ``kiosk`` to its end with this on its standard input; give its exit status and all that it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from kiosk.cli import app; app()",
        *map(str, arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(),
    )
    said, _ = await process.communicate(given.encode())
    assert process.returncode is not None
    return process.returncode, said.decode()


async def enrol_machine(code: str, server: str, *arguments: object) -> None:
    """Make a data folder a kiosk's, by the command that technicians have."""
    status, said = await tell("enrol", "--code", code, "--server", server, *arguments, given="")
    assert status == 0, said
