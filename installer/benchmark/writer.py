"""The writer of a centre alone, on SQLite, against rows written by ``sqlite3`` itself in batches of the same size."""

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installer.benchmark.centre import COUNTERS, WAITING
from installer.benchmark.engine import settings
from installer.benchmark.load import rate
from installer.benchmark.measure import Measure
from queue_server.database import open_database, parse_url
from queue_server.domain.service_day import DayRule
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import Actor, Category, CounterId, Language, ServiceId, VisitId, new_id
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.migrations import migrate
from queue_server.queue import commands as c
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import Skills
from queue_server.signing import EventSigner
from queue_server.writer import CentreWriter

_SECONDS = 3.0


class _Commands:
    """Commands with a key each."""

    def __init__(self, writer: CentreWriter) -> None:
        self._writer = writer
        self._name = new_id()
        self._numbers = itertools.count()

    async def do(self, command: c.Command) -> None:
        key = f"{self._name}-{next(self._numbers)}"
        answer = await self._writer.execute(command, key=key, fingerprint="0" * 16, actor=Actor("device/benchmark"))
        if isinstance(answer, Refusal):
            raise TypeError(answer)

    def caller(self, counter: CounterId) -> Callable[[], Awaitable[None]]:
        commands: tuple[c.Command, ...] = (c.CallNext(counter), c.UndoCommand(counter))
        by_turns = itertools.cycle(commands)
        return lambda: self.do(next(by_turns))


async def _ours(folder: Path) -> tuple[float, float]:
    """Give commands a second of 32 callers, and how many were stored in one transaction on average."""
    set_up = settings()
    url = parse_url(None, folder)
    await asyncio.to_thread(migrate, url)
    async with open_database(url) as database, SqlEventLog(database) as log:
        rule = DayRule("UTC")
        writer = CentreWriter(log, lambda: set_up, lambda: rule, EventSigner(Ed25519PrivateKey.generate()))
        await writer.start()
        commands = _Commands(writer)
        services, series = (ServiceId("uto-birth"),), Series("B", 1, 999)
        for _ in range(WAITING):
            visit = VisitId(new_id())
            await commands.do(c.IssueTicket(visit, services, Category.WALK_IN, 1, Language("en"), None, series))
        counters = [CounterId(str(number)) for number in range(1, COUNTERS + 1)]
        for counter in counters:
            await commands.do(c.OpenCounter(counter, None, Skills()))
        callers = [commands.caller(counter) for counter in counters]
        await rate(callers, 0.5)
        before, batches = writer.stats.commands, writer.stats.commits
        found = await rate(callers, _SECONDS)
        batch = (writer.stats.commands - before) / (writer.stats.commits - batches)
        await writer.stop()
    return found, batch


def _theirs(folder: Path, batch: int) -> float:
    """Give rows a second: the columns of an event, ``batch`` rows a durable transaction."""
    connection = sqlite3.connect(folder / "raw.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE events (stream TEXT, seq INTEGER, at INTEGER, type TEXT, v INTEGER, command TEXT, actor TEXT,"
        " payload BLOB, hash BLOB, PRIMARY KEY (stream, seq)) WITHOUT ROWID"
    )
    payload, digest = b"x" * 250, b"x" * 32
    seq = 0
    begin = time.perf_counter()
    while (spent := time.perf_counter() - begin) < _SECONDS:
        rows = [
            ("queue/hot/2026-11-25", seq + number, 0, "visit-called", 1, "x" * 60, "device/benchmark", payload, digest)
            for number in range(1, batch + 1)
        ]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?)", rows)
        connection.execute("COMMIT")
        seq += batch
    connection.close()
    return seq / spent


async def measure_writer(folder: Path) -> Measure:
    await asyncio.to_thread(folder.mkdir)
    found, batch = await _ours(folder)
    reference = await asyncio.to_thread(_theirs, folder, max(1, round(batch)))
    return Measure(
        f"durable commands through the writer, SQLite, {batch:.0f} a transaction",
        found,
        "raw sqlite3, as many rows a transaction",
        reference,
        "commands",
        goal=0.15,
        floor=0.09,
    )
