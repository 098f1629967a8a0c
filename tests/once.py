"""Folders and servers that are made once a run, by whichever worker needs them first."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest

_DONE = "made"


class _Run:
    """The folder that all workers of this run share."""

    folder: ClassVar[Path | None] = None


def begin(config: pytest.Config) -> Path:
    """Find the folder that all workers of this run share; called once in each of them."""
    own: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    # Workers of pytest-xdist have a folder each, below that of the run.
    _Run.folder = own.parent if hasattr(config, "workerinput") else own
    return _Run.folder


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock of a name in the folder of the run."""
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that ``make`` has filled, once in this run. It is to be copied or read, never changed."""
    assert _Run.folder is not None, "tests/conftest.py begins every run"
    folder = _Run.folder / name
    with locked(_Run.folder, name):
        if not (folder / _DONE).exists():
            folder.mkdir()
            make(folder)
            (folder / _DONE).touch()
    return folder
