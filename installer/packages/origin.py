"""What packages are built of: the files of a commit, or those of an archive of a release, which has no ``.git``."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class SourceVersion(NamedTuple):
    """When it was written, in seconds, and the short name of its commit, or ``archive``."""

    written: int
    commit: str


def version(root: Path) -> SourceVersion:
    """Say which source it is. An archive is as old as ``SOURCE_DATE_EPOCH`` says, or as its ``pyproject.toml``."""
    if (root / ".git").exists():
        written, commit = _git(root, "log", "-1", "--format=%ct %h").split()
        return SourceVersion(int(written), commit)
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return SourceVersion(int(said) if said else int((root / "pyproject.toml").stat().st_mtime), "archive")


def files(root: Path, code: Iterable[str]) -> list[str]:
    """Name the files of ``code``, as paths from ``root``: what is committed, or what an archive holds."""
    if (root / ".git").exists():
        return [name for name in _git(root, "ls-files", "-z", "--", *code).split("\0") if name]
    found = (file for name in code for file in _below(root / name))
    return sorted(str(file.relative_to(root)) for file in found)


def _below(path: Path) -> Iterator[Path]:
    """Give a file, or those of a folder without what Python and Qt have compiled from them."""
    for file in [path] if path.is_file() else path.rglob("*"):
        if file.is_file() and file.suffix != ".qm" and "__pycache__" not in file.parts:
            yield file


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout
