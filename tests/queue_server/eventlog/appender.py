"""A process of its own on a database: ``append URL NAME N`` writes N events, ``claim URL`` holds the file."""

import asyncio
import sys

from sqlalchemy import make_url

from queue_server.database import open_database
from queue_server.database.failures import LogConflictError
from queue_server.eventlog.port import Append
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.eventlog.conftest import event

STREAM = "queue/demo/2026-11-25"


async def append(url: str, name: str, events: int) -> None:
    async with open_database(make_url(url)) as database, SqlEventLog(database) as log:
        for number in range(events):
            while True:
                end = await log.head(STREAM)
                try:
                    await log.commit([Append(STREAM, end, (event(f"{name}-{number}"),))])
                    break
                except LogConflictError:
                    continue


async def claim(url: str) -> None:
    async with open_database(make_url(url)) as database:
        await database.claim()
        sys.stdout.write("claimed\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["append", url, name, events]:
            asyncio.run(append(url, name, int(events)))
        case ["claim", url]:
            asyncio.run(claim(url))
