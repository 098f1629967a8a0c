"""Real ``queue-server`` processes on one database: set up by the command line, started, stopped, killed."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from tests.demo_folder import demo_folder

PROGRAM = Path(sys.executable).parent / "queue-server"
#: As in use, where libraries are compiled once: otherwise every start takes two seconds longer.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
#: Only for what hangs: a machine with other work takes a minute for a start.
_START_SECONDS = 240


class ServerError(Exception):
    """A command failed or a server did not start; the text holds what it said."""


class QueueServer:
    """One process of ``serve``. ``url`` is where it listens, None while it does not."""

    def __init__(
        self, options: Sequence[str], errors: Path, environment: dict[str, str], wrapper: Sequence[str] = ()
    ) -> None:
        self._environment = ENVIRONMENT | environment
        self._command = (*wrapper, str(PROGRAM), "serve", *options, "--port", "0")
        self._errors = errors
        self._process: asyncio.subprocess.Process | None = None
        self._draining: asyncio.Task[None] | None = None
        self.url: str | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def process(self) -> int:
        """The id of its process, which was started."""
        assert self._process is not None
        return self._process.pid

    async def start(self, patience_s: float = _START_SECONDS) -> None:
        """Start it and wait until it listens and is ready.

        Raises:
            ServerError: it ended, or said nothing in time.
        """
        with self._errors.open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
        assert self._process.stdout is not None
        listening: str | None = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while listening is None and (line := await self._process.stdout.readline()):
                    with contextlib.suppress(ValueError):
                        listening = json.loads(line).get("listening")
        if listening is None:
            await self.kill()
            said = await asyncio.to_thread(self.said)
            raise ServerError(f"{' '.join(self._command)} does not listen:\n{said}")
        self._draining = asyncio.create_task(self._drain(self._process.stdout))
        self.url = listening

    async def _drain(self, output: asyncio.StreamReader) -> None:
        while await output.read(65_536):
            pass

    def said(self) -> str:
        """Give the end of what it wrote on standard error."""
        return self._errors.read_text("utf-8", "replace")[-4_000:]

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to end; returns its exit status."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        self.url = None
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(how)
        return await self.ended()

    async def ended(self) -> int:
        """Wait until it has ended, whatever made it; returns its exit status."""
        assert self._process is not None
        status = await self._process.wait()
        self.url = None
        if self._draining is not None:
            await self._draining
            self._draining = None
        return status


class Installation:
    """A data folder and its database, as ``init --demo`` makes them; ``servers`` are the processes that serve it."""

    def __init__(self, data: Path, database: str | None = None, environment: dict[str, str] | None = None) -> None:
        self.data = data
        self.environment = environment or {}
        self.options = ("--data", str(data), *(() if database is None else ("--database", database)))
        self.servers: list[QueueServer] = []

    async def command(self, *arguments: str) -> list[str]:
        """Run one command of ``queue-server`` to its end and return the lines of its standard output.

        Raises:
            ServerError: it did not exit with 0.
        """
        return await self.plain(*arguments, *self.options)

    async def plain(self, *arguments: str) -> list[str]:
        """Run one that has nothing to do with the data folder.

        Raises:
            ServerError: it did not exit with 0.
        """
        process = await asyncio.create_subprocess_exec(
            PROGRAM,
            *arguments,
            env=ENVIRONMENT | self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, errors = await process.communicate()
        if process.returncode != 0:
            raise ServerError(f"queue-server {' '.join(arguments)}: {output.decode()}{errors.decode()}")
        return output.decode().splitlines()

    async def init(self) -> None:
        if self.environment or "--database" in self.options:
            await self.command("init", "--demo")
        else:
            await asyncio.to_thread(demo_folder, self.data)

    async def enrol_code(self, kind: str, name: str, role: str | None = None, centre: str = "demo") -> str:
        role_option = () if role is None else ("--role", role)
        lines = await self.command("enrol-code", "--kind", kind, "--name", name, "--centre", centre, *role_option)
        return lines[-1]

    async def verify(self) -> dict[str, Any]:
        """Check the log; an error where it is not as it was written."""
        report: dict[str, Any] = json.loads((await self.command("verify", "--json"))[-1])
        return report

    def server(self, wrapper: Sequence[str] = ()) -> QueueServer:
        """Make a further server; it is not started yet."""
        made = QueueServer(self.options, self.data / f"server-{len(self.servers)}.log", self.environment, wrapper)
        self.servers.append(made)
        return made


@asynccontextmanager
async def installed(
    data: Path, database: str | None = None, *, servers: int = 1, settings: str = ""
) -> AsyncIterator[Installation]:
    """Set up a demo installation and run servers on it until the block is left; ``settings`` are those of its file."""
    installation = Installation(data, database)
    await installation.init()
    if settings:
        await asyncio.to_thread((data / "settings.toml").write_text, settings, "utf-8")
    async with AsyncExitStack() as stack:
        for _ in range(servers):
            server = installation.server()
            await server.start()
            stack.push_async_callback(stop_if_running, server)
        yield installation


async def stop_if_running(server: QueueServer) -> None:
    """Stop a server that was not killed."""
    if server.running:
        await server.stop()
