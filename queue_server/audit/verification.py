"""Runs ``queue-server verify`` beside the server, for the page of auditors: one at a time, and never in its process.

Reading and hashing every event takes a processor for minutes on a large log. In a process of its own, at a low
priority, nobody at a counter waits for it; it reads one snapshot of the database, as the command does.
"""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import msgspec
import structlog

from queue_server.domain.values import Micros
from queue_server.eventlog.verify import Report

_log = structlog.get_logger(__name__)


class VerificationResult(msgspec.Struct, frozen=True):
    """How the last look came out. ``running_since`` while one is under way; ``report`` is None where none has ended.

    ``at`` is when the report was made. ``failed``: the last one came to nothing, so that ``report`` is older.
    """

    running_since: Micros | None = None
    at: Micros | None = None
    report: Report | None = None
    failed: bool = False


class Verification:
    """The looks of one server process; ``command`` prints a ``Report`` as JSON and may exit with 1.

    ``environment`` is what it finds there beside ours: no secret stands on a command line.
    """

    def __init__(
        self, command: Sequence[str], clock: Callable[[], Micros], environment: Mapping[str, str] | None = None
    ) -> None:
        self._environment = {**os.environ, **(environment or {})}
        # Whoever is at a counter goes first (POSIX.1-2017, nice).
        self._command = ("nice", "-n", "10", *command)
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self.state = VerificationResult()

    def start(self) -> VerificationResult:
        """Begin to look, where nobody is looking already."""
        if self._task is None or self._task.done():
            self.state = msgspec.structs.replace(self.state, running_since=self._clock())
            self._task = asyncio.create_task(self._run())
        return self.state

    async def stop(self) -> None:
        """Give up; whoever starts the server again may ask again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        report = None
        try:
            report = await self._verify()
        except (OSError, msgspec.MsgspecError) as error:
            _log.warning("verification-failed", reason=type(error).__name__)
        found = self.state if report is None else VerificationResult(at=self._clock(), report=report)
        self.state = msgspec.structs.replace(found, running_since=None, failed=report is None)

    async def _verify(self) -> Report:
        devnull = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=devnull, stderr=devnull, stdout=asyncio.subprocess.PIPE, env=self._environment
        )
        try:
            said, _ = await process.communicate()
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.terminate()
                await process.wait()
        return msgspec.json.decode(said, type=Report)
