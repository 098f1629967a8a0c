"""The source that packages are built from: a git commit, or a release archive without ``.git``."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class SourceVersion(NamedTuple):
    """The time of the commit, in seconds since the epoch, and its short hash, or ``archive``."""

    written: int
    commit: str


def version(root: Path) -> SourceVersion:
    """Return the version of the source. The time of an archive is ``SOURCE_DATE_EPOCH``, or that of its files."""
    if (root / ".git").exists():
        written, commit = _git(root, "log", "-1", "--format=%ct %h").split()
        return SourceVersion(int(written), commit)
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return SourceVersion(int(said) if said else int((root / "pyproject.toml").stat().st_mtime), "archive")


def files(root: Path, code: Iterable[str]) -> list[str]:
    """Return the files of ``code``, as paths relative to ``root``: the committed ones, or all of an archive."""
    if (root / ".git").exists():
        return [name for name in _git(root, "ls-files", "-z", "--", *code).split("\0") if name]
    found = (file for name in code for file in _below(root / name))
    return sorted(str(file.relative_to(root)) for file in found)


def _below(path: Path) -> Iterator[Path]:
    """Yield a file, or all files below a folder except those that Python and Qt have compiled."""
    for file in [path] if path.is_file() else path.rglob("*"):
        if file.is_file() and file.suffix != ".qm" and "__pycache__" not in file.parts:
            yield file


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout
