"""One server's writer in a test: with a clock that stands until it is moved, and keys counted up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import HOUR, Actor, Micros
from queue_server.eventlog.port import EventLog
from queue_server.queue.commands import Command
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings
from queue_server.signing import EventSigner
from queue_server.writer import CentreWriter, CommandResult, Rows, WriterSettings
from queue_server.writer.snapshots import Snapshots
from tests.queue_server.queue.centre import SETTINGS, START

SIGNER = EventSigner(Ed25519PrivateKey.from_private_bytes(bytes(32)))
RULE = DayRule("UTC", 4 * 60)
LIMITS = WriterSettings(tick_ms=50, retry_ms=10, restart_ms=10, turn_ms=100)

_keys = count(1)


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self, now: int = START + 5 * HOUR) -> None:
        self.now = Micros(now)

    def __call__(self) -> Micros:
        return self.now

    def wait(self, micros: int) -> None:
        self.now = Micros(self.now + micros)


class Server:
    def __init__(
        self,
        log: EventLog,
        *,
        settings: CentreSettings = SETTINGS,
        clock: Clock | None = None,
        limits: WriterSettings = LIMITS,
        snapshots: Snapshots | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.writer = CentreWriter(
            log,
            lambda: self.settings,
            lambda: RULE,
            SIGNER,
            limits=limits,
            clock=self.clock,
            snapshots=snapshots,
        )

    def change_settings(self, **fields: Any) -> None:
        self.settings = replace(self.settings, **fields)

    async def ask(
        self, command: Command, *, key: str = "", fingerprint: str = "f", rows: Rows | None = None
    ) -> CommandResult | Refusal:
        key = key or f"k{next(_keys)}"
        return await self.writer.execute(command, key=key, fingerprint=fingerprint, actor=Actor("staff/one"), rows=rows)

    async def do(self, command: Command, *, key: str = "", fingerprint: str = "f") -> CommandResult:
        answer = await self.ask(command, key=key, fingerprint=fingerprint)
        assert isinstance(answer, CommandResult), answer
        return answer


async def alive(writer: CentreWriter) -> None:
    """Wait until a writer that failed has started again."""
    while writer.trouble is not None:  # noqa: ASYNC110 - it tells nobody when it does
        await asyncio.sleep(0.005)


@asynccontextmanager
async def running(
    log: EventLog,
    *,
    settings: CentreSettings = SETTINGS,
    clock: Clock | None = None,
    limits: WriterSettings = LIMITS,
    snapshots: Snapshots | None = None,
) -> AsyncIterator[Server]:
    server = Server(log, settings=settings, clock=clock, limits=limits, snapshots=snapshots)
    await server.writer.start()
    try:
        yield server
    finally:
        await server.writer.stop()
