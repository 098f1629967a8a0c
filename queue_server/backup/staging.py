"""A folder for what is between a data folder and a backup: one at a time, taken away in the end."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from queue_server.backup.errors import BackupRunningError


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Make a folder of its owner alone. What one that was killed has left there is taken away first.

    Raises:
        BackupRunningError: another process has it.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupRunningError(folder=str(folder)) from error
        _clear(folder)
        try:
            yield folder
        finally:
            _clear(folder)
            folder.rmdir()
    finally:
        os.close(held)


def _clear(folder: Path) -> None:
    for one in folder.iterdir():
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()


def sync_folder(folder: Path) -> None:
    """Put on disk which names a folder holds."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
