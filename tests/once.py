"""Folders and servers that are made once a run, by whichever worker needs them first."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_DONE = "made"


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all workers of this run share."""
    own = factory.getbasetemp()
    # Workers of pytest-xdist have a folder each, below that of the run.
    return own.parent if own.name.startswith("popen-gw") else own


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock of a name in the folder of the run."""
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that ``make`` has filled, once in this run. It is to be copied or read, never changed."""
    shared = run_folder(factory)
    folder = shared / name
    with locked(shared, name):
        if not (folder / _DONE).exists():
            folder.mkdir()
            make(folder)
            (folder / _DONE).touch()
    return folder
