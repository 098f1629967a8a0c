"""The console scripts of the project as processes: started, listened to, ended; and the channels they are told by."""

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

BIN = Path(__file__).parents[2] / ".venv" / "bin"


class DemoError(Exception):
    """Something of the demo did not happen; the text says what, and where its log is."""


class Process:
    """One console script; everything it prints goes into ``log``, line by line as well to whoever waits."""

    def __init__(self, name: str, arguments: list[str], log: Path, environment: dict[str, str] | None = None) -> None:
        self.name = name
        self._arguments = arguments
        self._log = log
        self._environment = os.environ | (environment or {})
        self._process: asyncio.subprocess.Process | None = None
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._lines = asyncio.Queue()
        self._process = await asyncio.create_subprocess_exec(
            BIN / self._arguments[0],
            *self._arguments[1:],
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        with self._log.open("ab") as log:
            async for line in self._process.stdout:
                log.write(line)
                log.flush()
                self._lines.put_nowait(line.decode(errors="replace"))
        self._lines.put_nowait(None)

    async def wait_for[T](self, wanted: Callable[[str], T | None], seconds: float = 60) -> T:
        """Wait for the first line that ``wanted`` makes something of.

        Raises:
            DemoError: the process ended, or said nothing like it in time.
        """
        try:
            async with asyncio.timeout(seconds):
                while (line := await self._lines.get()) is not None:
                    if (found := wanted(line)) is not None:
                        return found
        except TimeoutError as error:
            raise DemoError(f"{self.name} said nothing in {seconds:.0f} s, see {self._log}") from error
        raise DemoError(f"{self.name} ended, see {self._log}")

    def ask_to_end(self) -> None:
        """Tell it that it is time, and do not wait for it."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    async def stop(self, seconds: float = 10) -> int:
        """Ask it to end, make it end where it does not; returns its exit status."""
        if self._process is None:
            return 0
        if self._process.returncode is None:
            self.ask_to_end()
            try:
                async with asyncio.timeout(seconds):
                    await self._process.wait()
            except TimeoutError:
                self.kill()
                await self._process.wait()
        if self._reading is not None:
            await self._reading
        return self._process.returncode or 0

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)


async def run(name: str, arguments: list[str], log: Path) -> list[str]:
    """Run a console script to its end and return the lines of its standard output.

    Raises:
        DemoError: it did not exit with 0.
    """
    process = await asyncio.create_subprocess_exec(
        BIN / arguments[0],
        *arguments[1:],
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    with log.open("ab") as file:
        file.write(output + errors)
    if process.returncode != 0:
        raise DemoError(f"{name} exited with {process.returncode}, see {log}")
    return output.decode().splitlines()


def json_with(key: str) -> Callable[[str], dict[str, Any] | None]:
    """Make a reader of lines that takes the first JSON object that has ``key``."""

    def read(line: str) -> dict[str, Any] | None:
        with contextlib.suppress(ValueError):
            found = json.loads(line)
            if isinstance(found, dict) and key in found:
                return found
        return None

    return read


class JsonChannel:
    """Lines to a process and one JSON object a line back: a TCP address of a simulator, or the socket of a screen."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, line: str, seconds: float = 60) -> dict[str, Any]:
        """Send one line and return its answer.

        Raises:
            DemoError: no answer in time, or the other end says that it did not work.
        """
        try:
            async with asyncio.timeout(seconds):
                if self._streams is None:
                    self._streams = await self._open()
                reader, writer = self._streams
                writer.write(line.encode() + b"\n")
                await writer.drain()
                answer: dict[str, Any] = json.loads(await reader.readline())
        except (TimeoutError, OSError, ValueError) as error:
            raise DemoError(f"no answer to {line!r} from {self._address}") from error
        if answer.get("ok") is False:
            raise DemoError(f"{self._address} refused {line!r}: {answer.get('error')}")
        return answer

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._address.startswith("/"):
            return await asyncio.open_unix_connection(self._address, limit=1 << 24)
        host, _, port = self._address.rpartition(":")
        return await asyncio.open_connection(host, int(port), limit=1 << 24)

    async def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            with contextlib.suppress(OSError):
                await self._streams[1].wait_closed()
            self._streams = None
