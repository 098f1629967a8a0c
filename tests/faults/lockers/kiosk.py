"""A kiosk beside a bank, as whoever stands before it has it: it can be killed at any moment, and started again."""

import asyncio
import json
import signal
import subprocess
import sys
from typing import Any, Final

#: Twelve digits of which the last is right, and which nobody was given.
GUESS: Final = "000000005724"


class KioskKilledError(Exception):
    """It was killed while somebody waited for it."""


class Kiosk:
    """``url`` is its server, ``token`` what it is known by there."""

    def __init__(self, url: str, token: str) -> None:
        self._command = [sys.executable, "-m", "tests.faults.lockers.kiosk_process", url, token]
        self._process: asyncio.subprocess.Process | None = None
        self._look = 0

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it, unless it runs."""
        if self.is_running:
            return
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._look = 0
        await self._hear("ready")

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    async def prove(self, code: str) -> dict[str, str]:
        """Type a code, again where the server is away; gives where each item is that it is for.

        Raises:
            KioskKilledError: it was killed meanwhile.
        """
        async with asyncio.timeout(600):
            while True:
                self._tell({"do": "prove", "code": code})
                said = await self._hear("proved")
                if said["proved"] == "found":
                    return dict(said["items"])
                await asyncio.sleep(0.1)

    async def open(self, item: str) -> str:
        """Ask for the door of an item; gives the first that is said of it.

        Raises:
            KioskKilledError: it was killed meanwhile.
        """
        self._tell({"do": "open", "item": item})
        return str((await self._hear("door"))["door"])

    def leave(self) -> None:
        if self.is_running:
            self._tell({"do": "leave"})

    def _tell(self, what: dict[str, str]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._look += 1
        self._process.stdin.write(json.dumps(what | {"look": self._look}).encode() + b"\n")

    async def _hear(self, kind: str) -> dict[str, Any]:
        """Give the next line of this kind; what is said of what somebody has left is passed over."""
        assert self._process is not None
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            said: dict[str, Any] = json.loads(line)
            if kind in said and said["look"] == self._look:
                return said
        raise KioskKilledError
