"""Pages of staff that are open in a process of their own (``page_replay``)."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from installer.benchmark.centre import CENTRE, Hot
from installer.benchmark.page_replay import StaffPage


@asynccontextmanager
async def replayed(
    hot: Hot, pages: list[StaffPage], password: str, *options: str
) -> AsyncIterator[list[list[tuple[str, float]]]]:
    """Have pages of staff with this password open; what they were shown is there once the block is left.

    ``options`` are those of the process: ``--listen``.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "installer.benchmark.page_replay",
        *(hot.url(), CENTRE, password, *options),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 24,
    )
    shown: list[list[tuple[str, float]]] = []
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(msgspec.json.encode(pages) + b"\n")
        if await process.stdout.readline() != b"open\n":
            raise RuntimeError("the pages do not open")
        yield shown
        process.stdin.write(b"\n")
        shown += json.loads(await process.stdout.readline())
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
