"""The thread that owns a file: what was begun is done, and the file is closed, however its owner ends."""

import asyncio
import os
import threading
from pathlib import Path

import pytest

from kiosk.store.database import Database
from kiosk.store.worker import StoreWorker


def hold(database: Database, at: threading.Event, go: threading.Event) -> None:
    """Keep the thread until it may go on."""
    del database
    at.set()
    assert go.wait(60)


def is_closed(file: Path) -> bool:
    return not any(os.path.realpath(number) == str(file) for number in Path("/proc/self/fd").iterdir())


async def test_a_file_is_closed_where_its_owner_is_cancelled_while_leaving(tmp_path: Path) -> None:
    at, go, file = threading.Event(), threading.Event(), tmp_path / "file.sqlite"

    async def own() -> None:
        async with StoreWorker(Database, file) as worker:
            await worker(hold, at, go)

    owner = asyncio.create_task(own())
    await asyncio.to_thread(at.wait, 60)
    assert not await asyncio.to_thread(is_closed, file)
    owner.cancel()
    await asyncio.sleep(0)
    # It leaves now, and the file's thread is still at work: a second cancelling finds it waiting for its end.
    owner.cancel()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await owner

    async with asyncio.timeout(60):
        while not await asyncio.to_thread(is_closed, file):  # noqa: ASYNC110 - the file's thread tells nobody
            await asyncio.sleep(0.001)
