"""What a durable handler without a domain does: each POST is a row of a hash chain, on the disk before it is answered.

All that waits is stored by one commit. Run as a process of its own, as the server is:
``python -m installer.benchmark.durable_reference LENGTH DATABASE`` answers every POST with ``LENGTH`` bytes.
``DATABASE`` is the path of a file of SQLite, or the URL of a PostgreSQL database.
"""

import asyncio
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Final

import asyncpg
import uvloop
from aiohttp import web
from sqlalchemy import make_url

type Row = tuple[int, bytes, bytes]
type Store = Callable[[list[Row]], Awaitable[None]]

_TABLE: Final = "CREATE TABLE chain (seq BIGINT PRIMARY KEY, payload {0} NOT NULL, hash {0} NOT NULL)"


class RowChain:
    """Stores bodies one after the other, each with a hash over the one before; as many by one commit as wait."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seq, self._hash = 0, bytes(32)
        self._waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def append(self, body: bytes) -> None:
        """Return once the body is on the disk."""
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append((body, stored))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_all())
        await stored

    async def _store_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            await self._store([self._next(body) for body, _ in batch])
            for _, stored in batch:
                stored.set_result(None)

    def _next(self, body: bytes) -> Row:
        self._seq += 1
        self._hash = sha256(self._hash + body).digest()
        return self._seq, body, self._hash


def sqlite_store(file: str) -> Store:
    """Store rows in a file of SQLite, written as the server writes its own."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", _TABLE.format("BLOB")):
        connection.execute(statement)

    def write(rows: list[Row]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO chain VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")

    async def store(rows: list[Row]) -> None:
        await asyncio.to_thread(write, rows)

    return store


async def postgres_store(url: str) -> Store:
    """Store rows in a PostgreSQL database."""
    _, options = make_url(url).get_dialect()().create_connect_args(make_url(url))
    connection = await asyncpg.connect(**options)
    await connection.execute(_TABLE.format("BYTEA"))

    async def store(rows: list[Row]) -> None:
        async with connection.transaction():
            await connection.executemany("INSERT INTO chain VALUES ($1, $2, $3)", rows)

    return store


async def main(length: int, database: str) -> None:
    """Serve until the process is ended; print the address."""
    store = await postgres_store(database) if "://" in database else sqlite_store(database)
    chain, body = RowChain(store), b"x" * length

    async def answer(request: web.Request) -> web.Response:
        head = f"{request.path}\n{request.headers.get('Idempotency-Key', '')}\n".encode()
        await chain.append(head + await request.read())
        return web.Response(body=body, content_type="application/json")

    app = web.Application()
    app.router.add_post("/{tail:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), sys.argv[2]))
