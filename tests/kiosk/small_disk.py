"""A small disk of its own, which a test fills and empties."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

_PAGE = 4096


@contextmanager
def small_disk(folder: Path, kibibytes: int) -> Iterator[Path]:
    """Mount a file system of this size; the test is skipped where nobody may."""
    disk = folder / "small-disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("nobody here may mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
        disk.rmdir()


@asynccontextmanager
async def small_disk_of(folder: Path, kibibytes: int) -> AsyncIterator[Path]:
    """As ``small_disk``, on a loop."""
    made = small_disk(folder, kibibytes)
    disk = await asyncio.to_thread(made.__enter__)
    try:
        yield disk
    finally:
        await asyncio.to_thread(made.__exit__, None, None, None)


def fill(disk: Path, spare_kibibytes: int = 0) -> Path:
    """Leave so much room and no more; give the file that takes the rest."""
    junk = disk / "junk"
    with junk.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(_PAGE))
        except OSError:
            pass
        file.truncate(max(0, file.tell() - spare_kibibytes * 1024))
    return junk
